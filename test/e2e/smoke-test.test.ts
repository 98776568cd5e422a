/** The built smoke-test: what brings an old version back, what never does, and an endpoint that is slow. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';

const work = mkdtempSync(join(tmpdir(), 'ml-deploy-smoke-e2e-'));
const env = { GITHUB_WORKSPACE: work, RUNNER_TEMP: join(work, 'temp'), ML_DEPLOY_POLL_SECONDS: '0.1' };
const endpoint = { target: 'local', 'endpoint-name': 'churn' };
const sample = (path: string) => join(root, 'model', path);
const rollback = { 'rollback-on-failure': 'true' };

async function must(name: string, inputs: Record<string, string>): Promise<ActionRun> {
  const run = await runAction(name, { inputs, env });
  expect(run.exitCode, run.log).toBe(0);
  return run;
}

async function deploy(release: string): Promise<string> {
  const packed = await must('package-model', {
    'model-path': sample(`releases/${release}/archive`),
    'reference-path': sample(`releases/${release}/reference.onnx`),
  });
  const deployed = await must('deploy-endpoint', {
    ...endpoint,
    release: packed.outputs['release-record'] ?? '',
  });
  return deployed.outputs['running-version'] ?? '';
}

const smoke = (inputs: Record<string, string> = {}, more: Record<string, string> = {}) =>
  runAction('smoke-test', {
    inputs: { ...endpoint, cases: sample('cases/held-out.json'), ...inputs },
    env: { ...env, ...more },
  });

const read = (name: string) =>
  JSON.parse(readFileSync(join(work, '.ml-deploy/local/churn', name), 'utf8')) as Record<string, unknown>;

/** Ends the process that serves, as a machine that runs out of memory does. */
async function killServer(): Promise<void> {
  const { pid } = read('server.json') as { pid: number };
  process.kill(pid, 'SIGKILL');
  const isAlive = () => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  while (isAlive()) await wait(10);
}

afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('the live version of a local endpoint', () => {
  let first = '';
  let second = '';

  beforeAll(async () => {
    first = await deploy('v1');
    expect((await smoke()).exitCode).toBe(0);
    second = await deploy('v2');
    expect(second).not.toBe(first);
  });

  afterAll(async () => {
    await must('deploy-endpoint', { ...endpoint, command: 'teardown', confirm: 'churn' });
  });

  test('is not rolled back for cases that cannot be used', async () => {
    const rows = Array.from({ length: 50 }, (_, at) => (at === 30 ? '[1]' : `[${at}, 1]`));
    writeFileSync(join(work, 'bad.jsonl'), `${rows.join('\n')}\n`);
    const run = await smoke({ cases: 'bad.jsonl', ...rollback });
    expect(run.exitCode).toBe(1);
    expect(run.error).toContain(
      'cases (bad.jsonl): has rows of different forms: row 1 has 2 values; this differs in row 31 (line 31).',
    );
    expect(run.outputs).toMatchObject({ passed: 'false', 'rolled-back': 'false' });
    expect(read('state.json').live).toBe(second);
  });

  test('is not rolled back for a reference that does not take the cases', async () => {
    writeFileSync(join(work, 'narrow.csv'), 'a,b\n1,2\n3,4\n');
    const run = await smoke({ cases: 'narrow.csv', ...rollback });
    expect(run.exitCode).toBe(1);
    expect(run.error).toContain('has 2 values a row ("a", "b"), not 30');
    expect(run.outputs['rolled-back']).toBe('false');
    expect(read('state.json').live).toBe(second);
  });

  test('is not rolled back for a reference that never ends, and the reports say what happened', async () => {
    writeFileSync(join(work, 'pairs.csv'), 'a,b\n1,2\n3,4\n');
    const model = join(root, 'test/fixtures/onnx/endless.onnx');
    const limit = { ML_DEPLOY_REFERENCE_SECONDS: '0.3' };
    const run = await smoke({ cases: 'pairs.csv', 'model-path': model, ...rollback }, limit);
    expect(run.exitCode).toBe(1);
    expect(run.error).toContain('endless.onnx did not end within 0.3 s, and was stopped.');
    expect(run.error).toContain('was not rolled back');
    expect(run.outputs).toMatchObject({ passed: 'false', 'rolled-back': 'false' });
    const report = JSON.parse(readFileSync(run.outputs['report-json'] ?? '', 'utf8')) as unknown;
    expect(report).toMatchObject({ passed: false, checks: [{ name: 'reference', rollsBack: false }] });
    for (const name of ['report-junit', 'report-html']) {
      expect(readFileSync(run.outputs[name] ?? '', 'utf8')).toContain('did not end within 0.3 s');
    }
    expect(read('state.json').live).toBe(second);
  });

  test('has no time limit for the reference that is no time', async () => {
    const run = await smoke({}, { ML_DEPLOY_REFERENCE_SECONDS: 'ten' });
    expect(run.exitCode).toBe(1);
    expect(run.error).toContain('ML_DEPLOY_REFERENCE_SECONDS: "ten" is not a number of seconds above 0');
  });

  test('is rolled back where its server is dead, and serves again', async () => {
    await killServer();
    const run = await smoke(rollback);
    expect(run.exitCode).toBe(1);
    expect(run.outputs, run.log).toMatchObject({ passed: 'false', 'rolled-back': 'true' });
    expect(run.error).toContain('was rolled back to');
    expect(read('state.json').live).toBe(first);
    const again = await smoke();
    expect(again.exitCode, again.log).toBe(0);
    expect(again.outputs).toMatchObject({ passed: 'true', mismatches: '0' });
  });
});

async function listen(server: Server): Promise<string> {
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('without credentials nothing is asked, and nothing rolled back', async () => {
  let requests = 0;
  const url = await listen(createServer((_request, response) => response.end(String(++requests))));
  const run = await runAction('smoke-test', {
    inputs: {
      target: 'sagemaker',
      'endpoint-name': 'churn',
      'aws-region': 'eu-west-1',
      cases: sample('cases/held-out.json'),
      ...rollback,
    },
    env: { ...env, HOME: work, AWS_ENDPOINT_URL: url, AWS_EC2_METADATA_DISABLED: 'true' },
  });
  expect(run.exitCode).toBe(1);
  expect(run.error).toMatch(/credentials/i);
  expect(run.outputs).toMatchObject({ passed: 'false', 'rolled-back': 'false' });
  expect(requests).toBe(0);
});

test('an endpoint that answers slowly fails its limit, and says by how much', async () => {
  const server = createServer((request, response) => {
    request.resume();
    request.on('end', () => setTimeout(() => response.end('{"predictions":[1]}'), 25));
  });
  const run = await runAction('smoke-test', {
    inputs: {
      'endpoint-url': await listen(server),
      reference: 'none',
      cases: sample('cases/one-row.json'),
      requests: '5',
      'max-p50-ms': '10',
    },
    env,
  });
  expect(run.exitCode).toBe(1);
  expect(run.error).toMatch(/The p50 latency is [\d.]+ ms over 5 requests; 10 ms are allowed\./);
  expect(Number(run.outputs['p50-ms'])).toBeGreaterThan(10);
  expect(run.outputs['error-rate']).toBe('0');
});
