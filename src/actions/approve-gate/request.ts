/**
 * Mode request: asks and ends, so nobody waits on a runner. What is approved is in the payload of a GitHub
 * Deployment, which cannot be changed; a comment of the same account shows it to people.
 */
import { ends } from '../../core/approval/answers.ts';
import { loginKey } from '../../core/approval/approvers.ts';
import { requestsOf } from '../../core/approval/find-request.ts';
import type { GateComment } from '../../core/approval/decide.ts';
import type { Deployment } from '../../core/approval/deployment-host.ts';
import type { OpenedIssue } from '../../core/approval/gate-host.ts';
import { bodyDigest } from '../../core/approval/look.ts';
import { invitationBody, planComment, type RequestContent } from '../../core/approval/request-body.ts';
import { compact, sameEndpoint, TASK } from '../../core/approval/request-payload.ts';
import { PAYLOAD_SCHEMA, type RequestPayload } from '../../documents/request-payload.ts';
import { shortDigest } from '../../core/canonical-json.ts';
import type { Gate, Inputs } from './checks.ts';
import { isWaiting } from './deployments.ts';
import { contentOf, openIssue, OLDEST_MS, reminderMinutes, supersede, timeoutMinutes } from './open.ts';
import { summaryOf } from './outputs.ts';
import { accountsNamed, resolvePeople, type Accounts } from './people.ts';
import type { Connected } from './ports.ts';
import { untilTheEnd } from './wait-mode.ts';

export async function request(gate: Gate, inputs: Inputs, ports: Connected): Promise<void> {
  const people = await resolvePeople(gate, ports.host);
  const content = compact(contentOf(gate, inputs, ports));
  const issue = await openIssue(content, invitationBody(content), inputs, people, ports);
  await untilTheEnd(issue, ports, async () => {
    const comment = await ports.host.comment(issue.number, planComment(subjectOf(content)));
    const accounts = new Map([...people.accounts, ...(await accountsNamed(content.initiators, ports.host))]);
    const payload = payloadOf(content, { issue, comment, accounts }, inputs, ports);
    const deployment = await deploy(payload, issue, ports);
    await supersede(issue, content, ports);
    await retireOlder(deployment, payload, ports);
    ports.remember.ended();
    ports.report.output('deployment-id', deployment.id);
    ports.report.output('status', 'pending');
    ports.report.summary(summaryOf({ ...content, kind: 'pending', issue, by: [] }));
    ports.log.info(
      `No job waits: a comment on ${issue.url} starts the workflow that resumes (until ${payload.expiresAt}).`,
    );
  });
}

/** What the comment shows, in the very form in which `resume` will have it. */
function subjectOf({ plan, repository, environment, runUrl, commit, evidence, initiators }: RequestContent) {
  return { plan, repository, environment, runUrl, commit, evidence, initiators };
}

function payloadOf(
  content: RequestContent,
  made: {
    readonly issue: OpenedIssue;
    readonly comment: GateComment;
    readonly accounts: Accounts;
  },
  inputs: Inputs,
  { clock }: Connected,
): RequestPayload {
  const { plan, environment, evidence, repository, initiators, runUrl, commit } = content;
  const end = clock.now().getTime() + timeoutMinutes(inputs) * 60_000;
  const before = reminderMinutes(inputs);
  return {
    schema: PAYLOAD_SCHEMA,
    repository,
    environment: environment ?? '',
    issue: made.issue.number,
    title: made.issue.title,
    bodyDigest: bodyDigest(made.issue.body),
    comment: made.comment.id,
    plan,
    evidence,
    initiators,
    accounts: Object.fromEntries(made.accounts),
    runUrl,
    commit: plan.commit || commit,
    remindAt: before === null ? null : new Date(end - before * 60_000).toISOString(),
    expiresAt: new Date(end).toISOString(),
  };
}

async function deploy(
  payload: RequestPayload,
  issue: OpenedIssue,
  { host, log }: Connected,
): Promise<Deployment> {
  const { environment, plan, commit, runUrl } = payload;
  const deployment = await host.createDeployment({
    ref: commit,
    task: TASK,
    environment,
    description: `${plan.endpoint}: plan ${shortDigest(plan.digest)}, approval in #${issue.number}`,
    payload,
  });
  await host.setStatus(deployment.id, {
    state: 'queued',
    description: `Waits for an approval in #${issue.number}`,
    logUrl: runUrl,
    environmentUrl: '',
  });
  log.info(`Deployment ${deployment.id} of ${plan.endpoint} to ${environment} contains the plan.`);
  return deployment;
}

/** Older requests for the same endpoint end here too, even if their issue is closed already. */
async function retireOlder(deployment: Deployment, payload: RequestPayload, ports: Connected): Promise<void> {
  const { host } = ports;
  const { environment, creator } = deployment;
  const since = new Date(Date.parse(deployment.createdAt) - OLDEST_MS).toISOString();
  const all = await host.deployments({ task: TASK, environment, since });
  for (const other of requestsOf(all, payload.repository, creator)) {
    const older = other.deployment.id < deployment.id && sameEndpoint(other.payload, payload);
    if (!older || !isWaiting(await host.statuses(other.deployment.id))) continue;
    await host.setStatus(other.deployment.id, {
      state: 'inactive',
      description: `Replaced by the request #${payload.issue}`,
      logUrl: payload.runUrl,
      environmentUrl: '',
    });
    const issue = await host.issue(other.payload.issue);
    if (!issue?.open || loginKey(issue.author) !== loginKey(creator)) continue;
    await host.comment(other.payload.issue, ends.superseded(payload.issue));
    await host.close(other.payload.issue, 'not_planned');
  }
}
