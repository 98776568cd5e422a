/** Everything that can be found wrong with the inputs, all of it at once, before Slack is asked anything. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorCode, messageOf, UserError, type Problem } from '../../core/errors.ts';
import { pathProblem } from '../../core/missing-path.ts';
import {
  defaultTitle,
  overall,
  parseNeeds,
  parseSteps,
  type Content,
  type JobResult,
  type StepResult,
} from '../../core/notify/content.ts';
import { factsOf } from '../../core/notify/facts.ts';
import { parseMentions } from '../../core/notify/mentions.ts';
import { readSmokeNews, type SmokeNews } from '../../core/notify/smoke-news.ts';
import type { RunContext } from '../../core/ports.ts';
import type { InputsOf } from '../../core/spec/action-spec.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;

export type Way =
  | { readonly kind: 'token'; readonly token: string; readonly channel: string }
  | { readonly kind: 'webhook'; readonly url: string }
  | { readonly kind: 'none' };

export interface Notification {
  readonly content: Content;
  readonly way: Way;
}

/** @throws UserError with every problem. */
export async function checkInputs(inputs: Inputs, context: RunContext, now: Date): Promise<Notification> {
  const problems: Problem[] = [];
  const jobs = jobsOf(inputs, problems);
  const steps = stepsOf(inputs, problems);
  const smoke = await smokeNews(inputs, context, problems);
  const way = wayOf(inputs, problems);
  const userMap = inputs.userMap ?? new Map<string, string>();
  const { mentions, people, problems: unknown } = parseMentions(inputs.mentionOnFailure ?? [], userMap);
  problems.push(...unknown);
  if (inputs.messageTs !== null && !/^\d+\.\d+$/.test(inputs.messageTs)) {
    const message = `"${inputs.messageTs}" is not a Slack timestamp such as 1700000000.123456.`;
    problems.push({ where: 'message-ts', message, fix: 'Give the output ts of the first call.' });
  }
  if (problems.length > 0) throw UserError.of(problems);
  const status = overall(jobs, inputs.status);
  const { environment, modelName } = inputs;
  const title = inputs.title ?? defaultTitle(modelName, environment, status, context);
  const fields = inputs.fields ?? new Map<string, string>();
  const outputs = [...jobs, ...steps].map((one) => one.outputs);
  const facts = factsOf([...outputs, ...(smoke === null ? [] : [smoke.outputs])], since(inputs, now));
  const details = [...(inputs.details === null ? [] : [inputs.details]), ...(smoke?.failures ?? [])];
  const said = { status, title, environment, fields, jobs, steps, facts, details, mentions, people };
  return { content: { ...said, run: context }, way };
}

/** A release begins with its first message. */
function since({ messageTs }: Inputs, now: Date): number | null {
  return messageTs === null ? null : Math.max(0, now.getTime() - Number(messageTs) * 1000);
}

function stepsOf({ steps }: Inputs, problems: Problem[]): StepResult[] {
  try {
    return steps === null ? [] : parseSteps(steps);
  } catch (error) {
    problems.push({ where: 'steps', message: messageOf(error), fix: 'Set it to ${{ toJSON(steps) }}.' });
    return [];
  }
}

async function smokeNews(
  { reportPath: path }: Inputs,
  context: RunContext,
  problems: Problem[],
): Promise<SmokeNews | null> {
  if (path === null) return null;
  try {
    return readSmokeNews(await readFile(resolve(context.workspace, path), 'utf8'));
  } catch (error) {
    problems.push(
      errorCode(error) === ''
        ? { where: 'report-path', message: `"${path}" cannot be used (${messageOf(error)}).` }
        : await pathProblem('report-path', path, context.workspace, error),
    );
    return null;
  }
}

function jobsOf(inputs: Inputs, problems: Problem[]): JobResult[] {
  if (inputs.needs === null) {
    if (inputs.status === null) {
      const fix = 'Set status to ${{ job.status }}, or needs to ${{ toJSON(needs) }}.';
      problems.push({ where: 'status', message: 'is not given, and neither is needs.', fix });
    }
    return [];
  }
  try {
    return parseNeeds(inputs.needs);
  } catch (error) {
    const fix = 'Set it to ${{ toJSON(needs) }}.';
    problems.push({ where: 'needs', message: (error as Error).message, fix });
    return [];
  }
}

/** Values of secrets are in no message. */
function wayOf(inputs: Inputs, problems: Problem[]): Way {
  const { token, channel, webhookUrl } = inputs;
  if (token !== null && channel === null) {
    problems.push({ where: 'channel', message: 'is required with token.', fix: 'Give the ID of a channel.' });
  }
  if (token === null && channel !== null) {
    const fix = 'Set token, or remove channel: a webhook has its own channel.';
    problems.push({ where: 'channel', message: `"${channel}" is given without token.`, fix });
  }
  if (webhookUrl !== null && !/^https?:$/.test(protocolOf(webhookUrl))) {
    const fix = 'Give the full URL of an incoming webhook, https://hooks.slack.com/services/….';
    problems.push({ where: 'webhook-url', message: 'is not a URL.', fix });
  }
  if (token !== null) return { kind: 'token', token, channel: channel ?? '' };
  return webhookUrl === null ? { kind: 'none' } : { kind: 'webhook', url: webhookUrl };
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}
