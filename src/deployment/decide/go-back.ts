/** Makes a version serve that served before. Bound to what it leaves, so a repetition goes back once. */
import type { GoBack } from '../goal.ts';
import { hasOvertaken, isSettled } from '../memory.ts';
import { isPassing, type Serving } from '../observed.ts';
import {
  dropGuardsOf,
  dropOldGuards,
  restoreScaling,
  retireOld,
  setScalingAside,
  shiftBack,
} from './leftovers.ts';
import type { End } from '../verdict.ts';
import { changed, end, may, must, need, on, wish, type Deciding, type Situation } from './situation.ts';

export function* goBack(goal: GoBack, situation: Situation): Deciding {
  const { memory, seen, traits } = situation;
  const serving = yield* need(situation, 'serving');
  if (isPassing(serving)) {
    if (serving.state === 'moving' && serving.towards === goal.from) yield* abort(serving, situation);
    return yield { wait: { for: 'move', until: null } };
  }
  yield* notForUs(serving, situation);
  if (serving.state === 'shifting') return yield* endRollout(goal, serving, situation);
  if (serving.version === goal.to) return yield* arrive(goal, serving, situation);
  const { sent } = memory;
  if (sent?.kind === 'shift' && !isSettled(memory, seen, traits))
    return yield { wait: { for: 'seen', until: sent.at + traits.lagMs } };
  if (sent?.kind === 'shift' || serving.version !== goal.from) {
    yield* restoreScaling(situation, serving);
    const { version } = serving;
    if (sent?.kind !== 'shift') yield* end({ kind: 'outdated', serving: version });
    yield* end(endOfMove(goal, serving));
  }
  yield* setOut(goal, serving, situation);
}

/** The way back was sent, and something else serves: what was left, or what another run has made serve since. */
function endOfMove({ from }: GoBack, { version }: Serving): End {
  return { kind: version === from || version === null ? 'failed' : 'replaced' };
}

/** States that going back does not help. */
function* notForUs(serving: Serving, situation: Situation): Deciding {
  const isGone = serving.state === 'absent' && situation.memory.sent?.kind === 'shift';
  if (isGone) yield* end({ kind: 'replaced' });
  if (serving.state === 'absent' || serving.state === 'broken') yield* end({ kind: 'nothing-to-go-back-to' });
  if (serving.state !== 'mixed') return;
  yield* restoreScaling(situation, serving);
  yield* end({ kind: 'needs-human' });
}

function* setOut(goal: GoBack, serving: Serving, situation: Situation): Deciding {
  const versions = yield* need(situation, 'versions');
  const isWhole = versions.some(({ version, definition }) => version === goal.to && definition === 'whole');
  if (!isWhole) return yield* end({ kind: 'nothing-to-go-back-to' });
  if (goal.otherMachines) yield* setScalingAside(situation, serving);
  const share = situation.traits.shifts === 'us' ? { percent: 100 } : {};
  yield* must(situation, on(serving, { kind: 'shift', of: goal.to, ...share }));
}

/** A rollout to what is left ends; any other is not what this command was meant for. */
function* endRollout(goal: GoBack, serving: Serving, situation: Situation): Deciding {
  if (serving.towards === goal.from && serving.version === goal.to) yield* shiftBack(serving, situation);
  yield* end({ kind: 'outdated', serving: serving.towards });
}

/** The move that has to be undone is still in progress: its own guard makes the platform undo it. */
function* abort(serving: Serving, situation: Situation): Deciding {
  if (situation.traits.abort !== 'guard') return;
  const guards = yield* wish(situation, 'guards');
  const own = serving.guards.find((name) => guards?.some((guard) => guard.name === name));
  if (own !== undefined) yield* may(situation, on(serving, { kind: 'abort-shift', of: own }));
}

function* arrive(goal: GoBack, serving: Serving, situation: Situation): Deciding {
  yield* restoreScaling(situation, serving);
  if (serving.fit === 'count-off') {
    yield* must(situation, on(serving, { kind: 'set-count', of: '' }));
    yield* end({ kind: 'not-as-asked' });
  }
  const versions = yield* need(situation, 'versions');
  const left = versions.find(({ version }) => version === goal.from);
  if (left?.withdrawn === false) yield* must(situation, { kind: 'note', of: goal.from, note: 'withdrawn' });
  const back = versions.find(({ version }) => version === goal.to);
  if (back?.withdrawn === true) yield* must(situation, { kind: 'note', of: goal.to, note: 'reinstated' });
  yield* dropGuardsOf(situation, goal.from);
  yield* dropOldGuards(situation);
  yield* retireOld(situation, { serving, needed: [goal.from, goal.to], keep: goal.keep });
  const isOvertaken = hasOvertaken(situation.memory, goal.from, situation.traits);
  yield* end(isOvertaken ? { kind: 'overtaken' } : { kind: 'went-back', changed: changed(situation) });
}
