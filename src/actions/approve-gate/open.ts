/** Opens the issue of a request, and ends older requests for the same endpoint. */
import { ends } from '../../core/approval/answers.ts';
import { isBotLogin, loginKey } from '../../core/approval/approvers.ts';
import type { OpenedIssue } from '../../core/approval/gate-host.ts';
import { parseRequestMark, sameKey } from '../../core/approval/marker.ts';
import { requestTitle, type RequestContent } from '../../core/approval/request-body.ts';
import { initiators, type Gate, type Inputs } from './checks.ts';
import type { People } from './people.ts';
import type { Connected } from './ports.ts';

const MOST_ASSIGNEES = 10;
/** A request ends after 30 days at most, and a run that waits after 35. */
export const OLDEST_MS = 36 * 24 * 3600 * 1000;
const MINUTES: Readonly<Record<string, number>> = { wait: 60, request: 7 * 24 * 60 };
/** Below this, a reminder would come before anybody could have missed the request. */
const REMIND_FROM_MINUTES = 15;

export function timeoutMinutes({ mode, timeoutMinutes: given }: Inputs): number {
  return given ?? MINUTES[mode] ?? 60;
}

/** Minutes before the end; null for no reminder. */
export function reminderMinutes(inputs: Inputs): number | null {
  const whole = timeoutMinutes(inputs);
  const before = inputs.reminderMinutes ?? (whole < REMIND_FROM_MINUTES ? 0 : whole / 4);
  return before > 0 && before < whole ? before : null;
}

export function contentOf(gate: Gate, inputs: Inputs, { context, log }: Connected): RequestContent {
  if (inputs.excludeInitiator && gate.excluded.length === 0) {
    log.warning('GITHUB_ACTOR is not set, so it is not known who started the run and must not approve it.');
  }
  const { origin } = gate.plan;
  if (origin !== undefined && loginKey(origin.repository) !== loginKey(context.repository)) {
    log.warning(`The release was built in another repository, ${origin.repository}; the request says so.`);
  }
  for (const bot of initiators(context).filter(isBotLogin)) {
    log.warning(
      `${bot} started the run: a bot, so which person is behind it, and must not approve, is not known.`,
    );
  }
  return {
    ...gate,
    repository: context.repository,
    runUrl: context.runUrl,
    commit: context.commit,
    initiators: initiators(context),
    excludeInitiator: inputs.excludeInitiator,
    timeoutMinutes: timeoutMinutes(inputs),
  };
}

/** From here on the post step closes the issue, unless the request ended before. */
export async function openIssue(
  content: RequestContent,
  body: string,
  inputs: Inputs,
  people: People,
  ports: Connected,
): Promise<OpenedIssue> {
  const issue = await ports.host.open({
    title: requestTitle(content, inputs.issueTitle),
    body,
    assignees: people.approvers
      .filter(({ named }) => named)
      .slice(0, MOST_ASSIGNEES)
      .map(({ login }) => login),
    labels: inputs.labels ?? [],
  });
  ports.remember.opened(issue.number);
  ports.report.output('issue-number', issue.number);
  ports.report.output('issue-url', issue.url);
  ports.log.notice(`Approval is asked for in ${issue.url}`);
  return issue;
}

/** Ends older requests for the same endpoint and environment that the same account opened, and no other. */
export async function supersede(
  issue: OpenedIssue,
  content: RequestContent,
  ports: Connected,
): Promise<void> {
  const { host, log } = ports;
  const since = new Date(Date.parse(issue.createdAt) - OLDEST_MS).toISOString();
  const key = { ...content, endpoint: content.plan.endpoint };
  for (const other of await host.openIssues(since)) {
    const mark = parseRequestMark(other.body);
    const rival = mark !== null && sameKey(mark, key);
    if (!rival || other.number >= issue.number || other.author !== issue.author) continue;
    await host.comment(other.number, ends.superseded(issue.number));
    await host.close(other.number, 'not_planned');
    log.info(`Closed the older request #${other.number} for the same endpoint and environment.`);
  }
}
