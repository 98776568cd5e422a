/** Messages by an incoming webhook: they can be posted, but neither edited nor linked to. The URL is a credential. */
import { IncomingWebhook, IncomingWebhookHTTPError } from '@slack/webhook';
import { clip } from '../../core/clip.ts';
import { UpstreamError } from '../../core/errors.ts';
import type { SlackMessage } from '../../core/notify/blocks.ts';
import type { Messenger } from '../../core/notify/messenger.ts';
import { slackError } from './hints.ts';
import { patiently, RateLimited, type Patience } from './rate-limit.ts';
import { innermost, redactedCause, redactor } from './redact.ts';

const TIMEOUT_MS = 15_000;
const TRIED = 'take the message';

export interface WebhookOptions extends Patience {
  readonly url: string;
}

export function createWebhook(options: WebhookOptions): Messenger {
  const redact = redactor([options.url]);
  let retryAfter = Number.NaN;
  const webhook = new IncomingWebhook(options.url, {
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    // The client's errors carry no headers, and Retry-After is one.
    fetch: async (input, init) => {
      const answer = await fetch(input, init);
      retryAfter = Number(answer.headers.get('retry-after') ?? Number.NaN);
      return answer;
    },
  });
  const translate = (error: unknown): never => {
    if (error instanceof IncomingWebhookHTTPError) {
      if (error.statusCode === 429) throw new RateLimited(retryAfter);
      throw refusal(error, redactedCause(error, redact), redact);
    }
    throw new UpstreamError(
      'Slack',
      `Slack could not be reached by the webhook (${redact(innermost(error))}).`,
      {
        cause: redactedCause(error, redact),
      },
    );
  };
  return {
    post: async (message: SlackMessage) => {
      const { text } = await patiently(() => webhook.send({ ...message }).catch(translate), options);
      if (text.trim() !== 'ok') throw notSlack(redact(text));
      return { ts: '', channel: '', permalink: '' };
    },
    edit: null,
    reply: null,
  };
}

/** Slack answers with one word; anything else did not come from Slack. */
function refusal(
  error: IncomingWebhookHTTPError,
  cause: Error | undefined,
  redact: (text: string) => string,
): Error {
  const word = /^[a-z_]{3,60}$/.exec(error.body.trim())?.[0];
  if (word !== undefined && error.statusCode < 500) return slackError(TRIED, word, { cause });
  const message = `Slack could not ${TRIED} (HTTP ${error.statusCode}).`;
  return new UpstreamError('Slack', message, { cause, detail: clip(redact(error.body), 2000) });
}

function notSlack(text: string): UpstreamError {
  return new UpstreamError(
    'Slack',
    'The webhook answered, but not with Slack’s "ok"; check webhook-url, and any proxy in between.',
    { detail: clip(text, 2000) },
  );
}
