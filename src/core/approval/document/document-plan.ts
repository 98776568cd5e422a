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
  /** owner/name */
  readonly repository: string;
  readonly environment: string | null;
  readonly commit: string;
  /** The run's URL or number. */
  readonly run: string;
  /** ISO 8601. */
  readonly createdAt: string;
}

export function documentPlan(document: ReadDocument, request: DocumentRequest): Plan {
  const { name, repository, environment, commit, run, createdAt } = request;
  const subject = {
    repository,
    // What was approved for dev is not approved for prod.
    environmentName: environment,
    target: DOCUMENT_TARGET,
    account: null,
    region: null,
    endpoint: name,
    desired: {
      model: document.digest,
      strategy: { type: 'all-at-once' as const, stepPercent: null, bakeMinutes: 0, alarms: [] },
      staging: 'none' as const,
      environment: {},
      spec: { document: { kind: document.kind, parts: partsOf(document) } },
    },
    base: null,
  };
  return makePlan(subject, {
    action: 'update',
    version: document.digest,
    candidate: null,
    changes: document.parts.map(({ name: field, what }) => ({ field, from: null, to: what })),
    findings: document.findings,
    steps: [],
    sources: { modelUrl: '', modelSha256: null, referenceUrl: null, imageUri: null, release: null },
    commit,
    run,
    createdAt,
  });
}

/** Name to the first digits of its digest; empty if there are too many. */
function partsOf({ parts }: ReadDocument): Record<string, string> {
  if (parts.length > MOST_PARTS) return {};
  return Object.fromEntries(parts.map(({ name, digest }) => [name, digest.slice(0, KEPT_DIGITS)]));
}

export interface DocumentOf {
  readonly kind: DocumentKind;
  readonly parts: Readonly<Record<string, string>>;
}

/** What a plan says of its document; null for a plan of a model. */
export function documentOf({ target, desired }: Pick<Plan, 'target' | 'desired'>): DocumentOf | null {
  if (target !== DOCUMENT_TARGET) return null;
  const { document } = desired.spec;
  if (!isObject(document) || !isObject(document.parts)) return null;
  const kind = DOCUMENT_KINDS.find((known) => known === document.kind);
  if (kind === undefined) return null;
  return { kind, parts: document.parts as Record<string, string> };
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
  if (approval === null) return no('The approved document has no approver.');
  if (approved.endpoint !== now.endpoint)
    return no(`The approval is about "${approved.endpoint}", not about "${now.endpoint}".`);
  if (approved.repository !== now.repository)
    return no(`The approval is of the repository ${approved.repository}, not of ${now.repository}.`);
  if (approved.environmentName !== now.environmentName)
    return no(
      `The approval is for the environment ${approved.environmentName ?? '(none)'}, not for ${now.environmentName ?? '(none)'}.`,
    );
  if (was.kind !== is.kind) return no(`The approval is about a ${was.kind}, not about a ${is.kind}.`);
  if (approved.digest === now.digest) return { same: true };
  const changes = differences(was.parts, is.parts);
  const names = changes.map(({ field }) => field);
  const where = names.length === 0 ? 'more parts than are listed' : names.slice(0, 10).join(', ');
  return no(`The document differs from the approved one in ${where}.`, changes);
}
