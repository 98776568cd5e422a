/**
 * What a request without a waiting run leaves behind, in the payload of a GitHub Deployment: nobody can change it, and
 * whoever resumes takes what is deployed from here and from nowhere else.
 */
import { messageOf, UserError } from '../core/errors.ts';
import { isObject } from '../core/json-object.ts';
import { parseApprovedPlan } from './approved-plan.ts';
import { tryParse, type Format } from './document.ts';
import type { Plan } from './plan.ts';
import {
  flag,
  integer,
  list,
  map,
  nullable,
  object,
  oneOf,
  optional,
  text,
  time,
  type Shape,
} from './shape.ts';

export const PAYLOAD_SCHEMA = 'ml-deploy/approval-request/v2';

/** A smoke report, as it is shown to approvers. */
export interface Evidence {
  /** `name: value` pairs, nested names joined by dots. */
  readonly rows: readonly (readonly [string, string])[];
  /** Model digests that the report speaks of. */
  readonly modelDigests: readonly string[];
  readonly passed: boolean | null;
  /** What the report proves, in its own words, such as `parity` or `model check`; absent if it does not say. */
  readonly kind?: string;
}

export interface RequestPayload {
  readonly schema: typeof PAYLOAD_SCHEMA;
  readonly repository: string;
  readonly environment: string;
  /** Number of the issue. */
  readonly issue: number;
  /** Of the issue, as they were stored. */
  readonly title: string;
  readonly bodyDigest: string;
  /** Id of the comment that shows the plan. */
  readonly comment: number;
  readonly plan: Plan;
  readonly evidence: Evidence | null;
  /** Who started the run that asks. */
  readonly initiators: readonly string[];
  /** Of the named approvers and of whoever started the run: login in lower case to the number of the account. */
  readonly accounts: Readonly<Record<string, number>>;
  readonly runUrl: string;
  readonly commit: string;
  /** ISO 8601. */
  readonly remindAt: string | null;
  readonly expiresAt: string;
}

const row: Shape<readonly [string, string]> = {
  problems: (value, at) =>
    Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'string')
      ? []
      : [`${at} must be a name and a value`],
};

/** The plan is read as a plan document, digest and all. */
const somePlan: Shape<Plan> = {
  problems: (value, at) => (isObject(value) ? [] : [`${at} must be an object`]),
};

const FORMAT: Format<RequestPayload> = {
  what: 'a request for an approval',
  schema: PAYLOAD_SCHEMA,
  remedy: 'Make a new request.',
  shape: object<RequestPayload>({
    schema: oneOf(PAYLOAD_SCHEMA),
    repository: text,
    environment: text,
    issue: integer,
    title: text,
    bodyDigest: text,
    comment: integer,
    plan: somePlan,
    evidence: nullable(
      object<Evidence>({
        rows: list(row),
        modelDigests: list(text),
        passed: nullable(flag),
        kind: optional(text),
      }),
    ),
    initiators: list(text),
    accounts: map(integer),
    runUrl: text,
    commit: text,
    remindAt: nullable(time),
    expiresAt: time,
  }),
};

/**
 * Reads a payload. Null if it is somebody else's.
 * @throws UserError if it is ours, and damaged or of another version.
 */
export function parsePayload(value: unknown): RequestPayload | null {
  const kind = PAYLOAD_SCHEMA.slice(0, PAYLOAD_SCHEMA.lastIndexOf('/') + 1);
  if (!isObject(value) || typeof value.schema !== 'string' || !value.schema.startsWith(kind)) return null;
  const read = tryParse(FORMAT, value);
  if ('problem' in read) throw new UserError(`The payload of the request ${read.problem}. ${FORMAT.remedy}`);
  const { plan } = parseApprovedPlan(JSON.stringify(read.value.plan), 'the plan of the request');
  return { ...read.value, plan };
}

/** Reads a payload that may be anybody's; what is wrong with it is given instead of thrown. */
export function tryPayload(value: unknown): RequestPayload | { readonly problem: string } | null {
  try {
    return parsePayload(value);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { problem: messageOf(error) };
  }
}
