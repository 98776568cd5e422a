/**
 * Mode resume: a comment started a run, and the request is found again. What is deployed comes from the payload of the
 * Deployment alone: nothing of the checkout, of the issue's text or of ml-deploy.yml is asked.
 */
import type { GateRequest, Vote } from '../../core/approval/decide.ts';
import { findRequest, type PendingRequest } from '../../core/approval/find-request.ts';
import type { GateComment } from '../../core/approval/decide.ts';
import type { Access, IssueState } from '../../core/approval/gate-host.ts';
import { showsPlan, TASK, type RequestPayload } from '../../core/approval/request-payload.ts';
import { OutcomeError, UserError } from '../../core/errors.ts';
import { loginKey } from '../../core/approval/approvers.ts';
import { answerComments } from './answer.ts';
import type { Inputs, Policy } from './checks.ts';
import { claim, claimed, isWaiting } from './deployments.ts';
import { finish, lastWord, refusal, statusOf, type End } from './finish.ts';
import { OLDEST_MS } from './open.ts';
import { passOn, summaryOf } from './outputs.ts';
import { peopleSince } from './people.ts';
import type { Connected } from './ports.ts';
import { decideNow, successor } from './wait.ts';

/** The request that a run is about. */
interface Resumed extends PendingRequest {
  readonly newer: PendingRequest | null;
  readonly issue: IssueState & { readonly number: number };
}

export async function resume(
  at: { readonly issue: number; readonly comment: number | null },
  policy: Policy,
  inputs: Inputs,
  ports: Connected,
): Promise<void> {
  const found = await lookUp(at.issue, inputs, ports);
  if (found === null) return;
  const { deployment, payload } = found;
  ports.report.output('deployment-id', deployment.id);
  ports.report.output('issue-number', payload.issue);
  const statuses = await ports.host.statuses(deployment.id);
  const mine = claimed(statuses)?.logUrl === ports.context.runUrl && ports.context.runUrl !== '';
  const over = statuses.some(({ state }) => state === 'success' || state === 'inactive');
  if (!isWaiting(statuses) && (!mine || over)) {
    const last = statuses.at(-1);
    ports.log.info(`The request #${at.issue} is not open any more (${last?.state}: ${last?.description}).`);
    return;
  }
  const issue = { ...(await ports.host.issue(at.issue)), number: at.issue };
  ports.report.output('issue-url', issue.url);
  await goOn({ ...found, issue }, at.comment, policy, inputs, ports);
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
  log.info(`#${issue} is no request of the gate${where}: no deployment of ${requester} names it.`);
  return null;
}

async function goOn(
  found: Resumed,
  comment: number | null,
  policy: Policy,
  inputs: Inputs,
  ports: Connected,
): Promise<void> {
  const { payload, issue, deployment } = found;
  const shown = await ports.host.commentById(payload.comment);
  const all = await ports.host.comments(issue.number, deployment.createdAt);
  // Whoever closes the issue with a word decides; what is said on a closed one is too late.
  const comments = all.filter(
    ({ createdAt }) => issue.open || !(Date.parse(createdAt) > Date.parse(issue.closedAt)),
  );
  const ended = endedBefore(found, shown, comments, ports);
  const excluded = inputs.excludeInitiator ? payload.initiators : [];
  const request = { ...policy, excluded, createdAt: askedAt(found, shown) };
  const end = ended ?? (await decision(found, request, comment, policy, comments, ports));
  if (end === null) return;
  if (end.kind === 'approved') await approve(end.votes, found, ports);
  else await refuse(end, found, ports);
}

/** Nobody can have approved what was not shown yet. */
function askedAt({ deployment }: PendingRequest, shown: GateComment | null): string {
  const times = [deployment.createdAt, ...(shown === null ? [] : [shown.createdAt])];
  return times.reduce((a, b) => (Date.parse(a) >= Date.parse(b) ? a : b));
}

/** What ends a request whatever anybody commented. */
function endedBefore(
  { payload, deployment, newer, issue }: Resumed,
  shown: GateComment | null,
  comments: readonly GateComment[],
  { clock }: Connected,
): End | null {
  if (newer !== null) return { kind: 'superseded', by: newer.payload.issue };
  const by = successor(deployment.creator, comments);
  if (by !== null && !issue.open) return { kind: 'superseded', by };
  const why = whyVoid(payload, deployment.creator, shown);
  if (why !== null) return { kind: 'void', why };
  const isOver = clock.now().getTime() >= Date.parse(payload.expiresAt);
  return isOver ? { kind: 'expired', at: payload.expiresAt } : null;
}

/** The comment is what people read before they decided: it must say what the payload holds, and have said so always. */
function whyVoid(payload: RequestPayload, creator: string, shown: GateComment | null): string | null {
  if (shown === null) return 'the comment with the plan was deleted';
  if (loginKey(shown.author) !== loginKey(creator)) return 'the comment with the plan is not the gate’s own';
  const edited = Math.abs(Date.parse(shown.updatedAt) - Date.parse(shown.createdAt)) > 1;
  if (edited) return 'the comment with the plan was edited';
  if (showsPlan(shown.body, payload)) return null;
  return 'the comment does not show the plan as this version of the action would (forged, or made by another version)';
}

/** By the same rules as with mode wait. Null where it is not decided yet. */
async function decision(
  { payload, issue }: Resumed,
  request: GateRequest,
  comment: number | null,
  policy: Policy,
  comments: readonly GateComment[],
  ports: Connected,
): Promise<End | null> {
  const then = new Map<string, Access>(Object.entries(payload.access));
  const people = await peopleSince({ ...policy, excluded: request.excluded }, then, ports.host);
  const found = await decideNow(request, people, comments);
  if (found.status === 'approved') return { kind: 'approved', votes: found.approvals };
  if (found.status === 'denied') return { kind: 'denied', votes: found.denials };
  if (!issue.open) return { kind: 'closed', by: issue.closedBy };
  ports.report.output('status', 'pending');
  const news = found.ignored.filter((one) => one.comment.id === comment);
  const to = { issue: issue.number, minimumApprovals: request.minimumApprovals, answered: new Set<number>() };
  await answerComments(news, to, ports.host, ports.log);
  const { length } = found.approvals;
  ports.log.info(`Not decided yet: ${length} of ${request.minimumApprovals} approvals on ${issue.url}.`);
  return null;
}

async function approve(votes: readonly Vote[], { payload, deployment, issue }: Resumed, ports: Connected) {
  const { plan, environment } = payload;
  const by = votes.map(({ login }) => login);
  const { runUrl } = ports.context;
  if (!(await claim(deployment.id, `Approved by ${by.join(', ')}`, runUrl, ports.host))) {
    ports.log.info(`Another run carries out the request #${issue.number} already.`);
    return;
  }
  await passOn(plan, environment, votes, ports);
  ports.report.output('status', 'approved');
  ports.report.summary(summaryOf({ kind: 'approved', plan, issue, by }));
  if (issue.open) await finish(issue, lastWord({ kind: 'approved', votes }), 'completed', ports);
}

async function refuse(
  end: Exclude<End, { kind: 'approved' }>,
  { payload, deployment, issue }: Resumed,
  ports: Connected,
) {
  await endRequest(end, { id: deployment.id, issue }, ports);
  ports.report.output('status', statusOf(end));
  const by = 'votes' in end ? end.votes.map(({ login }) => login) : [];
  ports.report.summary(summaryOf({ kind: end.kind, plan: payload.plan, issue, by }));
  throw new OutcomeError(refusal(end, issue), { page: 'approval' });
}

/** No later comment can decide any more: the state of the Deployment says so for good. */
export async function endRequest(
  end: Exclude<End, { kind: 'approved' }>,
  { id, issue }: { readonly id: number; readonly issue: Resumed['issue'] },
  ports: Connected,
): Promise<void> {
  await ports.host.setStatus(id, {
    state: 'inactive',
    description: stateWords(end),
    logUrl: ports.context.runUrl,
    environmentUrl: '',
  });
  if (issue.open) await finish(issue, lastWord(end), 'not_planned', ports);
}

function stateWords(end: Exclude<End, { kind: 'approved' }>): string {
  if (end.kind === 'denied') return `Denied by ${end.votes.map(({ login }) => login).join(', ')}`;
  if (end.kind === 'superseded') return `Replaced by the request #${end.by}`;
  if (end.kind === 'void') return `Void: ${end.why}`;
  return end.kind === 'closed' ? 'Closed without a decision' : 'Ended without a decision';
}
