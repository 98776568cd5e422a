/** Everything that can be found wrong with the inputs, all of it at once, before Slack is asked anything. */
import { UserError, type Problem } from '../../core/errors.ts';
import {
  defaultTitle,
  overall,
  parseNeeds,
  type Content,
  type JobResult,
} from '../../core/notify/content.ts';
import { parseMentions } from '../../core/notify/mentions.ts';
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
export function checkInputs(inputs: Inputs, context: RunContext): Notification {
  const problems: Problem[] = [];
  const jobs = jobsOf(inputs, problems);
  const way = wayOf(inputs, problems);
  const { mentions, problems: unknown } = parseMentions(
    inputs.mentionOnFailure ?? [],
    inputs.userMap ?? new Map(),
  );
  problems.push(...unknown);
  if (inputs.messageTs !== null && !/^\d+\.\d+$/.test(inputs.messageTs)) {
    const message = `"${inputs.messageTs}" is not a Slack timestamp such as 1700000000.123456.`;
    problems.push({ where: 'message-ts', message, fix: 'Give the output ts of the first call.' });
  }
  if (problems.length > 0) throw UserError.of(problems);
  const status = jobs.length > 0 ? overall(jobs) : (inputs.status ?? 'skipped');
  const { environment, modelName } = inputs;
  const title = inputs.title ?? defaultTitle(modelName, environment, status, context);
  const fields = inputs.fields ?? new Map<string, string>();
  return { content: { status, title, environment, fields, jobs, mentions, run: context }, way };
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

/** Values of secrets stand in no message. */
function wayOf(inputs: Inputs, problems: Problem[]): Way {
  const { token, channel, webhookUrl } = inputs;
  if (token !== null && channel === null) {
    problems.push({ where: 'channel', message: 'is required with token.', fix: 'Give the ID of a channel.' });
  }
  if (token === null && channel !== null) {
    const fix = 'Set token, or leave channel out: a webhook has a channel of its own.';
    problems.push({ where: 'channel', message: `"${channel}" is given without token.`, fix });
  }
  if (webhookUrl !== null && !/^https?:$/.test(protocolOf(webhookUrl))) {
    const fix = 'Give the whole URL of an incoming webhook, https://hooks.slack.com/services/….';
    problems.push({ where: 'webhook-url', message: 'is not a URL.', fix });
  }
  if (token !== null) return { kind: 'token', token, channel: channel ?? '' };
  return webhookUrl === null ? { kind: 'none' } : { kind: 'webhook', url: webhookUrl };
}

function protocolOf(url: string): string {
  return URL.canParse(url) ? new URL(url).protocol : '';
}
