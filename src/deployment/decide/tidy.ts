/** What dead runs have left: a rollout that nobody goes on with, candidates whose time is over, guards that no move names, versions that nobody used. */
import type { Tidy } from '../goal.ts';
import { isPassing } from '../observed.ts';
import { restoreScaling, retireOld } from './leftovers.ts';
import { changed, end, may, need, on, wish, type Deciding, type Situation } from './situation.ts';

export function* tidy(goal: Tidy, situation: Situation): Deciding {
  const { now } = situation.seen;
  const serving = yield* need(situation, 'serving');
  const candidates = yield* need(situation, 'candidates');
  const expired = candidates.filter(
    ({ ours, environment, expiresAt, version }) =>
      ours &&
      expiresAt <= now &&
      // One that is being promoted is needed still.
      serving.towards !== version &&
      (goal.environment === null || environment === goal.environment),
  );
  // One that is starting cannot be removed yet, and one that is going needs nothing: the next run finds either.
  for (const { name, state } of expired)
    if (state === 'ready' || state === 'broken') yield* may(situation, { kind: 'drop-candidate', of: name });
  if (serving.rollout !== undefined && serving.rollout.until < now)
    yield* may(situation, on(serving, { kind: 'abort-shift', of: serving.towards ?? '' }));
  if (!isPassing(serving) && serving.state !== 'shifting') {
    yield* restoreScaling(situation, serving);
    const guards = yield* wish(situation, 'guards');
    for (const { name, madeAt } of guards ?? [])
      if (now - madeAt > situation.traits.unusedMs) yield* may(situation, { kind: 'unguard', of: name });
    // Old versions are for those to count who know how many are to be kept.
    yield* retireOld(situation, { serving, needed: [], keep: Infinity });
  }
  yield* end({ kind: 'tidied', changed: changed(situation) });
}
