/** Tells Slack how it went; if there is no Slack, the job summary. */
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { Content } from '../../core/notify/content.ts';
import { threadMessage } from '../../core/notify/details.ts';
import { slackMessage } from '../../core/notify/message.ts';
import type { Delivered, Messenger } from '../../core/notify/messenger.ts';
import { summaryMarkdown } from '../../core/notify/summary.ts';
import type { Ports } from '../../core/ports.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import { checkInputs, type Inputs, type Way } from './checks.ts';
import type { spec } from './spec.ts';

export interface NotifyPorts extends Ports<OutputsOf<typeof spec>> {
  readonly bot: (token: string, channel: string) => Promise<Messenger>;
  readonly webhook: (url: string) => Promise<Messenger>;
}

/**
 * @throws UserError for the inputs; what Slack refused only if on-error is `fail`; CancelledError
 */
export async function run(inputs: Inputs, ports: NotifyPorts): Promise<void> {
  report(ports, false, { ts: '', channel: '', permalink: '' });
  const { content, way } = await checkInputs(inputs, ports.context, ports.clock.now());
  if (way.kind === 'none') {
    ports.report.summary(summaryMarkdown(content));
    ports.log.notice(
      'Neither token nor webhook-url is set, so the message is only in the job summary. To send it to Slack, set token and channel, or webhook-url; a secret that does not exist is empty.',
    );
    return;
  }
  if (way.kind === 'webhook' && content.status === 'in-progress') {
    ports.log.notice('A webhook cannot edit a message: nothing is sent now, and one message at the end.');
    return;
  }
  try {
    await deliver(content, way, inputs, ports);
  } catch (error) {
    const refused = error instanceof UserError || error instanceof UpstreamError;
    if (!refused || inputs.onError === 'fail') throw error;
    ports.log.warning(`The message was not delivered. ${error.message}`);
    ports.report.summary(summaryMarkdown(content));
  }
}

async function deliver(
  content: Content,
  way: Exclude<Way, { kind: 'none' }>,
  inputs: Inputs,
  ports: NotifyPorts,
): Promise<void> {
  if (way.kind === 'token' && inputs.webhookUrl !== null) {
    ports.log.info('Both token and webhook-url are given: token is used.');
  }
  const messenger =
    way.kind === 'token' ? await ports.bot(way.token, way.channel) : await ports.webhook(way.url);
  const delivered = await main(content, messenger, inputs.messageTs, ports);
  report(ports, true, delivered);
  ports.log.info(`Slack accepted the message${delivered.permalink && `: ${delivered.permalink}`}.`);
  const below = threadMessage(content, { isEdit: inputs.messageTs !== null });
  if (messenger.reply !== null && below !== null) {
    await messenger.reply(delivered.ts, below);
    ports.log.info('The details are in its thread.');
  }
}

/** The one message of the release: posted by the first call, and edited by every later one. */
async function main(
  content: Content,
  messenger: Messenger,
  ts: string | null,
  { log }: NotifyPorts,
): Promise<Delivered> {
  const message = slackMessage(content, { withDetails: messenger.reply === null });
  if (ts === null) return messenger.post(message);
  if (messenger.edit !== null) return messenger.edit(ts, message);
  log.notice('A webhook cannot edit a message: message-ts is not used, and this is the one message.');
  return messenger.post(message);
}

function report(
  { report: to }: NotifyPorts,
  delivered: boolean,
  { ts, channel, permalink }: Delivered,
): void {
  to.output('delivered', delivered);
  to.output('ts', ts);
  to.output('channel', channel);
  to.output('permalink', permalink);
}
