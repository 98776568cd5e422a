import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run, type NotifyPorts } from '../../../../src/actions/notify-slack/run.ts';
import { spec } from '../../../../src/actions/notify-slack/spec.ts';
import { createBot } from '../../../../src/adapters/slack/bot.ts';
import { createWebhook } from '../../../../src/adapters/slack/webhook.ts';
import { CancelledError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import { parseInputs, type InputsOf, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import { startSlack, type SlackEmulator } from '../../../fakes/emulators.ts';
import { fakePorts, type FakePorts } from '../../../fakes/ports.ts';

type Output = OutputsOf<typeof spec>;

let slack: SlackEmulator;
beforeAll(async () => {
  slack = await startSlack();
});
afterAll(() => slack.close());

function step(): { ports: FakePorts<Output>; notify: NotifyPorts } {
  const ports = fakePorts<Output>();
  const notify: NotifyPorts = {
    ...ports,
    bot: async (token, channel) => createBot({ ...ports, token, channel, apiUrl: slack.apiUrl }),
    webhook: async (url) => createWebhook({ ...ports, url }),
  };
  return { ports, notify };
}

function inputs(given: Record<string, string>): InputsOf<typeof spec> {
  const parsed = parseInputs(spec, (name) => (given[name] ? { text: given[name], origin: '' } : null));
  expect(parsed.problems).toEqual([]);
  return parsed.inputs;
}

async function thrown(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );
}

const everything = ({ log, summaries, outputs }: FakePorts<Output>) =>
  [log.text, ...summaries, JSON.stringify(outputs)].join('\n');

describe('by token', () => {
  const given = () => ({ token: slack.token, channel: 'general' });

  it('posts one message, and edits it at the next call', async () => {
    const first = step();
    const before = (await slack.messages()).length;
    await run(inputs({ ...given(), status: 'in-progress', fields: 'Model=abc' }), first.notify);
    expect(first.ports.outputs).toMatchObject({ delivered: 'true', channel: slack.channel });
    expect(first.ports.outputs.permalink).toMatch(/^http/);
    const second = step();
    const ts = first.ports.outputs.ts ?? '';
    await run(inputs({ ...given(), status: 'success', 'message-ts': ts }), second.notify);
    expect(second.ports.outputs).toMatchObject({ delivered: 'true', ts });
    const messages = await slack.messages();
    expect(messages).toHaveLength(before + 1);
    expect(messages[0]?.text).toBe('Succeeded: acme/churn: deploy succeeded');
  });

  it('tells of the failed job of needs, and calls who is to be called', async () => {
    const { ports, notify } = step();
    const needs = JSON.stringify({ train: { result: 'success' }, deploy: { result: 'failure' } });
    const more = { 'mention-on-failure': 'Olga', 'user-map': 'olga=U0000000001', environment: 'prod' };
    await run(inputs({ ...given(), ...more, needs, status: 'success' }), notify);
    const text = JSON.stringify((await slack.messages())[0]);
    expect(text).toContain('*Failed* in prod: deploy\\n<@U0000000001>');
    expect(ports.outputs.delivered).toBe('true');
  });

  it('tells of this job and of those before it at once: the worst of them is how it went', async () => {
    const { notify } = step();
    const outputs = { 'approved-by': '', 'issue-url': 'https://github.com/acme/churn/issues/7' };
    const needs = JSON.stringify({ prepare: { result: 'success', outputs: { 'model-digest': 'abc' } } });
    const steps = JSON.stringify({ gate: { outcome: 'failure', outputs } });
    await run(inputs({ ...given(), needs, steps, status: 'failure' }), notify);
    const text = JSON.stringify((await slack.messages())[0]);
    expect(text).toContain('*Failed*: gate');
    expect(text).toContain('*Model*\\nabc');
    expect(text).toContain('*Request*\\n<https://github.com/acme/churn/issues/7');
  });

  it('is used where a webhook is given too, and says so', async () => {
    const { ports, notify } = step();
    await run(inputs({ ...given(), status: 'success', 'webhook-url': slack.webhookUrl }), notify);
    expect(ports.outputs.ts).not.toBe('');
    expect(ports.log.text).toContain('token is used');
  });

  it('warns where Slack refuses, and shows the message in the summary', async () => {
    const { ports, notify } = step();
    await run(inputs({ ...given(), channel: 'nowhere', status: 'failure', title: 'It broke' }), notify);
    expect(ports.outputs).toEqual({ delivered: 'false', ts: '', channel: '', permalink: '' });
    expect(ports.log.lines).toContainEqual({
      level: 'warning',
      message: expect.stringContaining('channel_not_found') as string,
    });
    expect(ports.summaries.join()).toContain('It broke');
  });

  it('fails where Slack refuses and on-error is fail', async () => {
    const { ports, notify } = step();
    const error = await thrown(
      run(inputs({ ...given(), channel: 'nowhere', status: 'failure', 'on-error': 'fail' }), notify),
    );
    expect(error).toBeInstanceOf(UserError);
    expect(ports.outputs.delivered).toBe('false');
  });

  it.each([
    [new CancelledError(), CancelledError],
    [new TypeError('a bug'), TypeError],
  ])('does not turn %s into a warning', async (error, kind) => {
    const { notify } = step();
    const bot = () => Promise.reject(error);
    expect(await thrown(run(inputs({ ...given(), status: 'success' }), { ...notify, bot }))).toBeInstanceOf(
      kind,
    );
  });
});

describe('by webhook', () => {
  it('posts, without ts, channel and link', async () => {
    const { ports, notify } = step();
    await run(inputs({ 'webhook-url': slack.webhookUrl, status: 'cancelled', title: 'By webhook' }), notify);
    expect(ports.outputs).toEqual({ delivered: 'true', ts: '', channel: '', permalink: '' });
    expect((await slack.messages())[0]?.text).toBe('Cancelled: By webhook');
  });

  it('says that it cannot edit', async () => {
    const { ports, notify } = step();
    await run(inputs({ 'webhook-url': slack.webhookUrl, status: 'success', 'message-ts': '1.2' }), notify);
    expect(ports.outputs.delivered).toBe('true');
    expect(ports.log.text).toContain('A webhook cannot edit a message');
  });
});

it('without Slack, the message stands in the summary, which is no failure', async () => {
  const { ports, notify } = step();
  await run(inputs({ status: 'success', fields: 'a|b=<b>&', title: '@all <x>' }), notify);
  expect(ports.outputs).toEqual({ delivered: 'false', ts: '', channel: '', permalink: '' });
  expect(ports.summaries.join()).toContain('**Succeeded**');
  expect(ports.summaries.join()).not.toMatch(/<x>|<b>|@all/);
  expect(ports.log.text).toContain('only in the job summary');
});

describe('before Slack is asked', () => {
  it('every problem is told at once', async () => {
    const { ports, notify } = step();
    const given = {
      needs: 'not json',
      'webhook-url': 'no-url-secret',
      channel: 'general',
      'mention-on-failure': 'nobody',
      'user-map': 'olga=x',
      'message-ts': 'yesterday',
    };
    const error = await thrown(run(inputs(given), notify));
    expect(error).toBeInstanceOf(UserError);
    for (const part of [
      'needs: is not JSON',
      'webhook-url: is not a URL',
      'channel: "general" is given without token',
      'mention-on-failure: "nobody"',
      'user-map: "x" of olga',
      'message-ts: "yesterday"',
    ]) {
      expect(error.message).toContain(part);
    }
    expect(error.message).not.toContain('no-url-secret');
    expect(ports.outputs).toEqual({ delivered: 'false', ts: '', channel: '', permalink: '' });
  });

  it.each([
    [{}, /status: is not given, and neither is needs/],
    [{ status: 'success', token: 'x' }, /channel: is required with token/],
    [{ needs: '{}' }, /needs: contains no job/],
  ])('%j', async (given, message) => {
    const error = await thrown(run(inputs(given), step().notify));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(message);
  });

  it('on-error warn does not hide a wrong input', async () => {
    const error = await thrown(run(inputs({ 'on-error': 'warn' }), step().notify));
    expect(error).toBeInstanceOf(UserError);
  });
});

it('shows no credential, whichever way and however it ends', async () => {
  const webhook = slack.webhookUrl;
  const dead = 'http://127.0.0.1:1/services/T0/B0/secretpart';
  const calls: Record<string, string>[] = [
    { token: slack.token, channel: 'general' },
    { token: slack.token, channel: 'nowhere' },
    { 'webhook-url': webhook },
    { 'webhook-url': dead },
    { token: slack.token, channel: 'general', 'webhook-url': webhook },
  ];
  for (const given of calls) {
    const { ports, notify } = step();
    await run(inputs({ ...given, status: 'failure' }), notify);
    const error = await thrown(run(inputs({ ...given, status: 'failure', 'on-error': 'fail' }), notify));
    const text = `${everything(ports)} ${error.message} ${error instanceof UpstreamError ? error.detail : ''}`;
    for (const secret of [slack.token, webhook, 'emulated-webhook-secret', 'secretpart']) {
      expect(text).not.toContain(secret);
    }
  }
});
