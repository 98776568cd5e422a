/** A release on SageMaker from nothing to nothing, through the built actions: each step says what it has shown. */
import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import type { Claims } from './claims.ts';

export interface Place {
  readonly endpoint: string;
  /** Where archives and records go, such as `s3://bucket/acceptance`. */
  readonly store: string;
  readonly executionRole: string;
  /** The ECR repository that push-image pushes to; '' where imageUri is given. */
  readonly repository: string;
  /** '' to build and push one. */
  readonly imageUri: string;
  /** What is served, `v1` and `v2` below it. */
  readonly models: string;
  /** '' for archives that bring their own. */
  readonly code: string;
  /** '' for serverless inference. */
  readonly instanceType: string;
  /** For the steps: credentials, region, the runner's variables. */
  readonly env: Readonly<Record<string, string>>;
  readonly dist?: string;
  readonly onLine?: (line: string) => void;
}

type Inputs = Readonly<Record<string, string>>;

/** Everything but teardown. */
export async function proveRelease(place: Place, claims: Claims): Promise<void> {
  const releases = await claims.prove('package-model puts archives into S3', () => packageBoth(place));
  const image = await imageOf(place, claims);
  if (releases === null || image === null) {
    claims.skip('plan, deploy, update, rollback', 'There is no archive or no image.');
    return;
  }
  const [one, two] = releases;
  const deploy = (command: string, release: string, more: Inputs = {}) =>
    act(place, 'deploy-endpoint', {
      ...where(place),
      ...shape(place),
      'image-uri': image,
      command,
      release,
      ...more,
    });
  const plan = await claims.prove(
    'plan: says what a first deployment would make, and makes nothing',
    async () => {
      const run = await deploy('plan', one);
      assert.equal(run.outputs.outcome, 'planned');
      assert.equal(run.outputs['running-version'], '');
      return seen(run, run.outputs['plan-path'] ?? '');
    },
  );
  if (plan === null) return;
  const first = await claims.prove('deploy: the approved plan serves, read back', async () => {
    const run = await deploy('deploy', one, { 'approved-plan': plan });
    assert.equal(run.outputs.outcome, 'deployed');
    return seen(run, run.outputs['running-version'] ?? '');
  });
  if (first === null) return;
  await claims.prove('smoke-test: the endpoint predicts what its reference predicts', async () => {
    const run = await act(place, 'smoke-test', { ...where(place), cases: sample('cases/held-out.json') });
    assert.equal(run.outputs.passed, 'true');
    return seen(run, null);
  });
  await claims.prove('no-op: the same request changes nothing', async () => {
    const run = await deploy('deploy', one);
    assert.equal(run.outputs.outcome, 'unchanged');
    assert.equal(run.outputs['running-version'], first);
    return seen(run, null);
  });
  await claims.prove('stage and discard: a candidate comes and goes, and what serves stays', async () => {
    const staged = await deploy('stage', two);
    assert.equal(staged.outputs.outcome, 'staged');
    const gone = await deploy('discard', two);
    assert.equal(gone.outputs.outcome, 'discarded');
    assert.equal(gone.outputs['running-version'], first);
    return seen(staged, null);
  });
  const second = await claims.prove(
    'update: another model serves, and the one before is what a rollback goes to',
    async () => {
      const run = await deploy('deploy', two);
      assert.equal(run.outputs.outcome, 'deployed');
      assert.notEqual(run.outputs['running-version'], first);
      assert.equal(run.outputs['previous-version'], first);
      return seen(run, run.outputs['running-version'] ?? '');
    },
  );
  if (second === null) return;
  await claims.prove('rollback: the version before serves again', async () => {
    const run = await act(place, 'deploy-endpoint', { ...where(place), command: 'rollback' });
    assert.equal(run.outputs.outcome, 'rolled-back');
    assert.equal(run.outputs['running-version'], first);
    return seen(run, null);
  });
}

/** What is left of the endpoint and its versions is removed; once more is no failure. */
export async function proveTeardown(place: Place, claims: Claims): Promise<void> {
  const { endpoint: confirm } = place;
  await claims.prove('teardown: nothing of the endpoint is left', async () => {
    const run = await act(place, 'deploy-endpoint', { ...where(place), command: 'teardown', confirm });
    assert.equal(run.outputs.outcome, 'torn-down');
    const again = await act(place, 'deploy-endpoint', { ...where(place), command: 'teardown', confirm });
    assert.match(again.log, /nothing had to be removed/);
    return seen(run, null);
  });
}

async function packageBoth(place: Place) {
  const runs = [await packageOne(place, 'v1'), await packageOne(place, 'v2')];
  const [one = '', two = ''] = runs.map(({ outputs }) => outputs['release-record'] ?? '');
  assert.notEqual(one, '');
  assert.notEqual(two, '');
  return { seen: runs.map(({ outputs }) => outputs['model-data-url']).join(' '), made: [one, two] as const };
}

function packageOne(place: Place, name: string): Promise<ActionRun> {
  return act(place, 'package-model', {
    'model-path': join(place.models, name),
    'reference-path': sample(`releases/${name}/reference.onnx`),
    destination: place.store,
    ...(place.code === '' ? {} : { 'code-path': place.code }),
  });
}

async function imageOf(place: Place, claims: Claims): Promise<string | null> {
  const claim = 'push-image: an image that SageMaker starts lies in ECR';
  if (place.imageUri !== '') {
    claims.skip(claim, 'An image was given.');
    return place.imageUri;
  }
  return claims.prove(claim, async () => {
    const context = { context: sample(''), repository: place.repository, 'for-target': 'sagemaker' };
    const run = await act(place, 'push-image', { ...context, 'create-repository': 'true' });
    return { seen: run.outputs['image-uri'] ?? '', made: run.outputs['image-uri'] ?? '' };
  });
}

function where({ endpoint }: Place): Inputs {
  return { target: 'sagemaker', 'endpoint-name': endpoint };
}

function shape({ instanceType, executionRole }: Place): Inputs {
  const serverless = { sagemaker: 'serverless-memory-mb: 1024\nserverless-max-concurrency: 1' };
  return {
    'execution-role-arn': executionRole,
    ...(instanceType === '' ? serverless : { 'instance-type': instanceType, 'initial-instance-count': '1' }),
  };
}

/** @throws Error with what the action said, where its step failed */
async function act(place: Place, action: string, inputs: Inputs): Promise<ActionRun> {
  const { dist, onLine } = place;
  onLine?.(`\n== ${action} ${inputs.command ?? ''}`);
  const run = await runAction(action, {
    inputs,
    env: place.env,
    ...(dist === undefined ? {} : { dist }),
    ...(onLine === undefined ? {} : { onLine }),
  });
  if (run.exitCode !== 0)
    throw new Error(`${action} ${inputs.command ?? ''}: ${run.error || run.log.slice(-1000)}`);
  return run;
}

function seen<T>({ outputs }: ActionRun, made: T): { seen: string; made: T } {
  const names = ['outcome', 'running-version', 'previous-version', 'compared', 'mismatches'];
  const told = names.filter((name) => outputs[name]).map((name) => `${name} ${outputs[name] ?? ''}`);
  return { seen: told.join(', '), made };
}

function sample(path: string): string {
  return join(root, 'model', path);
}
