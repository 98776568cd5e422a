/** A candidate beside what serves: started for a plan, or removed with what it was made of. */
import type { Stage, WithoutCandidate } from '../goal.ts';
import { isSettled } from '../memory.ts';
import type { CandidateState } from '../observed.ts';
import { givingUp } from './give-up.ts';
import { makeVersion, notWithdrawn } from './serve.ts';
import { changed, end, may, must, need, on, wish, type Deciding, type Situation } from './situation.ts';

export function* stage(goal: Stage, situation: Situation): Deciding {
  const serving = yield* need(situation, 'serving');
  if (serving.version === goal.version) {
    yield* dropOwn(goal, situation);
    return yield* end({ kind: 'unchanged' });
  }
  if (serving.version !== goal.base)
    return yield givingUp(goal, { kind: 'outdated', serving: serving.version });
  const { memory, seen, traits } = situation;
  const candidates = yield* need(situation, 'candidates');
  const candidate = candidates.find(({ name }) => name === goal.candidate);
  yield* follow(goal, candidate ?? null, situation);
  const { sent } = memory;
  if (sent?.kind === 'start-candidate') {
    if (!isSettled(memory, seen, traits)) yield { wait: { for: 'seen', until: sent.at + traits.lagMs } };
    return yield givingUp(goal, { kind: 'replaced' });
  }
  yield* notWithdrawn(goal, situation);
  yield* dropExpired(candidates, goal.candidate, situation);
  yield* makeVersion(goal.version, situation);
  yield* must(situation, { kind: 'start-candidate', of: goal.candidate, with: goal.version });
}

/** Another run made the version serve while this one started the candidate, which nobody would hear of now. */
function* dropOwn({ candidate: own }: Stage, situation: Situation): Deciding {
  const { memory, seen, traits } = situation;
  const { sent } = memory;
  if (sent?.kind !== 'start-candidate') return;
  const candidates = yield* need(situation, 'candidates');
  const found = candidates.find(({ name }) => name === own);
  if (found === undefined && !isSettled(memory, seen, traits))
    yield { wait: { for: 'seen', until: sent.at + traits.lagMs } };
  if (found?.state === 'starting' || found?.state === 'going')
    yield { wait: { for: 'candidate', until: null } };
  if (found?.ours === true) yield* may(situation, { kind: 'drop-candidate', of: own });
}

/** What runs that died have left. */
export function* dropExpired(
  candidates: readonly CandidateState[],
  but: string | null,
  situation: Situation,
): Deciding {
  for (const { name, ours, state, expiresAt } of candidates)
    if (ours && name !== but && expiresAt <= situation.seen.now && (state === 'ready' || state === 'broken'))
      yield* may(situation, { kind: 'drop-candidate', of: name });
}

/** The candidate that is there, of this run or of one before it. */
function* follow(goal: Stage, candidate: CandidateState | null, situation: Situation): Deciding {
  const { state } = candidate ?? {};
  if (candidate?.ours === true && state !== 'broken' && state !== 'going' && candidate.expiresAt < goal.until)
    yield* may(situation, { kind: 'keep-candidate', of: goal.candidate });
  if (state === 'ready') {
    // Somebody who had not seen the candidate yet may have removed what it was made of.
    yield* makeVersion(goal.version, situation);
    yield* end({ kind: 'staged' });
  }
  if (state === 'starting' || state === 'going') yield { wait: { for: 'candidate', until: null } };
  if (state !== 'broken') return;
  if (situation.memory.sent?.kind === 'start-candidate') yield givingUp(goal, { kind: 'failed' });
  yield* must(situation, { kind: 'drop-candidate', of: goal.candidate });
}

export function* withoutCandidate(goal: WithoutCandidate, situation: Situation): Deciding {
  const candidates = yield* need(situation, 'candidates');
  const candidate = candidates.find(({ name }) => name === goal.candidate);
  if (candidate?.state === 'starting' || candidate?.state === 'going')
    return yield { wait: { for: 'candidate', until: null } };
  if (candidate?.ours === true) yield* must(situation, { kind: 'drop-candidate', of: goal.candidate });
  const serving = yield* need(situation, 'serving');
  const versions = yield* need(situation, 'versions');
  const known = versions.find(({ version }) => version === goal.version);
  const isFree =
    known?.ours === true &&
    !known.served &&
    serving.version !== goal.version &&
    serving.towards !== goal.version &&
    candidates.every(({ version }) => version !== goal.version);
  if (isFree) {
    const users = yield* wish(situation, 'users');
    if (users?.includes(goal.version) === false)
      yield* may(situation, on(serving, { kind: 'retire-version', of: goal.version }));
  }
  yield* end({ kind: 'discarded', changed: changed(situation) });
}
