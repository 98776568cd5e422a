/**
 * A release to Lambda through the built bundles: plan, stage, smoke-test of the candidate, promote, smoke-test through the
 * alias and through the API, rollback, reap and teardown. The AWS is the fake of test/fakes/aws; what its functions answer
 * comes from the real models, run by ONNX Runtime; api-front.ts answers in the place of API Gateway.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import { createSessionOpener } from '../../src/adapters/onnx/open-session.ts';
import { answerRequest } from '../../src/core/inference/serve.ts';
import type { ModelSession } from '../../src/core/model-session.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import { MemoryLogger } from '../fakes/ports.ts';
import { startApiFront, type ApiFront } from './api-front.ts';

const work = mkdtempSync(join(tmpdir(), 'ml-deploy-lambda-e2e-'));
const sample = (path: string) => join(root, 'model', path);
const NAME = 'churn-prod';
const target = { target: 'lambda', 'endpoint-name': NAME };

interface Release {
  readonly record: string;
  readonly image: string;
}

/** The model in each image, by its digest without `sha256:`. */
const served = new Map<string, ModelSession>();
let aws: FakeAws;
let front: ApiFront;
let env: Record<string, string> = {};
let place: Record<string, string> = {};
let releases: Record<'v2' | 'bad-accuracy', Release>;

beforeAll(async () => {
  // Each look takes a while, so that what is under way comes to its end.
  aws = await FakeAws.start({ perCall: { on: /^lambda:(?:Get|List)/, milliseconds: 15_000 } });
  aws.addBucket('models', aws.world.region);
  place = { 'execution-role-arn': aws.addRole('churn-function', ['lambda.amazonaws.com']) };
  aws.ecr.policies.set(`${aws.world.account}/churn-serving`, '{"Principal":"lambda.amazonaws.com"}');
  aws.lambda.handler = async ({ image, event }) => {
    const { rawPath, body = '' } = event as { rawPath?: string; body?: string };
    if (rawPath === '/ping') return { payload: { statusCode: 200, body: '' } };
    const session = served.get(image);
    if (session === undefined) return { payload: { statusCode: 500, body: 'no such model' } };
    const text = Buffer.from(body, 'base64').toString('utf8');
    const headers = { 'content-type': 'application/json' };
    try {
      const answered = await answerRequest(session, text, 'application/json');
      return { payload: { statusCode: 200, headers, body: answered } };
    } catch (error) {
      return { payload: { statusCode: 400, headers, body: JSON.stringify({ error: String(error) }) } };
    }
  };
  env = { ...aws.env, GITHUB_WORKSPACE: work, RUNNER_TEMP: join(work, 'temp'), ML_DEPLOY_POLL_SECONDS: '0' };
  releases = { v2: await release('v2'), 'bad-accuracy': await release('bad-accuracy') };
  front = await startApiFront(aws, NAME);
});

afterAll(async () => {
  await front.close();
  for (const session of served.values()) await session.close();
  await aws.close();
  rmSync(work, { recursive: true, force: true });
});

async function release(name: string): Promise<Release> {
  const packed = await runAction('package-model', {
    inputs: {
      'model-path': sample(`releases/${name}/archive`),
      'reference-path': sample(`releases/${name}/reference.onnx`),
      destination: 's3://models/churn',
    },
    env,
  });
  expect(packed.exitCode, packed.log).toBe(0);
  const labels = { 'ml-deploy.model-digest': packed.outputs['model-digest'] ?? '' };
  const { uri, digest } = aws.pushImage('churn-serving', name, { image: { labels } });
  const openSession = createSessionOpener({
    moduleRoots: [root],
    exec: () => Promise.reject(new Error('starts nothing')),
    log: new MemoryLogger(),
  });
  const bytes = readFileSync(sample(`releases/${name}/archive/model.onnx`));
  served.set(digest.replace('sha256:', ''), await openSession(bytes, { label: name, runtime: 'auto' }));
  return { record: packed.outputs['release-record'] ?? '', image: uri.replace(/:[\w-]+$/, `@${digest}`) };
}

const deploy = (command: string, name: keyof typeof releases | null, more: Record<string, string> = {}) => {
  const what = name === null ? {} : { release: releases[name].record, 'image-uri': releases[name].image };
  return runAction('deploy-endpoint', { inputs: { ...target, ...place, ...what, command, ...more }, env });
};

const smoke = (inputs: Record<string, string>) =>
  runAction('smoke-test', {
    inputs: {
      cases: sample('cases/held-out.json'),
      'min-accuracy': '0.95',
      ...inputs,
    },
    env,
  });

function ok(run: ActionRun): ActionRun {
  expect(run.exitCode, run.log).toBe(0);
  return run;
}

/** Signed requests pass through the API, and unsigned ones do not. */
async function expectGuarded(path: string): Promise<void> {
  const byUrl = {
    'endpoint-url': front.urlOf(path),
    'model-path': sample('releases/v2/reference.onnx'),
    'aws-region': 'eu-west-1',
  };
  const signed = ok(await smoke({ ...byUrl, 'sigv4-service': 'execute-api' }));
  expect(signed.outputs).toMatchObject({ passed: 'true', compared: '429' });
  const unsigned = await smoke(byUrl);
  expect([unsigned.exitCode, unsigned.outputs.passed]).toEqual([1, 'false']);
  expect(unsigned.log).toMatch(/403/);
}

const mutations = () => aws.names('mutations').filter((name) => name !== 'lambda:Invoke');

describe('a release', () => {
  const lambda = 'memory-mb: 2048\nprovisioned-concurrency: 1\nwarm-up: rate(5 minutes)';
  let approved = '';

  test('is planned without a change, and the plan says what will be and what it guarantees', async () => {
    aws.forget();
    const plan = ok(await deploy('plan', 'v2', { lambda }));
    expect(plan.outputs.outcome).toBe('planned');
    expect(mutations()).toEqual([]);
    expect(plan.log).toContain('Only provisioned-concurrency guarantees started environments');
    expect(plan.summary).toMatch(/HTTP API, POST .?\/predict, signed with AWS credentials/);
    approved = plan.outputs['plan-path'] ?? '';
  });

  test('is staged, tested as a candidate, promoted, and can be called', async () => {
    const staged = ok(await deploy('stage', 'v2', { lambda, 'approved-plan': approved }));
    expect(staged.outputs.outcome).toBe('staged');
    const candidate = staged.outputs['candidate-name'] ?? '';
    const first = ok(await smoke({ ...target, 'candidate-name': candidate }));
    expect(first.outputs).toMatchObject({ passed: 'true', compared: '429', mismatches: '0' });
    const promoted = ok(await deploy('promote', 'v2', { lambda, 'approved-plan': approved }));
    expect(promoted.outputs.outcome).toBe('promoted');
    expect(promoted.outputs['endpoint-url']).toMatch(
      /^https:\/\/\w+\.execute-api\.eu-west-1\.amazonaws\.com\/predict$/,
    );
    expect(promoted.outputs['endpoint-arn']).toMatch(/:function:churn-prod:live$/);
    aws.forget();
    const again = ok(await deploy('deploy', 'v2', { lambda }));
    // But for the note of which release record is its newest.
    const changed = mutations().filter((name) => !/^(?:s3:|lambda:TagResource$)/.test(name));
    expect([again.outputs.outcome, changed]).toEqual(['unchanged', []]);
  });

  test('passes through the alias, with cold starts and memory in the report, and through the API, signed', async () => {
    const alias = ok(await smoke(target));
    expect(alias.outputs).toMatchObject({ passed: 'true', compared: '429', mismatches: '0' });
    expect(alias.summary).toMatch(/Max Memory Used/);
    await expectGuarded('/predict');
  });

  test('that is bad goes back at the end of its own smoke test, with its provisioned concurrency', async () => {
    const bad = ok(await deploy('deploy', 'bad-accuracy', { lambda }));
    expect(bad.outputs.outcome).toBe('deployed');
    const failed = await smoke({ ...target, 'rollback-on-failure': 'true' });
    expect([failed.exitCode, failed.outputs['rolled-back']], failed.log).toEqual([1, 'true']);
    const fn = aws.lambda.functions.get(NAME);
    expect([fn?.aliases.get('live')?.version, [...(fn?.provisioned.keys() ?? [])]]).toEqual(['1', ['1']]);
  });

  test('is rolled back by command, reaped, and torn down with everything around it', async () => {
    ok(await deploy('deploy', 'bad-accuracy', { lambda }));
    const back = ok(await deploy('rollback', null));
    expect(back.outputs.outcome).toBe('rolled-back');
    ok(await deploy('stage', 'bad-accuracy', { lambda: `${lambda}\nfunction-timeout: 20` }));
    aws.advance(48 * 3_600_000);
    const gone = ok(await deploy('teardown', null, { confirm: NAME }));
    expect(gone.outputs.outcome).toBe('torn-down');
    expect(aws.lambda.functions.has(NAME)).toBe(false);
    expect([...aws.neighbours.without(aws.gateway.apis).keys()]).toEqual([]);
    expect(aws.events.rules.has(`ml-deploy-${NAME}-warm`)).toBe(false);
    expect(ok(await deploy('reap', null)).outputs.outcome).toBe('unchanged');
  });
});

describe('a release behind a REST API', () => {
  const lambda = 'api: rest\nthrottle-rate: 20\nthrottle-burst: 40';
  const ownApis = () => [...aws.neighbours.without(aws.rest.apis).values()];

  test('is planned, deployed, and called by who signs', async () => {
    const plan = ok(await deploy('plan', 'v2', { lambda }));
    expect(plan.summary).toMatch(/REST API, POST .?\/predict, signed with AWS credentials/);
    const deployed = ok(await deploy('deploy', 'v2', { lambda }));
    expect(deployed.outputs.outcome).toBe('deployed');
    expect(deployed.outputs['endpoint-url']).toMatch(
      /^https:\/\/\w+\.execute-api\.eu-west-1\.amazonaws\.com\/live\/predict$/,
    );
    await expectGuarded('/live/predict');
  });

  test('is closed again by the next deployment where somebody opened it', async () => {
    const [api] = ownApis();
    const restApiId = api?.id ?? '';
    const resource = [...(api?.resources.values() ?? [])].find(({ path }) => path === '/predict');
    const patchOperations = [{ op: 'replace' as const, path: '/authorizationType', value: 'NONE' }];
    const gateway = new APIGateway(aws.client);
    await gateway.updateMethod({ restApiId, resourceId: resource?.id, httpMethod: 'POST', patchOperations });
    const { id: deploymentId } = await gateway.createDeployment({ restApiId });
    await gateway.updateStage({
      restApiId,
      stageName: 'live',
      patchOperations: [{ op: 'replace', path: '/deploymentId', value: deploymentId }],
    });
    expect((await fetch(front.urlOf('/live/predict'), { method: 'POST', body: '{}' })).status).toBe(400);
    expect(ok(await deploy('deploy', 'v2', { lambda })).outputs.outcome).toBe('deployed');
    expect((await fetch(front.urlOf('/live/predict'), { method: 'POST', body: '{}' })).status).toBe(403);
  });

  test('goes with everything of it', async () => {
    ok(await deploy('teardown', null, { confirm: NAME }));
    expect([ownApis(), aws.lambda.functions.has(NAME)]).toEqual([[], false]);
  });
});

test('wrong inputs are told all at once, before any call', async () => {
  aws.forget();
  const wrong = await deploy('deploy', 'v2', {
    strategy: 'rolling',
    'step-percent': '10',
    lambda: 'api: function-url\napi-authorization: jwt\nthrottle-rate: 5\nprovisioned-concurrency: 0',
    'min-capacity': '1',
    'max-capacity': '2',
  });
  expect(wrong.exitCode).toBe(1);
  for (const said of [
    /"rolling" replaces machines/,
    /throttle-rate: 5 is given, but api is function-url/,
    /api-authorization: "jwt" needs an HTTP API; a function URL supports only iam and none/,
    /provisioned-concurrency: is required with min-capacity and max-capacity/,
  ])
    expect(wrong.log).toMatch(said);
  expect(aws.names()).toEqual([]);
});
