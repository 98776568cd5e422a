/** What several goals share: what is set aside for a move and comes back, and what is no longer needed. */
import { guardName } from '../goal.ts';
import type { Serving } from '../observed.ts';
import { expendable } from '../versions.ts';
import { may, must, need, on, wish, type Deciding, type Situation } from './situation.ts';

/** Autoscaling that a run set aside, this one or one that died. Comes before every other end. */
export function* restoreScaling(
  situation: Situation,
  serving: Serving,
  look: typeof need | typeof wish = need,
): Deciding {
  if (serving.state === 'absent' || serving.state === 'broken') return;
  const scaling = yield* look(situation, 'scaling');
  if (scaling === 'set-aside' || scaling === 'half-aside')
    yield* must(situation, on(serving, { kind: 'restore-scaling', of: '' }));
}

/** Autoscaling would act on machines that are about to be others. */
export function* setScalingAside(situation: Situation, serving: Serving): Deciding {
  const scaling = yield* need(situation, 'scaling');
  if (scaling !== 'none' && scaling !== 'set-aside')
    yield* must(situation, on(serving, { kind: 'set-scaling-aside', of: '' }));
}

/**
 * A rollout ends if it began: all requests go back in one step. If one is there after that, somebody else has begun it
 * again.
 */
export function* shiftBack(serving: Serving, situation: Situation): Deciding {
  const { seen, memory, traits } = situation;
  yield* must(situation, on(serving, { kind: 'abort-shift', of: serving.towards ?? '' }));
  const until = memory.since + traits.lagMs;
  if ((seen.facets.serving?.at ?? 0) > until) yield { end: { kind: 'contended' } };
  yield seen.now > until ? { look: 'serving' } : { wait: { for: 'seen', until } };
}

/** The run's own guards: no other run has one of that name. */
export function* dropOwnGuard(situation: Situation, version: string, run: string): Deciding {
  const name = guardName(version, run);
  const guards = yield* wish(situation, 'guards');
  for (const guard of guards ?? [])
    if (guard.name === name || guard.name.startsWith(`${name}#`))
      yield* may(situation, { kind: 'unguard', of: guard.name });
}

/** Guards of moves to a version that has arrived: no move can need them. */
export function* dropGuardsOf(situation: Situation, version: string): Deciding {
  const guards = yield* wish(situation, 'guards');
  for (const { name } of guards ?? [])
    if (name.startsWith(`${version}@`)) yield* may(situation, { kind: 'unguard', of: name });
}

/** Guards of moves that never came, or that died with their runs. */
export function* dropOldGuards(situation: Situation): Deciding {
  const { seen, traits } = situation;
  const guards = yield* wish(situation, 'guards');
  for (const { name, madeAt } of guards ?? [])
    if (seen.now - madeAt > traits.unusedMs) yield* may(situation, { kind: 'unguard', of: name });
}

/** Candidates that would be the twin of what serves. */
export function* dropCandidatesOf(situation: Situation, version: string): Deciding {
  const candidates = yield* wish(situation, 'candidates');
  for (const candidate of candidates ?? [])
    if (candidate.ours && candidate.version === version && ['ready', 'broken'].includes(candidate.state))
      yield* may(situation, { kind: 'drop-candidate', of: candidate.name });
}

export interface Pruning {
  readonly serving: Serving;
  /** Versions that stay because a run still needs them, beside those that the endpoint has. */
  readonly needed: readonly (string | null)[];
  readonly keep: number;
}

/** Old versions. What may not be looked at counts as in use. */
export function* retireOld(situation: Situation, { serving, needed, keep }: Pruning): Deciding {
  const { now } = situation.seen;
  const { unusedMs } = situation.traits;
  const versions = yield* need(situation, 'versions');
  const candidates = yield* wish(situation, 'candidates');
  if (candidates === undefined) return;
  const waiting = candidates.filter(({ state }) => state !== 'going').map(({ version }) => version);
  const live = [serving.version, serving.towards, ...needed];
  const found = expendable(versions, { live, used: new Set(waiting), keep, now, unusedMs });
  if (found.length === 0) return;
  const users = yield* wish(situation, 'users');
  for (const { version } of found)
    if (users !== undefined && !users.includes(version))
      yield* may(situation, on(serving, { kind: 'retire-version', of: version }));
}
