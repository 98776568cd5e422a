/** Fleets: what a config asks for, and what an update retains of the fleet that is there. */
import type { UpdateEndpointInput } from '@aws-sdk/client-sagemaker';
import { AwsError } from '../errors.ts';
import { findModel } from './lookup.ts';
import type { Endpoint, EndpointConfig, SageMakerState, Variant } from './state.ts';

/** @throws AwsError where one of its models is gone */
export function fleetOf(
  state: SageMakerState,
  config: EndpointConfig,
  field: 'ProductionVariants' | 'ShadowProductionVariants',
  looker: string,
): Variant[] {
  return (config.spec[field] ?? []).map((spec) => {
    const weight = spec.InitialVariantWeight ?? 1;
    return {
      name: spec.VariantName ?? '',
      spec,
      model: findModel(state, spec.ModelName ?? '', looker),
      weight,
      desiredWeight: weight,
      count: spec.InitialInstanceCount,
      desiredCount: spec.InitialInstanceCount,
      serverless: spec.ServerlessConfig,
    };
  });
}

/**
 * RetainAllVariantProperties: weights and counts of the variants that stay are kept as they are now, whatever the new
 * config says, but for those that ExcludeRetainedVariantProperties names.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_UpdateEndpoint.html
 */
export function retain(old: Endpoint, fresh: readonly Variant[], input: UpdateEndpointInput): void {
  if (input.RetainAllVariantProperties !== true) return;
  const excluded = excludedOf(input);
  for (const variant of fresh) {
    const before = old.variants.find(({ name }) => name === variant.name);
    if (before === undefined) continue;
    if (!excluded.has('DesiredInstanceCount') && before.count !== undefined && variant.count !== undefined) {
      variant.count = before.desiredCount;
      variant.desiredCount = before.desiredCount;
    }
    if (!excluded.has('DesiredWeight')) {
      variant.weight = before.desiredWeight;
      variant.desiredWeight = before.desiredWeight;
    }
  }
}

export function retainsDataCapture(input: UpdateEndpointInput): boolean {
  return input.RetainAllVariantProperties === true && !excludedOf(input).has('DataCaptureConfig');
}

function excludedOf(input: UpdateEndpointInput): Set<string | undefined> {
  return new Set(
    (input.ExcludeRetainedVariantProperties ?? []).map(({ VariantPropertyType }) => VariantPropertyType),
  );
}

/** @throws AwsError ResourceLimitExceeded where the account may not have that many instances beside what runs */
export function checkQuota(state: SageMakerState, variants: readonly Variant[], part: number): void {
  for (const [type, delta] of instances(variants, part)) {
    const limit = state.others.quota(type);
    const used = inUse(state, type);
    if (limit === undefined || used + delta <= limit) continue;
    throw new AwsError('ResourceLimitExceeded', state.world.words.say('quota', { type, limit, used, delta }));
  }
}

function instances(variants: readonly Variant[], part: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { spec, count } of variants) {
    if (spec.InstanceType === undefined || count === undefined) continue;
    counts.set(
      spec.InstanceType,
      (counts.get(spec.InstanceType) ?? 0) + Math.max(1, Math.ceil(count * part)),
    );
  }
  return counts;
}

function inUse(state: SageMakerState, type: string): number {
  return [...state.endpoints.values()]
    .filter(({ status }) => status !== 'Failed')
    .flatMap((endpoint) => [
      ...endpoint.variants,
      ...endpoint.shadows,
      ...(endpoint.update?.kind === 'config' ? endpoint.update.variants : []),
    ])
    .reduce((sum, { spec, count = 0 }) => sum + (spec.InstanceType === type ? count : 0), 0);
}
