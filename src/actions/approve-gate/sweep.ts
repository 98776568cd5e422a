/** Mode resume without a comment, on a schedule: reminds of requests, and ends those whose time is over. */
import { reminder } from '../../core/approval/answers.ts';
import { requestsOf, type PendingRequest } from '../../core/approval/find-request.ts';
import { isReminder } from '../../core/approval/marker.ts';
import { TASK } from '../../core/approval/request-payload.ts';
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { Inputs, Policy } from './checks.ts';
import { isWaiting } from './deployments.ts';
import { OLDEST_MS } from './open.ts';
import { peopleSince } from './people.ts';
import type { Connected } from './ports.ts';
import { endRequest } from './resume.ts';
import { undecided } from './wait.ts';

/** @throws the first error, after all requests were looked at: one that cannot be read must not hold up the others */
export async function sweep(policy: Policy, inputs: Inputs, ports: Connected): Promise<void> {
  const { host, clock, context, log } = ports;
  const since = new Date(clock.now().getTime() - OLDEST_MS).toISOString();
  const all = await host.deployments({ task: TASK, environment: inputs.environment, since });
  const failures: Error[] = [];
  let waiting = 0;
  for (const request of requestsOf(all, context.repository, inputs.requester)) {
    try {
      if (await care(request, policy, inputs, ports)) waiting += 1;
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof UpstreamError)) throw error;
      log.warning(`The request #${request.payload.issue}: ${error.message}`);
      failures.push(error);
    }
  }
  log.info(`${waiting} ${waiting === 1 ? 'request waits' : 'requests wait'} for a decision.`);
  if (failures[0] !== undefined) throw failures[0];
}

/** Whether it still waits. */
async function care(
  request: PendingRequest,
  policy: Policy,
  inputs: Inputs,
  ports: Connected,
): Promise<boolean> {
  const { host, clock, log } = ports;
  const { deployment, payload } = request;
  const { expiresAt, remindAt, issue: number } = payload;
  if (!isWaiting(await host.statuses(deployment.id))) return false;
  const now = clock.now().getTime();
  if (now >= Date.parse(expiresAt)) {
    const issue = { ...(await host.issue(number)), number };
    await endRequest({ kind: 'expired', at: expiresAt }, { id: deployment.id, issue }, ports);
    log.info(`The request #${number} ended at ${expiresAt} without a decision.`);
    return false;
  }
  if (remindAt !== null && now >= Date.parse(remindAt)) await remind(request, policy, inputs, ports);
  return true;
}

/** Once. */
async function remind(
  { payload, deployment }: PendingRequest,
  policy: Policy,
  inputs: Inputs,
  { host, clock, log }: Connected,
): Promise<void> {
  const { issue, expiresAt, initiators, access } = payload;
  const said = await host.comments(issue, deployment.createdAt);
  const done = said.some(({ author, body }) => author === deployment.creator && isReminder(body));
  if (done) return;
  const excluded = inputs.excludeInitiator ? initiators : [];
  const people = await peopleSince({ ...policy, excluded }, new Map(Object.entries(access)), host);
  const left = Math.ceil((Date.parse(expiresAt) - clock.now().getTime()) / 60_000);
  await host.comment(issue, reminder(undecided(people, null), left));
  log.info(`Reminded the approvers of #${issue}.`);
}
