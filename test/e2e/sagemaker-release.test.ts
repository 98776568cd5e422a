/**
 * A release on SageMaker through the built bundles: package-model to S3, deploy-endpoint, smoke-test. The AWS is the
 * fake of test/fakes/aws; what its containers answer comes from the real models, run by ONNX Runtime.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction } from '../../scripts/lib/runner-protocol.ts';
import { createSessionOpener } from '../../src/adapters/onnx/open-session.ts';
import type { ModelSession } from '../../src/core/model-session.ts';
import { answerRequest } from '../../src/core/inference/serve.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import { MemoryLogger } from '../fakes/ports.ts';

const work = mkdtempSync(join(tmpdir(), 'ml-deploy-sagemaker-e2e-'));
const sample = (path: string) => join(root, 'model', path);
const endpoint = { target: 'sagemaker', 'endpoint-name': 'churn-prod' };
/** The model behind each archive's URL. */
const served = new Map<string, ModelSession>();
let aws: FakeAws;
let env: Record<string, string> = {};
let place: Record<string, string> = {};

beforeAll(async () => {
  // Each look at an endpoint takes a while, so that creations and updates come to their end.
  aws = await FakeAws.start({ perCall: { on: /:Describe/, milliseconds: 30_000 } });
  aws.addBucket('models', aws.world.region);
  const image = aws.pushImage('churn-serving', 'v1');
  place = {
    'execution-role-arn': aws.addRole('execution'),
    'image-uri': image.uri.replace(/:v1$/, `@${image.digest}`),
    'instance-type': 'ml.m5.large',
    'initial-instance-count': '1',
  };
  aws.quotas.endpointInstances.set('ml.m5.large', 10);
  aws.container = async ({ model, body }) => {
    const session = served.get(model.spec.PrimaryContainer?.ModelDataUrl ?? '');
    if (session === undefined) return { status: 500, body: 'no such model' };
    return { body: await answerRequest(session, Buffer.from(body).toString('utf8'), 'application/json') };
  };
  env = { ...aws.env, GITHUB_WORKSPACE: work, RUNNER_TEMP: join(work, 'temp'), ML_DEPLOY_POLL_SECONDS: '0' };
});

afterAll(async () => {
  for (const session of served.values()) await session.close();
  await aws.close();
  rmSync(work, { recursive: true, force: true });
});

async function packageRelease(name: string): Promise<string> {
  const run = await runAction('package-model', {
    inputs: {
      'model-path': sample(`releases/${name}/archive`),
      'reference-path': sample(`releases/${name}/reference.onnx`),
      destination: 's3://models/churn',
    },
    env,
  });
  expect(run.exitCode, run.log).toBe(0);
  const openSession = createSessionOpener({
    moduleRoots: [root],
    exec: () => Promise.reject(new Error('starts nothing')),
    log: new MemoryLogger(),
  });
  const bytes = readFileSync(sample(`releases/${name}/archive/model.onnx`));
  served.set(run.outputs['model-data-url'] ?? '', await openSession(bytes, { label: name, runtime: 'auto' }));
  return run.outputs['release-record'] ?? '';
}

const deploy = (release: string, more: Record<string, string> = {}) =>
  runAction('deploy-endpoint', { inputs: { ...endpoint, ...place, release, ...more }, env });

const smoke = () =>
  runAction('smoke-test', {
    inputs: {
      ...endpoint,
      cases: sample('cases/held-out.json'),
      'min-accuracy': '0.95',
      'rollback-on-failure': 'true',
    },
    env,
  });

test('a bad version that is deployed is back on the old one at the end of the step, and a second test proves it', async () => {
  const good = await deploy(await packageRelease('v2'));
  expect(good.exitCode, good.log).toBe(0);
  expect(good.outputs.outcome).toBe('deployed');
  const first = await smoke();
  expect(first.exitCode, first.log).toBe(0);

  const bad = await deploy(await packageRelease('bad-accuracy'));
  expect(bad.exitCode, bad.log).toBe(0);
  expect(bad.outputs['running-version']).not.toBe(good.outputs['running-version']);
  const failed = await smoke();
  expect(failed.exitCode, failed.log).toBe(1);
  expect(failed.outputs).toMatchObject({ passed: 'false', 'rolled-back': 'true' });

  const second = await smoke();
  expect(second.exitCode, second.log).toBe(0);
  expect(second.outputs).toMatchObject({ passed: 'true', compared: '429', mismatches: '0' });
  const now = await runAction('deploy-endpoint', {
    inputs: { ...endpoint, ...place, command: 'teardown', confirm: 'churn-prod' },
    env,
  });
  expect(now.exitCode, now.log).toBe(0);
  expect(now.outputs.outcome).toBe('torn-down');
});
