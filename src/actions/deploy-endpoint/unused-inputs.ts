import type { Inputs } from './inputs.ts';

type Name = keyof Inputs;

/** What only a cloud platform has a use for; with the values that mean "not given". */
const CLOUD_ONLY: readonly (readonly [string, Name, unknown])[] = [
  ['aws-account-id', 'awsAccountId', null],
  ['aws-region', 'awsRegion', null],
  ['model-package-arn', 'modelPackageArn', null],
  ['framework', 'framework', null],
  ['framework-version', 'frameworkVersion', null],
  ['execution-role-arn', 'executionRoleArn', null],
  ['instance-type', 'instanceType', null],
  ['initial-instance-count', 'initialInstanceCount', null],
  ['variant-name', 'variantName', null],
  ['serverless-memory-mb', 'serverlessMemoryMb', null],
  ['serverless-max-concurrency', 'serverlessMaxConcurrency', null],
  ['vpc-subnets', 'vpcSubnets', null],
  ['vpc-security-groups', 'vpcSecurityGroups', null],
  ['enable-network-isolation', 'enableNetworkIsolation', null],
  ['kms-key-id', 'kmsKeyId', null],
  ['data-capture-destination', 'dataCaptureDestination', null],
  ['data-capture-percentage', 'dataCapturePercentage', null],
  ['model-download-timeout', 'modelDownloadTimeout', null],
  ['model-overrides', 'modelOverrides', null],
  ['endpoint-config-overrides', 'endpointConfigOverrides', null],
  ['autoscaling', 'autoscaling', null],
  ['min-capacity', 'minCapacity', null],
  ['max-capacity', 'maxCapacity', null],
  ['invocations-per-instance', 'invocationsPerInstance', null],
  ['scale-in-cooldown', 'scaleInCooldown', null],
  ['scale-out-cooldown', 'scaleOutCooldown', null],
  ['strategy', 'strategy', 'all-at-once'],
  ['step-percent', 'stepPercent', null],
  ['bake-minutes', 'bakeMinutes', 0],
  ['alarms', 'alarms', null],
  ['adopt', 'adopt', false],
  ['tags', 'tags', null],
];

/** What only a container has a use for. */
const CONTAINER_ONLY: typeof CLOUD_ONLY = [
  ['environment-variables', 'environmentVariables', null],
  ['container-startup-timeout', 'containerStartupTimeout', null],
];

/** The inputs that were given, and that `target: local` has no use for. */
export function unusedByLocal(inputs: Inputs): string[] {
  const isContainer = inputs.imageUri !== null || inputs.release !== null;
  const unused = isContainer ? CLOUD_ONLY : [...CLOUD_ONLY, ...CONTAINER_ONLY];
  return unused.filter(([, name, absent]) => inputs[name] !== absent).map(([input]) => input);
}
