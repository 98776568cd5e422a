/** Several instance types in the order in which AWS tries them. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../../src/core/errors.ts';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import type { DeploymentFacts } from '../../../../src/core/plan/deployment-facts.ts';
import { judge } from '../../../../src/core/spec/rule.ts';
import type { DeploymentRequest } from '../../../../src/core/targets.ts';
import type { Live } from '../../../../src/platforms/sagemaker/live.ts';
import { sagemakerRules } from '../../../../src/platforms/sagemaker/preflight/rules.ts';
import { wantedConfig } from '../../../../src/platforms/sagemaker/resolve/config.ts';

const POOLS = [
  { InstanceType: 'ml.g6.2xlarge', Priority: 1 },
  { InstanceType: 'ml.g5.2xlarge', Priority: 2 },
];

function variant(settings: CloudSettings, serving?: object) {
  const problems: Problem[] = [];
  const endpointConfig = {
    ProductionVariants: [{ VariantName: 'main', InitialInstanceCount: 1, ...serving }],
  };
  const live =
    serving === undefined
      ? null
      : ({ endpoint: 'churn', serving: 'c', specs: { model: {}, endpointConfig } } as unknown as Live);
  const request = { desired: { spec: settings } } as unknown as DeploymentRequest;
  const config = wantedConfig(request, live, problems);
  const [first] = config.ProductionVariants as Record<string, unknown>[];
  return { first: JSON.parse(JSON.stringify(first)) as Record<string, unknown>, problems };
}

describe('instance pools', () => {
  it('take the place of the instance type', () => {
    const { first, problems } = variant({
      instanceTypes: ['ml.g6.2xlarge', 'ml.g5.2xlarge'],
      provisionTimeout: 1200,
    });
    expect(problems).toEqual([]);
    expect(first).toEqual({
      VariantName: 'main',
      InitialInstanceCount: 1,
      InstancePools: POOLS,
      VariantInstanceProvisionTimeoutInSeconds: 1200,
    });
  });

  it('of what serves are carried over, without a model of their own', () => {
    const serving = {
      InstancePools: [{ ...POOLS[0], ModelNameOverride: 'other' }, POOLS[1]],
      VariantInstanceProvisionTimeoutInSeconds: 900,
    };
    const { first, problems } = variant({}, serving);
    expect(problems).toEqual([]);
    expect(first).toMatchObject({ InstancePools: POOLS, VariantInstanceProvisionTimeoutInSeconds: 900 });
    expect(JSON.stringify(first)).not.toContain('ModelNameOverride');
  });

  it('end with one instance type, and the other way round', () => {
    const { first } = variant({ instanceType: 'ml.m5.large' }, { InstancePools: POOLS });
    expect(first).toMatchObject({ InstanceType: 'ml.m5.large' });
    expect(first).not.toHaveProperty('InstancePools');
    const back = variant({ instanceTypes: ['ml.g5.2xlarge'] }, { InstanceType: 'ml.m5.large' });
    expect(back.first).not.toHaveProperty('InstanceType');
  });

  it('that cannot be are told all at once', () => {
    const types = ['ml.g6.2xlarge', 'ml.g6.2xlarge', 'g5', 'ml.a.b', 'ml.c.d', 'ml.e.f'];
    const facts = { instanceType: 'ml.m5.large', instanceTypes: types, serverless: null };
    const told = poolProblems(facts);
    expect(told).toEqual([
      '"g5" is not an instance type of SageMaker.',
      'has 6 types; SageMaker accepts 5.',
      'names a type twice.',
      'is set together with instance-type.',
    ]);
  });
});

function poolProblems(facts: Partial<DeploymentFacts>): string[] {
  const whole = {
    ...{ endpoint: 'churn', region: 'eu-west-1', account: null, variantName: null, executionRoleArn: null },
    ...{ model: null, imageUri: null, instanceCount: null, capacity: { min: null, max: null } },
    scalingPolicy: { invocationsPerInstance: null, scaleInCooldown: null, scaleOutCooldown: null },
    ...{ endsScaling: false, candidateInstances: 0, environment: new Map(), tags: new Map(), subnets: [] },
    strategy: { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] },
    ...{
      securityGroups: [],
      networkIsolation: false,
      dataCapture: false,
      kmsKeyId: null,
      timeoutMinutes: 60,
    },
    ...{ live: null, ...facts },
  } as DeploymentFacts;
  return judge(sagemakerRules, whole, 'plan')
    .filter(({ where }) => where === 'sagemaker: instance-types')
    .map(({ message }) => message);
}
