/**
 * A plan that was approved, and whether what is asked for now is what was approved.
 *
 * The document is the plan's JSON, with an extra field `approval` where a gate wrote one. Only what the digest covers
 * is believed: anything else in the document (sources, version, changes) may have been edited.
 */
import { messageOf, UserError } from '../errors.ts';
import { isObject } from '../json-object.ts';
import type { Approval } from '../release/release-record.ts';
import { planDifferences } from './differences.ts';
import {
  candidateName,
  makePlan,
  PLAN_SCHEMA,
  planDigest,
  sameDesired,
  type Change,
  type Plan,
  type PlanDetails,
} from './plan.ts';

export interface ApprovedPlan {
  readonly plan: Plan;
  /** Who approved it; null where the document does not say. */
  readonly approval: Approval | null;
}

/**
 * Reads a plan document.
 * @param where how messages name it, such as `approved-plan (plan.json)`
 * @throws UserError where it is not a plan, or where its digest is not the digest of its content.
 */
export function parseApprovedPlan(text: string, where: string): ApprovedPlan {
  const document = parseObject(text, where);
  const { approval = null, ...rest } = document;
  if (!isPlan(rest)) {
    throw refusal(where, `is not a plan document of this version (its schema must be ${PLAN_SCHEMA}).`);
  }
  const digest = planDigest(rest);
  if (rest.digest !== digest) {
    throw refusal(
      where,
      `is damaged or was edited: it says that its digest is ${rest.digest}, but its content has ${digest}.`,
    );
  }
  return { plan: rest, approval: approval === null ? null : parseApproval(approval, digest, where) };
}

function parseObject(text: string, where: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw refusal(where, `is not JSON (${messageOf(error)}).`, error);
  }
  if (isObject(value)) return value;
  throw refusal(where, 'is not a JSON object.');
}

/** Checks what the digest covers; the digest itself then vouches for what stands inside `desired`. */
function isPlan(value: object): value is Plan {
  const plan = value as Partial<Record<keyof Plan, unknown>>;
  return (
    plan.schema === PLAN_SCHEMA &&
    typeof plan.digest === 'string' &&
    typeof plan.target === 'string' &&
    typeof plan.endpoint === 'string' &&
    [plan.account, plan.region, plan.base].every((field) => field === null || typeof field === 'string') &&
    isObject(plan.desired)
  );
}

function parseApproval(value: unknown, digest: string, where: string): Approval {
  const approval = value as Partial<Approval>;
  if (!isObject(value) || approval.status !== 'approved' || !areVotes(approval.by)) {
    throw refusal(where, 'has an "approval" that does not say who approved it.');
  }
  if (approval.planDigest !== digest) {
    throw refusal(
      where,
      `carries an approval of another plan (${approval.planDigest}); its own digest is ${digest}.`,
    );
  }
  return value as unknown as Approval;
}

/** An approval by nobody is none. */
function areVotes(by: unknown): boolean {
  if (!Array.isArray(by) || by.length === 0) return false;
  return by.every((vote: unknown) => {
    if (!isObject(vote)) return false;
    const { login, at, url } = vote;
    return (
      typeof login === 'string' && login.trim() !== '' && typeof at === 'string' && typeof url === 'string'
    );
  });
}

function refusal(where: string, message: string, cause?: unknown): UserError {
  const text = `${where} ${message} Take the plan document that approve-gate put out, unchanged.`;
  return new UserError(text, { cause, problems: [{ where, message }] });
}

export type Verdict =
  | {
      readonly accepted: true;
      /** What to execute: the approved plan, with its digest and base, and details that were found out now. */
      readonly plan: Plan;
    }
  | { readonly accepted: false; readonly reason: string; readonly changes: readonly Change[] };

/**
 * Compares an approved plan with the one made now for the same request. Accepted where place and desired state are
 * equal, and what serves is the approved base or, after a release that was cut short, already what is desired.
 */
export function checkApproved(approved: Plan, now: Plan): Verdict {
  const changes = planDifferences(approved, now).filter(({ field }) => field !== 'base');
  if (changes.length > 0 || !sameDesired(approved.desired, now.desired)) {
    const fields = changes.map(({ field }) => field).join(', ') || 'an empty setting';
    return { accepted: false, reason: `The request differs from the approved plan in ${fields}.`, changes };
  }
  if (now.base !== approved.base && now.base !== now.version) {
    const change = { field: 'serving version', from: approved.base, to: now.base };
    return {
      accepted: false,
      reason:
        `Since the approval, the version that serves has changed from ${approved.base ?? 'none'} ` +
        `to ${now.base ?? 'none'}.`,
      changes: [change],
    };
  }
  // A document without it is as good: the digest does not cover it.
  const noted = (approved.sources as Plan['sources'] | undefined)?.archive;
  const [was, is] = [noted ?? null, now.sources.archive ?? null];
  if (was !== null && is !== null && was !== is) {
    return {
      accepted: false,
      reason: `Since the approval, the archive ${now.sources.modelUrl} was overwritten.`,
      changes: [{ field: 'archive', from: was, to: is }],
    };
  }
  return { accepted: true, plan: asApproved(approved, now) };
}

function asApproved(approved: Plan, now: Plan): Plan {
  const { target, account, region, endpoint, desired, base } = approved;
  const subject = { target, account, region, endpoint, desired, base };
  const candidate = desired.staging === 'none' ? null : candidateName(endpoint, planDigest(subject));
  return makePlan(subject, { ...detailsOf(now), candidate });
}

function detailsOf(plan: Plan): PlanDetails {
  const { action, version, candidate, changes, findings, sources, environmentName, commit, run, createdAt } =
    plan;
  const details = { action, version, candidate, changes, findings, sources, environmentName, commit, run };
  return { ...details, ...(plan.origin === undefined ? {} : { origin: plan.origin }), createdAt };
}
