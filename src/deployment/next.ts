/** The one place that decides. Pure: time, the platform's answers and what this run has done all come in. */
import { stage, withoutCandidate } from './decide/candidates.ts';
import { giveUp, givingUp } from './decide/give-up.ts';
import { goBack } from './decide/go-back.ts';
import { gone } from './decide/gone.ts';
import { serve } from './decide/serve.ts';
import { lookAgain, type Deciding, type Situation } from './decide/situation.ts';
import { tidy } from './decide/tidy.ts';
import type { Goal } from './goal.ts';
import { isFresh, MOST_LOST, type Memory } from './memory.ts';
import type { Facet, Observed } from './observed.ts';
import type { Traits } from './traits.ts';
import type { End, Verdict } from './verdict.ts';

const FACETS: readonly Facet[] = ['serving', 'versions', 'candidates', 'guards', 'scaling', 'users'];

export function next(goal: Goal, seen: Observed, memory: Memory, traits: Traits): Verdict {
  const hopeless = contention(goal, memory) ?? refusal(goal, memory);
  if (hopeless !== null) return hopeless;
  const situation = { seen, memory, traits };
  const { value } = listFor(goal, situation).next();
  if (value === undefined) throw new TypeError(`Nothing was decided for the goal ${goal.kind}.`);
  const verdict = halfway(goal, value, memory);
  return needsCertainty(verdict, memory) ? (yetToSee(situation) ?? verdict) : verdict;
}

/** Who is denied a step after others were carried out leaves nothing of those. */
function halfway(goal: Goal, verdict: Verdict, { changed }: Memory): Verdict {
  const isDenied = 'end' in verdict && verdict.end.kind === 'denied';
  if (!isDenied || !changed || (goal.kind !== 'serve' && goal.kind !== 'stage')) return verdict;
  return givingUp(goal, verdict.end);
}

function listFor(goal: Goal, situation: Situation): Deciding {
  switch (goal.kind) {
    case 'serve':
      return serve(goal, situation);
    case 'stage':
      return stage(goal, situation);
    case 'without-candidate':
      return withoutCandidate(goal, situation);
    case 'go-back':
      return goBack(goal, situation);
    case 'gone':
      return gone(situation);
    case 'tidy':
      return tidy(goal, situation);
    case 'give-up':
      return giveUp(goal, situation);
  }
}

/** Others change it again and again. */
function contention(goal: Goal, { lost }: Memory): Verdict | null {
  if (lost < MOST_LOST) return null;
  const why: End = { kind: 'contended' };
  if (goal.kind === 'serve' || goal.kind === 'stage') return givingUp(goal, why);
  return { end: goal.kind === 'give-up' ? goal.why : why };
}

/** What was made before the refusal goes, as after any failure. */
function refusal(goal: Goal, { refused }: Memory): Verdict | null {
  if (refused === null) return null;
  const why: End = { kind: 'refused', ...refused };
  if (goal.kind === 'serve' || goal.kind === 'stage') return givingUp(goal, why);
  // Tidying up after a failure is not a reason for another one; that requests still go to a faulty version is.
  if (goal.kind === 'give-up' && refused.step === 'abort-shift') return { end: why };
  return goal.kind === 'give-up' ? { end: goal.why } : { end: why };
}

/** Ends that are so whatever else is: a later look would not make them less true. */
const CERTAIN: ReadonlySet<End['kind']> = new Set([
  'serves',
  'staged',
  'unchanged',
  'went-back',
  'denied',
  // What is not seen yet is for the next run.
  'tidied',
]);

/**
 * A run that changed something looks once more before it ends, or leftovers would stay unseen. A run that fails looks
 * once more as well: what an earlier run did a moment ago may not have been seen yet.
 */
function needsCertainty(verdict: Verdict, { changed }: Memory): boolean {
  if ('turn' in verdict) return !['refused', 'denied'].includes(verdict.turn.why.kind);
  return 'end' in verdict && (changed || !CERTAIN.has(verdict.end.kind));
}

function yetToSee({ seen, memory, traits }: Situation): Verdict | null {
  const stale = FACETS.find(
    (facet) => seen.facets[facet] !== undefined && !isFresh(memory, seen, facet, traits),
  );
  return stale === undefined ? null : lookAgain(stale, { seen, memory, traits });
}
