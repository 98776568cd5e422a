import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import { createBot } from '../../../../src/adapters/slack/bot.ts';
import { redactedCause, redactor } from '../../../../src/adapters/slack/redact.ts';
import { createWebhook } from '../../../../src/adapters/slack/webhook.ts';
import { CancelledError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import type { SlackMessage } from '../../../../src/core/notify/blocks.ts';
import { slackMessage } from '../../../../src/core/notify/message.ts';
import type { Messenger } from '../../../../src/core/notify/messenger.ts';
import { startSlack } from '../../../fakes/emulators.ts';
import { startHttp, type FakeAnswer, type HttpFake, type SeenRequest } from '../../../fakes/http.ts';
import { fakeContext, fakePorts } from '../../../fakes/ports.ts';

const TOKEN = 'xoxb-1111-secret-bot-token';
const SECRET_PATH = '/services/T00000001/B00000001/secretwebhookpart';
const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function fake(answer: (request: SeenRequest, before: number) => FakeAnswer): Promise<HttpFake> {
  const server = await startHttp(answer);
  closers.push(server.close);
  return server;
}

async function thrown(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );
}

const message: SlackMessage = slackMessage({
  status: 'failure',
  title: 'churn',
  environment: 'prod',
  fields: new Map([['Model', 'abc']]),
  jobs: [],
  steps: [],
  facts: [],
  details: [],
  people: new Map(),
  mentions: [],
  run: fakeContext,
});

type Ports = ReturnType<typeof fakePorts>;
const ways: [string, (url: string, ports: Ports) => Messenger][] = [
  [
    'token',
    (url, ports) => createBot({ ...ports, token: TOKEN, channel: '#releases', apiUrl: `${url}/api` }),
  ],
  ['webhook', (url, ports) => createWebhook({ ...ports, url: url + SECRET_PATH })],
];
const OK: Record<string, FakeAnswer> = {
  token: { body: { ok: true, ts: '1700000000.000100', channel: 'C0123456789', permalink: 'https://p.test' } },
  webhook: { body: 'ok' },
};

describe.each(ways)('by %s', (way, connect) => {
  it('waits as long as Retry-After says', async () => {
    const server = await fake((_, before) =>
      before < 2 ? { status: 429, headers: { 'retry-after': '3' }, body: 'rate_limited' } : (OK[way] ?? {}),
    );
    const ports = fakePorts();
    await connect(server.url, ports).post(message);
    expect(ports.clock.sleeps).toEqual([3000, 3000]);
    expect(ports.log.text).toContain('Slack asks to wait 3 s');
  });

  it.each(['3600', '40'])('gives up where Slack asks for too long (%s s)', async (seconds) => {
    const server = await fake(() => ({ status: 429, headers: { 'retry-after': seconds }, body: 'x' }));
    const ports = fakePorts();
    const error = await thrown(connect(server.url, ports).post(message));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(/limits the rate/);
    expect(ports.clock.sleeps.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(120_000);
  });

  it('ends waiting with the cancellation', async () => {
    const server = await fake(() => ({ status: 429, headers: { 'retry-after': '3' }, body: 'x' }));
    const ports = fakePorts();
    ports.clock.onSleep = ports.cancel;
    expect(await thrown(connect(server.url, ports).post(message))).toBeInstanceOf(CancelledError);
  });

  it.each([
    ['500', { status: 500, body: 'oops' }],
    ['HTML', { status: 200, body: '<html>Sign in to the proxy</html>' }],
    ['a redirect', { status: 302, headers: { location: 'https://elsewhere.test/' } }],
    ['a web page for 404', { status: 404, body: '<html>not found</html>' }],
  ])('tells of %s, and does not post twice', async (_, answer) => {
    const server = await fake(() => answer);
    const ports = fakePorts();
    const error = await thrown(connect(server.url, ports).post(message));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(/Slack/);
    expect(server.requests).toHaveLength(1);
  });

  it('tells that nobody answers', async () => {
    const server = await fake(() => ({}));
    await server.close();
    const error = await thrown(connect(server.url, fakePorts()).post(message));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(/ECONNREFUSED/);
  });

  it('never shows a credential, whatever goes wrong', async () => {
    const echo = await fake(({ url, headers }) => ({
      status: 500,
      body: `no ${url} ${String(headers.authorization)}`,
    }));
    const closed = await fake(() => ({}));
    await closed.close();
    const limited = await fake(() => ({ status: 429, headers: { 'retry-after': '999' } }));
    const lost = await fake(({ url, headers }) => ({
      body: { ok: false, error: `${url}${String(headers.authorization)}` },
    }));
    for (const { url } of [echo, closed, limited, lost]) {
      const ports = fakePorts();
      const error = await thrown(connect(url, ports).post(message));
      const everything = `${inspect(error, { depth: 20, showHidden: true })} ${JSON.stringify(error)} ${ports.log.text}`;
      expect(everything).not.toContain(TOKEN);
      expect(everything).not.toContain(SECRET_PATH);
      expect(everything).not.toContain('secretwebhookpart');
    }
  });
});

describe('a bot token', () => {
  const bot = (url: string, channel = 'C0123456789', ports = fakePorts()) =>
    createBot({ ...ports, token: TOKEN, channel, apiUrl: url });

  it.each([
    ['not_in_channel', /Invite the app/],
    ['channel_not_found', /private channel/],
    ['invalid_auth', /xoxb/],
    ['is_archived', /Unarchive/],
  ])('ok:false with %s says what to do', async (word, hint) => {
    const { url } = await fake(() => ({ body: { ok: false, error: word } }));
    const error = await thrown(bot(url).post(message));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain(word);
    expect(error.message).toMatch(hint);
  });

  it('a missing scope is named', async () => {
    const { url } = await fake(() => ({ body: { ok: false, error: 'missing_scope', needed: 'chat:write' } }));
    expect((await thrown(bot(url).post(message))).message).toMatch(/missing: chat:write/);
  });

  it('ok:false with a word that we do not know is Slack’s', async () => {
    const { url } = await fake(() => ({ body: { ok: false, error: 'internal_error' } }));
    expect(await thrown(bot(url).post(message))).toBeInstanceOf(UpstreamError);
  });

  it('a message without a link is delivered all the same', async () => {
    const { url } = await fake(({ url: path }) =>
      path.includes('getPermalink')
        ? { body: { ok: false, error: 'missing_scope' } }
        : { body: { ok: true, ts: '1.2', channel: 'C0123456789' } },
    );
    expect(await bot(url).post(message)).toEqual({ ts: '1.2', channel: 'C0123456789', permalink: '' });
  });

  it('finds the ID of a channel by its name, on any page, to edit', async () => {
    const { url, requests } = await fake(({ url: path, body }) => {
      if (!path.includes('conversations.list')) return { body: { ok: true, ts: '1.2', permalink: 'p' } };
      return body.includes('cursor=next')
        ? { body: { ok: true, channels: [{ id: 'C00000002', name: 'releases' }] } }
        : {
            body: {
              ok: true,
              channels: [{ id: 'C1', name: 'general' }],
              response_metadata: { next_cursor: 'next' },
            },
          };
    });
    expect(await bot(url, '#releases').edit?.('1.2', message)).toMatchObject({
      channel: 'C00000002',
      ts: '1.2',
    });
    const update = requests.find(({ url: path }) => path.includes('chat.update'));
    expect(update?.body).toContain('blocks=');
    expect(update?.body).toContain('attachments=');
  });

  it('says that a channel is not there', async () => {
    const { url } = await fake(() => ({ body: { ok: true, channels: [] } }));
    const error = await thrown(bot(url, 'nowhere').edit?.('1.2', message) ?? Promise.resolve());
    expect(error.message).toMatch(/"nowhere": channel_not_found/);
  });

  it('posts and edits one message on the emulator', async () => {
    const slack = await startSlack();
    closers.push(slack.close);
    const ports = fakePorts();
    const messenger = createBot({ ...ports, token: slack.token, channel: '#general', apiUrl: slack.apiUrl });
    const posted = await messenger.post(message);
    expect(posted).toMatchObject({ channel: slack.channel });
    expect(posted.permalink).toMatch(/^http/);
    await messenger.edit?.(posted.ts, { ...message, text: 'edited' });
    const [only, ...others] = await slack.messages();
    expect(others).toEqual([]);
    expect(only).toMatchObject({
      ts: posted.ts,
      text: 'edited',
      blocks: message.blocks,
      attachments: message.attachments,
    });
    const error = await thrown(messenger.edit?.('1.000001', message) ?? Promise.resolve());
    expect(error.message).toMatch(/message_not_found/);
  });
});

describe('a webhook', () => {
  it.each([
    [403, 'invalid_token'],
    [404, 'no_service'],
    [410, 'channel_is_archived'],
  ])('%i %s says what to do', async (status, word) => {
    const { url } = await fake(() => ({ status, body: word }));
    const error = await thrown(createWebhook({ ...fakePorts(), url: url + SECRET_PATH }).post(message));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain(word);
  });

  it('posts on the emulator, and cannot edit', async () => {
    const slack = await startSlack();
    closers.push(slack.close);
    const webhook = createWebhook({ ...fakePorts(), url: slack.webhookUrl });
    expect(webhook.edit).toBeNull();
    expect(await webhook.post(message)).toEqual({ ts: '', channel: '', permalink: '' });
    expect(await slack.messages()).toMatchObject([{ text: message.text, blocks: message.blocks }]);
  });
});

it('redacts causes and stacks', () => {
  const cause = new TypeError('cannot fetch https://h.test/secret-part');
  const error = redactedCause(new Error('see cause', { cause }), redactor(['https://h.test/secret-part']));
  expect(inspect(error)).not.toContain('secret-part');
  expect(inspect(error)).toContain('***');
});
