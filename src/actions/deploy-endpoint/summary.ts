/** The block of the job summary: the outcome first. */
import { costTable } from '../../core/cost/words.ts';
import { newsBlocks } from '../../core/news/words.ts';
import { code, codeBlock, details, escapeMarkdown, table } from '../../core/markdown.ts';
import type { Plan } from '../../documents/plan.ts';
import { stepLines } from '../../core/plan/steps.ts';
import {
  shortVersion,
  type ConsoleLink,
  type EndpointDescription,
  type Outcome,
} from '../../core/targets.ts';
import { changesTable } from './approved.ts';
import { originsBlock } from './origins.ts';

export interface SummaryFacts {
  readonly endpoint: string;
  readonly outcome: Outcome;
  readonly message: string;
  /** null if it could not be read. */
  readonly description: EndpointDescription | null;
  readonly plan: Plan | null;
  /** Who approved it; null for a command that needs no approval. */
  readonly approval: string | null;
  readonly releaseDigest: string;
  readonly links: readonly ConsoleLink[];
}

export function summaryOf(facts: SummaryFacts): string {
  const { endpoint, outcome, message, description, plan } = facts;
  return [
    `### ${code(endpoint)}: ${outcome}`,
    ...(message === '' ? [] : [escapeMarkdown(message)]),
    table(['', ''], rowsOf(facts)),
    ...(description?.status === 'serving' && description.url !== null
      ? [howToCall(endpoint, description.url, description.arn)]
      : []),
    ...(plan === null ? [] : planBlocks(plan)),
    ...(description?.detail ? [details('What the platform says', codeBlock(description.detail))] : []),
  ].join('\n\n');
}

function rowsOf({ description, plan, approval, releaseDigest, links }: SummaryFacts): string[][] {
  const rows: string[][] = [];
  if (description === null) rows.push(['Serving', 'not known: it could not be read back']);
  else {
    const { status, live, previous, candidates, url } = description;
    rows.push(['Serving', status === 'serving' ? code(live?.version ?? '') : 'nothing']);
    rows.push(['Before', previous === null ? 'nothing to roll back to' : code(previous.version)]);
    if (url !== null) rows.push(['URL', code(url)]);
    for (const { name, version, expiresAt } of candidates) {
      rows.push(['Candidate', `${code(name)}, version ${code(shortVersion(version))}, expires ${expiresAt}`]);
    }
  }
  for (const { title, url } of links) rows.push([title, url]);
  if (plan !== null) rows.push(['Plan', code(plan.digest)]);
  if (approval !== null) rows.push(['Approval', escapeMarkdown(approval)]);
  if (releaseDigest !== '') rows.push(['Release record', code(releaseDigest)]);
  return rows;
}

/** The body is for the reader to fill in: the endpoint knows its model, we may not. */
function howToCall(endpoint: string, url: string, arn: string | null): string {
  const body = `'{"instances": [[...]]}'`;
  const region = /^arn:[^:]+:sagemaker:([^:]+):/.exec(arn ?? '')?.[1];
  if (region === undefined) {
    return codeBlock(`curl -X POST ${url} -H 'content-type: application/json' -d ${body}`, 'sh');
  }
  const line =
    `aws sagemaker-runtime invoke-endpoint --region ${region} --endpoint-name ${endpoint} ` +
    `--content-type application/json --cli-binary-format raw-in-base64-out --body ${body} answer.json`;
  return codeBlock(line, 'sh');
}

function planBlocks(plan: Plan): string[] {
  const { changes, findings, action, steps } = plan;
  const changed =
    changes.length === 0
      ? 'The plan changes nothing that was asked for.'
      : `#### Changes (${action})\n\n${changesTable(changes)}`;
  // What was not checked says so itself.
  const found = findings.map(({ level, message }) => {
    const mark = level === 'warning' ? '**Warning:** ' : '';
    return `- ${mark}${escapeMarkdown(message)}`;
  });
  const done = stepLines(steps).map((line) => `1. ${escapeMarkdown(line)}`);
  const doing = done.length === 0 ? [] : [`#### What is done\n\n${done.join('\n')}`];
  return [
    changed,
    ...doing,
    ...newsBlock(plan),
    ...costBlock(plan),
    ...(found.length === 0 ? [] : [found.join('\n')]),
    ...originsBlock(plan),
  ];
}

function newsBlock({ news }: Plan): string[] {
  const blocks = news === undefined ? [] : newsBlocks(news, null);
  return blocks.length === 0 ? [] : ['#### What is new', ...blocks];
}

function costBlock({ cost }: Plan): string[] {
  return cost === undefined ? [] : [`#### What it costs\n\n${costTable(cost)}`];
}
