/**
 * deploy-ml-model.yml -> deploy.yml with target sagemaker: the SageMaker fake, moto's S3, ECR and STS, GitHub and Slack
 * emulated. The credentials come from a stand-in of aws-actions/configure-aws-credentials, which knows no OIDC.
 */
import { DescribeEndpointCommand, SageMaker } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingAct, repositoryPayload, startActBed, type ActBed } from './act-bed.ts';
import { BUCKET, missingAws, startAwsSide, type AwsSide } from './aws-side.ts';

const missing = missingAct() ?? (await missingAws());
if (missing !== null) console.log(`skipped: workflows under act on AWS: ${missing}`);

const GREEN = { prepare: true, release: true };

interface Kept {
  readonly model: { readonly digest: string };
  readonly image: { readonly digest: string } | null;
  readonly smoke: { readonly passed: boolean };
}

describe.skipIf(missing !== null)('the AWS path under act', () => {
  let side: AwsSide;
  let bed: ActBed;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    side = await startAwsSide();
    stops.push(() => side.close());
    bed = await startActBed({ config: 'ml-deploy-sagemaker.yml', env: side.env });
    stops.push(() => bed.close());
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  let firstOfDev = '';
  const record = (digest: string) => side.json<Kept>(`churn/releases/${digest}.json`);
  const newestDigest = async (environment: string) => {
    const place = `churn/environments/acme/churn/${environment}/model.json`;
    return (await side.json<{ release: string }>(place)).release;
  };
  const newest = async (environment: string) => record(await newestDigest(environment));
  const serving = async (EndpointName: string) => {
    const client = new SageMaker(side.aws.client);
    const { EndpointStatus, EndpointConfigName, ProductionVariants } = await client.send(
      new DescribeEndpointCommand({ EndpointName }),
    );
    client.destroy();
    return {
      status: EndpointStatus,
      config: EndpointConfigName,
      count: ProductionVariants?.[0]?.CurrentInstanceCount,
    };
  };

  test('develop is released to dev by itself, on one instance', async () => {
    const run = await bed.push('develop', 'v1', { log: 'sagemaker-develop' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ ...GREEN, train: true });
    expect(await serving('churn-dev')).toMatchObject({ status: 'InService', count: 1 });
    firstOfDev = await newestDigest('dev');
    expect((await newest('dev')).smoke.passed).toBe(true);
    expect(run.log).toContain('stand-in for arn:aws:iam::123456789012:role/ml-deploy-dev');
    expect(run.log).toContain('Slack accepted the message');
  });

  test('the same version again ends after the plan, and Slack hears that', async () => {
    const run = await bed.push('develop', 'v1', { log: 'sagemaker-develop-same' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ train: true, prepare: true });
    expect(run.log).toContain('outcome=unchanged');
    expect(run.log).toContain('Slack accepted the message');
  });

  test('a pull request for main is checked on the runner, with the limits of prod and nothing else of it', async () => {
    const payload = { number: 7, pull_request: { number: 7, head: { ref: 'next' }, base: { ref: 'main' } } };
    const run = await bed.pullRequest('next', 'v1', {
      payload: { ...payload, repository: repositoryPayload() },
      log: 'sagemaker-pull-request',
    });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ train: true, verify: true });
    expect(run.log).toContain('Checked with the settings of prod.');
  });

  test('staging is released from what dev verified, on two instances, without a build', async () => {
    const made = await side.keys();
    const run = await bed.push('staging', 'v2', { log: 'sagemaker-staging' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual(GREEN);
    expect(await serving('churn-staging')).toMatchObject({ status: 'InService', count: 2 });
    const [dev, staging] = [await newest('dev'), await newest('staging')];
    expect(staging.model.digest).toBe(dev.model.digest);
    expect(staging.image?.digest).toBe(dev.image?.digest);
    expect(models(await side.keys())).toEqual(models(made));
    expect(run.log).toContain('Slack accepted the message');
  });

  test('main stops at the gate, and goes on after two approvals', async () => {
    const run = await bed.people.approving(() => bed.push('main', 'v2', { log: 'sagemaker-main' }));
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ ...GREEN, approve: true });
    expect(await serving('churn-prod')).toMatchObject({ status: 'InService', count: 3 });
    expect((await newest('prod')).model.digest).toBe((await newest('dev')).model.digest);
    expect(run.log).toContain('approved-by=amira,ben');
    expect(run.log).toContain('Slack accepted the message');
  });

  test('a broken model ends red, and the version that serves is untouched', async () => {
    const before = { serving: await serving('churn-dev'), newest: await newest('dev') };
    side.aws.forget();
    const run = await bed.push('develop', 'bad-swapped', { log: 'sagemaker-develop-broken' });
    expect(run.exitCode).toBe(1);
    expect(run.jobs).toEqual({ ...GREEN, train: true, release: false });
    expect(run.log).toMatch(/Failure - Main Smoke-test the candidate/);
    expect(run.log).toMatch(/Success - Main Remove the candidate that was refused/);
    expect({ serving: await serving('churn-dev'), newest: await newest('dev') }).toEqual(before);
    expect(side.aws.names('mutations')).not.toContain('sagemaker:UpdateEndpoint');
    expect(run.log).toContain('Slack accepted the message');
  });

  test('the next version goes the same way to prod, where traffic moves as a canary', async () => {
    for (const branch of ['develop', 'staging']) {
      const run = await bed.push(branch, 'v2', { log: `sagemaker-${branch}-v2` });
      expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    }
    side.aws.forget();
    const run = await bed.people.approving(() => bed.push('main', 'v2', { log: 'sagemaker-main-v2' }));
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    const update = side.aws.calls.find(({ name }) => name === 'sagemaker:UpdateEndpoint');
    expect(update?.input).toMatchObject({
      DeploymentConfig: {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: {
            Type: 'CANARY',
            CanarySize: { Type: 'CAPACITY_PERCENT', Value: 10 },
          },
        },
        AutoRollbackConfiguration: { Alarms: [{ AlarmName: 'churn-5xx' }] },
      },
    });
  });

  test('by hand: a dry run ends after the plan, and the version of before is released again', async () => {
    const inputs = { environment: 'dev', version: firstOfDev };
    const before = await serving('churn-dev');
    const dry = await bed.dispatch(
      'deploy-ml-model',
      'develop',
      { ...inputs, 'dry-run': 'true' },
      { log: 'sagemaker-dry-run' },
    );
    expect(dry.exitCode, dry.log.slice(-6000)).toBe(0);
    expect(dry.jobs).toEqual({ prepare: true });
    expect(await serving('churn-dev')).toEqual(before);

    const run = await bed.dispatch('deploy-ml-model', 'develop', inputs, { log: 'sagemaker-version' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual(GREEN);
    expect((await serving('churn-dev')).config).not.toBe(before.config);
    expect((await newest('dev')).model.digest).toBe((await record(firstOfDev)).model.digest);
  });

  test('static keys, a training job’s archive in S3, and labels of a runner of one’s own', async () => {
    await side.putTrained('training/output/model.tar.gz', 'v2');
    const source = bed.repository.read('ml-deploy.yml').replace(/^ +aws-role-arn: .*\n/gm, '');
    const model = {
      'model-path': `s3://${BUCKET}/training/output/model.tar.gz`,
      'reference-path': 'model/releases/v2/reference.onnx',
    };
    const keysFile = source.replace(/^defaults:$/m, `$&\n  package-model: ${JSON.stringify(model)}`);
    bed.repository.write('keys.yml', keysFile);
    bed.repository.commit('develop', 'static keys');
    const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret-access-key' };
    const secrets = { GITHUB_TOKEN: bed.people.token, SLACK_BOT_TOKEN: bed.people.slack.token, ...keys };
    const inputs = { environment: 'dev', 'config-file': 'keys.yml', 'runs-on': '["gpu","linux"]' };
    const run = await bed.dispatch('deploy', 'develop', inputs, { secrets, log: 'sagemaker-static-keys' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual(GREEN);
    expect(run.log).toContain('stand-in with static keys');
    expect(run.log).not.toContain('secret-access-key');
  });

  test('rollback.yml brings the version before back while a gate is open', async () => {
    for (const branch of ['develop', 'staging']) {
      const run = await bed.push(branch, 'v1', { log: `sagemaker-${branch}-again` });
      expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    }
    const before = await serving('churn-prod');
    const waiting = bed.push('main', 'v1', { log: 'sagemaker-main-denied' });
    const issue = await bed.people.nextIssue();

    const inputs = {
      environment: 'prod',
      'endpoint-name': 'churn-prod',
      reason: 'Too many refusals; see #12',
    };
    const rollback = await bed.run({
      workflow: 'rollback',
      event: 'workflow_dispatch',
      payload: { inputs, repository: repositoryPayload() },
      vars: {
        AWS_REGION: 'eu-central-1',
        SLACK_CHANNEL: 'general',
        AWS_ROLE_ARN_prod: 'arn:aws:iam::123456789012:role/ml-rollback',
      },
      log: 'sagemaker-rollback',
    });
    expect(rollback.exitCode, rollback.log.slice(-6000)).toBe(0);
    expect(rollback.jobs).toEqual({ rollback: true });
    expect(rollback.log).toContain('outcome=rolled-back');
    expect(rollback.log).toContain('Too many refusals; see #12');
    expect(rollback.log).toContain('Slack accepted the message');
    expect(rollback.log).not.toContain('actions/checkout');
    const after = await serving('churn-prod');
    expect(after.status).toBe('InService');
    expect(after.config).not.toBe(before.config);

    await bed.people.say('amira', issue, 'no');
    const denied = await waiting;
    expect(denied.exitCode).toBe(1);
    expect(denied.jobs).toEqual({ prepare: true, approve: false });
    expect(await serving('churn-prod')).toEqual(after);
  });

  test('watch.yml tests what serves, and removes the candidate that a dead run left behind', async () => {
    await leaveCandidate('churn-prod', 'churn-prod-c-deadbeef');
    const run = await bed.run({ ...HOURLY, log: 'sagemaker-watch' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ watch: true, reap: true });
    expect(run.log).toMatch(/The candidate churn-prod-c-deadbeef expired at .* and is removed\./);
    expect((await serving('churn-prod')).status).toBe('InService');
    await expect(serving('churn-prod-c-deadbeef')).rejects.toThrow('Could not find');
  });

  test('watch.yml is red and tells Slack where an endpoint predicts something else; it changes nothing', async () => {
    const { container } = side.aws;
    side.aws.container = (invocation) =>
      invocation.endpoint === 'churn-prod' ? { body: '{"predictions": [0]}' } : container(invocation);
    const before = await serving('churn-prod');
    side.aws.forget();
    const run = await bed.run({ ...HOURLY, log: 'sagemaker-watch-broken' });
    side.aws.container = container;
    expect(run.exitCode).toBe(1);
    expect(run.jobs).toEqual({ watch: false, reap: true });
    expect(run.log).toContain('Slack accepted the message');
    expect(await serving('churn-prod')).toEqual(before);
    expect(side.aws.names('mutations')).toEqual([]);
  });

  /** What a run leaves that staged a candidate and died. */
  const leaveCandidate = async (endpoint: string, candidate: string) => {
    const { config } = await serving(endpoint);
    const tags = {
      ...side.aws.tagsOf('endpoint', endpoint),
      'ml-deploy:expires-at': '2026-01-01T00:00:00.000Z',
    };
    const client = new SageMaker(side.aws.client);
    await client.createEndpoint({
      EndpointName: candidate,
      EndpointConfigName: config,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    });
    client.destroy();
    // What is still being made is left alone: a run may be at work on it.
    side.aws.advance(10 * 60_000);
  };
});

const HOURLY = {
  workflow: 'watch',
  event: 'schedule',
  payload: { schedule: '41 * * * *', repository: repositoryPayload() },
};

/** The archives among the keys of the store. */
function models(keys: readonly string[]): string[] {
  return keys.filter((key) => key.includes('/models/'));
}
