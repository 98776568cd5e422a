/**
 * The rules for DeploymentConfig.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DeploymentConfig.html and
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html (and its exclusions).
 * The rules are AWS's; the wording of these errors is the fake's own.
 */
import type {
  BlueGreenUpdatePolicy,
  CapacitySize,
  DeploymentConfig,
  RollingUpdatePolicy,
} from '@aws-sdk/client-sagemaker';
import { invalid } from '../errors.ts';
import type { Endpoint, SageMakerState, Variant } from './state.ts';

const DEFAULT_TIMEOUT = 14_400;

export function checkDeployment(
  state: SageMakerState,
  config: DeploymentConfig,
  variants: readonly Variant[],
  old: Endpoint | undefined,
): void {
  const { BlueGreenUpdatePolicy: blueGreen, RollingUpdatePolicy: rolling } = config;
  if (blueGreen !== undefined && rolling !== undefined) {
    throw invalid('Only one of BlueGreenUpdatePolicy and RollingUpdatePolicy can be specified.');
  }
  if (blueGreen === undefined && rolling === undefined && config.AutoRollbackConfiguration !== undefined) {
    throw invalid('AutoRollbackConfiguration requires BlueGreenUpdatePolicy or RollingUpdatePolicy.');
  }
  if (variants.some(({ spec }) => spec.ServerlessConfig !== undefined)) {
    throw invalid('DeploymentConfig is not supported for serverless endpoints.');
  }
  if (blueGreen !== undefined) checkBlueGreen(blueGreen, variants);
  if (rolling !== undefined) checkRolling(rolling, variants);
  checkAlarms(state, config);
  if (old !== undefined) checkNames(old, variants);
}

function checkBlueGreen(policy: BlueGreenUpdatePolicy, variants: readonly Variant[]): void {
  const traffic = policy.TrafficRoutingConfiguration;
  const { Type, WaitIntervalInSeconds: wait = 0, CanarySize, LinearStepSize } = traffic ?? {};
  if (CanarySize !== undefined && Type !== 'CANARY')
    throw invalid('CanarySize is only valid for type CANARY.');
  if (LinearStepSize !== undefined && Type !== 'LINEAR')
    throw invalid('LinearStepSize is only valid for type LINEAR.');
  if (Type === 'CANARY') {
    needsTwo(variants, Type);
    checkSize('CanarySize', CanarySize, variants, 1, 50);
  }
  if (Type === 'LINEAR') {
    needsTwo(variants, Type);
    checkSize('LinearStepSize', LinearStepSize, variants, 10, 50);
  }
  const waits = wait * waitsOf(Type, LinearStepSize, variants) + (policy.TerminationWaitInSeconds ?? 0);
  checkTimeout(policy.MaximumExecutionTimeoutInSeconds, waits);
}

function checkRolling(policy: RollingUpdatePolicy, variants: readonly Variant[]): void {
  checkSize('MaximumBatchSize', policy.MaximumBatchSize, variants, 5, 50);
  if (policy.RollbackMaximumBatchSize !== undefined) {
    checkSize('RollbackMaximumBatchSize', policy.RollbackMaximumBatchSize, variants, 5, 100);
  }
  const batches = Math.ceil(1 / shareOf(policy.MaximumBatchSize, countOf(variants)));
  checkTimeout(policy.MaximumExecutionTimeoutInSeconds, (policy.WaitIntervalInSeconds ?? 0) * batches);
}

function needsTwo(variants: readonly Variant[], type: string): void {
  const single = variants.find(({ count = 0 }) => count < 2);
  if (single !== undefined) {
    throw invalid(
      `Traffic routing of type ${type} requires at least 2 instances, but variant ${single.name} has ${single.count ?? 0}.`,
    );
  }
}

function checkSize(
  field: string,
  size: CapacitySize | undefined,
  variants: readonly Variant[],
  least: number,
  most: number,
): void {
  if (size === undefined) throw invalid(`${field} is required.`);
  for (const { name, count = 1 } of variants) {
    const percent = size.Type === 'INSTANCE_COUNT' ? ((size.Value ?? 0) / count) * 100 : (size.Value ?? 0);
    // A single instance is always a batch of its own: 5 % of one cannot be done.
    const small = size.Type === 'INSTANCE_COUNT' && size.Value === 1 ? 0 : least;
    const large = field === 'MaximumBatchSize' && count === 1 ? 100 : most;
    if (percent < small || percent > large) {
      throw invalid(
        `${field} must be between ${least} and ${most} percent of the instance count of variant ${name}, but is ${Math.round(percent)} percent.`,
      );
    }
  }
}

function checkTimeout(timeout = DEFAULT_TIMEOUT, waits: number): void {
  if (waits >= timeout) {
    throw invalid(
      `MaximumExecutionTimeoutInSeconds (${timeout}) must be greater than the sum of all wait intervals (${waits}).`,
    );
  }
}

function checkAlarms(state: SageMakerState, config: DeploymentConfig): void {
  const missing = alarmNames(config).filter((name) => state.others.alarmState(name) === null);
  if (missing.length > 0) throw invalid(`Could not find CloudWatch alarm(s) [${missing.join(', ')}].`);
}

export function alarmNames(config: DeploymentConfig | undefined): string[] {
  return (config?.AutoRollbackConfiguration?.Alarms ?? []).map(({ AlarmName = '' }) => AlarmName);
}

function checkNames(old: Endpoint, variants: readonly Variant[]): void {
  const names = (list: readonly Variant[]) =>
    list
      .map(({ name }) => name)
      .sort()
      .join(', ');
  if (names(old.variants) !== names(variants)) {
    throw invalid(
      `With a DeploymentConfig the variant names of the new endpoint configuration [${names(variants)}] must match those of the endpoint [${names(old.variants)}].`,
    );
  }
}

export function countOf(variants: readonly Variant[]): number {
  return Math.min(...variants.map(({ count = 1 }) => Math.max(1, count)));
}

/** Part of the fleet, above 0 and at most 1; whole instances. */
export function shareOf(size: CapacitySize | undefined, count: number): number {
  const { Type, Value = 1 } = size ?? {};
  const instances = Type === 'INSTANCE_COUNT' ? Value : Math.max(1, Math.round((Value / 100) * count));
  return Math.min(1, instances / count);
}

/** How often it waits between two steps; AWS counts one for ALL_AT_ONCE too. */
function waitsOf(
  type: string | undefined,
  step: CapacitySize | undefined,
  variants: readonly Variant[],
): number {
  return type === 'LINEAR' ? Math.max(1, Math.ceil(1 / shareOf(step, countOf(variants)) - 1e-9) - 1) : 1;
}
