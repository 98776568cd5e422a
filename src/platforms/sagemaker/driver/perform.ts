/** One step, in at most one call that changes something; what it was decided on is compared immediately before. */
import { isDenied, isMissing, wasNotDone } from '../../../clouds/aws/errors.ts';
import { UpstreamError } from '../../../core/errors.ts';
import { TOUCHED } from '../../../deployment/effects.ts';
import type { Performed } from '../../../deployment/memory.ts';
import { holds } from '../../../deployment/observed.ts';
import type { Step, StepKind } from '../../../deployment/verdict.ts';
import { isInProgress } from '../mutate.ts';
import { lookAgain } from '../session.ts';
import { dropCandidate, keepCandidate, startCandidate } from './candidate-steps.ts';
import { guard, unguard } from './guard-steps.ts';
import { abortShift, close, open, setCount, shift } from './endpoint-steps.ts';
import { note } from './notes.ts';
import { restoreScaling, endScaling, setScaling, setScalingAside } from './scaling-steps.ts';
import { servingOf } from './serving.ts';
import { makeVersion, retireVersion } from './version-steps.ts';
import type { Work } from './work.ts';

/**
 * - `again`: one call of several · `lost`: what it needs is no longer so · `missing`: what it needs is gone
 */
export type Came = 'done' | 'again' | 'lost' | 'missing';

export type Perform = (step: Step, work: Work) => Promise<Came>;

const nothing: Perform = () => Promise.resolve('done');

const STEPS: Readonly<Record<StepKind, Perform>> = {
  'make-version': makeVersion,
  'retire-version': retireVersion,
  'start-candidate': startCandidate,
  'keep-candidate': keepCandidate,
  'drop-candidate': dropCandidate,
  open,
  shift,
  'abort-shift': abortShift,
  'set-count': setCount,
  close,
  guard,
  unguard,
  'set-scaling': setScaling,
  'set-scaling-aside': setScalingAside,
  'restore-scaling': restoreScaling,
  'end-scaling': endScaling,
  note,
  // Requests are shifted by SageMaker.
  unmark: nothing,
  ask: nothing,
};

export async function performStep(step: Step, work: Work): Promise<Performed> {
  const { session } = work;
  lookAgain(session);
  try {
    if (!(await isStill(step, work))) return { is: 'lost' };
    const came = await STEPS[step.kind](step, work);
    if (came === 'done') return { is: 'done', touches: TOUCHED[step.kind] };
    if (came !== 'again') return { is: came };
    // Of a version that goes, nothing else is decided until it is gone.
    return { is: 'again', touches: step.kind === 'retire-version' ? [] : TOUCHED[step.kind] };
  } catch (error) {
    return answerOf(error, work);
  } finally {
    lookAgain(session);
  }
}

async function isStill({ kind, of, basis }: Step, { session, subject, retiring }: Work): Promise<boolean> {
  if (basis === undefined || (kind === 'retire-version' && retiring.has(of))) return true;
  const described = await session.reads.endpoint(subject.endpoint);
  if (described === null) return basis.state === 'absent';
  return holds(basis, servingOf(described));
}

/** @throws whatever leaves it open what became of the call, and what refuses who asks */
function answerOf(error: unknown, work: Work): Performed {
  if (isInProgress(error)) return { is: 'lost' };
  if (isMissing(error)) return { is: 'missing' };
  if (isDenied(error) || !wasNotDone(error) || !(error instanceof UpstreamError) || error.refusesCaller)
    throw error;
  work.refusal = error;
  return { is: 'refused', cause: error.message };
}
