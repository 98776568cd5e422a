/** Whether the credentials of the job outlast the update that it waits for. */
import type { Desired, Finding } from '../../../documents/plan.ts';
import { totalWaitSeconds } from './guardrails.ts';

/** For what an update takes beside its waits: new instances that start, old ones that go. */
const ROOM_SECONDS = 900;

/** @param sessionSeconds how long credentials last that are requested just before; null if they are requested again, or nobody says */
export function sessionFindings(
  { strategy }: Pick<Desired, 'strategy'>,
  sessionSeconds: number | null,
): Finding[] {
  if (sessionSeconds === null) return [];
  const needed = totalWaitSeconds(strategy) + ROOM_SECONDS;
  if (needed <= sessionSeconds) return [];
  const message =
    `The update needs about ${Math.ceil(needed / 60)} minutes, and the AWS credentials of the job last ` +
    `${Math.floor(sessionSeconds / 60)}. Set ML_DEPLOY_AWS_ROLE_ARN, so that they are renewed in time, ` +
    'or raise role-duration-seconds and the longest session of the role, or lower bake-minutes. ' +
    'A run whose credentials expire leaves the update to AWS; the same command run again finishes it.';
  return [{ level: 'warning', message }];
}
