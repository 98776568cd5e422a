/** Mode resume without a comment, on a schedule: reminds of requests, and ends those whose time is over. */
import { reminder } from '../../core/approval/answers.ts';
import { newerOf, requestsOf, type PendingRequest } from '../../core/approval/find-request.ts';
import { isReminder } from '../../core/approval/marker.ts';
import { TASK } from '../../core/approval/request-payload.ts';
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { Inputs, Policy } from './checks.ts';
import { isWaiting } from './deployments.ts';
import { ending } from './finish.ts';
import { OLDEST_MS } from './open.ts';
import { peopleSince } from './people.ts';
import type { Connected } from './ports.ts';
import { endRequest, examine, type Resumed } from './resume.ts';
import { undecided } from './wait.ts';

/** @throws the first error, after all requests were looked at: one that cannot be read must not hold up the others */
export async function sweep(policy: Policy, inputs: Inputs, ports: Connected): Promise<void> {
  const { host, clock, context, log } = ports;
  const since = new Date(clock.now().getTime() - OLDEST_MS).toISOString();
  const all = await host.deployments({ task: TASK, environment: inputs.environment, since });
  const failures: Error[] = [];
  let waiting = 0;
  const requests = requestsOf(all, context.repository, inputs.requester);
  for (const one of requests) {
    const request = { ...one, newer: newerOf(one, requests), isTaken: false };
    try {
      if (await care(request, policy, inputs, ports)) waiting += 1;
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof UpstreamError)) throw error;
      log.warning(`The request #${one.payload.issue}: ${error.message}`);
      failures.push(error);
    }
  }
  log.info(`${waiting} ${waiting === 1 ? 'request waits' : 'requests wait'} for a decision.`);
  if (failures[0] !== undefined) throw failures[0];
}

/** Whether it still waits. What was approved is left to the run that the approval started: nothing is released here. */
async function care(request: Resumed, policy: Policy, inputs: Inputs, ports: Connected): Promise<boolean> {
  const { host, clock, log } = ports;
  const { deployment, payload } = request;
  const { remindAt, issue: number } = payload;
  if (!isWaiting(await host.statuses(deployment.id))) return false;
  const end = await examine(request, null, policy, inputs, ports);
  if (end.kind === 'approved') {
    log.notice(
      `The request #${number} is approved; "Re-run all jobs" of the run of that comment carries it out.`,
    );
    return true;
  }
  if (end.kind !== 'pending') {
    await endRequest(end, request, ports);
    log.info(`The request #${number} has ended: ${ending(end)}.`);
    return false;
  }
  if (remindAt !== null && clock.now().getTime() >= Date.parse(remindAt)) {
    await remind(request, policy, inputs, ports);
  }
  return true;
}

/** Once. */
async function remind(
  { payload, deployment }: PendingRequest,
  policy: Policy,
  inputs: Inputs,
  { host, clock, log }: Connected,
): Promise<void> {
  const { issue, expiresAt, initiators, accounts } = payload;
  const said = await host.comments(issue, deployment.createdAt);
  const done = said.some(({ author, body }) => author === deployment.creator && isReminder(body));
  if (done) return;
  const excluded = inputs.excludeInitiator ? initiators : [];
  const people = await peopleSince({ ...policy, excluded }, new Map(Object.entries(accounts)), host);
  const left = Math.ceil((Date.parse(expiresAt) - clock.now().getTime()) / 60_000);
  await host.comment(issue, reminder(undecided(people, null), left));
  log.info(`Reminded the approvers of #${issue}.`);
}
