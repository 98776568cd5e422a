/** Whether what is asked for now is what was approved. */
import type { Change, Plan, PlanDetails } from '../../documents/plan.ts';
import { makePlan, planDigest, sameDesired } from '../../documents/plan.ts';
import { candidateName } from './candidate-name.ts';
import { planDifferences } from './differences.ts';

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
