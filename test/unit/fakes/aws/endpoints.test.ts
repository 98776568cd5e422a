import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../../../fakes/clock.ts';
import { startScene, type Scene } from './scene.ts';

const REGION = 'arn:aws:sagemaker:eu-west-1:123456789012';

let scene: Scene;
beforeEach(async () => (scene = await startScene()));
afterEach(() => scene.close());

describe('life of an endpoint', () => {
  it('is Creating until the time has come, then InService', async () => {
    await scene.config('one');
    const made = await scene.sagemaker.createEndpoint({ EndpointName: 'Churn', EndpointConfigName: 'one' });
    expect(made.EndpointArn).toBe(`${REGION}:endpoint/churn`);
    scene.aws.advance(179_999);
    const early = await scene.sagemaker.describeEndpoint({ EndpointName: 'Churn' });
    expect(early.EndpointStatus).toBe('Creating');
    expect(early.ProductionVariants?.[0]).toMatchObject({
      CurrentInstanceCount: 0,
      DesiredInstanceCount: 2,
      VariantStatus: [{ Status: 'Creating', StatusMessage: 'Launching 2 instance(s).' }],
    });
    scene.aws.advance(1);
    const late = await scene.sagemaker.describeEndpoint({ EndpointName: 'Churn' });
    expect(late).toMatchObject({
      EndpointName: 'Churn',
      EndpointStatus: 'InService',
      EndpointConfigName: 'one',
    });
    expect(late.ProductionVariants?.[0]).toMatchObject({ CurrentInstanceCount: 2, CurrentWeight: 1 });
    expect(late.ProductionVariants?.[0]?.DeployedImages?.[0]?.ResolvedImage).toMatch(
      /churn@sha256:[0-9a-f]{64}$/,
    );
    expect(late.LastModifiedTime?.toISOString()).toBe('2026-01-02T03:07:05.000Z');
  });

  it('moves with a FakeClock that it follows', async () => {
    const clock = new FakeClock();
    scene.aws.follow(clock);
    await scene.config('one');
    await scene.sagemaker.createEndpoint({ EndpointName: 'churn', EndpointConfigName: 'one' });
    await clock.sleep(180_000, new AbortController().signal);
    expect(await scene.status('churn')).toBe('InService');
    expect(scene.aws.time.now()).toEqual(clock.now());
  });

  it('moves with each call where the test says so', async () => {
    scene.aws.perCall = { on: /:DescribeEndpoint$/, milliseconds: 60_000 };
    await scene.config('one');
    await scene.sagemaker.createEndpoint({ EndpointName: 'churn', EndpointConfigName: 'one' });
    const seen = [await scene.status('churn'), await scene.status('churn'), await scene.status('churn')];
    expect(seen).toEqual(['Creating', 'Creating', 'InService']);
  });

  it('is Deleting for a while, then gone', async () => {
    await scene.endpoint('churn', 'one');
    await scene.sagemaker.deleteEndpoint({ EndpointName: 'churn' });
    expect(await scene.status('churn')).toBe('Deleting');
    await expect(scene.sagemaker.deleteEndpoint({ EndpointName: 'churn' })).rejects.toThrow(
      `Cannot update in-progress endpoint "${REGION}:endpoint/churn".`,
    );
    scene.aws.advance(60_000);
    await expect(scene.status('churn')).rejects.toMatchObject({
      name: 'ValidationException',
      message: `Could not find endpoint "${REGION}:endpoint/churn".`,
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('takes no update and no deletion while it is being created', async () => {
    await scene.config('one');
    await scene.sagemaker.createEndpoint({ EndpointName: 'churn', EndpointConfigName: 'one' });
    const busy = 'Cannot update in-progress endpoint';
    await expect(scene.sagemaker.deleteEndpoint({ EndpointName: 'churn' })).rejects.toThrow(busy);
    await expect(
      scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'one' }),
    ).rejects.toThrow(busy);
  });

  it('takes nothing while AWS itself updates it', async () => {
    await scene.endpoint('churn', 'one');
    scene.aws.setStatus('churn', 'SystemUpdating');
    await expect(
      scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'one' }),
    ).rejects.toThrow('Cannot update in-progress endpoint');
    await expect(scene.sagemaker.deleteEndpoint({ EndpointName: 'churn' })).rejects.toThrow('in-progress');
  });
});

describe('a creation that fails', () => {
  it('ends Failed with its reason and the planted log lines, and can only be deleted', async () => {
    scene.aws.plan({ outcome: { kind: 'ping-failure', logs: ['boom'] } });
    await scene.endpoint('churn', 'one');
    const described = await scene.sagemaker.describeEndpoint({ EndpointName: 'churn' });
    expect(described.EndpointStatus).toBe('Failed');
    expect(described.FailureReason).toBe(
      'The primary container for production variant AllTraffic did not pass the ping health check. Please check CloudWatch logs for this endpoint.',
    );
    expect([...(scene.aws.logs.groups.get('/aws/sagemaker/Endpoints/churn') ?? [])]).toMatchObject([
      [expect.stringMatching(/^AllTraffic\/i-/), [{ message: 'boom' }]],
    ]);
    await expect(
      scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'one' }),
    ).rejects.toThrow('Cannot update endpoint');
    await scene.sagemaker.deleteEndpoint({ EndpointName: 'churn' });
    scene.aws.advance(60_000);
    await expect(scene.status('churn')).rejects.toThrow('Could not find endpoint');
  });

  it.each([
    ['image-pull-failure', /all images included in the model .* exist/],
    ['model-download-failure', /Failed to download model data .*model\.tar\.gz/],
    ['no-capacity', /InsufficientInstanceCapacity/],
  ] as const)('says %s', async (kind, reason) => {
    scene.aws.plan({ outcome: { kind }, on: 'create' });
    await scene.endpoint('churn', 'one');
    const described = await scene.sagemaker.describeEndpoint({ EndpointName: 'churn' });
    expect(described.FailureReason).toMatch(reason);
    expect(scene.aws.logs.groups.size).toBe(0);
  });

  it('stays Creating for ever where it is stuck', async () => {
    scene.aws.plan({ outcome: { kind: 'stuck' } });
    await scene.endpoint('churn', 'one');
    scene.aws.advance(86_400_000);
    expect(await scene.status('churn')).toBe('Creating');
  });

  it('befalls only what the plan names', async () => {
    scene.aws.plan({ outcome: { kind: 'no-capacity' }, on: 'update' });
    scene.aws.plan({ outcome: { kind: 'no-capacity' }, endpoint: 'other' });
    scene.aws.plan({ outcome: { kind: 'no-capacity' }, where: ({ model }) => model === 'two' });
    await scene.endpoint('churn', 'one');
    await scene.endpoint('late', 'two');
    expect([await scene.status('churn'), await scene.status('late')]).toEqual(['InService', 'Failed']);
  });
});

describe('what is there already, and what is not', () => {
  it('compares names without regard to case', async () => {
    await scene.endpoint('Churn', 'One');
    await expect(
      scene.sagemaker.createEndpoint({ EndpointName: 'CHURN', EndpointConfigName: 'one' }),
    ).rejects.toThrow(`Cannot create already existing endpoint "${REGION}:endpoint/churn".`);
    await expect(scene.config('ONE')).rejects.toThrow(
      `Cannot create already existing model "${REGION}:model/one".`,
    );
    expect(await scene.status('cHURN')).toBe('InService');
  });

  it('names what it cannot find', async () => {
    await expect(
      scene.sagemaker.createEndpoint({ EndpointName: 'churn', EndpointConfigName: 'none' }),
    ).rejects.toThrow(`Could not find endpoint configuration "${REGION}:endpoint-config/none".`);
    await expect(scene.sagemaker.describeModel({ ModelName: 'none' })).rejects.toThrow(
      `Could not find model "${REGION}:model/none".`,
    );
    const variant = {
      VariantName: 'a',
      ModelName: 'none',
      InstanceType: 'ml.m5.large',
      InitialInstanceCount: 1,
    };
    await expect(
      scene.sagemaker.createEndpointConfig({
        EndpointConfigName: 'one',
        ProductionVariants: [{ ...variant, InstanceType: 'ml.m5.large' }],
      }),
    ).rejects.toThrow('Could not find model');
  });

  it('sees a new config only after a while, where the test wants it so', async () => {
    scene.aws.lag({ 'endpoint-config': 2 });
    await scene.config('one');
    const create = () => scene.sagemaker.createEndpoint({ EndpointName: 'churn', EndpointConfigName: 'one' });
    await expect(create()).rejects.toThrow('Could not find endpoint configuration');
    await expect(create()).rejects.toThrow('Could not find endpoint configuration');
    await create();
    const describeConfig = () => scene.sagemaker.describeEndpointConfig({ EndpointConfigName: 'one' });
    await expect(describeConfig()).rejects.toThrow('Could not find endpoint configuration');
    await expect(describeConfig()).rejects.toThrow('Could not find endpoint configuration');
    expect((await describeConfig()).EndpointConfigName).toBe('one');
  });

  it('lists in pages, the newest first', async () => {
    for (const name of ['a', 'b', 'c']) await scene.config(name);
    const first = await scene.sagemaker.listModels({ MaxResults: 2 });
    expect(first.Models?.map(({ ModelName }) => ModelName)).toEqual(['c', 'b']);
    const next = await scene.sagemaker.listModels({ MaxResults: 2, NextToken: first.NextToken });
    expect(next.Models?.map(({ ModelName }) => ModelName)).toEqual(['a']);
    expect(next.NextToken).toBeUndefined();
    const configs = await scene.sagemaker.listEndpointConfigs({
      SortBy: 'Name',
      SortOrder: 'Ascending',
      NameContains: 'B',
    });
    expect(configs.EndpointConfigs?.map(({ EndpointConfigName }) => EndpointConfigName)).toEqual(['b']);
    await scene.endpoint('churn', 'd');
    const listed = await scene.sagemaker.listEndpoints({
      StatusEquals: 'InService',
      CreationTimeAfter: new Date(0),
    });
    expect(listed.Endpoints).toHaveLength(1);
    expect((await scene.sagemaker.listEndpoints({ StatusEquals: 'Failed' })).Endpoints).toEqual([]);
  });
});

describe('quota of instances', () => {
  it('counts what runs and what is asked for, both fleets of an update included', async () => {
    scene.aws.quotas.endpointInstances.set('ml.m5.large', 3);
    await scene.endpoint('churn', 'one');
    await scene.config('two');
    await expect(
      scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'two' }),
    ).rejects.toMatchObject({
      name: 'ResourceLimitExceeded',
      message: expect.stringContaining(
        "The account-level service limit 'ml.m5.large for endpoint usage' is 3 Instances, with current utilization of 2 Instances and a request delta of 2 Instances.",
      ) as string,
    });
    scene.aws.quotas.endpointInstances.set('ml.m5.large', 4);
    await scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'two' });
  });
});
