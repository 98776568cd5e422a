import type { DeploymentConfig } from '@aws-sdk/client-sagemaker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
  await scene.endpoint('churn', 'one');
  await scene.endpoint('single', 'small', { count: 1 });
  await scene.config('four', { count: 4 });
  await scene.endpoint('quad', 'four-old', { count: 4 });
  scene.aws.alarms.alarms.set('errors', { AlarmName: 'errors', StateValue: 'OK' });
});
afterAll(() => scene.close());

describe('deployment configs', () => {
  const blueGreen = (
    traffic: NonNullable<DeploymentConfig['BlueGreenUpdatePolicy']>['TrafficRoutingConfiguration'],
    rest: object = {},
  ): DeploymentConfig => ({
    BlueGreenUpdatePolicy: { TrafficRoutingConfiguration: traffic, ...rest },
  });
  const canary = (Type: 'INSTANCE_COUNT' | 'CAPACITY_PERCENT', Value: number) =>
    blueGreen({ Type: 'CANARY', CanarySize: { Type, Value }, WaitIntervalInSeconds: 60 });
  const linear = (Value: number) =>
    blueGreen({
      Type: 'LINEAR',
      LinearStepSize: { Type: 'CAPACITY_PERCENT', Value },
      WaitIntervalInSeconds: 60,
    });
  const all = (rest: object = {}) => blueGreen({ Type: 'ALL_AT_ONCE', WaitIntervalInSeconds: 0 }, rest);
  const rolling = (Value: number): DeploymentConfig => ({
    RollingUpdatePolicy: {
      MaximumBatchSize: { Type: 'CAPACITY_PERCENT', Value },
      WaitIntervalInSeconds: 60,
    },
  });
  const alarms = (...names: string[]) => ({
    AutoRollbackConfiguration: { Alarms: names.map((AlarmName) => ({ AlarmName })) },
  });

  it.each<[string, DeploymentConfig, RegExp, string?]>([
    ['both policies', { ...all(), ...rolling(50) }, /Only one of/],
    [
      'no wait interval',
      blueGreen({ Type: 'ALL_AT_ONCE' } as never),
      /waitIntervalInSeconds' .* must not be null/,
    ],
    ['a timeout of 599 s', all({ MaximumExecutionTimeoutInSeconds: 599 }), /greater than or equal to 600/],
    [
      'a timeout of 28801 s',
      all({ MaximumExecutionTimeoutInSeconds: 28_801 }),
      /less than or equal to 28800/,
    ],
    [
      'a timeout that the waits use up',
      all({ TerminationWaitInSeconds: 600, MaximumExecutionTimeoutInSeconds: 600 }),
      /greater than the sum of all wait intervals/,
    ],
    ['a canary of more than half', canary('CAPACITY_PERCENT', 51), /between 1 and 50 percent/],
    ['a canary of 3 of 4', canary('INSTANCE_COUNT', 3), /between 1 and 50 percent/, 'quad'],
    ['a canary of a single instance', canary('INSTANCE_COUNT', 1), /at least 2 instances/, 'single'],
    [
      'a canary without a size',
      blueGreen({ Type: 'CANARY', WaitIntervalInSeconds: 1 }),
      /CanarySize is required/,
    ],
    ['linear steps of 9 %', linear(9), /between 10 and 50 percent/],
    ['linear steps of 51 %', linear(51), /between 10 and 50 percent/],
    ['batches of 4 %', rolling(4), /between 5 and 50 percent/],
    ['batches of 51 %', rolling(51), /between 5 and 50 percent/],
    ['no alarm in the list', { ...all(), ...alarms() }, /length greater than or equal to 1/],
    [
      '11 alarms',
      { ...all(), ...alarms(...Array.from({ length: 11 }, () => 'errors')) },
      /length less than or equal to 10/,
    ],
    [
      'an alarm that is not there',
      { ...all(), ...alarms('errors', 'none') },
      /Could not find CloudWatch alarm\(s\) \[none\]/,
    ],
    ['alarms without a policy', alarms('errors'), /requires BlueGreenUpdatePolicy or RollingUpdatePolicy/],
  ])('refuses %s', async (_, DeploymentConfig, words, endpoint = 'churn') => {
    const config = { churn: 'one', single: 'small', quad: 'four' }[endpoint];
    await expect(
      scene.sagemaker.updateEndpoint({
        EndpointName: endpoint,
        EndpointConfigName: config,
        DeploymentConfig,
      }),
    ).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(words) as string,
    });
    expect(await scene.status(endpoint)).toBe('InService');
  });

  it('refuses other variant names', async () => {
    await scene.config('renamed', { variant: 'other' });
    await expect(
      scene.sagemaker.updateEndpoint({
        EndpointName: 'churn',
        EndpointConfigName: 'renamed',
        DeploymentConfig: all(),
      }),
    ).rejects.toThrow('variant names');
  });

  it.each<[string, DeploymentConfig]>([
    ['all at once', all()],
    ['the largest canary', canary('CAPACITY_PERCENT', 50)],
    ['the smallest linear step', linear(10)],
    ['the smallest batch', rolling(5)],
    ['alarms', { ...all(), ...alarms('errors') }],
  ])('takes %s', async (_, DeploymentConfig) => {
    await scene.sagemaker.updateEndpoint({
      EndpointName: 'quad',
      EndpointConfigName: 'four',
      DeploymentConfig,
    });
    scene.aws.advance(36_000_000);
    expect(await scene.status('quad')).toBe('InService');
  });
});
