/** A rollout if we shift requests: step by step, each watched, and one shift back if the watch finds a fault. */
import type { Serve } from '../goal.ts';
import { hasOvertaken, isSettled } from '../memory.ts';
import type { RolloutState, Serving } from '../observed.ts';
import { holdOf, type Rollout } from '../rollout/strategy.ts';
import { judge, seenBy, type Found } from '../rollout/watch.ts';
import type { Step, Verdict } from '../verdict.ts';
import { givingUp } from './give-up.ts';
import { end, may, must, need, on, type Deciding, type Situation } from './situation.ts';

/** If the goal says nothing. */
const AT_ONCE: Omit<Rollout, 'limits'> = { steps: [100], bakeMs: 0, lateMs: 0 };

/** The first step. What cannot be watched is not begun. */
export function* setOut(goal: Serve, serving: Serving, situation: Situation): Deciding {
  const { steps, bakeMs } = goal.rollout ?? AT_ONCE;
  if (bakeMs > 0) yield* need(situation, 'watch');
  yield* must(situation, shiftTo(goal, steps[0] ?? 100, serving));
}

/** If nobody watches, the last step has arrived at once, and leaves no marker. */
function shiftTo(goal: Serve, percent: number, serving: Serving): Step {
  const rollout = goal.rollout ?? AT_ONCE;
  const isWatched = rollout.bakeMs > 0 || percent < 100;
  const hold = isWatched ? { holdMs: holdOf(rollout) } : {};
  return on(serving, { kind: 'shift', of: goal.version, percent, ...hold });
}

/** A rollout is in progress: this run's, one that a dead run has left, or somebody else's. */
export function* advance(goal: Serve, serving: Serving, state: RolloutState, situation: Situation): Deciding {
  // The next step would no longer be judged on what was approved.
  if (hasOvertaken(situation.memory, goal.base, situation.traits)) yield* end({ kind: 'overtaken' });
  if (serving.towards !== goal.version || serving.version !== goal.base)
    return yield givingUp(goal, { kind: 'outdated', serving: serving.towards });
  yield* untilSeen(goal, state, situation);
  if (situation.seen.now > state.until) yield* must(situation, shiftTo(goal, state.percent, serving));
  const { rollout } = goal;
  if (rollout !== undefined && rollout.bakeMs > 0) yield* bake(goal, rollout, state, situation);
  const { steps } = rollout ?? AT_ONCE;
  const next = steps.find((percent) => percent > state.percent);
  const step = next === undefined ? on(serving, { kind: 'unmark', of: goal.version }) : null;
  yield* must(situation, step ?? shiftTo(goal, next ?? 100, serving));
}

/** What this run has sent may not be seen yet. */
function* untilSeen(goal: Serve, { percent, until }: RolloutState, situation: Situation): Deciding {
  const { memory, seen, traits } = situation;
  const { sent } = memory;
  if (sent?.of !== goal.version || isSettled(memory, seen, traits)) return;
  const reached = sent.percent ?? 0;
  const isRenewed = reached === percent && seen.now > until;
  if (sent.kind === 'unmark' || reached > percent || isRenewed)
    yield { wait: { for: 'seen', until: sent.at + traits.lagMs } };
}

function* bake(goal: Serve, rollout: Rollout, { percent, at }: RolloutState, situation: Situation): Deciding {
  const over = at + rollout.bakeMs + rollout.lateMs;
  const watch = yield* need(situation, 'watch');
  yield* watchedAfter(at, situation);
  const judgement = judge(watch, rollout.limits);
  if (judgement.is === 'bad') yield faulty(goal, judgement.found);
  yield* watchedAfter(over, situation);
  if (judgement.is === 'good') return;
  const { fewest } = rollout.limits;
  const seen = seenBy(watch);
  // The platform counts those of a run that died, too, and ours only later: the two cannot be added up.
  const requests = fewest - watch.own.requests;
  yield* may(situation, { kind: 'ask', of: goal.version, percent, requests });
  const says = `The new version answered ${seen} requests; ${fewest} are needed to judge it.`;
  yield faulty(goal, { is: 'too-few', says });
}

function* watchedAfter(time: number, { seen }: Situation): Deciding {
  if ((seen.facets.watch?.at ?? 0) > time) return;
  yield seen.now > time ? { look: 'watch' } : { wait: { for: 'bake', until: time } };
}

function faulty(goal: Serve, found: Found): Verdict {
  return givingUp(goal, { kind: 'rolled-back', found });
}
