/** Mode wait: the step stays until somebody decided. */
import { ends } from '../../core/approval/answers.ts';
import type { OpenedIssue } from '../../core/approval/gate-host.ts';
import { requestBody } from '../../core/approval/request-body.ts';
import { CancelledError, OutcomeError } from '../../core/errors.ts';
import type { Gate, Inputs } from './checks.ts';
import { closeAfterError, finish, lastWord, refusal, statusOf, type End } from './finish.ts';
import { contentOf, openIssue, reminderMinutes, supersede, timeoutMinutes } from './open.ts';
import { passOn, summaryOf } from './outputs.ts';
import { resolvePeople } from './people.ts';
import type { Connected } from './ports.ts';
import { waitForDecision } from './wait.ts';

export async function wait(gate: Gate, inputs: Inputs, ports: Connected): Promise<void> {
  const people = await resolvePeople(gate, ports.host);
  const content = contentOf(gate, inputs, ports);
  const issue = await openIssue(content, requestBody(content), inputs, people, ports);
  // As long as nobody has decided: what a step leaves that is killed.
  ports.report.output('status', 'cancelled');
  const end = await untilTheEnd(issue, ports, async () => {
    await supersede(issue, content, ports);
    const reminder = reminderMinutes(inputs);
    return waitForDecision({
      ...ports,
      // Waiting has a patience of its own.
      host: ports.bareHost,
      issue,
      request: { createdAt: issue.createdAt, ...gate },
      people,
      intervalMs: ports.pollMs ?? inputs.pollSeconds * 1000,
      timeoutMs: timeoutMinutes(inputs) * 60_000,
      reminderMs: reminder === null ? null : reminder * 60_000,
    });
  });
  await settle(end, issue, gate, ports);
}

/** However it ends, the issue is closed and the status says it. */
export async function untilTheEnd<T>(
  issue: OpenedIssue,
  ports: Connected,
  body: () => Promise<T>,
): Promise<T> {
  try {
    return await body();
  } catch (error) {
    const cancelled = error instanceof CancelledError;
    ports.report.output('status', cancelled ? 'cancelled' : 'error');
    if (cancelled) await finish(issue, ends.cancelled(), 'not_planned', { ...ports, host: ports.bareHost });
    else await closeAfterError(issue, { ...ports, host: ports.bareHost });
    throw error;
  }
}

async function settle(end: End, issue: OpenedIssue, gate: Gate, ports: Connected): Promise<void> {
  const by = 'votes' in end ? end.votes.map(({ login }) => login) : [];
  ports.report.summary(summaryOf({ kind: end.kind, plan: gate.plan, issue, by }));
  if (end.kind === 'approved') await passOn(gate.plan, gate.environment, end.votes, ports);
  ports.report.output('status', statusOf(end));
  if (end.kind === 'approved') {
    await finish(issue, lastWord(end), 'completed', ports);
    return;
  }
  // A newer request has said why, and closed this one.
  if (end.kind === 'superseded') ports.remember.ended();
  else await finish(issue, lastWord(end), 'not_planned', ports);
  throw new OutcomeError(refusal(end, issue), { page: 'approval' });
}
