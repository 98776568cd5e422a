/** Whether what is asked for now is what was approved. */
import type { Change, Plan } from '../../documents/plan.ts';
import { makePlan, sameDesired, subjectOfPlan } from '../../documents/plan.ts';
import { planDifferences } from './differences.ts';
import { canBeGuessed } from './environment-digests.ts';
import { candidateFor } from './subject.ts';

export type Verdict =
  | {
      readonly accepted: true;
      /** What to execute: the approved plan, with its digest and base, and details that were found out now. */
      readonly plan: Plan;
    }
  | { readonly accepted: false; readonly reason: string; readonly changes: readonly Change[] };

/**
 * Compares an approved plan with the one made now for the same request. Accepted if place and desired state are
 * equal, and what serves is the approved base or, after a release that was cut short, already what is desired.
 */
export function checkApproved(approved: Plan, now: Plan): Verdict {
  const changes = planDifferences(approved, now).filter(({ field }) => field !== 'base');
  if (changes.length > 0 || !sameDesired(approved.desired, now.desired)) {
    const fields = changes.map(({ field }) => field).join(', ') || 'an empty setting';
    const since =
      now.withdrawn !== undefined && now.withdrawn !== approved.withdrawn
        ? ` The version was rolled back from at ${now.withdrawn}.`
        : '';
    const reason = `The request differs from the approved plan in ${fields}.${since}${keyHint(approved, now)}`;
    return { accepted: false, reason, changes };
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
  const [was, is] = [approved.sources.archive ?? null, now.sources.archive ?? null];
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
  const subject = subjectOfPlan(approved);
  return makePlan(subject, { ...now, candidate: candidateFor(subject) });
}

/** Values that are the same have other digests under another key. */
function keyHint(approved: Plan, now: Plan): string {
  const [before, after] = [approved.desired.environment, now.desired.environment];
  const names = Object.keys(after);
  const isOther = names.length > 0 && names.every((name) => name in before && before[name] !== after[name]);
  if (!isOther) return '';
  return canBeGuessed(before) === canBeGuessed(after)
    ? ' If the values of environment-variables are the same, digest-key differs from the one used for the plan.'
    : ` The plan was made ${canBeGuessed(before) ? 'without' : 'with'} digest-key, and this step runs ${canBeGuessed(after) ? 'without' : 'with'} it.`;
}
