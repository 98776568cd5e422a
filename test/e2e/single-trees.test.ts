/**
 * Each action as a repository of its own: laid out alone, weighed, and run from there by the runner protocol, with no file of
 * another action and no node_modules above it.
 */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type RunOptions } from '../../scripts/lib/runner-protocol.ts';
import { startBeds, type Beds } from '../../scripts/pipeline/beds.ts';
import { layOutOne } from '../../scripts/release-tree.ts';
import { specs } from '../../src/actions/specs.ts';
import { expectLinks, filesOf, packedBytes } from './tree-files.ts';

const away = mkdtempSync(join(tmpdir(), 'ml-deploy-alone-'));
const work = join(away, 'work');
const treeOf = (name: string) => join(away, name);
const sample = (path: string) => join(root, 'model', path);
const names = specs.map(({ name }) => name);
let beds: Beds;
let env: Record<string, string> = {};

/** Those that run models, and the programs that they start. */
const ONNX = ['package-model', 'deploy-endpoint', 'smoke-test'];
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  'deploy-endpoint': ['local-server', 'model-process'],
  'smoke-test': ['model-process'],
};
/** Bytes, as .tar.gz, without ONNX Runtime. A tenth of it is the licences. */
const BUDGET = 1_200_000;

beforeAll(async () => {
  for (const name of names) layOutOne(name, treeOf(name));
  mkdirSync(work);
  beds = await startBeds();
  env = {
    GITHUB_WORKSPACE: work,
    RUNNER_TEMP: join(work, 'temp'),
    GITHUB_REPOSITORY: beds.repository,
    GITHUB_SHA: 'c0ffee'.padEnd(40, '0'),
    GITHUB_ACTOR: beds.initiator,
    GITHUB_API_URL: beds.githubUrl,
    SLACK_API_URL: beds.slackUrl,
    ML_DEPLOY_POLL_SECONDS: '0.1',
  };
});

afterAll(async () => {
  await beds.close();
  rmSync(away, { recursive: true, force: true });
});

/** Runs what the action.yml of the tree names as its main. */
function run(name: string, inputs: Record<string, string>, more: Partial<RunOptions> = {}) {
  const { runs } = parse(readFileSync(join(treeOf(name), 'action.yml'), 'utf8')) as {
    runs: { main: string };
  };
  expect(runs.main).toBe(`dist/${name}/index.js`);
  return runAction(name, { inputs, env, cwd: work, dist: join(treeOf(name), 'dist'), ...more });
}

async function good(name: string, inputs: Record<string, string>): Promise<Readonly<Record<string, string>>> {
  const done = await run(name, inputs);
  expect(done.exitCode, done.log).toBe(0);
  return done.outputs;
}

describe.each(names)('%s alone', (name) => {
  const isOnnx = (file: string) => /\/ort[.-]/.test(file);

  test('holds its action.yml at the root, its bundle, and nothing of another action', () => {
    const files = filesOf(treeOf(name));
    const others = files.filter((file) => !file.startsWith('dist/core/')).sort();
    const programs = [name, ...(PROGRAMS[name] ?? [])].map((program) => `dist/${program}/index.js`);
    const post = specs.find((spec) => spec.name === name)?.post === true ? [`dist/${name}/post.js`] : [];
    expect(others).toEqual(
      ['LICENSE', 'README.md', 'action.yml', 'dist/package.json', ...programs, ...post].sort(),
    );
    expect(files.some(isOnnx)).toBe(ONNX.includes(name));
  });

  test('is within its budget', async () => {
    const files = filesOf(treeOf(name));
    const bytes = await packedBytes(
      treeOf(name),
      files.filter((file) => !isOnnx(file)),
    );
    console.log(`${name}: ${bytes} bytes packed without ONNX Runtime`);
    expect(bytes).toBeLessThanOrEqual(BUDGET);
  });

  test('its pages lead somewhere, and name its own repository', () => {
    expectLinks(treeOf(name));
    const readme = readFileSync(join(treeOf(name), 'README.md'), 'utf8');
    expect(readme).toContain(`uses: org/${name}@v1`);
    expect(readme).not.toContain(`org/ml-deploy/${name}@`);
  });
});

test('package-model, deploy-endpoint and smoke-test take a model to an endpoint, each from its own tree', async () => {
  const packed = await good('package-model', {
    'model-path': sample('releases/v1/archive'),
    'reference-path': sample('releases/v1/reference.onnx'),
  });
  const endpoint = { target: 'local', 'endpoint-name': 'alone' };
  const release = packed['release-record'] ?? '';
  expect(await good('deploy-endpoint', { ...endpoint, release })).toMatchObject({ outcome: 'deployed' });
  const cases = { cases: sample('cases/held-out.json'), 'min-accuracy': '0.95' };
  const smoke = await good('smoke-test', { ...endpoint, ...cases });
  expect(smoke).toMatchObject({ passed: 'true', compared: '429' });
  expect(readFileSync(smoke['report-html'] ?? '', 'utf8')).toContain('Chart');
  const gone = await good('deploy-endpoint', { ...endpoint, command: 'teardown', confirm: 'alone' });
  expect(gone.outcome).toBe('torn-down');
});

test('approve-gate asks, and goes on after an approval', async () => {
  const packed = await good('package-model', { 'model-path': sample('releases/v1/archive') });
  const planned = { command: 'plan', target: 'local', 'endpoint-name': 'gated', environment: 'dev' };
  const plan = await good('deploy-endpoint', { ...planned, release: packed['release-record'] ?? '' });
  const stop = new AbortController();
  const approval = beds.approveNextIssue(stop.signal);
  const gate = await good('approve-gate', {
    approvers: beds.approvers.join(','),
    token: beds.githubToken,
    'plan-path': plan['plan-path'] ?? '',
  });
  stop.abort();
  await approval;
  expect(gate.status).toBe('approved');
});

test('notify-slack posts a message', async () => {
  const slack = { token: beds.slackToken, channel: beds.slackChannel };
  expect(await good('notify-slack', { ...slack, status: 'success' })).toMatchObject({ delivered: 'true' });
});

test('push-image asks the container engine, and says what that answers', async () => {
  const folder = join(away, 'broken-engine');
  mkdirSync(folder);
  const client = '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2\nexit 1\n';
  writeFileSync(join(folder, 'docker'), client);
  chmodSync(join(folder, 'docker'), 0o755);
  writeFileSync(join(work, 'Dockerfile'), 'FROM scratch\n');
  const inputs = { repository: '127.0.0.1:9/sample', 'for-target': 'generic' };
  const path = [folder, '/usr/bin', '/bin'].join(delimiter);
  const done = await run('push-image', inputs, { env: { ...env, PATH: path } });
  expect(done.exitCode).toBe(1);
  expect(done.error).toContain('Cannot connect to the Docker daemon');
});

test('there is no tree of an action that there is not', () => {
  expect(() => layOutOne('deploy', treeOf('deploy'))).toThrow(
    'There is no action "deploy"; there are approve-gate, deploy-endpoint,',
  );
});
