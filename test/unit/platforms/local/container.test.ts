/** The local target with containers: the same commands, and nothing of them left behind. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import { environmentDigests } from '../../../../src/core/plan/environment-digests.ts';
import type { Plan } from '../../../../src/documents/plan.ts';
import { layoutOf } from '../../../../src/platforms/local/layout.ts';
import { FakeRunner } from '../../../fakes/container-runner.ts';
import { makeLocalBed, requestFor, type LocalBed } from '../../../platforms/local-bed.ts';
import { describeTarget, ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

const IMAGES = {
  good: `registry.example/serve@sha256:${'1'.repeat(64)}`,
  unhealthy: `registry.example/serve@sha256:${'2'.repeat(64)}`,
  ends: `registry.example/serve@sha256:${'3'.repeat(64)}`,
};
type Image = keyof typeof IMAGES;

function newRunner(): FakeRunner {
  const runner = new FakeRunner();
  runner.images.set(IMAGES.good, 'serves');
  runner.images.set(IMAGES.unhealthy, 'unhealthy');
  runner.images.set(IMAGES.ends, 'ends');
  return runner;
}

const LABELS: Readonly<Record<ModelName, string>> = { one: '1', two: '2', three: '3', broken: '0' };

function requestWith(
  bed: LocalBed,
  model: ModelName,
  image: Image,
  environment: Readonly<Record<string, string>>,
) {
  const imageUri = IMAGES[image];
  const digests = environmentDigests(Object.entries(environment), null);
  const request = requestFor(bed.archives[model], ENDPOINT, {
    image: imageUri.slice(imageUri.indexOf('@') + 1),
    environment: digests,
  });
  return { ...request, sources: { ...request.sources, imageUri } };
}

// The suite that every target has to keep, with each model in a container: which one it is, the container is told.
describeTarget('local', async () => {
  const runner = newRunner();
  const bed = await makeLocalBed({}, undefined, runner);
  const environments = new Map<string, ReadonlyMap<string, string>>();
  const forPlan = (plan: Plan) =>
    bed.targetWith({
      containers: {
        findRunner: () => Promise.resolve(runner),
        environment: environments.get(JSON.stringify(plan.desired.environment)) ?? new Map(),
        environmentKey: null,
        startupMs: 2000,
      },
    });
  return {
    ...bed,
    target: {
      ...bed.target,
      deploy: (plan) => forPlan(plan).deploy(plan),
      stage: (plan) => forPlan(plan).stage(plan),
      promote: (plan) => forPlan(plan).promote(plan),
    },
    request: (model, endpoint = ENDPOINT) => {
      const environment = { LABEL: LABELS[model] };
      const request = requestWith(bed, model, model === 'broken' ? 'ends' : 'good', environment);
      environments.set(JSON.stringify(request.desired.environment), new Map(Object.entries(environment)));
      return { ...request, endpoint };
    },
    dispose: async () => {
      await bed.dispose();
      expect([...runner.containers.keys()]).toEqual([]);
    },
  };
});

describe('a container', () => {
  let runner: FakeRunner;
  let bed: LocalBed;
  const environment = { LABEL: '7', SECRET_OF_MODEL: 'hunter22' };
  beforeEach(async () => {
    runner = newRunner();
    bed = await makeLocalBed(
      {
        containers: {
          findRunner: () => Promise.resolve(runner),
          environment: new Map(Object.entries(environment)),
          environmentKey: null,
          startupMs: 1500,
        },
      },
      undefined,
      runner,
    );
  });
  afterEach(() => bed.dispose());

  const plan = (image: Image = 'good', model: ModelName = 'one') =>
    bed.target.plan(requestWith(bed, model, image, environment));
  const deploy = async (image: Image = 'good', model: ModelName = 'one') =>
    bed.target.deploy(await plan(image, model));
  const only = () => {
    const [container, ...others] = [...runner.containers.values()];
    expect(others).toEqual([]);
    if (container === undefined) throw new Error('no container runs');
    return container;
  };
  const failure = async (promise: Promise<unknown>) => {
    const error: unknown = await promise.catch((thrown: unknown) => thrown);
    if (error instanceof Error) return error;
    throw new Error('it did not fail');
  };

  /** As a SIGKILL does: its containers stay. */
  const killServer = async () => {
    runner.frozen = true;
    await bed.stopServers();
    runner.frozen = false;
  };

  it('is started as SageMaker starts it', async () => {
    const made = await plan();
    expect(made.version).not.toBe(made.desired.model);
    expect(made.changes.map(({ field }) => field)).toEqual(['model', 'image']);
    expect(JSON.stringify(made)).not.toContain('hunter22');
    const { outcome } = await bed.target.deploy(made);
    expect(outcome).toBe('deployed');
    const { spec } = only();
    expect(spec).toMatchObject({
      image: IMAGES.good,
      args: ['serve'],
      mount: { target: '/opt/ml/model' },
      port: 8080,
      portVariable: 'SAGEMAKER_BIND_TO_PORT',
    });
    expect(Object.fromEntries(spec.environment)).toMatchObject({
      SM_MODEL_DIR: '/opt/ml/model',
      ...environment,
    });
    expect(spec.labels.get('ml-deploy.endpoint')).toBe(ENDPOINT);
    expect(await readFile(join(spec.mount.source, 'model.onnx'))).not.toHaveLength(0);
  });

  it('gets the request and gives the answer as they are', async () => {
    await deploy();
    const { live } = await bed.target.describe(ENDPOINT);
    const response = await fetch((await bed.target.describe(ENDPOINT)).url ?? '', {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'application/x-npy', accept: 'text/csv' },
    });
    expect(response.headers.get('x-ml-deploy-version')).toBe(live?.version);
    expect(await response.json()).toEqual({
      predictions: [7],
      accept: 'text/csv',
      type: 'application/x-npy',
    });
  });

  it.each([
    ['unhealthy', /did not answer \/ping with 200 within 2 s \(\/ping answered 500\)/],
    ['ends', /ended with exit code 3 before it was healthy/],
  ] as const)('that is %s fails with the end of its log, and leaves what serves', async (image, message) => {
    await deploy();
    const before = only();
    const failed = await deploy(image);
    expect(failed.outcome).toBe('failed');
    expect(failed.message).toMatch(message);
    expect(failed.message).toContain('could not load the model');
    expect(failed.description.detail).toContain('starting\ncould not load the model');
    expect(only()).toBe(before);
    expect((await bed.target.describe(ENDPOINT)).status).toBe('serving');
  });

  it('of another image or environment is another version', async () => {
    await deploy();
    const changed = await bed.target.plan(requestWith(bed, 'one', 'good', { ...environment, LABEL: '8' }));
    expect(changed.action).toBe('update');
    expect(changed.changes).toEqual([
      { field: 'environment', from: 'other values', to: 'LABEL, SECRET_OF_MODEL' },
    ]);
    expect((await plan()).action).toBe('unchanged');
  });

  it('is not started with variables other than planned', async () => {
    const made = await bed.target.plan(requestWith(bed, 'one', 'good', { LABEL: 'another' }));
    const error = await failure(bed.target.deploy(made));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(/environment is not the planned one/);
    expect(runner.specs).toEqual([]);
  });

  it('that crashes later is told, and a deployment starts it again', async () => {
    await deploy();
    await runner.crash(only().spec.name);
    const description = await bed.target.describe(ENDPOINT);
    expect(description.status).toBe('not-serving');
    expect(description.detail).toMatch(/its container ended with exit code 3; .*could not load the model/s);
    expect((await deploy()).outcome).toBe('deployed');
    expect((await bed.target.describe(ENDPOINT)).status).toBe('serving');
    only();
  });

  it('prints into the endpoint’s log', async () => {
    await deploy();
    expect(await bed.target.logs(ENDPOINT, 5)).toContain('could not load the model');
  });

  it('is removed with its candidate, its version and its endpoint', async () => {
    await deploy('good', 'one');
    const next = await plan('good', 'two');
    await bed.target.stage(next);
    expect(runner.containers.size).toBe(2);
    await bed.target.discard(next);
    only();
    const again = await plan('good', 'two');
    await bed.target.stage(again);
    await bed.target.promote(again);
    expect(only().spec.labels.get('ml-deploy.version')).toBe(again.version);
    await bed.target.rollback(ENDPOINT, null);
    expect(only().spec.labels.get('ml-deploy.version')).not.toBe(again.version);
    await bed.target.teardown(ENDPOINT);
    expect(runner.containers.size).toBe(0);
  });

  it('of a server that was killed is removed by the next one, and by a teardown', async () => {
    await deploy();
    const first = only();
    await killServer();
    expect(runner.containers.size).toBe(1);
    expect((await deploy()).outcome).toBe('unchanged');
    expect(only()).not.toBe(first);
    await killServer();
    await bed.target.teardown(ENDPOINT);
    expect(runner.containers.size).toBe(0);
  });

  it('with keyed digests is served, started again, and not with values that were changed since', async () => {
    const environmentKey = 'a'.repeat(64);
    const entries = Object.entries(environment);
    const target = bed.targetWith({
      containers: {
        findRunner: () => Promise.resolve(runner),
        environment: new Map(entries),
        environmentKey,
        startupMs: 1500,
      },
    });
    const request = requestWith(bed, 'one', 'good', environment);
    const keyed = { ...request.desired, environment: environmentDigests(entries, environmentKey) };
    const made = await target.plan({ ...request, desired: keyed });
    expect(made.version).not.toBe((await plan()).version);
    // Without the key, or with another, the values are not the planned ones.
    expect((await failure(bed.target.deploy(made))).message).toContain('digest-key differs');
    expect((await target.deploy(made)).outcome).toBe('deployed');
    await killServer();
    expect((await target.deploy(await target.plan({ ...request, desired: keyed }))).outcome).toBe(
      'unchanged',
    );
    await killServer();
    const file = join(layoutOf(bed.root, ENDPOINT).versionDir(made.version), 'container.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('hunter22', 'hunter23'));
    expect((await target.describe(ENDPOINT)).status).not.toBe('serving');
    expect((await target.rollback(ENDPOINT, made.version)).message).toMatch(/changed on this machine/);
  });

  it('that prints its variables leaves none of their values in the log of the server', async () => {
    await deploy();
    runner.images.set(IMAGES.good, 'ends');
    await killServer();
    await deploy().catch(() => undefined);
    const said = bed.said.join('\n');
    expect(said).toMatch(/does not load: .*could not load the model.*SECRET_OF_MODEL/);
    expect(said).not.toContain('hunter22');
  });

  it('gives way to a model without one, and comes back', async () => {
    await deploy();
    const plain = await bed.target.plan(bed.request('two'));
    expect(plain.version).toBe(plain.desired.model);
    await bed.target.deploy(plain);
    expect(runner.containers.size).toBe(0);
    expect((await bed.target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
    only();
  });
});
