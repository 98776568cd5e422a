/** After the job: what continues in the account if the run was cut short. Reads only. */
import { messageOf } from '../../core/errors.ts';
import { code, escapeMarkdown, table } from '../../core/markdown.ts';
import type { Ports } from '../../core/ports.ts';
import {
  shortVersion,
  type ConsoleLink,
  type DeploymentTarget,
  type EndpointDescription,
} from '../../core/targets.ts';
import type { LeftBehind } from './left-behind.ts';

export interface PostPorts extends Pick<Ports, 'log' | 'report'> {
  readonly openTarget: () => Promise<Pick<DeploymentTarget, 'describe' | 'links' | 'settle'>>;
}

/** Never throws: a job that was cancelled does not fail once more because nobody could look. */
export async function reportLeft(left: LeftBehind, { log, report, openTarget }: PostPorts): Promise<void> {
  const { endpoint, command } = left;
  let links: readonly ConsoleLink[] = [];
  try {
    const target = await openTarget();
    links = target.links(endpoint);
    const settled = (await target.settle?.()) ?? [];
    const described = await target.describe(endpoint);
    const sentences = [
      ...settled,
      ...whatServes(left, described),
      ...whatWaits(left, described),
      whatToDo(left, described),
    ];
    log.warning([`The command "${command}" was cut short.`, ...sentences, ...linkLines(links)].join(' '));
    report.summary(summaryOf(left, sentences, links));
  } catch (error) {
    const unknown = `The command "${command}" was interrupted, and the state of ${endpoint} could not be read: ${messageOf(error)}`;
    log.warning([unknown, ...linkLines(links)].join(' '));
    report.summary(summaryOf(left, [unknown], links));
  }
}

function whatServes(
  { endpoint, version }: LeftBehind,
  { status, live, detail }: EndpointDescription,
): string[] {
  if (status === 'absent') return [`There is no endpoint ${endpoint}.`, ...(detail === '' ? [] : [detail])];
  const serves = status === 'serving' && live !== null ? shortVersion(live.version) : 'nothing';
  const asked = version === null || status !== 'serving' ? '' : askedFor(version, live?.version ?? null);
  const goesOn = detail === '' ? `No change of ${endpoint} is in progress.` : detail;
  return [`${endpoint} serves ${serves}${asked}.`, goesOn];
}

function askedFor(version: string, live: string | null): string {
  return version === live ? ', as was asked for' : `, not ${shortVersion(version)} that was asked for`;
}

function whatWaits({ candidate: own }: LeftBehind, { candidates }: EndpointDescription): string[] {
  return candidates.map(({ name, state, expiresAt }) => {
    const whose = name === own ? 'The candidate of this run' : 'The candidate';
    return `${whose}, ${name}, is there still${state === undefined ? '' : ` (${state})`}, until ${expiresAt}.`;
  });
}

function whatToDo({ command, candidate: own }: LeftBehind, { candidates }: EndpointDescription): string {
  const follow =
    'This check changed nothing. Run the same command with the same inputs again to follow the change and finish.';
  const isLeft = command !== 'discard' && candidates.some(({ name }) => name === own);
  return isLeft
    ? `${follow} The command "discard" removes the candidate; "reap" does when it has expired.`
    : follow;
}

function linkLines(links: readonly ConsoleLink[]): string[] {
  return links.map(({ title, url }) => `${title}: ${url}`);
}

function summaryOf(
  { command, endpoint, region }: LeftBehind,
  sentences: readonly string[],
  links: readonly ConsoleLink[],
): string {
  const rows = links.map(({ title, url }) => [title, url]);
  return [
    `### ${code(endpoint)}: state after ${code(command)} was interrupted`,
    sentences.map((sentence) => `- ${escapeMarkdown(sentence)}`).join('\n'),
    ...(rows.length === 0 ? [] : [table([`Console${region === null ? '' : ` (${region})`}`, ''], rows)]),
  ].join('\n\n');
}
