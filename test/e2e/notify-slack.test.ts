/** notify-slack on the built bundle: the Slack emulator, and servers that answer as Slack does on a bad day. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import { startSlack, type SlackEmulator, type SlackMessageSeen } from '../fakes/emulators.ts';
import { startHttp, type FakeAnswer, type HttpFake, type SeenRequest } from '../fakes/http.ts';
import { expectWithinLimits, rendered, textOf, type AnyMessage } from '../fakes/slack-limits.ts';

const dist = process.env.ML_DEPLOY_TEST_DIST ?? join(root, 'dist');
const isBuilt = existsSync(join(dist, 'notify-slack/index.js'));
const unbuilt = isBuilt ? '' : ' (skipped: dist is not built)';
const TOKEN = 'xoxb-2222-very-secret';
const WEBHOOK_PATH = '/services/T00000009/B00000009/webhooksecretpart';
const EVIL = '<!channel> <@U012> <https://evil.test|click> & &amp; "x" *b* `c` ```d``` @here';

let slack: SlackEmulator;
let work: string;
let everything = '';
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  slack = await startSlack('releases');
});
afterAll(() => slack.close());
beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), 'ml-deploy-slack-'));
});
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
  await rm(work, { recursive: true, force: true });
});

async function notify(inputs: Record<string, string>, env: Record<string, string> = {}): Promise<ActionRun> {
  const run = await runAction('notify-slack', {
    dist,
    cwd: work,
    inputs,
    env: {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: work,
      RUNNER_TEMP: join(work, 'temp'),
      GITHUB_REPOSITORY: 'acme/churn',
      GITHUB_WORKFLOW: 'deploy',
      GITHUB_ACTOR: 'olga',
      GITHUB_SHA: 'c0ffee0000000000000000000000000000000000',
      GITHUB_REF: 'refs/heads/main',
      GITHUB_RUN_ID: '1001',
      RUNNER_DEBUG: '1',
      SLACK_API_URL: slack.apiUrl,
      ...env,
    },
  });
  everything += run.log.replace(/^::add-mask::.*$/gm, '') + run.summary + JSON.stringify(run.outputs);
  return run;
}

async function fake(answer: (request: SeenRequest, before: number) => FakeAnswer): Promise<HttpFake> {
  const server = await startHttp(answer);
  closers.push(server.close);
  return server;
}

const byToken = () => ({ token: slack.token, channel: slack.channel });
const replies = async (ts: string): Promise<SlackMessageSeen[]> => {
  const answer = await slack.api('conversations.replies', { channel: slack.channel, ts, limit: 100 });
  return (answer.messages as SlackMessageSeen[]).filter((message) => message.ts !== ts);
};
const OK = { ok: true, ts: '1700000000.000100', channel: 'C0123456789', permalink: 'https://p.test' };

/** What was sent, by token (a form) or to a webhook (JSON). */
function sent({ headers, body }: SeenRequest): AnyMessage {
  if (headers['content-type']?.includes('json')) return JSON.parse(body) as AnyMessage;
  const form = new URLSearchParams(body);
  const part = (name: string): unknown => JSON.parse(form.get(name) ?? '[]');
  return {
    text: form.get('text') ?? '',
    blocks: part('blocks') as NonNullable<AnyMessage['blocks']>,
    attachments: part('attachments') as NonNullable<AnyMessage['attachments']>,
  };
}

const digest = (digit: string) => digit.repeat(64);
const done = (outputs: Record<string, string>, outcome = 'success') => ({
  outcome,
  conclusion: outcome,
  outputs,
});
const package_ = done({ 'model-digest': digest('a'), 'model-data-url': 's3://secret-bucket/m' });
const image = done({ 'image-digest': `sha256:${digest('b')}` });
const plan = done({ outcome: 'planned', 'plan-digest': digest('c'), 'endpoint-name': 'churn-prod' });
const approve = done({
  status: 'approved',
  'approved-by': 'amira,ben',
  'issue-url': 'https://github.com/acme/churn/issues/7',
});
const promote = done({
  outcome: 'promoted',
  'endpoint-name': 'churn-prod',
  'endpoint-url': 'https://console.test/churn-prod',
  'running-version': digest('a'),
  'previous-version': digest('e'),
});
const smoke = done({
  passed: 'true',
  compared: '143',
  mismatches: '0',
  'max-abs-diff': '0.00000011920928955',
  accuracy: '0.972',
  'p50-ms': '1.2345',
  'p95-ms': '3.4567',
  'p99-ms': '5.1',
});

describe.skipIf(!isBuilt)(`a whole release${unbuilt}`, () => {
  it('is one message that grows, with Slack names, and nothing in its thread', async () => {
    const common = {
      ...byToken(),
      environment: 'prod',
      'model-name': 'churn',
      'user-map': 'amira=U0000000001\nolga=U0000000002',
      'mention-on-failure': 'S0123456789',
    };
    const before = (await slack.messages()).length;
    const first = await notify({ ...common, status: 'in-progress' });
    const ts = first.outputs.ts ?? '';
    expect(first.outputs).toMatchObject({ delivered: 'true', channel: slack.channel });
    const states: object[] = [
      { package: package_, image },
      { package: package_, image, plan, approve },
      { package: package_, image, plan, approve, promote, smoke },
    ];
    const stages = [];
    for (const [i, steps] of states.entries()) {
      const status = i === states.length - 1 ? 'success' : 'in-progress';
      const run = await notify({ ...common, 'message-ts': ts, status, steps: JSON.stringify(steps) });
      expect(run.outputs).toMatchObject({ delivered: 'true', ts });
      const [message] = await slack.messages();
      if (message === undefined) throw new Error('no message');
      expectWithinLimits(message);
      stages.push(rendered(message));
    }
    expect(await slack.messages()).toHaveLength(before + 1);
    expect(await replies(ts)).toEqual([]);
    const last = stages.at(-1) ?? '';
    for (const part of [
      'Succeeded in prod',
      'Succeeded: promote (promoted)',
      'Model: aaaaaaaaaaaa',
      'Image: bbbbbbbbbbbb',
      'Endpoint: churn-prod',
      'Approved by: <@U0000000001>, ben',
      '143 values compared, all equal within tolerance, largest difference 1.19e-7',
      'p50 1.23 ms, p95 3.46 ms, p99 5.1 ms',
      'by <@U0000000002>',
      'Workflow run',
    ]) {
      expect(last).toContain(part);
    }
    expect(last).toMatch(/Duration: \d+ s/);
    expect(last).not.toContain('secret-bucket');
    expect(last).not.toContain('S0123456789');
    console.log(stages.join('\n\n-----\n\n'));
  });

  it('that fails calls the group, and puts the error and the failed checks into its thread', async () => {
    const report = {
      passed: false,
      verdict: 'The smoke test failed.',
      checks: [
        { name: 'parity', passed: false, message: `132 of 143 rows differ ${EVIL}` },
        { name: 'latency', passed: true, message: 'fine' },
      ],
      parity: { compared: 143, mismatches: 132, maxAbsDiff: 0.221 },
    };
    await writeFile(join(work, 'report.json'), JSON.stringify(report));
    const common = { ...byToken(), title: 'churn to prod', environment: 'prod' };
    const { outputs } = await notify({ ...common, status: 'in-progress' });
    const run = await notify({
      ...common,
      status: 'failure',
      'message-ts': outputs.ts ?? '',
      steps: JSON.stringify({
        package: package_,
        smoke: done({ passed: 'false', 'rolled-back': 'true' }, 'failure'),
      }),
      'report-path': 'report.json',
      details: 'E'.repeat(5000),
      'mention-on-failure': 'S0123456789',
    });
    expect(run.exitCode, run.log).toBe(0);
    const [message] = await slack.messages();
    const thread = await replies(outputs.ts ?? '');
    expect(thread).toHaveLength(1);
    for (const one of [message, ...thread]) expectWithinLimits(one!);
    const below = textOf(thread[0]!);
    expect(below).toContain('<!subteam^S0123456789>');
    expect(below.match(/E{100,}/g)?.join('')).toHaveLength(5000);
    expect(below).toContain('parity: 132 of 143 rows differ &lt;!channel&gt;');
    expect(below).not.toContain('latency: fine');
    const above = rendered(message!);
    expect(above).toContain('Failed in prod: smoke');
    expect(above).toContain('Rolled back: yes');
    expect(above).toContain('143 values compared, 132 differ, largest difference 0.221');
    console.log(
      `${above}\n\n----- in its thread -----\n\n${rendered(thread[0]!).replace(/E{50,}/g, 'EEE…')}`,
    );
  });

  it('by webhook is one message at the end, with its details', async () => {
    const { url, requests } = await fake(() => ({ body: 'ok' }));
    const hook = { 'webhook-url': url + WEBHOOK_PATH };
    const quiet = await notify({
      ...hook,
      status: 'in-progress',
      steps: JSON.stringify({ package: package_ }),
    });
    expect(quiet.exitCode).toBe(0);
    expect(quiet.outputs).toMatchObject({ delivered: 'false', ts: '' });
    expect(quiet.log).toMatch(/webhook cannot edit a message: nothing is sent now/);
    expect(requests).toEqual([]);
    const needs = {
      train: { result: 'success', outputs: {} },
      release: { result: 'failure', outputs: { x: 'y' } },
    };
    const last = await notify({
      ...hook,
      needs: JSON.stringify(needs),
      details: 'why it failed',
      'mention-on-failure': 'U0000000001',
    });
    expect(last.outputs.delivered).toBe('true');
    expect(requests).toHaveLength(1);
    const message = sent(requests[0]!);
    expectWithinLimits(message);
    expect(textOf(message)).toContain('*Failed*: release\n<@U0000000001>');
    expect(textOf(message)).toContain('why it failed');
  });
});

describe.skipIf(!isBuilt).each(['token', 'webhook'] as const)(`by %s${unbuilt}`, (way) => {
  const given = (url: string): { inputs: Record<string, string>; env: Record<string, string> } =>
    way === 'token'
      ? { inputs: { token: TOKEN, channel: 'C0123456789' }, env: { SLACK_API_URL: `${url}/api/` } }
      : { inputs: { 'webhook-url': url + WEBHOOK_PATH }, env: {} };
  const fine: FakeAnswer = way === 'token' ? { body: OK } : { body: 'ok' };

  it('waits as long as 429 says, and posts once', async () => {
    const { url, requests } = await fake((_, before) =>
      before === 0 ? { status: 429, headers: { 'retry-after': '1' }, body: 'rate_limited' } : fine,
    );
    const { inputs, env } = given(url);
    const run = await notify({ ...inputs, status: 'success' }, env);
    expect(run.outputs.delivered).toBe('true');
    expect(run.log).toContain('Slack asks to wait 1 s');
    const posts = requests.filter(({ url: path }) => !path.includes('getPermalink'));
    expect(posts).toHaveLength(2);
    expect(run.milliseconds).toBeGreaterThan(1000);
  });

  it('keeps every limit and escapes every text that a user gave', async () => {
    const { url, requests } = await fake(() => fine);
    const { inputs, env } = given(url);
    const fields = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${EVIL} ${i}`, `${EVIL} ${i}`]));
    const steps = Object.fromEntries(
      Array.from({ length: 80 }, (_, i) => [
        `${EVIL} ${i}`,
        done({ outcome: EVIL, 'endpoint-name': EVIL, 'approved-by': EVIL }, 'failure'),
      ]),
    );
    const run = await notify(
      {
        ...inputs,
        status: 'failure',
        title: EVIL.repeat(20),
        fields: JSON.stringify(fields),
        steps: JSON.stringify(steps),
        details: `${EVIL}${'&'.repeat(5000)}`,
      },
      { ...env, GITHUB_WORKFLOW: EVIL, GITHUB_ACTOR: EVIL, GITHUB_REF: `refs/heads/${EVIL}` },
    );
    expect(run.exitCode, run.log).toBe(0);
    const messages = requests.filter(({ url: path }) => !path.includes('getPermalink')).map(sent);
    expect(messages).toHaveLength(way === 'token' ? 2 : 1);
    for (const message of messages) {
      expectWithinLimits(message);
      for (const control of textOf(message).match(/<[^>]*>/g) ?? [])
        expect(control).toMatch(/^<https:\/\/github\.com\/acme\/churn\/[^>]*\|(Workflow run|Commit )/);
    }
  });

  it.each([
    ['warn', 0],
    ['fail', 1],
  ])('on-error %s ends with %i where Slack refuses, and says why', async (onError, exitCode) => {
    const { url } = await fake(() =>
      way === 'token'
        ? { body: { ok: false, error: 'invalid_auth' } }
        : { status: 403, body: 'invalid_token' },
    );
    const { inputs, env } = given(url);
    const run = await notify({ ...inputs, status: 'failure', 'on-error': onError }, env);
    expect(run.exitCode).toBe(exitCode);
    expect(run.outputs.delivered).toBe('false');
    expect(run.log).toMatch(way === 'token' ? /invalid_auth.*xoxb/ : /invalid_token.*new incoming webhook/);
    expect(run.log).toContain(onError === 'warn' ? '::warning::' : '::error::');
  });
});

describe.skipIf(!isBuilt)(`configuration${unbuilt}`, () => {
  it('a channel may be a name, also for edits', async () => {
    const { outputs } = await notify({ token: slack.token, channel: '#releases', status: 'in-progress' });
    expect(outputs.channel).toBe(slack.channel);
    const ts = outputs.ts ?? '';
    const edited = await notify({
      token: slack.token,
      channel: '#releases',
      status: 'success',
      'message-ts': ts,
    });
    expect(edited.outputs).toMatchObject({ delivered: 'true', ts });
  });

  it('every problem is told at once', async () => {
    const run = await notify({ steps: '[', 'report-path': 'none.json', token: TOKEN, needs: '{"a":{}}' });
    expect(run.exitCode).toBe(1);
    for (const part of [
      'steps: is not JSON',
      'report-path: "none.json"',
      'channel: is required',
      'needs: has no result',
    ])
      expect(run.error).toContain(part);
  });
});

it.skipIf(!isBuilt)(`nothing secret stands in any log, summary or output${unbuilt}`, () => {
  expect(everything.length).toBeGreaterThan(5000);
  for (const secret of [slack.token, TOKEN, 'webhooksecretpart', 'secret-bucket']) {
    expect(everything).not.toContain(secret);
  }
});
