/**
 * A document in the form in which the gate keeps everything that it asks about: a plan whose target is no platform. So a
 * request about a document is opened, judged, resumed and handed on by the same code, and deploy-endpoint refuses it.
 */
import type { ApprovedPlan } from '../../../documents/approved-plan.ts';
import { isObject } from '../../json-object.ts';
import { makePlan, type Change, type Plan } from '../../../documents/plan.ts';
import { DOCUMENT_KINDS, differences, type DocumentKind, type ReadDocument } from './read-document.ts';

/** No platform has this name (src/platforms/table.ts). */
export const DOCUMENT_TARGET = 'document';
/** So many parts are kept one by one; of a larger document, only the digest of all is. */
const MOST_PARTS = 400;
const KEPT_DIGITS = 16;

export interface DocumentRequest {
  /** Of which there is one waiting request at a time: `infrastructure`, or the file's name. */
  readonly name: string;
  readonly environment: string | null;
  readonly commit: string;
  /** The run's URL or number. */
  readonly run: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

export function documentPlan(document: ReadDocument, request: DocumentRequest): Plan {
  const { name, environment, commit, run, createdAt } = request;
  const subject = {
    target: DOCUMENT_TARGET,
    account: null,
    region: null,
    endpoint: name,
    desired: {
      modelDigest: document.digest,
      ...{
        referenceDigest: null,
        imageDigest: null,
        variantName: null,
        instanceType: null,
        instanceCount: null,
      },
      scaling: null,
      strategy: { type: 'all-at-once' as const, stepPercent: null, bakeMinutes: 0, alarms: [] },
      staging: 'none' as const,
      environment: {},
      // The environment is a part of it: what was approved for dev is not approved for prod.
      settings: { document: { kind: document.kind, environment, parts: partsOf(document) } },
    },
    base: null,
  };
  return makePlan(subject, {
    action: 'update',
    version: document.digest,
    candidate: null,
    changes: document.parts.map(({ name: field, what }) => ({ field, from: null, to: what })),
    findings: document.findings,
    sources: { modelUrl: '', modelSha256: null, referenceUrl: null, imageUri: null, release: null },
    environmentName: environment,
    commit,
    run,
    createdAt,
  });
}

/** Name to the first digits of its digest; empty where there are too many. */
function partsOf({ parts }: ReadDocument): Record<string, string> {
  if (parts.length > MOST_PARTS) return {};
  return Object.fromEntries(parts.map(({ name, digest }) => [name, digest.slice(0, KEPT_DIGITS)]));
}

export interface DocumentOf {
  readonly kind: DocumentKind;
  readonly environment: string | null;
  readonly parts: Readonly<Record<string, string>>;
}

/** What a plan says of its document; null for a plan of a model. */
export function documentOf({ target, desired }: Pick<Plan, 'target' | 'desired'>): DocumentOf | null {
  if (target !== DOCUMENT_TARGET) return null;
  const { document } = desired.settings;
  if (!isObject(document) || !isObject(document.parts)) return null;
  const kind = DOCUMENT_KINDS.find((known) => known === document.kind);
  if (kind === undefined) return null;
  const environment = typeof document.environment === 'string' ? document.environment : null;
  return { kind, environment, parts: document.parts as Record<string, string> };
}

export type DocumentVerdict =
  | { readonly same: true }
  | { readonly same: false; readonly reason: string; readonly changes: readonly Change[] };

/** Whether what is about to be applied is what was approved. */
export function compareWithApproved({ plan: approved, approval }: ApprovedPlan, now: Plan): DocumentVerdict {
  const [was, is] = [documentOf(approved), documentOf(now)];
  const no = (reason: string, changes: readonly Change[] = []) => ({ same: false as const, reason, changes });
  if (was === null || is === null)
    return no('The approval is about a plan of deploy-endpoint, not about a document.');
  if (approval === null) return no('The approved document does not say who approved it.');
  if (approved.endpoint !== now.endpoint)
    return no(`The approval is about "${approved.endpoint}", not about "${now.endpoint}".`);
  if (was.environment !== is.environment)
    return no(
      `The approval is for the environment ${was.environment ?? '(none)'}, not for ${is.environment ?? '(none)'}.`,
    );
  if (was.kind !== is.kind) return no(`The approval is about a ${was.kind}, not about a ${is.kind}.`);
  if (approved.digest === now.digest) return { same: true };
  const changes = differences(was.parts, is.parts);
  const names = changes.map(({ field }) => field);
  const where = names.length === 0 ? 'more parts than are kept one by one' : names.slice(0, 10).join(', ');
  return no(`The document differs from the one that was approved in ${where}.`, changes);
}
