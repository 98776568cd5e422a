/** Autoscaling: set aside for a change of the instance type, put back, changed, ended. One call at a time. */
import { planOf } from '../../../deployment/port.ts';
import { readStanding } from '../live.ts';
import {
  forgetScaling,
  hasSavedScaling,
  restoreNext,
  setNextAside,
  type Progress,
  type ScalingHolder,
} from '../scaling/save-scaling.ts';
import { applyNextScaling, removeScaling } from '../scaling/scaling.ts';
import { scalingOf } from '../specs.ts';
import type { Came, Perform } from './perform.ts';
import type { Work } from './work.ts';

export const setScalingAside: Perform = async (_step, work) => {
  if (work.scaling === null)
    work.session.options.log.info(
      `The instance type changes: autoscaling of ${work.subject.endpoint} is set aside, and restored afterwards.`,
    );
  return progress(work, (holder) => setNextAside(work.session.clients, holder, work.scaling));
};

export const restoreScaling: Perform = async (_step, work) => {
  const came = await progress(work, (holder) => restoreNext(work.session.clients, holder, work.scaling));
  if (came === 'done')
    work.session.options.log.info(`Autoscaling of ${work.subject.endpoint} is as it was before.`);
  return came;
};

async function progress(work: Work, next: (holder: ScalingHolder) => Promise<Progress>): Promise<Came> {
  const live = await readStanding(work.subject.endpoint, work.session.reads);
  if (live === null) return 'lost';
  const { endpoint, variant, described } = live;
  const { is, state } = await next({ endpoint, variant, arn: described.EndpointArn ?? '' });
  work.scaling = is === 'done' ? null : state;
  return is;
}

export const setScaling: Perform = async (_step, work) => {
  const scaling = scalingOf(planOf(work.subject).desired);
  const { session, subject, variant } = work;
  if (scaling === null) return 'done';
  return applyNextScaling(session.clients, { endpoint: subject.endpoint, variant }, scaling);
};

/** What was saved of it goes first: nobody shall bring it back. */
export const endScaling: Perform = async (_step, { session, subject, variant }) => {
  const { endpoint } = subject;
  const live = await readStanding(endpoint, session.reads);
  const arn = live?.described.EndpointArn ?? '';
  if (live !== null && hasSavedScaling(live.tags)) {
    await forgetScaling(session.clients, arn);
    return 'again';
  }
  await removeScaling(session.clients, { endpoint, variant });
  session.options.log.info(`Autoscaling of ${endpoint} is removed.`);
  return 'done';
};
