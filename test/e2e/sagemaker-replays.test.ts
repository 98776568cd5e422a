/** Replays of an approval on SageMaker, as a runner starts them: the built bundle on a fake AWS. Each is refused with its reason. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { runAction, type ActionRun } from '../../scripts/lib/runner-protocol.ts';
import { approvedPlan, parseApprovedPlan, writeApprovedPlan } from '../../src/documents/approved-plan.ts';

import { makeArchive } from '../fakes/archive.ts';
import { FakeAws } from '../fakes/aws/fake-aws.ts';
import type { Snapshot } from '../fakes/aws/snapshot.ts';

type Model = 'one' | 'two' | 'three';

const endpoint = 'churn-prod';
let aws: FakeAws;
let work: string;
let place: Record<string, string>;
let archives: Record<Model, string>;
/** With model one deployed; each test goes on from there. */
let account: Snapshot;
/** Of model two, after that. */
let approved: string;

// Each look at an endpoint takes half a minute, so that creations and updates come to their end.
const perCall = { on: /:Describe/, milliseconds: 30_000 };

beforeAll(async () => {
  aws = await FakeAws.start({ perCall });
  aws.addBucket('models', aws.world.region);
  aws.quotas.endpointInstances.set('ml.m5.large', 20);
  const image = aws.pushImage('churn', 'v1');
  place = {
    target: 'sagemaker',
    'execution-role-arn': aws.addRole('execution'),
    'image-uri': image.uri.replace(/:v1$/, `@${image.digest}`),
    'instance-type': 'ml.m5.large',
    'artifact-store': 's3://models/store',
    environment: 'prod',
  };
  archives = { one: await put('one'), two: await put('two'), three: await put('three') };
  work = mkdtempSync(join(tmpdir(), 'ml-deploy-e2e-'));
  await done(asked('one'));
  approved = await approve('two');
  rmSync(work, { recursive: true });
  account = aws.snapshot();
  await aws.close();
});

beforeEach(async () => {
  aws = await FakeAws.start({ perCall, from: account });
  work = mkdtempSync(join(tmpdir(), 'ml-deploy-e2e-'));
});

afterEach(async () => {
  await aws.close();
  rmSync(work, { recursive: true });
});

async function put(name: string): Promise<string> {
  const { bytes } = await makeArchive({ 'model.txt': name });
  return aws.putObject('models', `churn/${name}.tar.gz`, bytes);
}

let runs = 900;
function run(inputs: Record<string, string>, env: Record<string, string> = {}): Promise<ActionRun> {
  return runAction('deploy-endpoint', {
    inputs: { ...place, ...inputs },
    env: {
      ...aws.env,
      GITHUB_WORKSPACE: work,
      RUNNER_TEMP: join(work, 'temp'),
      GITHUB_REPOSITORY: 'acme/churn',
      GITHUB_RUN_ID: String(++runs),
      ML_DEPLOY_POLL_SECONDS: '0',
      ...env,
    },
  });
}

const asked = (model: Model, more: Record<string, string> = {}) => ({
  'endpoint-name': endpoint,
  'model-data-url': archives[model],
  ...more,
});

async function done(inputs: Record<string, string>): Promise<ActionRun> {
  const step = await run(inputs);
  expect(step.exitCode, step.log).toBe(0);
  return step;
}

/** What approve-gate puts out for a plan that Alice approved. */
async function approve(model: Model): Promise<string> {
  const planned = await done(asked(model, { command: 'plan' }));
  const { plan } = parseApprovedPlan(readFileSync(planned.outputs['plan-path'] ?? '', 'utf8'), 'it');
  const url = `https://github.com/acme/churn/issues/1#issuecomment-${++runs}`;
  const by = [{ login: 'alice', at: plan.createdAt, url, said: 'approve' }];
  return writeApprovedPlan(approvedPlan(plan, by));
}

/** Nothing of SageMaker, ECR or S3 is changed by it. */
async function refused(
  inputs: Record<string, string>,
  reason: RegExp,
  env: Record<string, string> = {},
): Promise<void> {
  aws.forget();
  const step = await run(inputs, env);
  expect(step.exitCode, step.log).toBe(1);
  expect(step.log).toMatch(reason);
  expect(step.log).toContain('Nothing was changed');
  expect(aws.names('mutations'), step.log).toEqual([]);
}

it('after a rollback: the old approval, in a new run and in the old one run again', async () => {
  const given = asked('two', { 'approved-plan': approved });
  const first = await done(given);
  expect(first.outputs.outcome).toBe('deployed');
  const firstRun = String(runs);
  await done({ 'endpoint-name': endpoint, command: 'rollback' });
  await refused(given, /was used: https:\S+ deployed \S+ with it at .* serves/);
  await refused(given, /was used: https:\S+ deployed/, {
    GITHUB_RUN_ID: firstRun,
    GITHUB_RUN_ATTEMPT: '2',
  });
  await refused({ ...given, command: 'stage' }, /was used: https:\S+ deployed/);
});

it('after another release came and went', async () => {
  await done(asked('three'));
  const given = asked('two', { 'approved-plan': approved });
  await refused(given, /Since the approval, the version that serves has changed/);
  await done(asked('one'));
  await refused(given, /since the plan was made, version \S+ was deployed/);
});

it('in another place: environment, endpoint, repository, model', async () => {
  const given = asked('two', { 'approved-plan': approved });
  await refused({ ...given, environment: 'dev' }, /is a plan for the environment prod, not for dev/);
  await refused(
    { ...given, 'endpoint-name': 'elsewhere' },
    /is a plan for the endpoint churn-prod of target sagemaker, not for elsewhere/,
  );
  await refused(given, /is a plan of the repository acme\/churn, not of acme\/other/, {
    GITHUB_REPOSITORY: 'acme/other',
  });
  await refused({ ...given, ...asked('three') }, /differs from the approved plan in/);
  const honest = await done(given);
  expect(honest.outputs.outcome).toBe('deployed');
  const again = await done(given);
  expect(again.outputs.outcome).toBe('unchanged');
});
