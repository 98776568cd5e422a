/** What dead runs have left: a rollout that nobody goes on with, candidates whose time is over, guards that no move names, versions that nobody used. */
import type { Tidy } from '../goal.ts';
import { isPassing } from '../observed.ts';
import { dropExpired } from './candidates.ts';
import { dropOldGuards, restoreScaling, retireOld } from './leftovers.ts';
import { changed, end, may, need, on, type Deciding, type Situation } from './situation.ts';

export function* tidy(goal: Tidy, situation: Situation): Deciding {
  const serving = yield* need(situation, 'serving');
  const candidates = yield* need(situation, 'candidates');
  const ofEnvironment = candidates.filter(
    ({ environment, version }) =>
      // One that is being promoted is needed still.
      serving.towards !== version && (goal.environment === null || environment === goal.environment),
  );
  // One that is starting cannot be removed yet, and one that is going needs nothing: the next run finds either.
  yield* dropExpired(ofEnvironment, null, situation);
  if (serving.rollout !== undefined && serving.rollout.until < situation.seen.now)
    yield* may(situation, on(serving, { kind: 'abort-shift', of: serving.towards ?? '' }));
  if (!isPassing(serving) && serving.state !== 'shifting') {
    yield* restoreScaling(situation, serving);
    yield* dropOldGuards(situation);
    // Old versions are for those to count who know how many are to be kept.
    yield* retireOld(situation, { serving, needed: [], keep: Infinity });
  }
  yield* end({ kind: 'tidied', changed: changed(situation) });
}
