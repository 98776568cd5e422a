import {
  DeleteScalingPolicyCommand,
  DeleteScheduledActionCommand,
  DeregisterScalableTargetCommand,
  DescribeScalableTargetsCommand,
  DescribeScalingPoliciesCommand,
  DescribeScheduledActionsCommand,
  PutScalingPolicyCommand,
  PutScheduledActionCommand,
  RegisterScalableTargetCommand,
  type PutScalingPolicyCommandInput,
} from '@aws-sdk/client-application-auto-scaling';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
  await scene.endpoint('churn', 'one');
});
afterEach(() => scene.close());

const target = {
  ServiceNamespace: 'sagemaker',
  ResourceId: 'endpoint/churn/variant/AllTraffic',
  ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
} as const;

const policy: PutScalingPolicyCommandInput = {
  ...target,
  PolicyName: 'invocations',
  PolicyType: 'TargetTrackingScaling',
  TargetTrackingScalingPolicyConfiguration: {
    TargetValue: 100,
    PredefinedMetricSpecification: { PredefinedMetricType: 'SageMakerVariantInvocationsPerInstance' },
    ScaleInCooldown: 300,
    ScaleOutCooldown: 60,
  },
};

const register = (MinCapacity = 2, MaxCapacity = 8) =>
  scene.scaling.send(new RegisterScalableTargetCommand({ ...target, MinCapacity, MaxCapacity }));
const targets = async () =>
  (await scene.scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'sagemaker' })))
    .ScalableTargets ?? [];
const policies = async () =>
  (
    await scene.scaling.send(
      new DescribeScalingPoliciesCommand({ ServiceNamespace: 'sagemaker', ResourceId: target.ResourceId }),
    )
  ).ScalingPolicies ?? [];
const actions = async () =>
  (await scene.scaling.send(new DescribeScheduledActionsCommand({ ServiceNamespace: 'sagemaker' })))
    .ScheduledActions ?? [];
const count = async () =>
  (await scene.sagemaker.describeEndpoint({ EndpointName: 'churn' })).ProductionVariants?.[0]
    ?.DesiredInstanceCount;

describe('scalable targets', () => {
  it('are registered, changed and told', async () => {
    await register();
    await scene.scaling.send(new RegisterScalableTargetCommand({ ...target, MaxCapacity: 9 }));
    expect(await targets()).toMatchObject([
      {
        ...target,
        MinCapacity: 2,
        MaxCapacity: 9,
        SuspendedState: { DynamicScalingInSuspended: false },
      },
    ]);
  });

  it('ask for the right to make the role of the service the first time, and no more after that', async () => {
    await register();
    await register();
    const asked = scene.aws.calls
      .filter(({ action }) => action === 'RegisterScalableTarget')
      .map(({ permissions }) => permissions.map(({ action }) => action));
    expect(asked[0]).toContain('iam:CreateServiceLinkedRole');
    expect(asked[1]).toEqual([
      'application-autoscaling:RegisterScalableTarget',
      'sagemaker:DescribeEndpoint',
      'sagemaker:UpdateEndpointWeightsAndCapacities',
    ]);
  });

  it('bring the count within their limits', async () => {
    await register(4, 8);
    expect(await count()).toBe(4);
    await register(1, 3);
    expect(await count()).toBe(3);
  });

  it('need a variant, both limits in order, and a place that can be scaled', async () => {
    const send = (input: object) =>
      scene.scaling.send(
        new RegisterScalableTargetCommand({ ...target, MinCapacity: 1, MaxCapacity: 2, ...input }),
      );
    await expect(send({ ResourceId: 'endpoint/none/variant/AllTraffic' })).rejects.toMatchObject({
      name: 'ValidationException',
    });
    await expect(send({ MinCapacity: 3 })).rejects.toThrow('Maximum capacity cannot be less than minimum');
    await expect(send({ MinCapacity: undefined })).rejects.toThrow('MinCapacity and MaxCapacity');
    await expect(send({ ResourceId: 'endpoint/churn' })).rejects.toThrow('Unsupported service namespace');
    await expect(send({ ServiceNamespace: 'nowhere' })).rejects.toThrow("at 'serviceNamespace' failed");
  });

  it('take their policies, alarms and scheduled actions with them', async () => {
    await register();
    const put = await scene.scaling.send(new PutScalingPolicyCommand(policy));
    expect(put.Alarms).toHaveLength(2);
    expect(scene.aws.alarms.alarms.size).toBe(2);
    await scene.scaling.send(
      new PutScheduledActionCommand({
        ...target,
        ScheduledActionName: 'night',
        Schedule: 'cron(0 22 * * ? *)',
        ScalableTargetAction: { MinCapacity: 1 },
      }),
    );
    expect(await policies()).toMatchObject([policy]);
    expect(await actions()).toMatchObject([{ ScheduledActionName: 'night', Schedule: 'cron(0 22 * * ? *)' }]);
    await scene.scaling.send(
      new PutScheduledActionCommand({ ...target, ScheduledActionName: 'day', Schedule: 'rate(1 day)' }),
    );
    await scene.scaling.send(new DeleteScheduledActionCommand({ ...target, ScheduledActionName: 'day' }));
    expect(await actions()).toHaveLength(1);
    await scene.scaling.send(new DeregisterScalableTargetCommand(target));
    expect([await targets(), await policies(), await actions()]).toEqual([[], [], []]);
    expect(scene.aws.alarms.alarms.size).toBe(0);
  });

  it('go with their endpoint', async () => {
    await register();
    await scene.sagemaker.deleteEndpoint({ EndpointName: 'churn' });
    expect(await targets()).toEqual([]);
  });

  it('keep an update from changing the type of the instances', async () => {
    await register();
    await scene.config('big', { type: 'ml.m5.xlarge' });
    const update = () => scene.sagemaker.updateEndpoint({ EndpointName: 'churn', EndpointConfigName: 'big' });
    await expect(update()).rejects.toThrow('registered as a scalable target');
    await scene.scaling.send(new DeregisterScalableTargetCommand(target));
    await update();
  });
});

describe('policies and actions', () => {
  it('need a target', async () => {
    await expect(scene.scaling.send(new PutScalingPolicyCommand(policy))).rejects.toMatchObject({
      name: 'ObjectNotFoundException',
      message: `No scalable target found for service namespace: sagemaker, resource ID: ${target.ResourceId}, scalable dimension: ${target.ScalableDimension}`,
    });
  });

  it('are changed in place, and deleted once', async () => {
    await register();
    const first = await scene.scaling.send(new PutScalingPolicyCommand(policy));
    const changed = { ...policy.TargetTrackingScalingPolicyConfiguration, TargetValue: 50 };
    const second = await scene.scaling.send(
      new PutScalingPolicyCommand({ ...policy, TargetTrackingScalingPolicyConfiguration: changed }),
    );
    expect(second.PolicyARN).toBe(first.PolicyARN);
    expect((await policies())[0]?.TargetTrackingScalingPolicyConfiguration?.TargetValue).toBe(50);
    const remove = new DeleteScalingPolicyCommand({ ...target, PolicyName: 'invocations' });
    await scene.scaling.send(remove);
    await expect(scene.scaling.send(remove)).rejects.toMatchObject({ name: 'ObjectNotFoundException' });
    const action = { ...target, ScheduledActionName: 'night' };
    await expect(
      scene.scaling.send(new PutScheduledActionCommand({ ...action, Schedule: 'tonight' })),
    ).rejects.toThrow('Schedule expression is invalid');
    await expect(scene.scaling.send(new DeleteScheduledActionCommand(action))).rejects.toThrow(
      'No scheduled action found',
    );
  });
});
