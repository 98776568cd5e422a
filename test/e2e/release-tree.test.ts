/**
 * What users download, run as they run it: the release tree in a folder of its own, with no node_modules above it, each
 * action started by the runner protocol. Here every declared output is seen set.
 */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { layOut, REUSABLE_WORKFLOWS } from '../../scripts/release-tree.ts';
import { actionFolder, root } from '../../scripts/lib/paths.ts';
import { runAction, type RunOptions } from '../../scripts/lib/runner-protocol.ts';
import { specs, workflowSpecs } from '../../src/actions/specs.ts';
import { startBeds, type Beds } from '../../scripts/pipeline/beds.ts';
import { expectLinks, filesOf, packedBytes } from './tree-files.ts';

const away = mkdtempSync(join(tmpdir(), 'ml-deploy-tree-'));
const tree = join(away, 'release');
const work = join(away, 'work');
const sample = (path: string) => join(root, 'model', path);
let beds: Beds;
let env: Record<string, string> = {};

beforeAll(async () => {
  layOut(tree);
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
  await deploy({ command: 'teardown', confirm: 'away' });
  await beds.close();
  rmSync(away, { recursive: true, force: true });
});

const step = (name: string, inputs: Record<string, string>, more: Partial<RunOptions> = {}) =>
  runAction(name, { inputs, env, cwd: work, dist: join(tree, 'dist'), ...more });
const deploy = (inputs: Record<string, string>) =>
  step('deploy-endpoint', { target: 'local', 'endpoint-name': 'away', ...inputs });

/** Empty before a version that was tested serves. */
const NOT_BEFORE = ['accuracy-before', 'mae-before'];

/** Outputs that stay empty here, and why. */
const EMPTY: Readonly<Record<string, readonly string[]>> = {
  'package-model': ['model-package-arn'], // the SageMaker Model Registry
  'deploy-endpoint': ['cost', 'endpoint-arn', 'terraform-tfvars'], // a local endpoint has none of them
  'approve-gate': ['deployment-id', 'image-digest', 'image-uri'], // mode request; no image in this release
};

/** Every declared output is there, and each has a value unless it cannot have one here. */
function expectEveryOutput(
  name: string,
  outputs: Readonly<Record<string, string>>,
  alsoEmpty: string[] = [],
): void {
  const declared = Object.keys(specs.find((spec) => spec.name === name)?.outputs ?? {});
  expect(Object.keys(outputs).sort(), name).toEqual(declared.sort());
  const empty = Object.keys(outputs).filter((output) => outputs[output] === '');
  expect(empty.sort(), name).toEqual([...(EMPTY[name] ?? []), ...alsoEmpty].sort());
}

describe('the tree', () => {
  test('each action stands at its root, and its main is there', () => {
    const folders = [
      ...specs.map(({ name }) => name),
      ...workflowSpecs.map(({ name }) => actionFolder(name, true)),
    ];
    for (const folder of folders) {
      const { runs } = parse(readFileSync(join(tree, folder, 'action.yml'), 'utf8')) as {
        runs: Record<string, string>;
      };
      for (const file of [runs.main, runs.post]) {
        if (file !== undefined) expect(existsSync(join(tree, folder, file)), file).toBe(true);
      }
    }
  });

  test('holds nothing but what users need', () => {
    const files = readdirSync(tree).sort();
    const names = specs.map((spec) => spec.name);
    const others = [
      '.github',
      'LICENSE',
      'README.md',
      'dist',
      'docs',
      'examples',
      'ml-deploy.schema.json',
      'terraform',
    ];
    expect(readdirSync(join(tree, '.github/actions')).sort()).toEqual(['login', 'resolve']);
    expect(files).toEqual([...others, ...names].sort());
    const all = readdirSync(tree, { recursive: true, encoding: 'utf8' });
    expect(all.filter((path) => /(^|\/)(src|test|node_modules)(\/|$)|\.ts$/.test(path))).toEqual([]);
  });

  test('holds the reusable workflows and the schema byte for byte', () => {
    for (const path of [...REUSABLE_WORKFLOWS, 'ml-deploy.schema.json']) {
      expect(readFileSync(join(tree, path)).equals(readFileSync(join(root, path))), path).toBe(true);
    }
  });

  test('is small enough to be downloaded by each job of each user', async () => {
    const files = filesOf(tree);
    expect(await packedBytes(tree, files)).toBeLessThanOrEqual(6_000_000);
    expect(
      await packedBytes(
        tree,
        files.filter((path) => /\.m?js$/.test(path)),
      ),
    ).toBeLessThanOrEqual(1_800_000);
  });
});

test('a release goes through all actions, on the WASM runtime, and each sets every output that it declares', async () => {
  const packaged = await step('package-model', {
    'model-path': sample('releases/v1/archive'),
    'reference-path': sample('releases/v1/reference.onnx'),
  });
  expect(packaged.exitCode, packaged.log).toBe(0);
  expectEveryOutput('package-model', packaged.outputs);
  const release = packaged.outputs['release-record'] ?? '';

  const plan = await deploy({ command: 'plan', environment: 'dev', release });
  expect(plan.exitCode, plan.log).toBe(0);
  expect(plan.outputs.outcome).toBe('planned');

  const stop = new AbortController();
  const approval = beds.approveNextIssue(stop.signal);
  const gate = await step('approve-gate', {
    approvers: beds.approvers.join(','),
    token: beds.githubToken,
    'plan-path': plan.outputs['plan-path'] ?? '',
  });
  stop.abort();
  await approval;
  expect(gate.exitCode, gate.log).toBe(0);
  expectEveryOutput('approve-gate', gate.outputs);

  const approved = { release, 'approved-plan': gate.outputs['approved-plan'] ?? '' };
  const deployed = await deploy({ command: 'deploy', environment: 'dev', ...approved });
  expect(deployed.exitCode, deployed.log).toBe(0);
  expectEveryOutput('deploy-endpoint', deployed.outputs, [
    ...NOT_BEFORE,
    'candidate-name',
    'news',
    'previous-version',
  ]);

  const smoke = await step('smoke-test', {
    target: 'local',
    'endpoint-name': 'away',
    cases: sample('cases/held-out.json'),
    'min-accuracy': '0.95',
  });
  expect(smoke.exitCode, smoke.log).toBe(0);
  expectEveryOutput('smoke-test', smoke.outputs);
  const report = JSON.parse(readFileSync(smoke.outputs['report-json'] ?? '', 'utf8')) as {
    reference: { runtime: string };
  };
  expect(report.reference.runtime).toBe('wasm');

  const next = await step('package-model', { 'model-path': sample('releases/v2/archive') });
  const second = { release: next.outputs['release-record'] ?? '' };
  const staged = await deploy({ command: 'stage', ...second });
  expectEveryOutput('deploy-endpoint', staged.outputs, ['mae-before', 'previous-version']);
  const promoted = await deploy({ command: 'promote', ...second });
  expectEveryOutput('deploy-endpoint', promoted.outputs, [...NOT_BEFORE, 'candidate-name', 'news']);

  const slack = { token: beds.slackToken, channel: beds.slackChannel };
  const notified = await step('notify-slack', { ...slack, status: 'success' });
  expect(notified.exitCode, notified.log).toBe(0);
  expectEveryOutput('notify-slack', notified.outputs);
});

test('the pages of the tree link to what is there', () => expectLinks(tree));

test('push-image says what is missing where no container engine answers', async () => {
  const empty = join(away, 'no-engine');
  mkdirSync(empty);
  writeFileSync(join(work, 'Dockerfile'), 'FROM scratch\n');
  const inputs = { repository: '127.0.0.1:9/sample', 'for-target': 'generic' };
  const run = await step('push-image', inputs, { env: { ...env, PATH: empty } });
  expect(run.exitCode).toBe(1);
  expect(run.error).toMatch(/docker|podman/);
});

test('push-image is stopped before it builds by a client without a daemon', async () => {
  const folder = join(away, 'broken-engine');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'docker'),
    '#!/bin/sh\necho "Cannot connect to the Docker daemon" >&2\nexit 1\n',
  );
  chmodSync(join(folder, 'docker'), 0o755);
  const inputs = { repository: '127.0.0.1:9/sample', 'for-target': 'generic' };
  const path = [folder, '/usr/bin', '/bin'].join(delimiter);
  const run = await step('push-image', inputs, { env: { ...env, PATH: path } });
  expect(run.exitCode).toBe(1);
  expect(run.error).toContain('Cannot connect to the Docker daemon');
});
