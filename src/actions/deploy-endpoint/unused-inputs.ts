import { platformOf, reads } from '../../platforms/table.ts';
import type { Inputs } from './inputs.ts';

type Name = keyof Inputs;

/** What not every platform reads; with the values that mean "not given". */
const OF_SOME: readonly (readonly [string, Name, unknown])[] = [
  ['aws-account-id', 'awsAccountId', null],
  ['aws-region', 'awsRegion', null],
  ['framework', 'framework', null],
  ['framework-version', 'frameworkVersion', null],
  ['execution-role-arn', 'executionRoleArn', null],
  ['instance-type', 'instanceType', null],
  ['initial-instance-count', 'initialInstanceCount', null],
  ['vpc-subnets', 'vpcSubnets', null],
  ['vpc-security-groups', 'vpcSecurityGroups', null],
  ['kms-key-id', 'kmsKeyId', null],
  ['autoscaling', 'autoscaling', null],
  ['min-capacity', 'minCapacity', null],
  ['max-capacity', 'maxCapacity', null],
  ['strategy', 'strategy', 'all-at-once'],
  ['step-percent', 'stepPercent', null],
  ['bake-minutes', 'bakeMinutes', 0],
  ['alarms', 'alarms', null],
  ['adopt', 'adopt', false],
  ['tags', 'tags', null],
  ['environment-variables', 'environmentVariables', null],
  ['startup-timeout', 'startupTimeout', null],
];

/** What only a container has a use for. */
const OF_CONTAINERS = ['environment-variables', 'startup-timeout'];

/** The inputs that were given, and that the platform has no use for. */
export function unusedInputs(inputs: Inputs): string[] {
  // Whether a release has an image is not known yet.
  const mayBeContainer = inputs.imageUri !== null || inputs.release !== null;
  return unread(inputs.target, mayBeContainer)
    .filter(([, name, absent]) => inputs[name] !== absent)
    .map(([input]) => input);
}

/** The inputs as if those that the platform has no use for were not given. */
export function withoutUnused(inputs: Inputs, isContainer: boolean): Inputs {
  const absent = unread(inputs.target, isContainer).map(([, name, value]) => [name, value]);
  return { ...inputs, ...(Object.fromEntries(absent) as Partial<Inputs>) };
}

function unread(target: Inputs['target'], isContainer: boolean): typeof OF_SOME {
  const withoutContainer = platformOf(target).traits.servesArchives && !isContainer;
  return OF_SOME.filter(
    ([input]) => !reads(target, input) || (withoutContainer && OF_CONTAINERS.includes(input)),
  );
}
