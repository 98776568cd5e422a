import type { DeploymentConfig, UpdateEndpointInput } from '@aws-sdk/client-sagemaker';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startScene, type ConfigOptions, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

async function update(options: ConfigOptions & Partial<UpdateEndpointInput> = {}): Promise<void> {
  const { count, type, variant, ...input } = options;
  await scene.config('two', {
    ...(count === undefined ? {} : { count }),
    ...(type === undefined ? {} : { type }),
    ...(variant === undefined ? {} : { variant }),
  });
  await scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'two', ...input });
}

const described = () => scene.sagemaker.describeEndpoint({ EndpointName: 'churn' });

const alarm = (name: string): DeploymentConfig => {
  scene.aws.alarms.alarms.set(name, { AlarmName: name, StateValue: 'OK' });
  return { AutoRollbackConfiguration: { Alarms: [{ AlarmName: name }] } };
};

const canary = (value = 1): DeploymentConfig => ({
  BlueGreenUpdatePolicy: {
    TrafficRoutingConfiguration: {
      Type: 'CANARY',
      CanarySize: { Type: 'INSTANCE_COUNT', Value: value },
      WaitIntervalInSeconds: 300,
    },
    TerminationWaitInSeconds: 120,
    MaximumExecutionTimeoutInSeconds: 1800,
  },
});

describe('an update that goes well', () => {
  it('serves the old config until it is through', async () => {
    await scene.endpoint('churn', 'one');
    await update();
    expect(await described()).toMatchObject({
      EndpointStatus: 'Updating',
      EndpointConfigName: 'one',
      PendingDeploymentSummary: { EndpointConfigName: 'two' },
    });
    scene.aws.advance(180_000);
    const after = await described();
    expect(after).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'two' });
    expect(after.PendingDeploymentSummary).toBeUndefined();
  });

  it('shifts a canary first, and shows it as AWS does', async () => {
    await scene.endpoint('churn', 'one', { count: 3 });
    await update({ count: 3, DeploymentConfig: canary() });
    const pending = async () => {
      const { PendingDeploymentSummary, ProductionVariants } = await described();
      const fresh = PendingDeploymentSummary?.ProductionVariants?.[0];
      return [
        fresh?.CurrentInstanceCount,
        fresh?.VariantStatus?.[0]?.StatusMessage,
        ProductionVariants?.[0]?.VariantStatus?.[0]?.StatusMessage,
      ];
    };
    expect(await pending()).toEqual([0, 'Launching 3 instance(s).', undefined]);
    scene.aws.advance(180_000);
    expect(await pending()).toEqual([
      1,
      'Baking for 300 seconds (WaitIntervalInSeconds) with traffic enabled on canary capacity of 1 instance(s).',
      undefined,
    ]);
    scene.aws.advance(300_000);
    expect(await pending()).toEqual([
      3,
      'Baking for 120 seconds (TerminationWaitInSeconds) with traffic enabled on full capacity of 3 instance(s).',
      undefined,
    ]);
    scene.aws.advance(120_000);
    expect(await pending()).toEqual([3, undefined, 'Terminating 3 instance(s).']);
    scene.aws.advance(60_000);
    const after = await described();
    expect(after).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'two' });
    expect(after.LastDeploymentConfig).toEqual(canary());
  });

  it('shifts in steps of one size', async () => {
    await scene.endpoint('churn', 'one', { count: 4 });
    await update({
      count: 4,
      DeploymentConfig: {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: {
            Type: 'LINEAR',
            LinearStepSize: { Type: 'CAPACITY_PERCENT', Value: 25 },
            WaitIntervalInSeconds: 100,
          },
        },
      },
    });
    const counts: (number | undefined)[] = [];
    scene.aws.advance(180_000);
    for (let at = 0; at < 4; at += 1) {
      counts.push(
        (await described()).PendingDeploymentSummary?.ProductionVariants?.[0]?.CurrentInstanceCount,
      );
      scene.aws.advance(100_000);
    }
    expect(counts).toEqual([1, 2, 3, 4]);
  });

  it('replaces batch by batch when it rolls', async () => {
    await scene.endpoint('churn', 'one', { count: 4 });
    await update({
      count: 4,
      DeploymentConfig: {
        RollingUpdatePolicy: {
          MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value: 50 },
          WaitIntervalInSeconds: 60,
        },
      },
    });
    scene.aws.advance(180_000);
    const middle = await described();
    expect(middle.ProductionVariants?.[0]?.CurrentInstanceCount).toBe(2);
    expect(middle.PendingDeploymentSummary?.ProductionVariants?.[0]?.CurrentInstanceCount).toBe(2);
    scene.aws.advance(60_000 + 180_000 + 60_000);
    expect(await described()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'two' });
  });
});

describe('an update that fails', () => {
  it('ends InService on the old config with a reason', async () => {
    await scene.endpoint('churn', 'one');
    scene.aws.plan({ outcome: { kind: 'ping-failure' }, on: 'update' });
    await update();
    scene.aws.advance(600_000);
    const after = await described();
    expect(after).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'one' });
    expect(after.FailureReason).toContain('did not pass the ping health check');
  });

  it('ends InService on the old config without a word', async () => {
    await scene.endpoint('churn', 'one');
    scene.aws.plan({ outcome: { kind: 'no-capacity' }, withoutReason: true });
    await update();
    scene.aws.advance(600_000);
    const after = await described();
    expect(after).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'one' });
    expect(after.FailureReason).toBeUndefined();
  });

  it('rolls back when an alarm goes off while it bakes', async () => {
    await scene.endpoint('churn', 'one');
    await update({ DeploymentConfig: { ...canary(), ...alarm('errors') } });
    scene.aws.advance(170_000);
    scene.aws.setAlarm('errors', 'OK');
    scene.aws.advance(20_000);
    scene.aws.setAlarm('errors', 'ALARM');
    expect(await scene.status('churn')).toBe('RollingBack');
    scene.aws.advance(120_000);
    const after = await described();
    expect(after).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'one' });
    expect(after.FailureReason).toContain('[errors]');
  });

  it('rolls back as soon as it bakes when the alarm was on before', async () => {
    await scene.endpoint('churn', 'one');
    await update({ DeploymentConfig: { ...canary(), ...alarm('errors') } });
    scene.aws.setAlarm('errors', 'ALARM');
    expect(await scene.status('churn')).toBe('Updating');
    scene.aws.advance(180_000);
    expect(await scene.status('churn')).toBe('RollingBack');
  });

  it('takes no notice of an alarm that it was not told of', async () => {
    await scene.endpoint('churn', 'one');
    alarm('errors');
    scene.aws.plan({ outcome: { kind: 'alarm' } });
    await update({ DeploymentConfig: canary() });
    scene.aws.advance(200_000);
    scene.aws.setAlarm('errors', 'ALARM');
    scene.aws.advance(1_000_000);
    expect(await described()).toMatchObject({ EndpointStatus: 'InService', EndpointConfigName: 'two' });
  });

  it('can lose its way back', async () => {
    await scene.endpoint('churn', 'one');
    scene.aws.plan({ outcome: { kind: 'rollback-failure' } });
    await update({ DeploymentConfig: { ...canary(), ...alarm('errors') } });
    scene.aws.advance(180_000 + 120_000);
    expect(await described()).toMatchObject({
      EndpointStatus: 'UpdateRollbackFailed',
      EndpointConfigName: 'one',
    });
  });

  it('is cut off at its time limit when it is stuck', async () => {
    await scene.endpoint('churn', 'one');
    scene.aws.plan({ outcome: { kind: 'stuck' } });
    await update({ DeploymentConfig: canary() });
    scene.aws.advance(1_799_000);
    expect(await scene.status('churn')).toBe('Updating');
    scene.aws.advance(1_000);
    expect(await scene.status('churn')).toBe('RollingBack');
    scene.aws.advance(120_000);
    expect((await described()).FailureReason).toContain('1800 seconds');
  });

  it('forgets the reason with the next update', async () => {
    await scene.endpoint('churn', 'one');
    scene.aws.plan({ outcome: { kind: 'failure', reason: 'because' } });
    await update();
    scene.aws.advance(600_000);
    expect((await described()).FailureReason).toBe('because');
    await scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'two' });
    expect((await described()).FailureReason).toBeUndefined();
  });
});

describe('what an update keeps', () => {
  const count = async () => (await described()).ProductionVariants?.[0]?.DesiredInstanceCount;

  it('takes the count of the new config', async () => {
    await scene.endpoint('churn', 'one');
    scene.aws.scaleTo('churn', 'AllTraffic', 7);
    await update({ count: 3 });
    scene.aws.advance(600_000);
    expect(await count()).toBe(3);
  });

  it('keeps the scaled count, and so ignores a changed one, with RetainAllVariantProperties', async () => {
    await scene.endpoint('churn', 'one');
    scene.aws.scaleTo('churn', 'AllTraffic', 7);
    await update({ count: 3, RetainAllVariantProperties: true });
    scene.aws.advance(600_000);
    expect(await count()).toBe(7);
  });

  it('takes the new count again where that is left out of what is kept', async () => {
    await scene.endpoint('churn', 'one');
    scene.aws.scaleTo('churn', 'AllTraffic', 7);
    await update({
      count: 3,
      RetainAllVariantProperties: true,
      ExcludeRetainedVariantProperties: [{ VariantPropertyType: 'DesiredInstanceCount' }],
    });
    scene.aws.advance(600_000);
    expect(await count()).toBe(3);
  });

  it('keeps the deployment config when asked, and no other one then', async () => {
    await scene.endpoint('churn', 'one');
    await update({ DeploymentConfig: canary() });
    scene.aws.advance(1_000_000);
    const again = { EndpointName: 'churn', EndpointConfigName: 'one', RetainDeploymentConfig: true };
    await expect(scene.sagemaker.updateEndpoint({ ...again, DeploymentConfig: canary() })).rejects.toThrow(
      'RetainDeploymentConfig',
    );
    await scene.sagemaker.updateEndpoint(again);
    scene.aws.advance(180_000);
    expect((await described()).PendingDeploymentSummary?.ProductionVariants?.[0]?.CurrentInstanceCount).toBe(
      1,
    );
  });
});
