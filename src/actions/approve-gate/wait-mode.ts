/** Mode wait: the step stays until somebody decided. */
import { ends } from '../../core/approval/answers.ts';
import type { OpenedIssue } from '../../core/approval/gate-host.ts';
import { bodyDigest } from '../../core/approval/look.ts';
import { invitationBody, planComment, type RequestContent } from '../../core/approval/request-body.ts';
import { CancelledError, OutcomeError } from '../../core/errors.ts';
import { initiators, type Gate, type Inputs } from './checks.ts';
import { closeAfterError, finish, lastWord, refusal, statusOf, type End } from './finish.ts';
import type { Case } from './judge.ts';
import { contentOf, openIssue, reminderMinutes, supersede, timeoutMinutes } from './open.ts';
import { passOn, summaryOf } from './outputs.ts';
import { accountsNamed, resolvePeople, type People } from './people.ts';
import type { Connected } from './ports.ts';
import { waitForDecision } from './wait.ts';

export async function wait(gate: Gate, inputs: Inputs, ports: Connected): Promise<void> {
  const people = await resolvePeople(gate, ports.host);
  const content = contentOf(gate, inputs, ports);
  const issue = await openIssue(content, invitationBody(content), inputs, people, ports);
  // As long as nobody has decided: what a step leaves that is killed.
  ports.report.output('status', 'cancelled');
  const end = await untilTheEnd(issue, ports, async () => {
    const subject = await show(issue, content, people, gate, ports);
    await supersede(issue, content, ports);
    const reminder = reminderMinutes(inputs);
    return waitForDecision({
      ...ports,
      // Waiting has a patience of its own.
      host: ports.bareHost,
      subject,
      url: issue.url,
      intervalMs: ports.pollMs ?? inputs.pollSeconds * 1000,
      timeoutMs: timeoutMinutes(inputs) * 60_000,
      reminderMs: reminder === null ? null : reminder * 60_000,
    });
  });
  await settle(end, issue, gate, ports);
}

/** The plan is in a comment, of which the platform shows an edit; nothing that was said before it counts. */
async function show(
  issue: OpenedIssue,
  content: RequestContent,
  people: People,
  gate: Gate,
  { host, context }: Connected,
): Promise<Case> {
  const { number, author, title, body } = issue;
  const text = planComment(content);
  const comment = await host.comment(number, text);
  const starters = gate.excluded.length > 0 ? await accountsNamed(initiators(context), host) : new Map();
  return {
    number,
    shown: { author, title, bodyDigest: bodyDigest(body), comment: { id: comment.id, text } },
    request: { ...gate, createdAt: comment.createdAt, excludedAccounts: [...starters.values()] },
    people,
    told: null,
    isTaken: false,
  };
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
  ports.report.summary(summaryOf({ ...gate, kind: end.kind, issue, by }));
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
