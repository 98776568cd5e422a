/**
 * Mode resume: a comment started a run, or an issue was closed, and the request is found again. What is deployed comes from
 * the payload of the Deployment alone: nothing of the checkout, of the issue's text or of ml-deploy.yml is asked.
 */
import type { GateComment, Vote } from '../../core/approval/decide.ts';
import { findRequest, type PendingRequest } from '../../core/approval/find-request.ts';
import { planComment } from '../../core/approval/request-body.ts';
import { TASK } from '../../core/approval/request-payload.ts';
import { loginKey } from '../../core/approval/approvers.ts';
import { OutcomeError, UserError } from '../../core/errors.ts';
import { answerComments } from './answer.ts';
import type { Inputs, Policy } from './checks.ts';
import { claim, claimed, isWaiting } from './deployments.ts';
import { ending, finish, lastWord, refusal, statusOf, type End } from './finish.ts';
import { judge, type Case, type Pending } from './judge.ts';
import { OLDEST_MS } from './open.ts';
import { passOn, summaryOf } from './outputs.ts';
import { peopleSince } from './people.ts';
import type { Connected } from './ports.ts';

/** The request that a run is about. */
export interface Resumed extends PendingRequest {
  readonly newer: PendingRequest | null;
  /** Whether this run took it before. */
  readonly isTaken: boolean;
}

/** What started the run. */
export interface Started {
  readonly issue: number;
  /** The comment as it was then; null if there was none. */
  readonly told: GateComment | null;
}

export async function resume(at: Started, policy: Policy, inputs: Inputs, ports: Connected): Promise<void> {
  const found = await lookUp(at.issue, inputs, ports);
  if (found === null) return;
  const { deployment, payload } = found;
  ports.report.output('deployment-id', deployment.id);
  ports.report.output('issue-number', payload.issue);
  ports.report.output('issue-url', urlOf(found, ports));
  const statuses = await ports.host.statuses(deployment.id);
  const mine = claimed(statuses)?.logUrl === ports.context.runUrl && ports.context.runUrl !== '';
  const over = statuses.some(({ state }) => state === 'success' || state === 'inactive');
  if (!isWaiting(statuses) && (!mine || over)) {
    const last = statuses.at(-1);
    ports.log.info(
      `The request #${at.issue} is no longer open (${last?.description || (last?.state ?? '')}).`,
    );
    return;
  }
  const request = { ...found, isTaken: mine };
  const end = await examine(request, at.told, policy, inputs, ports);
  if (end.kind === 'pending') await leavePending(end, request, at.told, policy, ports);
  else if (end.kind === 'approved') await approve(end.votes, request, ports);
  else await refuse(end, request, ports);
}

async function lookUp(
  issue: number,
  { environment, requester }: Inputs,
  { host, context, clock, log }: Connected,
): Promise<(PendingRequest & { readonly newer: PendingRequest | null }) | null> {
  const since = new Date(clock.now().getTime() - OLDEST_MS).toISOString();
  const deployments = await host.deployments({ task: TASK, environment, since });
  const { repository } = context;
  const found = findRequest(deployments, { repository, issue, requester });
  if (found.kind === 'found') return found;
  if (found.kind === 'refused')
    throw new UserError(`The request #${issue} is not believed: ${found.reason}.`);
  const where = environment === null ? '' : ` for ${environment}`;
  log.info(`#${issue} is not a request of the gate${where}: no deployment of ${requester} names it.`);
  return null;
}

/** The state of the request, by the same rules as with mode wait. */
export async function examine(
  found: Resumed,
  told: GateComment | null,
  policy: Policy,
  inputs: Inputs,
  { host, clock }: Connected,
): Promise<End | Pending> {
  const { newer, payload } = found;
  if (newer !== null) return { kind: 'superseded', by: newer.payload.issue };
  const excluded = inputs.excludeInitiator ? payload.initiators : [];
  const people = await peopleSince({ ...policy, excluded }, new Map(Object.entries(payload.accounts)), host);
  const end = await judge(caseOf(found, told, { ...policy, excluded }, people), host);
  const isOver = clock.now().getTime() >= Date.parse(payload.expiresAt);
  if (isOver && end.kind !== 'denied') return { kind: 'expired', at: payload.expiresAt };
  return end;
}

function caseOf(
  { deployment, payload, isTaken }: Resumed,
  told: GateComment | null,
  policy: Policy & { readonly excluded: readonly string[] },
  people: Case['people'],
): Case {
  const { issue: number, title, bodyDigest, comment } = payload;
  const meant = policy.excluded.map((login) => payload.accounts[loginKey(login)]);
  return {
    number,
    shown: {
      author: deployment.creator,
      title,
      bodyDigest,
      comment: { id: comment, text: planComment(payload) },
    },
    // The Deployment is made after the plan was shown: nobody can have approved what was not there yet.
    request: {
      ...policy,
      createdAt: deployment.createdAt,
      excludedAccounts: meant.filter((id) => id !== undefined),
    },
    people,
    told,
    isTaken,
  };
}

async function leavePending(
  { decision, held }: Pending,
  { payload }: Resumed,
  told: GateComment | null,
  { minimumApprovals }: Policy,
  ports: Connected,
): Promise<void> {
  const { report, host, log } = ports;
  const { issue } = payload;
  report.output('status', 'pending');
  const news = decision.ignored.filter((one) => one.comment.id === told?.id);
  await answerComments(news, { issue, minimumApprovals, answered: new Set<number>() }, host, log);
  if (held) {
    throw new OutcomeError(
      `The comment of ${told?.author ?? ''} that started this run was edited or deleted, so it decides nothing; the ` +
        `request #${issue} waits for a new comment.`,
      { page: 'approval' },
    );
  }
  const unclear = decision.unclear.length === 0 ? '' : ` ${decision.unclear.join(', ')} must comment again.`;
  const { length } = decision.approvals;
  log.info(`Not decided yet: ${length} of ${minimumApprovals} approvals on #${issue}.${unclear}`);
}

async function approve(votes: readonly Vote[], found: Resumed, ports: Connected): Promise<void> {
  const { payload, deployment } = found;
  const { plan, environment } = payload;
  const by = votes.map(({ login }) => login);
  if (!(await claim(deployment.id, `Approved by ${by.join(', ')}`, ports.context.runUrl, ports.host))) {
    ports.log.info(
      `Another run carries out the request #${payload.issue} already, or it was ended meanwhile.`,
    );
    return;
  }
  const issue = { number: payload.issue, url: urlOf(found, ports) };
  await passOn(plan, environment, votes, ports);
  ports.report.output('status', 'approved');
  ports.report.summary(summaryOf({ ...payload, kind: 'approved', issue, by }));
  await finish(issue, lastWord({ kind: 'approved', votes }), 'completed', ports);
}

function urlOf({ payload }: PendingRequest, { context }: Connected): string {
  return `${context.serverUrl}/${context.repository}/issues/${payload.issue}`;
}

async function refuse(
  end: Exclude<End, { kind: 'approved' }>,
  found: Resumed,
  ports: Connected,
): Promise<void> {
  const { payload } = found;
  await endRequest(end, found, ports);
  ports.report.output('status', statusOf(end));
  const by = 'votes' in end ? end.votes.map(({ login }) => login) : [];
  const issue = { number: payload.issue, url: urlOf(found, ports) };
  ports.report.summary(summaryOf({ ...payload, kind: end.kind, issue, by }));
  throw new OutcomeError(refusal(end, issue), { page: 'approval' });
}

/** No later comment can decide: the state of the Deployment is final. */
export async function endRequest(
  end: Exclude<End, { kind: 'approved' }>,
  { deployment, payload }: PendingRequest,
  ports: Connected,
): Promise<void> {
  await ports.host.setStatus(deployment.id, {
    state: 'inactive',
    description: capital(ending(end)),
    logUrl: ports.context.runUrl,
    environmentUrl: '',
  });
  const url = urlOf({ deployment, payload }, ports);
  const now = await ports.host.issue(payload.issue);
  if (now?.open) await finish({ number: payload.issue, url }, lastWord(end), 'not_planned', ports);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
