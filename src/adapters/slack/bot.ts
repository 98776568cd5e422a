/** Messages by a bot token: they can be edited and linked to. */
import {
  LogLevel,
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from '@slack/web-api';
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { SlackMessage } from '../../core/notify/blocks.ts';
import type { Delivered, Messenger } from '../../core/notify/messenger.ts';
import { slackError } from './hints.ts';
import { patiently, RateLimited, type Patience } from './rate-limit.ts';
import { innermost, redactedCause, redactor, type Redact } from './redact.ts';

const TIMEOUT_MS = 15_000;
const CHANNEL_ID = /^[CGD][A-Z0-9]{7,}$/;

export interface BotOptions extends Patience {
  readonly token: string;
  /** An ID, or a name with or without "#". */
  readonly channel: string;
  /** SLACK_API_URL; null for Slack's own. */
  readonly apiUrl: string | null;
}

export function createBot(options: BotOptions): Messenger {
  const bot = new Bot(options);
  return {
    post: (message) => bot.post(message),
    edit: (ts, message) => bot.edit(ts, message),
    reply: (ts, message) => bot.reply(ts, message),
  };
}

class Bot {
  readonly #client: WebClient;
  readonly #options: BotOptions;
  readonly #channel: string;
  readonly #redact: Redact;

  constructor(options: BotOptions) {
    this.#options = options;
    this.#channel = options.channel.replace(/^#/, '');
    this.#redact = redactor([options.token]);
    this.#client = new WebClient(options.token, {
      ...(options.apiUrl === null ? {} : { slackApiUrl: `${options.apiUrl.replace(/\/+$/, '')}/` }),
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: TIMEOUT_MS,
      logger: SILENT,
    });
  }

  async post(message: SlackMessage): Promise<Delivered> {
    const answer = await this.#call('post the message', () =>
      this.#client.chat.postMessage({ ...message, channel: this.#channel }),
    );
    return this.#delivered(answer.channel ?? this.#channel, answer.ts ?? '');
  }

  async edit(ts: string, message: SlackMessage): Promise<Delivered> {
    const channel = await this.#channelId();
    const { text, blocks, attachments } = message;
    // Blocks and attachments are sent again: an update with a text alone would drop them.
    const answer = await this.#call('edit the message', () =>
      this.#client.chat.update({ channel, ts, text, blocks: [...blocks], attachments: [...attachments] }),
    );
    return this.#delivered(channel, answer.ts ?? ts);
  }

  async reply(ts: string, message: SlackMessage): Promise<void> {
    await this.#call('write below the message', () =>
      this.#client.chat.postMessage({ ...message, channel: this.#channel, thread_ts: ts }),
    );
  }

  /** The message is there by now, so a link that cannot be had is only left out. */
  async #delivered(channel: string, ts: string): Promise<Delivered> {
    let permalink = '';
    try {
      const answer = await this.#call('link to the message', () =>
        this.#client.chat.getPermalink({ channel, message_ts: ts }),
      );
      permalink = answer.permalink ?? '';
    } catch (error) {
      if (!(error instanceof UserError) && !(error instanceof UpstreamError)) throw error;
      this.#options.log.info(`The message has no link: ${error.message}`);
    }
    return { ts, channel, permalink };
  }

  /** Editing takes an ID, never a name. */
  async #channelId(): Promise<string> {
    if (CHANNEL_ID.test(this.#channel)) return this.#channel;
    let cursor = '';
    do {
      const page = await this.#call(
        'look up the channel (its ID, such as C0123456789, needs no look-up)',
        () =>
          this.#client.conversations.list({
            limit: 1000,
            exclude_archived: true,
            types: 'public_channel,private_channel',
            ...(cursor === '' ? {} : { cursor }),
          }),
      );
      const found = page.channels?.find(({ name }) => name === this.#channel)?.id;
      if (found !== undefined) return found;
      cursor = page.response_metadata?.next_cursor ?? '';
    } while (cursor !== '');
    throw slackError(`find the channel "${this.#channel}"`, 'channel_not_found', { cause: undefined });
  }

  #call<T>(tried: string, send: () => Promise<T>): Promise<T> {
    return patiently(() => send().catch((error: unknown) => this.#translate(tried, error)), this.#options);
  }

  #translate(tried: string, error: unknown): never {
    if (error instanceof WebAPIRateLimitedError) throw new RateLimited(error.retryAfter);
    const cause = redactedCause(error, this.#redact);
    if (error instanceof WebAPIPlatformError) {
      const { needed } = error.data as { needed?: unknown };
      const said = typeof error.data.error === 'string' ? error.data.error : 'an answer that is not Slack’s';
      throw slackError(tried, this.#redact(said), {
        cause,
        ...(typeof needed === 'string' ? { detail: `missing: ${needed}` } : {}),
      });
    }
    const status =
      error instanceof WebAPIHTTPError ? `HTTP ${error.statusCode}` : this.#redact(innermost(error));
    throw new UpstreamError('Slack', `Slack could not ${tried} (${status}).`, { cause });
  }
}

/** Slack's client would write to the console by itself. */
const nothing = (): void => undefined;
const SILENT = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  setName: nothing,
  getLevel: () => LogLevel.ERROR,
};
