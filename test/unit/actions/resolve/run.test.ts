import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from '../../../../src/actions/resolve/run.ts';
import { spec } from '../../../../src/actions/resolve/spec.ts';
import { specs } from '../../../../src/actions/specs.ts';
import { parseConfig } from '../../../../src/core/config/config-file.ts';
import type { RunContext } from '../../../../src/core/ports.ts';
import { newestKey } from '../../../../src/core/release/newest.ts';
import { packagedRelease } from '../../../../src/core/release/packaged-release.ts';
import { releaseDigest, type ReleaseRecord } from '../../../../src/documents/release-record.ts';
import { parseInputs, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import { openStore } from '../../../../src/stores/open-store.ts';
import { fakeContext, fakePorts } from '../../../fakes/ports.ts';

const FILE = `
defaults:
  target: sagemaker
  destination: s3://acme/releases
environments:
  dev:
    branch: develop
    endpoint-name: churn-dev
    repository: churn
    aws-role-arn: arn:aws:iam::111111111111:role/deploy
  prod:
    branch: [main, hotfix]
    endpoint-name: churn-prod
    promote-from: dev
    github-environment: Production
    approvers: [amira]
  open:
    target: local
    destination: file:///srv/store
`;

const SAMPLE = 'https://x/ml-deploy.yml';

function setUp(given: Record<string, string>, context: Partial<RunContext> = {}, file: string | null = FILE) {
  const { inputs, problems } = parseInputs(spec, (name) => {
    const text = given[name];
    return text === undefined ? null : { text, origin: '' };
  });
  expect(problems).toEqual([]);
  const ports = fakePorts<OutputsOf<typeof spec>>(context);
  const readConfig = async () => (file === null ? null : parseConfig(file, 'ml-deploy.yml', specs));
  const none = () => Promise.resolve(null);
  const github = { connect: null, event: none, finishedRun: none };
  return { ports, go: () => run(inputs, { ...ports, readConfig, openStore, sampleUrl: SAMPLE, ...github }) };
}

describe('platform', () => {
  test.each([
    ['sagemaker', 'true'],
    ['local', 'false'],
  ])('%s: whether a job signs in to AWS, without a file', async (target, aws) => {
    const { ports, go } = setUp({ command: 'platform', target }, {}, null);
    await go();
    expect(ports.outputs).toEqual({ target, aws });
  });

  test('needs a target', async () => {
    await expect(setUp({ command: 'platform' }).go()).rejects.toThrow(
      'target: is required for this command.',
    );
  });
});

describe('check', () => {
  const two = `${FILE}models:\n  churn: {}\n  fraud:\n    environments:\n      dev: { branch: fraud-work }\n`;

  test.each([
    ['the branch that the change is for', { branch: 'hotfix' }, FILE, ['', 'prod']],
    ['a branch of no environment', { branch: 'feature' }, FILE, ['', '']],
    ['what is given', { branch: 'hotfix', environment: 'dev' }, FILE, ['', 'dev']],
    ['the branches of that model', { branch: 'fraud-work', 'model-name': 'fraud' }, two, ['fraud', 'dev']],
    ['no file', { branch: 'main' }, null, ['', '']],
  ])('takes the environment by %s', async (_, given, file, [model, environment]) => {
    const { ports, go } = setUp({ command: 'check', ...given }, { eventName: 'pull_request' }, file);
    await go();
    expect(ports.outputs).toEqual({ 'model-name': model, environment });
  });

  test('refuses several models without a name, as nothing that is set for one of them would hold', async () => {
    await expect(setUp({ command: 'check', branch: 'main' }, {}, two).go()).rejects.toThrow(
      'model-name: is required, because ml-deploy.yml has several: churn, fraud.',
    );
  });
});

describe('settings', () => {
  test('each job has the role of the environment, or one of its own', async () => {
    const roles = (names: readonly string[]) =>
      Object.fromEntries(names.map((name) => [name, `arn:aws:iam::111111111111:role/${name.split('-')[1]}`]));
    const own = ['aws-package-role-arn', 'aws-image-role-arn', 'aws-plan-role-arn'];
    const all = { 'aws-role-arn': 'arn:aws:iam::111111111111:role/deploy' };
    const one = setUp({}, { ref: 'refs/heads/develop' });
    await one.go();
    expect(one.ports.outputs).toMatchObject(
      Object.fromEntries(['aws-role-arn', ...own].map((name) => [name, all['aws-role-arn']])),
    );
    const lines = Object.entries(roles(own)).map(([name, arn]) => `    ${name}: ${arn}`);
    const file = FILE.replace('    repository: churn\n', `    repository: churn\n${lines.join('\n')}\n`);
    const four = setUp({}, { ref: 'refs/heads/develop' }, file);
    await four.go();
    expect(four.ports.outputs).toMatchObject({ ...all, ...roles(own) });
  });

  test('a push to a branch of an environment is built and released there', async () => {
    const { ports, go } = setUp({}, { ref: 'refs/heads/develop' });
    await go();
    expect(ports.outputs).toMatchObject({
      mode: 'release',
      environment: 'dev',
      'model-name': '',
      environments: '["dev","prod","open"]',
      target: 'sagemaker',
      'endpoint-name': 'churn-dev',
      aws: 'true',
      'aws-role-arn': 'arn:aws:iam::111111111111:role/deploy',
      'artifact-store': 's3://acme/releases',
      build: 'true',
      image: 'true',
      'promote-from': '',
      approval: 'none',
      'github-environment': '',
    });
  });

  test('what is promoted is not built, and approvers make a gate', async () => {
    const { ports, go } = setUp({}, { ref: 'refs/heads/hotfix' });
    await go();
    expect(ports.outputs).toMatchObject({
      environment: 'prod',
      build: 'false',
      image: 'false',
      'promote-from': 'dev',
      approval: 'wait',
      'github-environment': 'Production',
    });
  });

  test('the gate’s environment of GitHub is not that of the release, so that nobody is asked twice', async () => {
    const file = `${FILE}    endpoint-name: churn\n    branch: open\n    approval: environment\n`;
    const { ports, go } = setUp({}, { ref: 'refs/heads/open' }, file);
    await go();
    expect(ports.outputs).toMatchObject({ approval: 'environment', 'github-environment': '' });
  });

  test('a given release is neither built nor looked for', async () => {
    const { ports, go } = setUp({ release: 'a'.repeat(64) }, { ref: 'refs/heads/main' });
    await go();
    expect(ports.outputs).toMatchObject({ build: 'false', 'promote-from': '' });
  });

  test('a push to any other branch is no mistake, and nothing is done', async () => {
    const { ports, go } = setUp({}, { ref: 'refs/heads/feature' });
    await go();
    expect(ports.outputs).toMatchObject({ mode: 'none', environment: '', build: 'false' });
    expect(ports.log.text).toContain(
      'feature belongs to no environment of ml-deploy.yml: develop goes to dev, main goes to prod, hotfix goes to prod',
    );
  });

  test('a push is warned about where no environment has a branch at all', async () => {
    const file = 'environments:\n  dev:\n    target: local\n    endpoint-name: churn\n';
    const { ports, go } = setUp({}, { ref: 'refs/heads/main' }, file);
    await go();
    expect(ports.outputs).toMatchObject({ mode: 'none' });
    expect(ports.log.text).toContain('No environment of ml-deploy.yml has a branch');
  });

  test.each([
    ['a pull request', {}, { eventName: 'pull_request' }, FILE, /verify\.yml/],
    [
      'no file',
      {},
      {},
      null,
      /There is no ml-deploy\.yml, which the workflow reads its settings from\. Add one to the top of the repository, such as https:\/\/x\/ml-deploy\.yml\.$/,
    ],
    ['by hand, on a branch of none', {}, { eventName: 'workflow_dispatch', ref: 'refs/heads/x' }, FILE, /environment: is required, because x belongs to no environment of ml-deploy\.yml: develop goes to dev, .*\. Choose one of dev, /], // prettier-ignore
    ['by hand, without any branch', {}, { eventName: 'workflow_dispatch', ref: 'refs/heads/x' }, 'environments: { dev: {} }', /is required, because x belongs to no environment of ml-deploy\.yml, and none has a branch\. Choose one of dev\.$/], // prettier-ignore
    ['by hand, without an environment', {}, { eventName: 'workflow_dispatch', ref: 'refs/heads/x' }, 'defaults: {}', /is required, because ml-deploy\.yml has no environments\. Add one, with its target and endpoint-name\./], // prettier-ignore
    ['another branch than the environment’s', { environment: 'prod' }, { ref: 'refs/heads/develop' }, FILE, /"prod" is released from main, hotfix only, and this run is on refs\/heads\/develop/], // prettier-ignore
    [
      'an environment without an endpoint',
      { environment: 'open' },
      {},
      FILE,
      /endpoint-name: is not set for open/,
    ],
    ['several models', {}, {}, 'models: { churn: {}, fraud: {} }', /model-name: is required, because ml-deploy\.yml has several: churn, fraud/], // prettier-ignore
  ])('%s is refused in words', async (_, given, context, file, message) => {
    await expect(setUp(given, context, file).go()).rejects.toThrow(message);
  });

  /** A promotion needs a store of any kind: the file itself is refused without one. */
  const withStore = (line: string, target = 'sagemaker') =>
    FILE.replace('  destination: s3://acme/releases\n', line)
      .replace('target: sagemaker', `target: ${target}`)
      .replace('    promote-from: dev\n', '');

  test.each([
    [
      'no destination',
      withStore(''),
      'destination: is not set for dev in ml-deploy.yml, and SageMaker reads models from S3 only. Set it to s3://bucket/prefix.',
    ],
    [
      'a folder',
      withStore('  destination: file:///srv/store\n'),
      'destination: "file:///srv/store" is not in S3, and SageMaker reads models from there only. Set it to s3://bucket/prefix.',
    ],
    [
      'an artifact store elsewhere',
      withStore('  artifact-store: gs://acme/releases\n'),
      'artifact-store: "gs://acme/releases" is not in S3, and SageMaker reads models from there only.',
    ],
    [
      'no destination, at Azure',
      withStore('', 'azure-ml'),
      'destination: is not set for dev in ml-deploy.yml, and Azure ML reads models from Azure Blob only. Set it to https://account.blob.core.windows.net/container/prefix.',
    ],
  ])('the platform could not read the model: %s', async (_, file, message) => {
    await expect(setUp({ environment: 'dev', 'any-branch': 'true' }, {}, file).go()).rejects.toThrow(message);
  });

  test('what is released again needs no destination, nor does a platform that reads any', async () => {
    const file = withStore('');
    for (const [given, text] of [
      [{ environment: 'dev', release: 'b'.repeat(64) }, file],
      [{ environment: 'dev' }, file.replace('target: sagemaker', 'target: local')],
    ] as const) {
      const { ports, go } = setUp({ 'any-branch': 'true', ...given }, {}, text);
      await go();
      expect(ports.outputs.mode).toBe('release');
    }
  });

  test('an approved plan may be carried out from the default branch', async () => {
    const given = { environment: 'dev', 'any-branch': 'true', release: 'b'.repeat(64) };
    const { ports, go } = setUp(given, { ref: 'refs/heads/main', eventName: 'issue_comment' });
    await go();
    expect(ports.outputs.environment).toBe('dev');
  });
});

describe('newest and keep', () => {
  let folder = '';
  let url = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ml-deploy-resolve-'));
    url = pathToFileURL(folder).href;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const digest = '0'.repeat(64);
  const packaged = packagedRelease(
    {
      digest,
      url: 'file:///m',
      sha256: digest,
      bytes: 1,
      framework: 'onnx',
      frameworkVersion: null,
      signature: null,
    },
    null,
    fakeContext,
    new Date(0),
  );
  const smoke = { passed: true, reportDigest: digest, subject: 'live', compared: 1, mismatches: 0 };
  const tested: ReleaseRecord = {
    ...packaged,
    deployment: {
      environment: 'dev',
      target: 'local',
      endpoint: 'churn-dev',
      version: digest,
      planDigest: digest,
      outcome: 'promoted',
    },
    smoke: { ...smoke, maxAbsDiff: 0, accuracy: null, p95Ms: null },
  };
  const keep = async (record: ReleaseRecord, environment = 'dev', more: Record<string, string> = {}) => {
    await (await openStore(url)).record(record);
    const given = {
      ...more,
      command: 'keep',
      environment,
      'artifact-store': url,
      'release-digest': releaseDigest(record),
    };
    return setUp(given).go();
  };
  const newest = (from = 'dev', more: Record<string, string> = {}) =>
    setUp({ ...more, command: 'newest', 'promote-from': from, 'artifact-store': url });
  const signed = { 'digest-key': 'a-secret-of-the-jobs' };

  test('what was kept last is found', async () => {
    await keep({ ...tested, createdAt: new Date(1000).toISOString() });
    await keep(tested);
    const { ports, go } = newest();
    await go();
    expect(ports.outputs['release-digest']).toBe(releaseDigest(tested));
    expect(ports.outputs['release-record']).toBe(`${url}/releases/${releaseDigest(tested)}.json`);
  });

  test('the note says what it is about', async () => {
    await keep(tested);
    const key = newestKey({ repository: 'acme/churn', environment: 'dev', model: null });
    expect(key).toBe('environments/acme/churn/dev/model.json');
    expect(JSON.parse(readFileSync(join(folder, key), 'utf8'))).toMatchObject({
      environment: 'dev',
      release: releaseDigest(tested),
    });
  });

  test('only what was verified in that very environment is kept', async () => {
    await expect(keep(tested, 'staging')).rejects.toThrow(/was deployed to dev, not to staging/);
    await expect(keep({ ...tested, smoke: null })).rejects.toThrow(/has no passed smoke test in dev/);
    await expect(keep(packaged)).rejects.toThrow(/was deployed to no environment/);
  });

  test('an environment without a release says what to do', async () => {
    await expect(newest().go()).rejects.toThrow(
      /dev has no verified release to promote.*Release to dev first/,
    );
  });

  test('a note that somebody has changed is refused', async () => {
    await keep(tested);
    const store = await openStore(url);
    const key = newestKey({ repository: 'acme/churn', environment: 'dev', model: null });
    await store.put(key, '{"release":"../../secret"}', { replace: true });
    await expect(newest().go()).rejects.toThrow(/is not the name of a release: its schema is missing/);
    const elsewhere = { schema: 'ml-deploy/newest/v1', release: '../../secret' };
    await store.put(key, JSON.stringify(elsewhere), { replace: true });
    await expect(newest().go()).rejects.toThrow(/damaged or was edited: .*release must/);
    await store.put(key, '{', { replace: true });
    await expect(newest().go()).rejects.toThrow(/is not valid JSON/);
  });

  describe('with a secret that the jobs share', () => {
    const older = { ...tested, createdAt: new Date(1000).toISOString() };
    const put = async (change: (document: Record<string, unknown>) => object, to = 'dev') => {
      const from = join(folder, newestKey({ repository: 'acme/churn', environment: 'dev', model: null }));
      const document = JSON.parse(readFileSync(from, 'utf8')) as Record<string, unknown>;
      const key = newestKey({ repository: 'acme/churn', environment: to, model: null });
      await (await openStore(url)).put(key, JSON.stringify(change(document)), { replace: true });
    };

    test('what one job signed, the next one promotes', async () => {
      await keep(tested, 'dev', signed);
      const { ports, go } = newest('dev', signed);
      await go();
      expect(ports.outputs['release-digest']).toBe(releaseDigest(tested));
      expect(JSON.stringify(ports.log.lines)).not.toContain('This is not signed');
    });

    test.each([
      ['another verified release', (document: object) => ({ ...document, release: releaseDigest(older) })],
      ['another time', (document: object) => ({ ...document, at: '2030-01-01T00:00:00.000Z' })],
      ['no signature', (document: object) => ({ ...document, signature: undefined })],
      ['a signature that is shorter', (document: object) => ({ ...document, signature: 'hmac-sha256:00' })],
    ])('%s in its place is refused', async (_, change) => {
      await keep(older, 'dev', signed);
      await keep(tested, 'dev', signed);
      await put(change);
      await expect(newest('dev', signed).go()).rejects.toThrow(/is not signed.*Nothing is promoted/);
    });

    test('a note of another environment is refused, and so is one that another secret signed', async () => {
      await keep(tested, 'dev', signed);
      await put((document) => document, 'staging');
      await expect(newest('staging', signed).go()).rejects.toThrow(/is not signed with the digest-key/);
      const other = { 'digest-key': 'a-secret-of-others' };
      await expect(newest('dev', other).go()).rejects.toThrow(/the same ML_DEPLOY_DIGEST_KEY/);
    });

    test('without one, it is said that nothing signs it', async () => {
      await keep(tested);
      const { ports, go } = newest();
      await go();
      expect(JSON.stringify(ports.log.lines)).toContain('This is not signed');
    });
  });

  test('what is missing is named', async () => {
    await expect(setUp({ command: 'newest' }).go()).rejects.toThrow(
      /promote-from: is required.*\n.*artifact-store: is/,
    );
  });
});
