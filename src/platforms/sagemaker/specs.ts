/** A model and an endpoint config, as CreateModel and CreateEndpointConfig want them, without names, tags and values. */
import type { DescribeEndpointConfigOutput, DescribeModelOutput } from '@aws-sdk/client-sagemaker';
import type { Desired } from '../../documents/plan.ts';
import { UserError } from '../../core/errors.ts';
import type { Scaling } from '../../core/plan/cloud-settings.ts';
import type { JsonObject } from '../../core/json-object.ts';
import { isObject, objectAt, pruned, without } from './api-json.ts';

export interface Specs {
  /** CreateModel without ModelName, Tags and the container's Environment. */
  readonly model: JsonObject;
  /** CreateEndpointConfig without EndpointConfigName, Tags and the variant's ModelName. */
  readonly endpointConfig: JsonObject;
}

const MODEL_FACTS = [
  'ModelName',
  'ModelArn',
  'CreationTime',
  'DeploymentRecommendation',
  '$metadata',
  'Tags',
];
const CONFIG_FACTS = ['EndpointConfigName', 'EndpointConfigArn', 'CreationTime', '$metadata', 'Tags'];

export function modelSpecOf(described: DescribeModelOutput): JsonObject {
  const { PrimaryContainer, Containers, ...rest } = described;
  const container = PrimaryContainer ?? Containers?.[0] ?? {};
  return modelSpec({ ...rest, PrimaryContainer: container });
}

/** In the one form that both what is described and what is asked for have. */
export function modelSpec(spec: JsonObject): JsonObject {
  const container = { ...objectAt(spec, 'PrimaryContainer') };
  delete container.Environment;
  if (container.Mode === 'SingleModel') delete container.Mode;
  // An archive is described in both of the ways in which it can be asked for.
  if (typeof container.ModelDataUrl === 'string') delete container.ModelDataSource;
  return pruned({ ...without(spec, [...MODEL_FACTS, 'Containers']), PrimaryContainer: container });
}

export function configSpecOf(described: DescribeEndpointConfigOutput): JsonObject {
  return configSpec({ ...described });
}

export function configSpec(spec: JsonObject): JsonObject {
  const variants = Array.isArray(spec.ProductionVariants) ? (spec.ProductionVariants as unknown[]) : [];
  return pruned({
    ...without(spec, CONFIG_FACTS),
    ProductionVariants: variants.filter(isObject).map(variantSpec),
  });
}

function variantSpec(variant: JsonObject): JsonObject {
  const { ModelName: _, InitialVariantWeight, ...rest } = variant;
  return InitialVariantWeight === undefined || InitialVariantWeight === 1
    ? rest
    : { ...rest, InitialVariantWeight };
}

/** What the spec of a plan holds. */
export interface PlanSpec extends Specs {
  /** The autoscaling that was asked for; absent if what there is stays. */
  readonly scaling?: Scaling;
  /** Autoscaling ends. */
  readonly removeScaling?: true;
}

/** @throws UserError for the plan of another platform */
export function specsOf({ spec }: Pick<Desired, 'spec'>): PlanSpec {
  if (isObject(spec.model) && isObject(spec.endpointConfig)) return spec as unknown as PlanSpec;
  throw new UserError('This plan was not made for SageMaker: its spec has no model and no endpoint config.');
}

export function removesScaling(desired: Pick<Desired, 'spec'>): boolean {
  return specsOf(desired).removeScaling === true;
}

export function scalingOf(desired: Pick<Desired, 'spec'>): Scaling | null {
  return specsOf(desired).scaling ?? null;
}

export interface VariantFacts {
  readonly variantName: string | null;
  readonly instanceType: string | null;
  readonly instanceCount: number | null;
}

export function variantFacts(desired: Pick<Desired, 'spec'>): VariantFacts {
  const variant = variantOf(specsOf(desired));
  return {
    variantName: textAt(variant, 'VariantName'),
    instanceType: textAt(variant, 'InstanceType'),
    instanceCount: numberAt(variant, 'InitialInstanceCount'),
  };
}

export function containerOf({ model }: Pick<Specs, 'model'>): JsonObject {
  return objectAt(model, 'PrimaryContainer');
}

export function variantOf({ endpointConfig }: Pick<Specs, 'endpointConfig'>): JsonObject {
  const [first] = Array.isArray(endpointConfig.ProductionVariants)
    ? (endpointConfig.ProductionVariants as unknown[])
    : [];
  return isObject(first) ? first : {};
}

export function textAt(value: JsonObject, name: string): string | null {
  const text = value[name];
  return typeof text === 'string' ? text : null;
}

export function numberAt(value: JsonObject, name: string): number | null {
  const number = value[name];
  return typeof number === 'number' ? number : null;
}

/** Where the archive is; null for a model without one. */
export function modelUrlOf(specs: Pick<Specs, 'model'>): string | null {
  const container = containerOf(specs);
  const source = objectAt(objectAt(container, 'ModelDataSource'), 'S3DataSource');
  return textAt(container, 'ModelDataUrl') ?? textAt(source, 'S3Uri');
}

/** `sha256:…` of an image that is named by its digest. */
export function imageDigestOf(image: string | null): string | null {
  return /@(sha256:[0-9a-f]{64})$/.exec(image ?? '')?.[1] ?? null;
}

/** The model's digest, if the archive is in a store, which names it by its content. */
export function modelDigestOfUrl(url: string | null): string | null {
  return /models\/([0-9a-f]{64})\/model\.tar(?:\.gz)?$/.exec(url ?? '')?.[1] ?? null;
}
