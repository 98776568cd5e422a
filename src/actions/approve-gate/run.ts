/** Asks for an approval of exactly one plan, waits for it, and passes the plan on only where it was given. */
import { writeFile } from 'node:fs/promises';
import { ends } from '../../core/approval/answers.ts';
import { TransientError, type GateHost, type OpenedIssue } from '../../core/approval/gate-host.ts';
import { parseRequestMark, sameKey } from '../../core/approval/marker.ts';
import { approvedPlan } from '../../core/approval/plan-document.ts';
import { requestBody, requestTitle, type RequestContent } from '../../core/approval/request-body.ts';
import { shortDigest } from '../../core/canonical-json.ts';
import { CancelledError, OutcomeError } from '../../core/errors.ts';
import { code, escapeMarkdown, table } from '../../core/markdown.ts';
import type { Ports } from '../../core/ports.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import { runFile } from '../../core/workspace.ts';
import { checkInputs, initiators, type Gate, type Inputs } from './checks.ts';
import { resolvePeople, type People } from './people.ts';
import type { spec } from './spec.ts';
import { waitForDecision, type End } from './wait.ts';

export interface GatePorts extends Ports<OutputsOf<typeof spec>> {
  /** Connects to GitHub; null where there is no token. */
  readonly connect: (() => Promise<GateHost>) | null;
  /** Milliseconds between two looks, instead of poll-seconds; null to use poll-seconds. */
  readonly pollMs: number | null;
  /** What the post step needs to know, kept from the moment it is true. */
  readonly remember: { opened(issue: number): void; ended(): void };
}

const MOST_ASSIGNEES = 10;
/** A workflow run lasts 35 days at most, so no older request can still wait. */
const OLDEST_MS = 36 * 24 * 3600 * 1000;

/**
 * @throws UserError before anything is opened; OutcomeError where the plan was not approved; CancelledError;
 *   UpstreamError where GitHub could not be asked, which is neither an approval nor a denial.
 */
export async function run(inputs: Inputs, ports: GatePorts): Promise<void> {
  noOutputsYet(ports);
  const gate = await checkInputs(inputs, ports.context, ports.connect !== null);
  if (ports.connect === null) throw new TypeError('checkInputs lets nobody through without a token.');
  if (inputs.excludeInitiator && gate.excluded.length === 0) {
    ports.log.warning(
      'GITHUB_ACTOR is not set, so it is not known who started the run and must not approve it.',
    );
  }
  const host = await ports.connect();
  const people = await resolvePeople(gate, host);
  const content = contentOf(gate, inputs, ports);
  const issue = await open(content, inputs, people, host, ports);
  const end = await decisionOn(issue, gate, people, inputs, host, ports);
  await conclude(end, issue, gate, inputs, host, ports);
}

function noOutputsYet({ report }: GatePorts): void {
  const names = [
    'status',
    'approved-by',
    'approved-plan',
    'issue-number',
    'issue-url',
    'deployment-id',
  ] as const;
  for (const name of names) report.output(name, '');
}

function contentOf(gate: Gate, inputs: Inputs, { context }: GatePorts): RequestContent {
  return {
    ...gate,
    repository: context.repository,
    runUrl: context.runUrl,
    commit: context.commit,
    initiators: initiators(context),
    excludeInitiator: inputs.excludeInitiator,
    timeoutMinutes: inputs.timeoutMinutes,
  };
}

async function open(
  content: RequestContent,
  inputs: Inputs,
  people: People,
  host: GateHost,
  ports: GatePorts,
): Promise<OpenedIssue> {
  const draft = {
    title: requestTitle(content, inputs.issueTitle),
    body: requestBody(content),
    assignees: people.approvers
      .filter(({ named }) => named)
      .slice(0, MOST_ASSIGNEES)
      .map(({ login }) => login),
    labels: inputs.labels ?? [],
  };
  const issue = await host.open(draft);
  ports.remember.opened(issue.number);
  ports.report.output('issue-number', issue.number);
  ports.report.output('issue-url', issue.url);
  ports.log.notice(`Approval is asked for in ${issue.url}`);
  await supersede(issue, content, host, ports);
  return issue;
}

/** Ends older requests for the same endpoint and environment that the same account opened, and no other. */
async function supersede(
  issue: OpenedIssue,
  content: RequestContent,
  host: GateHost,
  ports: GatePorts,
): Promise<void> {
  const since = new Date(Date.parse(issue.createdAt) - OLDEST_MS).toISOString();
  const key = { ...content, endpoint: content.plan.endpoint };
  for (const other of await host.openIssues(since)) {
    const mark = parseRequestMark(other.body);
    const rival = mark !== null && sameKey(mark, key);
    if (!rival || other.number >= issue.number || other.author !== issue.author) continue;
    await host.comment(other.number, ends.superseded(issue.number));
    await host.close(other.number, 'not_planned');
    ports.log.info(`Closed the older request #${other.number} for the same endpoint and environment.`);
  }
}

async function decisionOn(
  issue: OpenedIssue,
  gate: Gate,
  people: People,
  inputs: Inputs,
  host: GateHost,
  ports: GatePorts,
): Promise<End> {
  try {
    return await waitForDecision({
      host,
      issue,
      request: { createdAt: issue.createdAt, ...gate },
      people,
      intervalMs: ports.pollMs ?? inputs.pollSeconds * 1000,
      timeoutMs: inputs.timeoutMinutes * 60_000,
      clock: ports.clock,
      signal: ports.signal,
      log: ports.log,
    });
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    ports.report.output('status', 'cancelled');
    await finish(issue, ends.cancelled(), 'not_planned', host, ports);
    throw error;
  }
}

async function conclude(
  end: End,
  issue: OpenedIssue,
  gate: Gate,
  inputs: Inputs,
  host: GateHost,
  ports: GatePorts,
): Promise<void> {
  const { report } = ports;
  const status = end.kind === 'edited' || end.kind === 'closed' ? 'denied' : end.kind;
  report.output('status', status);
  report.summary(summaryOf(end, issue, gate));
  if (end.kind === 'approved') {
    await passOn(end, gate, ports);
    await finish(issue, ends.approved(end.votes), 'completed', host, ports);
    return;
  }
  // A newer request has said why, and closed this one.
  if (end.kind === 'superseded') ports.remember.ended();
  else await finish(issue, lastWord(end, inputs), 'not_planned', host, ports);
  throw new OutcomeError(refusal(end, issue, inputs));
}

async function passOn(end: End & { kind: 'approved' }, gate: Gate, ports: GatePorts): Promise<void> {
  const by = end.votes.map(({ login, at, url }) => ({ login, at, url }));
  const path = await runFile(ports.context, `approved-plan-${shortDigest(gate.plan.digest)}.json`);
  await writeFile(path, `${JSON.stringify(approvedPlan(gate.plan, by), null, 2)}\n`);
  const people = by.map(({ login }) => login).join(',');
  ports.report.output('approved-by', people);
  ports.report.output('approved-plan', path);
  ports.log.notice(`Plan ${shortDigest(gate.plan.digest)} was approved by ${people}.`);
}

/** The decision stands, whatever becomes of the issue; one that stays open is left to the post step. */
async function finish(
  issue: OpenedIssue,
  comment: string,
  reason: 'completed' | 'not_planned',
  host: GateHost,
  ports: GatePorts,
): Promise<void> {
  try {
    await host.comment(issue.number, comment);
    await host.close(issue.number, reason);
    ports.remember.ended();
  } catch (error) {
    if (!(error instanceof TransientError)) throw error;
    ports.log.warning(`${issue.url} could not be closed; it is tried again after the job. ${error.message}`);
  }
}

type Refusal = Exclude<End, { kind: 'approved' }>;

function lastWord(end: Exclude<Refusal, { kind: 'superseded' }>, inputs: Inputs): string {
  if (end.kind === 'denied') return ends.denied(end.votes);
  if (end.kind === 'closed') return ends.closed(end.by);
  return end.kind === 'edited' ? ends.edited() : ends['timed-out'](inputs.timeoutMinutes);
}

function refusal(end: Refusal, { url }: OpenedIssue, inputs: Inputs): string {
  switch (end.kind) {
    case 'denied':
      return `The plan was denied by ${end.votes.map(({ login }) => login).join(', ')} (${url}); nothing was changed.`;
    case 'edited':
      return `The text of the request ${url} was edited, so no approval of it counts; run the workflow again.`;
    case 'closed':
      return `The request ${url} was closed${end.by ? ` by ${end.by}` : ''} without a decision, which denies; nothing was changed.`;
    case 'superseded':
      return `The request ${url} was replaced by a newer one, #${end.by}; decide there.`;
    case 'timed-out':
      return `Nobody decided on ${url} within ${inputs.timeoutMinutes} minutes; run the workflow again, or raise timeout-minutes.`;
  }
}

function summaryOf(end: End, issue: OpenedIssue, gate: Gate): string {
  const who = 'votes' in end ? end.votes.map(({ login }) => escapeMarkdown(login)).join(', ') : '';
  return [
    `### approve-gate: ${end.kind}`,
    table(
      ['', ''],
      [
        ['Endpoint', code(gate.plan.endpoint)],
        ['Plan', code(gate.plan.digest)],
        ['Request', `[#${issue.number}](${issue.url})`],
        ...(who === '' ? [] : [['By', who]]),
      ],
    ),
  ].join('\n\n');
}
