/**
 * The sample project through both actions: its archive with model.joblib and inference.py by package-model, its image by
 * push-image, both run by the local target as SageMaker would, and tested by smoke-test against the ONNX reference.
 */
import { copyFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import type { ActionRun } from '../../../scripts/lib/runner-protocol.ts';
import {
  importBaseImage,
  missingForBaseImage,
  missingForDocker,
  startDockerBed,
  type Client,
  type DockerBed,
} from '../beds/docker-bed.ts';
import { hasBundle, runAction } from '../beds/run-action.ts';
import { train, whyNoPython } from '../python/python-bed.ts';

const missing =
  (await missingForDocker()) ??
  (await missingForBaseImage()) ??
  whyNoPython() ??
  (hasBundle() ? null : 'skipped: there is no built bundle (npm run build), and a local endpoint needs one');
if (missing !== null) console.log(`the sample project in its container: ${missing}`);

const ENDPOINT = 'churn-in-container';

describe.skipIf(missing !== null)(`the sample project in its container ${missing ?? ''}`, () => {
  let bed: DockerBed;
  let client: Client;
  let workspace: string;
  let imageUri: string;
  const models: Record<string, string> = {};
  const stops: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    workspace = await mkdtemp(join(tmpdir(), 'sample-container-'));
    stops.push(() => rm(workspace, { recursive: true, force: true }));
    bed = await startDockerBed();
    stops.push(() => bed.stop());
    // BuildKit makes a layer only where files change, which counts with a daemon that copies them.
    const found = bed.clients.find(({ buildKit }) => buildKit) ?? bed.clients[0];
    if (found === undefined) throw new Error('the bed has no client');
    client = found;
    train(join(workspace, 'trained'));
    for (const release of ['v1', 'v2']) models[release] = await packedModel(release);
    imageUri = await pushedImage();
  });
  afterAll(async () => {
    await act('deploy-endpoint', { command: 'teardown', confirm: ENDPOINT });
    for (const stop of stops.reverse()) await stop();
  });

  const act = (name: string, inputs: Record<string, string>, env: Record<string, string> = {}) =>
    runAction(
      name,
      { ...(name.startsWith('p') ? {} : endpoint), ...inputs },
      { workspace, env: { ...client.env, ...env } },
    );
  const endpoint = { target: 'local', 'endpoint-name': ENDPOINT };
  const good = (done: ActionRun) => {
    expect(done.exitCode, done.log).toBe(0);
    return done.outputs;
  };
  const deploy = (release: string, inputs: Record<string, string> = {}) =>
    act('deploy-endpoint', { 'model-data-url': models[release] ?? '', 'image-uri': imageUri, ...inputs });
  const smoke = (release: string, inputs: Record<string, string> = {}) =>
    act('smoke-test', {
      reference: 'onnx',
      'model-path': join(root, 'model/releases', release, 'reference.onnx'),
      cases: join(root, 'model/cases/held-out.json'),
      probes: 'off',
      requests: '20',
      ...inputs,
    });
  /** Containers that this project started, as the daemon knows them. */
  const ours = async () => {
    const args = [
      'ps',
      '--all',
      '--filter',
      `label=ml-deploy.endpoint=${ENDPOINT}`,
      '--format',
      '{{.Names}}',
    ];
    return (await bed.docker(client, args)).split('\n').filter((name) => name !== '');
  };

  async function packedModel(release: string): Promise<string> {
    const folder = join(workspace, `model-${release}`);
    await cp(join(workspace, 'trained/build', release), folder, { recursive: true });
    await cp(join(root, 'model/code'), join(folder, 'code'), { recursive: true });
    return good(await act('package-model', { 'model-path': folder }))['model-data-url'] ?? '';
  }

  async function pushedImage(): Promise<string> {
    const outputs = good(
      await act('push-image', {
        context: join(root, 'model'),
        registry: bed.registry,
        repository: 'ml-deploy-sample',
        'build-args': `BASE_IMAGE=${await importBaseImage(bed, client)}`,
        'build-network': 'host',
      }),
    );
    return outputs['image-uri'] ?? '';
  }

  it('predicts what the ONNX reference predicts', async () => {
    const plan = good(await deploy('v1', { command: 'plan' }));
    expect(await ours()).toEqual([]);
    const deployed = good(await deploy('v1', { 'environment-variables': 'GREETING=hello there' }));
    expect(deployed.outcome).toBe('deployed');
    expect(deployed['running-version']).not.toBe(plan['running-version']);
    const [container = ''] = await ours();
    const inspected = JSON.parse(await bed.docker(client, ['inspect', container])) as {
      Config: { Env: string[] };
      Mounts: { Destination: string; RW: boolean }[];
    }[];
    expect(inspected[0]?.Config.Env).toContain('GREETING=hello there');
    expect(inspected[0]?.Config.Env).toContain('SAGEMAKER_PROGRAM=inference.py');
    expect(inspected[0]?.Mounts).toMatchObject([{ Destination: '/opt/ml/model', RW: false }]);
    const tested = good(await smoke('v1'));
    expect(tested).toMatchObject({ passed: 'true', mismatches: '0' });
    expect(Number(tested.compared)).toBeGreaterThan(100);
    console.log(
      `compared ${tested.compared}, largest difference ${tested['max-abs-diff']}, p95 ${tested['p95-ms']} ms`,
    );
  });

  it('is staged, tested, promoted and rolled back, each version in a container of its own', async () => {
    const staged = good(await deploy('v2', { command: 'stage' }));
    expect(staged.outcome).toBe('staged');
    expect(await ours()).toHaveLength(2);
    const candidate = { 'candidate-name': staged['candidate-name'] ?? '' };
    expect(good(await smoke('v2', candidate))).toMatchObject({ passed: 'true' });
    const wrong = await smoke('v1', candidate);
    expect(wrong.exitCode).toBe(1);
    expect(Number(wrong.outputs.mismatches)).toBeGreaterThan(0);
    expect(good(await deploy('v2', { command: 'promote' })).outcome).toBe('promoted');
    expect(await ours()).toHaveLength(1);
    expect(good(await smoke('v2'))).toMatchObject({ passed: 'true' });
    expect(good(await act('deploy-endpoint', { command: 'rollback' })).outcome).toBe('rolled-back');
    expect(good(await smoke('v1'))).toMatchObject({ passed: 'true' });
    expect(await ours()).toHaveLength(1);
  });

  it('whose model cannot be loaded fails with the end of its log, and what served serves on', async () => {
    const folder = join(workspace, 'model-broken');
    await cp(join(workspace, 'model-v1'), folder, { recursive: true });
    await writeFile(join(folder, 'model.joblib'), 'no pickle');
    const packed = good(await act('package-model', { 'model-path': folder }));
    const failed = await deploy('v1', { 'model-data-url': packed['model-data-url'] ?? '' });
    expect(failed.exitCode).toBe(1);
    expect(failed.outputs.outcome).toBe('failed');
    expect(failed.error).toMatch(/container .* ended with exit code 1 before it was healthy/);
    expect(failed.summary).toMatch(/What the platform says[^]*Traceback[^]*joblib/);
    expect(good(await smoke('v1'))).toMatchObject({ passed: 'true' });
    expect(await ours()).toHaveLength(1);
  });

  it('that never answers /ping with 200 fails with the end of its log', async () => {
    const context = join(workspace, 'silent');
    await mkdir(context);
    await copyFile(bed.busybox, join(context, 'busybox'));
    await writeFile(
      join(context, 'Dockerfile'),
      'FROM scratch\nCOPY busybox /bin/busybox\nENTRYPOINT ["/bin/busybox", "sh", "-c", "echo waiting for godot; exec /bin/busybox sleep 600"]\n',
    );
    const push = { context, registry: bed.registry, repository: 'silent', 'build-network': 'host' };
    const silent = good(await act('push-image', push))['image-uri'] ?? '';
    const failed = await deploy('v1', { 'image-uri': silent, 'startup-timeout': '60' });
    expect(failed.exitCode).toBe(1);
    expect(failed.error).toMatch(
      /did not answer \/ping with 200 within 60 s \(\/ping failed: nothing listens there\)/,
    );
    expect(failed.error).toContain('waiting for godot');
    expect(failed.summary).toContain('waiting for godot');
    expect(good(await smoke('v1'))).toMatchObject({ passed: 'true' });
    expect(await ours()).toHaveLength(1);
  });

  it('comes back where its server was killed, with no container left over', async () => {
    const [before = ''] = await ours();
    await killServer();
    expect(await ours()).toEqual([before]);
    expect(good(await deploy('v1', { 'environment-variables': 'GREETING=hello there' })).outcome).toBe(
      'unchanged',
    );
    const after = await ours();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual([before]);
    expect(good(await smoke('v1'))).toMatchObject({ passed: 'true' });
  });

  it('is gone after a teardown, even of a server that was killed', async () => {
    await killServer();
    good(await act('deploy-endpoint', { command: 'teardown', confirm: ENDPOINT }));
    expect(await ours()).toEqual([]);
  });

  async function killServer(): Promise<void> {
    const file = join(workspace, '.ml-deploy/local', ENDPOINT, 'server.json');
    const { pid } = JSON.parse(await readFile(file, 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
  }
});
