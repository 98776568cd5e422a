import type {
  CreateEndpointConfigInput,
  CreateEndpointConfigOutput,
  DeleteEndpointConfigInput,
  DescribeEndpointConfigInput,
  DescribeEndpointConfigOutput,
  ListEndpointConfigsInput,
  ListEndpointConfigsOutput,
  ProductionVariant,
} from '@aws-sdk/client-sagemaker';
import { invalid } from '../errors.ts';
import { list } from './listing.ts';
import { arnOf, findConfig, findModel, markNew, refuseExisting } from './lookup.ts';
import type { SageMakerState } from './state.ts';
import { checkTags } from './tags.ts';

export function createEndpointConfig(
  state: SageMakerState,
  input: CreateEndpointConfigInput,
): CreateEndpointConfigOutput {
  const name = input.EndpointConfigName ?? '';
  const tags = checkTags(input.Tags);
  checkVariants(input);
  refuseExisting(state, 'endpoint-config', state.configs, name);
  for (const { ModelName } of variantsOf(input)) findModel(state, ModelName ?? '', 'CreateEndpointConfig');
  const arn = arnOf(state, 'endpoint-config', name);
  const { Tags: _, ...spec } = input;
  state.configs.set(name.toLowerCase(), { name, arn, created: state.world.time.now(), spec });
  state.tags.set(arn, tags);
  markNew(state, 'endpoint-config', arn);
  return { EndpointConfigArn: arn };
}

export function variantsOf(input: CreateEndpointConfigInput): ProductionVariant[] {
  return [...(input.ProductionVariants ?? []), ...(input.ShadowProductionVariants ?? [])];
}

function checkVariants(input: CreateEndpointConfigInput): void {
  const variants = variantsOf(input);
  const names = variants.map(({ VariantName }) => VariantName);
  if (new Set(names).size < names.length) {
    throw invalid('Variant names must be unique within an endpoint configuration.');
  }
  for (const variant of variants) checkVariant(variant);
  const serverless = variants.filter(({ ServerlessConfig }) => ServerlessConfig !== undefined);
  if (serverless.length > 0 && serverless.length < variants.length) {
    throw invalid('Serverless and instance-based variants cannot be mixed in one endpoint configuration.');
  }
  if (serverless.length > 0) checkServerless(input, variants);
}

function checkVariant(variant: ProductionVariant): void {
  const { VariantName = '', ServerlessConfig, InstanceType, InitialInstanceCount, ModelName } = variant;
  if (ModelName === undefined) {
    throw invalid(`ModelName is required for production variant ${VariantName}.`);
  }
  if (ServerlessConfig === undefined) {
    if (InstanceType === undefined || InitialInstanceCount === undefined) {
      throw invalid(
        `InstanceType and InitialInstanceCount are required for production variant ${VariantName} without ServerlessConfig.`,
      );
    }
    return;
  }
  if (InstanceType !== undefined || InitialInstanceCount !== undefined) {
    throw invalid(
      `ServerlessConfig cannot be used together with InstanceType or InitialInstanceCount for production variant ${VariantName}.`,
    );
  }
  const { MemorySizeInMB = 0, MaxConcurrency = 0, ProvisionedConcurrency = 0 } = ServerlessConfig;
  // https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html
  if (MemorySizeInMB % 1024 !== 0) {
    throw invalid(
      `1 validation error detected: Value '${MemorySizeInMB}' at 'productionVariants.1.member.serverlessConfig.memorySizeInMB' failed to satisfy constraint: Member must satisfy enum value set: [1024, 2048, 3072, 4096, 5120, 6144]`,
    );
  }
  if (ProvisionedConcurrency > MaxConcurrency) {
    throw invalid('ProvisionedConcurrency must be less than or equal to MaxConcurrency.');
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints.html, "feature exclusions" */
function checkServerless(input: CreateEndpointConfigInput, variants: readonly ProductionVariant[]): void {
  if (variants.length > 1) throw invalid('Serverless endpoints support one production variant only.');
  if (input.DataCaptureConfig?.EnableCapture === true)
    throw invalid('DataCaptureConfig is not supported for serverless endpoints.');
  if (input.KmsKeyId !== undefined) throw invalid('KmsKeyId is not supported for serverless endpoints.');
  if (input.AsyncInferenceConfig !== undefined)
    throw invalid('AsyncInferenceConfig is not supported for serverless endpoints.');
}

export function describeEndpointConfig(
  state: SageMakerState,
  input: DescribeEndpointConfigInput,
): DescribeEndpointConfigOutput {
  const config = findConfig(state, input.EndpointConfigName ?? '', 'DescribeEndpointConfig');
  const { spec, name, arn, created } = config;
  const filled = (variant: ProductionVariant) => ({ InitialVariantWeight: 1, ...variant });
  return {
    ...spec,
    ProductionVariants: spec.ProductionVariants?.map(filled),
    ...(spec.ShadowProductionVariants === undefined
      ? {}
      : { ShadowProductionVariants: spec.ShadowProductionVariants.map(filled) }),
    EndpointConfigName: name,
    EndpointConfigArn: arn,
    CreationTime: created,
    EnableNetworkIsolation: spec.EnableNetworkIsolation ?? false,
  };
}

/** Also one that an endpoint uses: AWS lets you, and the endpoint can never be updated again. */
export function deleteEndpointConfig(state: SageMakerState, input: DeleteEndpointConfigInput): undefined {
  const { name, arn } = findConfig(state, input.EndpointConfigName ?? '', 'DeleteEndpointConfig');
  state.configs.delete(name.toLowerCase());
  state.tags.delete(arn);
  return undefined;
}

export function listEndpointConfigs(
  state: SageMakerState,
  input: ListEndpointConfigsInput,
): ListEndpointConfigsOutput {
  const { items, NextToken } = list([...state.configs.values()], input);
  const EndpointConfigs = items.map(({ name, arn, created }) => ({
    EndpointConfigName: name,
    EndpointConfigArn: arn,
    CreationTime: created,
  }));
  return { EndpointConfigs, ...(NextToken === undefined ? {} : { NextToken }) };
}
