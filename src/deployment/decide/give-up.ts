/** A goal failed: what was made for it goes, if nobody else has a use for it; then its own end is said. */
import type { GiveUp } from '../goal.ts';
import { isPassing, type Serving } from '../observed.ts';
import { dropOwnGuard, restoreScaling } from './leftovers.ts';
import { certain, end, may, must, need, on, wish, type Deciding, type Situation } from './situation.ts';

export function* giveUp(goal: GiveUp, situation: Situation): Deciding {
  const serving = yield* need(situation, 'serving');
  if (isPassing(serving)) {
    // Somebody else's change needs nothing of ours; but what was set aside can be put back only after it.
    const scaling = yield* wish(situation, 'scaling');
    const isOurs = serving.towards === goal.version || serving.state === 'going';
    if (isOurs || scaling === 'set-aside') yield { wait: { for: 'move', until: null } };
  }
  if (goal.run !== '') yield* dropOwnGuard(situation, goal.version, goal.run);
  yield* restoreScaling(situation, serving);
  if (serving.state === 'broken' && situation.traits.broken === 'replace' && goal.why.kind === 'rolled-back')
    yield* must(situation, on(serving, { kind: 'close', of: '' }));
  yield* dropUnused(goal, situation);
  yield* retireUnused(goal, serving, situation);
  yield* end(goal.why);
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
  if (serving.version === goal.version || serving.towards === goal.version) return;
  const candidates = yield* wish(situation, 'candidates');
  if (candidates !== undefined) yield* certain(situation, 'candidates');
  const waits = candidates?.some(({ version, state }) => version === goal.version && state !== 'going');
  if (waits !== false) return;
  const users = yield* wish(situation, 'users');
  if (users?.includes(goal.version) === false)
    yield* may(situation, on(serving, { kind: 'retire-version', of: goal.version }));
}
