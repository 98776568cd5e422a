import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PushImagePorts } from '../../../../src/actions/push-image/ports.ts';
import { run } from '../../../../src/actions/push-image/run.ts';
import { spec } from '../../../../src/actions/push-image/spec.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { OutcomeError, UserError } from '../../../../src/core/errors.ts';
import type { BuildRequest } from '../../../../src/core/image/container-engine.ts';
import { mediaTypes } from '../../../../src/core/image/manifest.ts';
import type { FetchedManifest, Registry } from '../../../../src/core/image/registry.ts';
import type { ScanState } from '../../../../src/core/image/scan.ts';
import { parseInputs, type OutputsOf } from '../../../../src/core/spec/action-spec.ts';
import { fakePorts } from '../../../fakes/ports.ts';
import { ACCOUNT, fakeEngine, MemoryEcr } from './fakes.ts';

const HOST = `${ACCOUNT}.dkr.ecr.eu-central-1.amazonaws.com`;

let workspace: string;
let ecr: MemoryEcr;
let manifests: Map<string, FetchedManifest>;
let events: string[];
let built: BuildRequest[];

beforeEach(async () => {
  workspace = await mkdtemp(join(tmpdir(), 'push-image-ecr-'));
  await writeFile(join(workspace, 'Dockerfile'), 'FROM scratch\n');
  ecr = new MemoryEcr();
  ecr.repositories.set('acme/churn', { immutableTags: true });
  manifests = new Map();
  events = [];
  built = [];
});
afterEach(() => rm(workspace, { recursive: true, force: true }));

function put(tag: string, seed = 'amd64'): FetchedManifest {
  const bytes = Buffer.from(JSON.stringify({ config: { digest: seed, size: 10 } }));
  const manifest = { mediaType: mediaTypes.dockerManifest, digest: `sha256:${sha256(bytes)}`, bytes };
  manifests.set(tag, manifest);
  return manifest;
}

const registry: Registry = {
  manifest: (_, reference) => Promise.resolve(manifests.get(reference) ?? null),
  blob: () => Promise.resolve(Buffer.from('{"os":"linux","architecture":"amd64"}')),
  tag: (_, tag, manifest) => Promise.resolve(void manifests.set(tag, manifest)),
};

function start(given: Readonly<Record<string, string>> = {}, change: Partial<PushImagePorts> = {}) {
  const all: Record<string, string> = { repository: 'acme/churn', ...given };
  const { inputs, problems } = parseInputs(spec, (name) =>
    all[name] === undefined ? null : { text: all[name], origin: '' },
  );
  expect(problems).toEqual([]);
  const ports = fakePorts<OutputsOf<typeof spec>>({ workspace });
  const engine = fakeEngine({
    login: (host, { username, password }) =>
      Promise.resolve(void events.push(`login ${host} ${username} ${password}`)),
    logout: (host) => Promise.resolve(void events.push(`logout ${host}`)),
    build: (request) => {
      events.push('build');
      built.push(request);
      return Promise.resolve();
    },
    push: (reference) => {
      events.push('push');
      put(reference.slice(reference.lastIndexOf(':') + 1));
      return Promise.resolve();
    },
  });
  const done = run(inputs, {
    ...ports,
    findEngine: () => Promise.resolve(engine),
    registry,
    ecr,
    cloudLogin: () => Promise.resolve(null),
    awsRegion: 'eu-central-1',
    hasActionsCache: true,
    freeBytes: () => Promise.resolve(null),
    openUrl: (url) => Promise.reject(new Error(`nobody asks for ${url}`)),
    pollMs: 1000,
    ...change,
  });
  return { ports, done };
}

async function failure(given: Readonly<Record<string, string>>, change: Partial<PushImagePorts> = {}) {
  const { ports, done } = start(given, change);
  const error: unknown = await done.catch((thrown: unknown) => thrown);
  if (!(error instanceof Error)) throw new Error('it did not fail');
  return { ports, error };
}

describe('the registry', () => {
  it('is that of the account where nothing names another, logged in to and out of', async () => {
    const { ports, done } = start();
    await done;
    expect(ports.outputs.repository).toBe(`${HOST}/acme/churn`);
    expect(ecr.calls[0]).toBe('identity eu-central-1');
    expect(events).toEqual([`login ${HOST} AWS token`, 'build', 'push', `logout ${HOST}`]);
  });

  it('of another cloud is logged in to and out of by the identity of the job', async () => {
    const asked: string[] = [];
    const cloudLogin: PushImagePorts['cloudLogin'] = ({ registry: host, repository }) => {
      asked.push(`${host} ${repository}`);
      return Promise.resolve({ username: 'oauth2accesstoken', password: 'ya29.token' });
    };
    const host = 'europe-west4-docker.pkg.dev';
    const { ports, done } = start({ registry: host, repository: 'acme/models/churn' }, { cloudLogin });
    await done;
    expect(asked).toEqual([`${host} acme/models/churn`]);
    expect(ports.outputs.repository).toBe(`${host}/acme/models/churn`);
    expect(events).toEqual([`login ${host} oauth2accesstoken ya29.token`, 'build', 'push', `logout ${host}`]);
  });

  it('takes the region of the input before that of the environment', async () => {
    const { ports, done } = start({ 'aws-region': 'cn-north-1' });
    await done;
    expect(ports.outputs.repository).toBe(`${ACCOUNT}.dkr.ecr.cn-north-1.amazonaws.com.cn/acme/churn`);
  });

  it('may be another account’s, by its whole name', async () => {
    const other = `999999999999.dkr.ecr.us-east-1.amazonaws.com`;
    const { ports, done } = start({ repository: `${other}/acme/churn` });
    await done;
    expect(ports.outputs.repository).toBe(`${other}/acme/churn`);
    expect(ecr.calls).toContain(`describe ${other}/acme/churn`);
    expect(ecr.calls.join()).not.toContain('identity');
  });

  it('needs a region', async () => {
    const { error } = await failure({ repository: 'acme/churn__x' }, { awsRegion: null });
    expect(error.message).toMatch(/aws-region: is required: without a registry.*AWS_REGION/);
    expect(error.message).toMatch(/"acme\/churn__x" is not a valid name for an ECR repository/);
    expect(ecr.calls).toEqual([]);
  });
});

describe('the repository', () => {
  it('that is missing is said before the build', async () => {
    const { error } = await failure({ repository: 'acme/new' });
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(
      /no ECR repository "acme\/new" in the account 123456789012, region eu-central-1.*create-repository: true/,
    );
    expect(events).toEqual([]);
  });

  it('is created on request, with our tags and the user’s, once everything else is known to be right', async () => {
    const { ports, done } = start({
      repository: 'acme/new',
      'create-repository': 'true',
      tags: 'team=churn',
    });
    await done;
    expect(ecr.calls.filter((call) => call.startsWith('create'))).toEqual([`create ${HOST}/acme/new`]);
    expect([...(ecr.tags.get('acme/new') ?? [])]).toEqual([
      ['ml-deploy:created-by', 'push-image'],
      ['ml-deploy:repository', 'acme/churn'],
      ['team', 'churn'],
    ]);
    expect(ports.summaries.join()).toContain('created now');
    await start({ repository: 'acme/new', 'create-repository': 'true' }).done;
    expect(ecr.calls.filter((call) => call.startsWith('create'))).toHaveLength(1);
  });

  it('is not created where the build would be refused', async () => {
    const refusing = fakeEngine({
      check: () => {
        throw new UserError('no buildx');
      },
    });
    const { error } = await failure(
      { repository: 'acme/new', 'create-repository': 'true' },
      { findEngine: () => Promise.resolve(refusing) },
    );
    expect(error.message).toBe('no buildx');
    expect(ecr.calls.join()).not.toContain('create');
  });
});

describe('immutable tags', () => {
  it('never fail a re-run of the same content', async () => {
    await start({ 'image-tags': 'v1' }).done;
    const { ports, done } = start({ 'image-tags': 'v1' });
    await done;
    expect(ports.outputs.reused).toBe('true');
  });

  it('that stand elsewhere are said before the build', async () => {
    put('latest', 'other');
    const { error } = await failure({ 'image-tags': 'latest' });
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/image-tags: "latest" is the image sha256:.* already.*immutable/);
    expect(events).toEqual([]);
  });

  it('that are mutable move', async () => {
    ecr.repositories.set('acme/churn', { immutableTags: false });
    put('latest', 'other');
    const { ports, done } = start({ 'image-tags': 'latest' });
    await done;
    expect(manifests.get('latest')?.digest).toBe(ports.outputs['image-digest']);
  });

  it('leave no room for a cache in the repository', async () => {
    const { error } = await failure({ cache: 'registry' });
    expect(error.message).toMatch(/cache: "registry" needs a tag that can be moved.*cache: gha/);
  });
});

describe('the cache', () => {
  it('lies beside the images, one for each platform', async () => {
    ecr.repositories.set('acme/churn', { immutableTags: false });
    await start({ cache: 'registry', platform: 'linux/amd64' }).done;
    expect(built[0]?.cache).toEqual({
      kind: 'registry',
      reference: `${HOST}/acme/churn:buildcache-linux-amd64`,
    });
  });

  it('of GitHub Actions is used where there is one', async () => {
    await start({ cache: 'gha' }).done;
    expect(built[0]?.cache).toEqual({ kind: 'gha', scope: 'ml-deploy-acme-churn-linux-amd64' });
    const { error } = await failure({ cache: 'gha' }, { hasActionsCache: false });
    expect(error.message).toMatch(/cache: "gha" needs the cache of GitHub Actions, which cannot be reached/);
  });
});

describe('the scan', () => {
  it('B6 of an image that ECR does not scan is a warning with scan: report, and is in the way with scan: block', async () => {
    ecr.scans = [null];
    ecr.scanRefusal = { status: 'impossible', detail: 'not supported', counts: {}, findings: [] };
    const { ports, done } = start({ scan: 'report' });
    await done;
    expect(ports.log.text).toMatch(/cannot be scanned \(not supported\)/);
    expect((await failure({ scan: 'block' })).error).toBeInstanceOf(OutcomeError);
  });

  const state = (change: Partial<ScanState>): ScanState => ({
    status: 'done',
    detail: 'COMPLETE',
    counts: {},
    findings: [],
    ...change,
  });
  const running = state({ status: 'running', detail: 'IN_PROGRESS' });
  const bad = state({
    counts: { LOW: 3, HIGH: 2, CRITICAL: 1 },
    findings: [
      { name: 'CVE-2024-1|x', severity: 'CRITICAL', package: 'openssl 3', url: 'https://x.example/1' },
    ],
  });

  it('is waited for and reported, worst first', async () => {
    ecr.scans = [null, running, running, bad];
    const { ports, done } = start({ scan: 'report' });
    await done;
    expect(ports.outputs['scan-findings']).toBe('{"CRITICAL":1,"HIGH":2,"LOW":3}');
    expect(ecr.calls.filter((call) => call === 'start scan')).toHaveLength(1);
    expect(ports.clock.sleeps).toHaveLength(3);
    expect(ports.summaries.join()).toMatch(/CRITICAL \| HIGH \| LOW[^]*\[CVE\\-2024\\-1\\\|x\]/);
    expect(ports.log.text).toContain('1 CRITICAL, 2 HIGH, 3 LOW');
  });

  it('blocks from the level on, before any further tag is set', async () => {
    ecr.scans = [bad];
    const { error, ports } = await failure({ scan: 'block', 'scan-severity': 'HIGH', 'image-tags': 'v1' });
    expect(error).toBeInstanceOf(OutcomeError);
    expect(error.message).toMatch(/found 3 vulnerabilities of the severity HIGH or worse/);
    expect(manifests.has('v1')).toBe(false);
    expect(ports.outputs['image-uri']).toBeUndefined();
    expect(ports.outputs['scan-findings']).toBe('{"CRITICAL":1,"HIGH":2,"LOW":3}');
    expect(ports.summaries.join()).toContain('CRITICAL');
  });

  it('blocks a reused image too', async () => {
    await start().done;
    ecr.scans = [bad];
    expect((await failure({ scan: 'block' })).error).toBeInstanceOf(OutcomeError);
  });

  it('lets milder findings through', async () => {
    ecr.scans = [state({ counts: { HIGH: 9 } })];
    await start({ scan: 'block' }).done;
  });

  it.each([
    ['cannot be had', state({ status: 'impossible', detail: 'UNSUPPORTED_IMAGE' }), /cannot be scanned/],
    ['does not end', running, /no scan result after 15 minutes \(IN_PROGRESS\)/],
  ])('that %s blocks, or is a warning', async (_, found, message) => {
    ecr.scans = [found];
    const { error } = await failure({ scan: 'block' });
    expect(error).toBeInstanceOf(OutcomeError);
    expect(error.message).toMatch(message);
    const { ports, done } = start({ scan: 'report' });
    await done;
    expect(ports.outputs['scan-findings']).toBe('');
    expect(ports.log.lines).toContainEqual({ level: 'warning', message: expect.stringMatching(message) });
  });
});
