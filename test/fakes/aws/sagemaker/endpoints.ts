import type {
  CreateEndpointInput,
  CreateEndpointOutput,
  DeleteEndpointInput,
  UpdateEndpointInput,
  UpdateEndpointOutput,
  UpdateEndpointWeightsAndCapacitiesInput,
  UpdateEndpointWeightsAndCapacitiesOutput,
} from '@aws-sdk/client-sagemaker';
import { invalid } from '../errors.ts';
import { checkDeployment, countOf, shareOf } from './deployment-config.ts';
import { arnOf, findConfig, findEndpoint, markNew, refuseExisting } from './lookup.ts';
import type { Endpoint, SageMakerState, Variant } from './state.ts';
import { checkTags } from './tags.ts';
import { startCapacityChange, startCreation, startRemoval, startUpdate } from './update.ts';
import { checkQuota, fleetOf, retain, retainsDataCapture } from './variants.ts';

export function createEndpoint(state: SageMakerState, input: CreateEndpointInput): CreateEndpointOutput {
  const name = input.EndpointName ?? '';
  const tags = checkTags(input.Tags);
  refuseExisting(state, 'endpoint', state.endpoints, name);
  const config = findConfig(state, input.EndpointConfigName ?? '', 'CreateEndpoint');
  const variants = fleetOf(state, config, 'ProductionVariants', 'CreateEndpoint');
  const shadows = fleetOf(state, config, 'ShadowProductionVariants', 'CreateEndpoint');
  if (input.DeploymentConfig !== undefined)
    checkDeployment(state, input.DeploymentConfig, variants, undefined);
  checkQuota(state, [...variants, ...shadows], 1);
  const now = state.world.time.now();
  const arn = arnOf(state, 'endpoint', name);
  const endpoint: Endpoint = {
    name,
    arn,
    created: now,
    modified: now,
    status: 'Creating',
    failureReason: undefined,
    config,
    dataCapture: config.spec.DataCaptureConfig,
    variants,
    shadows,
    lastDeployment: input.DeploymentConfig,
    update: undefined,
  };
  state.endpoints.set(name.toLowerCase(), endpoint);
  state.tags.set(arn, tags);
  markNew(state, 'endpoint', arn);
  startCreation(state, endpoint);
  return { EndpointArn: arn };
}

export function updateEndpoint(state: SageMakerState, input: UpdateEndpointInput): UpdateEndpointOutput {
  const endpoint = findEndpoint(state, input.EndpointName ?? '', 'UpdateEndpoint');
  refuseBusy(endpoint, ['InService', 'UpdateRollbackFailed', 'OutOfService']);
  // Both: the one that serves is needed as well, for the way back.
  const serving = findConfig(state, endpoint.config.name, 'UpdateEndpoint of');
  const config = findConfig(state, input.EndpointConfigName ?? '', 'UpdateEndpoint');
  const variants = fleetOf(state, config, 'ProductionVariants', 'UpdateEndpoint');
  const shadows = fleetOf(state, config, 'ShadowProductionVariants', 'UpdateEndpoint');
  retain(endpoint, variants, input);
  const deployment = deploymentOf(endpoint, input);
  if (deployment !== undefined) checkDeployment(state, deployment, variants, endpoint);
  checkKind(endpoint, variants);
  checkScaled(state, endpoint, variants);
  const batch = deployment?.RollingUpdatePolicy?.MaximumBatchSize;
  checkQuota(state, [...variants, ...shadows], batch === undefined ? 1 : shareOf(batch, countOf(variants)));
  startUpdate(state, endpoint, {
    config,
    variants,
    shadows,
    deployment,
    dataCapture: retainsDataCapture(input)
      ? (endpoint.dataCapture ?? serving.spec.DataCaptureConfig)
      : config.spec.DataCaptureConfig,
  });
  return { EndpointArn: endpoint.arn };
}

function deploymentOf(
  endpoint: Endpoint,
  input: UpdateEndpointInput,
): UpdateEndpointInput['DeploymentConfig'] {
  if (input.RetainDeploymentConfig !== true) return input.DeploymentConfig;
  if (input.DeploymentConfig !== undefined) {
    throw invalid('DeploymentConfig cannot be specified when RetainDeploymentConfig is true.');
  }
  return endpoint.lastDeployment;
}

function refuseBusy(endpoint: Endpoint, allowed: readonly Endpoint['status'][]): void {
  if (allowed.includes(endpoint.status)) return;
  if (endpoint.status === 'Failed' || endpoint.status === 'UpdateRollbackFailed') {
    throw invalid(`Cannot update endpoint "${endpoint.arn}" in status "${endpoint.status}".`);
  }
  throw invalid(`Cannot update in-progress endpoint "${endpoint.arn}".`);
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-update-delete.html */
function checkKind(endpoint: Endpoint, variants: readonly Variant[]): void {
  const serverless = (list: readonly Variant[]) => list.some((variant) => variant.serverless !== undefined);
  if (serverless(endpoint.variants) !== serverless(variants)) {
    throw invalid('An endpoint cannot be changed between serverless and instance-based variants.');
  }
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/endpoint-auto-scaling-update.html */
function checkScaled(state: SageMakerState, endpoint: Endpoint, variants: readonly Variant[]): void {
  for (const { name, spec } of endpoint.variants) {
    if (!state.others.isScaled(endpoint.name, name)) continue;
    const fresh = variants.find((variant) => variant.name === name);
    if (fresh === undefined || fresh.spec.InstanceType !== spec.InstanceType) {
      throw invalid(
        `Variant ${name} of endpoint "${endpoint.arn}" is registered as a scalable target: deregister it before its instance type is changed or it is removed.`,
      );
    }
  }
}

export function deleteEndpoint(state: SageMakerState, input: DeleteEndpointInput): undefined {
  const endpoint = findEndpoint(state, input.EndpointName ?? '', 'DeleteEndpoint');
  if (!['InService', 'Failed', 'OutOfService', 'UpdateRollbackFailed'].includes(endpoint.status)) {
    throw invalid(`Cannot update in-progress endpoint "${endpoint.arn}".`);
  }
  startRemoval(state, endpoint);
  return undefined;
}

export function updateWeightsAndCapacities(
  state: SageMakerState,
  input: UpdateEndpointWeightsAndCapacitiesInput,
): UpdateEndpointWeightsAndCapacitiesOutput {
  const endpoint = findEndpoint(state, input.EndpointName ?? '', 'UpdateEndpointWeightsAndCapacities');
  refuseBusy(endpoint, ['InService']);
  const wanted = input.DesiredWeightsAndCapacities ?? [];
  for (const { VariantName = '' } of wanted) {
    if (!endpoint.variants.some(({ name }) => name === VariantName)) {
      throw invalid(
        `The variant name(s) "${VariantName}" is/are not present within endpoint configuration "${endpoint.config.name}".`,
      );
    }
  }
  for (const variant of endpoint.variants) {
    const change = wanted.find(({ VariantName }) => VariantName === variant.name);
    variant.desiredWeight = change?.DesiredWeight ?? variant.desiredWeight;
    if (variant.count !== undefined)
      variant.desiredCount = change?.DesiredInstanceCount ?? variant.desiredCount;
    if (variant.serverless !== undefined)
      variant.serverless = { ...variant.serverless, ...change?.ServerlessUpdateConfig };
  }
  startCapacityChange(state, endpoint, (variant) => {
    variant.weight = variant.desiredWeight;
    variant.count = variant.desiredCount;
  });
  return { EndpointArn: endpoint.arn };
}
