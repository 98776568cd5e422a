/**
 * What a request without a waiting run leaves behind, in the payload of a GitHub Deployment: nobody can change it, and
 * whoever resumes takes what is deployed from here and from nowhere else.
 */
import { clip } from '../clip.ts';
import { messageOf, UserError } from '../errors.ts';
import { parseApprovedPlan } from '../plan/approved-plan.ts';
import type { Plan } from '../plan/plan.ts';
import type { Evidence } from './evidence.ts';
import { sameKey, type RequestKey } from './marker.ts';

export const PAYLOAD_SCHEMA = 'ml-deploy/approval-request/v2';
/** The task of our deployments. */
export const TASK = 'ml-deploy';

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

/** No limit is documented; this is what a column of GitHub's has held. */
const LARGEST = 60_000;
const ROWS = [60, 20, 5, 0];
const VALUE = 200;

/** Shortens what is for people only, so that the comment shows the same as the payload holds. */
export function compact<T extends { readonly plan: Plan; readonly evidence: Evidence | null }>(
  content: T,
): T {
  for (const rows of ROWS) {
    const { plan, evidence } = content;
    const short = {
      ...content,
      plan: { ...plan, changes: plan.changes.slice(0, rows), findings: plan.findings.slice(0, rows) },
      evidence: evidence && {
        ...evidence,
        rows: evidence.rows
          .slice(0, rows)
          .map(([name, value]) => [clip(name, VALUE), clip(value, VALUE)] as const),
      },
    };
    if (JSON.stringify([short.plan, short.evidence]).length <= LARGEST) return short;
  }
  throw new UserError(
    `The plan is too large for a request (more than ${LARGEST} characters); use mode wait, or fewer settings.`,
  );
}

/**
 * Reads a payload. Null where it is somebody else's.
 * @throws UserError where it is ours and damaged.
 */
export function parsePayload(value: unknown): RequestPayload | null {
  if (typeof value !== 'object' || value === null) return null;
  const payload = value as Partial<Record<keyof RequestPayload, unknown>>;
  if (payload.schema !== PAYLOAD_SCHEMA) return null;
  const { plan } = parseApprovedPlan(JSON.stringify(payload.plan ?? null), 'the plan of the request');
  const texts = (
    ['repository', 'environment', 'title', 'bodyDigest', 'runUrl', 'commit', 'expiresAt'] as const
  ).map((name) => payload[name]);
  const whole =
    texts.every((text) => typeof text === 'string') &&
    Number.isSafeInteger(payload.issue) &&
    Number.isSafeInteger(payload.comment) &&
    Array.isArray(payload.initiators) &&
    areAccounts(payload.accounts) &&
    !Number.isNaN(Date.parse(String(payload.expiresAt)));
  if (!whole) throw new UserError('The payload of the request is not whole; ask again with a new request.');
  return { ...(value as RequestPayload), plan };
}

function areAccounts(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).every((id) => Number.isSafeInteger(id));
}

/** What makes two requests rivals. */
export function keyOf({ repository, environment, plan }: RequestPayload): RequestKey {
  return { repository, environment, endpoint: plan.endpoint };
}

export function sameEndpoint(a: RequestPayload, b: RequestPayload): boolean {
  return sameKey(keyOf(a), keyOf(b));
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
