/** A goal failed: what was made for it goes, if nobody else has a use for it; then its own end is said. */
import type { GiveUp, Serve, Stage } from '../goal.ts';
import { isPassing, type Serving } from '../observed.ts';
import type { End, Verdict } from '../verdict.ts';
import { dropOwnGuard, restoreScaling, shiftBack } from './leftovers.ts';
import { certain, end, may, must, need, on, wish, type Deciding, type Situation } from './situation.ts';

export function givingUp(goal: Serve | Stage, why: End): Verdict {
  const { version, candidate } = goal;
  const run = goal.kind === 'serve' ? goal.run : '';
  return { turn: { kind: 'give-up', version, candidate, run, why } };
}

export function* giveUp(goal: GiveUp, situation: Situation): Deciding {
  const serving = yield* need(situation, 'serving');
  if (serving.state === 'shifting' && serving.towards === goal.version && isAtFault(goal.why))
    yield* shiftBack(serving, situation);
  if (isPassing(serving)) {
    // Somebody else's change needs nothing of ours; but what was set aside can be put back only after it.
    const scaling = yield* wish(situation, 'scaling');
    const isOurs = serving.towards === goal.version || serving.state === 'going';
    if (isOurs || scaling === 'set-aside' || scaling === 'half-aside')
      yield { wait: { for: 'move', until: null } };
  }
  if (goal.run !== '') yield* dropOwnGuard(situation, goal.version, goal.run);
  yield* restoreScaling(situation, serving, wish);
  if (serving.state === 'broken' && situation.traits.broken === 'replace' && goal.why.kind === 'rolled-back')
    yield* must(situation, on(serving, { kind: 'close', of: '' }));
  yield* dropUnused(goal, situation);
  yield* retireUnused(goal, serving, situation);
  // Whoever made it serve meanwhile tells that.
  const isUndone = goal.why.kind !== 'rolled-back' || serving.version !== goal.version;
  yield* end(isUndone ? goal.why : { kind: 'contended' });
}

/** The move itself failed. Any other reason leaves a rollout to the run that goes on with it. */
function isAtFault(why: End): boolean {
  return why.kind === 'refused' || (why.kind === 'rolled-back' && why.found !== undefined);
}

/**
 * A candidate that never became ready, and the one that this run has started. Any other that waits for a promotion stays:
 * its plan may be good again.
 */
function* dropUnused(goal: GiveUp, situation: Situation): Deciding {
  const candidates = yield* wish(situation, 'candidates');
  const { sent } = situation.memory;
  const own = sent?.kind === 'start-candidate' ? sent.of : null;
  if (candidates?.some(({ name, state }) => name === own && state === 'starting'))
    yield { wait: { for: 'candidate', until: null } };
  for (const { name, version, ours, state } of candidates ?? [])
    if (ours && ((version === goal.version && state === 'broken') || (name === own && state === 'ready')))
      yield* may(situation, { kind: 'drop-candidate', of: name });
}

function* retireUnused(goal: GiveUp, serving: Serving, situation: Situation): Deciding {
  const versions = yield* need(situation, 'versions');
  const known = versions.find(({ version }) => version === goal.version);
  if (known === undefined || known.served || !known.ours) return;
  // With the version its note would go, and the approval that it ends would be good again.
  if (known.withdrawn) return;
  if (serving.version === goal.version || serving.towards === goal.version) return;
  const candidates = yield* wish(situation, 'candidates');
  if (candidates === undefined) return;
  yield* certain(situation, 'candidates');
  if (candidates.some(({ version, state }) => version === goal.version && state !== 'going')) return;
  const users = yield* wish(situation, 'users');
  if (users?.includes(goal.version) === false)
    yield* may(situation, on(serving, { kind: 'retire-version', of: goal.version }));
}
