/** Makes a version serve, from the version that the approval was given on, or does nothing. */
import { guardName, type Serve, type Stage } from '../goal.ts';
import { hasOvertaken, isSettled } from '../memory.ts';
import { isPassing, type Facets, type Serving } from '../observed.ts';
import { givingUp } from './give-up.ts';
import {
  dropCandidatesOf,
  dropGuardsOf,
  dropOldGuards,
  restoreScaling,
  retireOld,
  setScalingAside,
} from './leftovers.ts';
import { advance, setOut } from './rollout.ts';
import { changed, end, may, must, need, on, wish, type Deciding, type Situation } from './situation.ts';

export function* serve(goal: Serve, situation: Situation): Deciding {
  const { traits, seen } = situation;
  const serving = yield* need(situation, 'serving');
  if (isPassing(serving)) return yield* watch(goal, serving, situation);
  if (serving.rollout !== undefined) return yield* advance(goal, serving, serving.rollout, situation);
  if (serving.state === 'mixed') {
    yield* restoreScaling(situation, serving);
    return yield* end({ kind: 'needs-human' });
  }
  if (serving.state === 'serving' && serving.version === goal.version)
    return yield* finish(goal, serving, situation);
  if (isMoveOf(goal, situation)) {
    if (!isSettled(situation.memory, seen, traits))
      yield { wait: { for: 'seen', until: (situation.memory.sent?.at ?? seen.now) + traits.lagMs } };
    return yield givingUp(goal, { kind: isUndone(goal, serving, situation) ? 'rolled-back' : 'replaced' });
  }
  if (serving.version !== goal.base) yield givingUp(goal, { kind: 'outdated', serving: serving.version });
  yield* notWithdrawn(goal, situation);
  if (serving.state === 'broken') {
    if (traits.broken === 'keep') yield givingUp(goal, { kind: 'failed' });
    yield* must(situation, on(serving, { kind: 'close', of: '' }));
  }
  yield* prepare(goal, serving, situation);
}

/** This run's own move, or its own first release. */
function isMoveOf(goal: Serve, { memory }: Situation): boolean {
  return memory.sent !== null && memory.sent.of === goal.version && memory.sent.kind !== 'start-candidate';
}

/** Whether the platform has undone the move: otherwise it would not be what served before that serves, or nothing would. */
function isUndone({ base }: Serve, { state, version }: Serving, { memory }: Situation): boolean {
  const { from = base } = memory.sent ?? {};
  return state !== 'absent' && (version === null || version === from);
}

/** Something is in progress: if it is this, its guards must be there, whatever happened to who made them. */
function* watch(goal: Serve, serving: Serving, situation: Situation): Deciding {
  if (serving.towards === goal.version && serving.guards.length > 0) {
    const guards = yield* wish(situation, 'guards');
    for (const name of serving.guards)
      if (guards?.every((guard) => guard.name !== name)) yield* may(situation, { kind: 'guard', of: name });
  }
  yield { wait: { for: 'move', until: null } };
}

/**
 * A version that was withdrawn since it was planned ends the plan and its approval. The endpoint may look as it did
 * then: there and back again, what serves is the plan's base once more.
 */
export function* notWithdrawn(goal: Serve | Stage, situation: Situation): Deciding {
  if (goal.withdrawn) return;
  const versions = yield* need(situation, 'versions');
  const known = versions.find(({ version }) => version === goal.version);
  if (known?.withdrawn === true) yield givingUp(goal, { kind: 'withdrawn' });
}

/** Everything that has to be there before the move, and the move. */
function* prepare(goal: Serve, serving: Serving, situation: Situation): Deciding {
  if (goal.candidate !== null) {
    const candidates = yield* need(situation, 'candidates');
    const isReady = candidates.some(({ name, state }) => name === goal.candidate && state === 'ready');
    if (!isReady) yield givingUp(goal, { kind: 'no-candidate' });
  }
  yield* makeVersion(goal.version, situation);
  if (serving.state === 'absent') return yield* must(situation, { kind: 'open', of: goal.version });
  const { traits } = situation;
  const name = guardName(goal.version, goal.run);
  if (goal.guarded) {
    const guards = yield* need(situation, 'guards');
    if (guards.every((guard) => guard.name !== name)) yield* must(situation, { kind: 'guard', of: name });
  }
  if (goal.otherMachines) yield* setScalingAside(situation, serving);
  if (traits.shifts === 'us') return yield* setOut(goal, serving, situation);
  const shift = { kind: 'shift', of: goal.version, ...(goal.guarded ? { with: name } : {}) } as const;
  yield* must(situation, on(serving, shift));
}

/** The definition, if it is missing or was cut short. */
export function* makeVersion(version: string, situation: Situation): Deciding {
  const versions = yield* need(situation, 'versions');
  const known = versions.find((entry) => entry.version === version);
  if (known?.definition !== 'whole') yield* must(situation, { kind: 'make-version', of: version });
}

/** It serves. What is left is to note it, to put back what was set aside, and to tidy up. */
function* finish(goal: Serve, serving: Serving, situation: Situation): Deciding {
  yield* makeVersion(goal.version, situation);
  const versions = yield* need(situation, 'versions');
  const known = versions.find(({ version }) => version === goal.version);
  const isNoted = known?.served !== false && !isOlder(goal, versions);
  if (!isNoted && serving.fit !== 'count-off')
    yield* must(situation, { kind: 'note', of: goal.version, note: 'served' });
  if (known?.withdrawn === true)
    yield* must(situation, { kind: 'note', of: goal.version, note: 'reinstated' });
  yield* dropGuardsOf(situation, goal.version);
  yield* dropOldGuards(situation);
  yield* settleScaling(goal, serving, situation);
  if (serving.fit === 'count-off') yield* must(situation, on(serving, { kind: 'set-count', of: '' }));
  if (serving.fit !== 'as-asked') yield* end({ kind: 'not-as-asked' });
  yield* dropCandidatesOf(situation, goal.version);
  yield* retireOld(situation, { serving, needed: [], keep: goal.keep });
  const isOvertaken = hasOvertaken(situation.memory, goal.base, situation.traits);
  yield* end(isOvertaken ? { kind: 'overtaken' } : { kind: 'serves', changed: changed(situation) });
}

/** It served before others did that are newer by what is noted, so a rollback would not go to what it replaced. */
function isOlder({ version, base }: Serve, versions: Facets['versions']): boolean {
  return base !== version && versions.find(({ served }) => served)?.version !== version;
}

function* settleScaling(goal: Serve, serving: Serving, situation: Situation): Deciding {
  if (goal.scaling !== 'end') yield* restoreScaling(situation, serving);
  const scaling = yield* need(situation, 'scaling');
  if (goal.scaling === 'end' && scaling !== 'none')
    yield* must(situation, on(serving, { kind: 'end-scaling', of: '' }));
  if (goal.scaling === 'set' && scaling !== 'as-asked')
    yield* must(situation, on(serving, { kind: 'set-scaling', of: '' }));
}
