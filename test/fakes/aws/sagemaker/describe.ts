import type {
  DescribeEndpointInput,
  DescribeEndpointOutput,
  ListEndpointsInput,
  ListEndpointsOutput,
  PendingProductionVariantSummary,
  ProductionVariantStatus,
  ProductionVariantSummary,
} from '@aws-sdk/client-sagemaker';
import { list } from './listing.ts';
import { findEndpoint } from './lookup.ts';
import type { Endpoint, SageMakerState, Variant } from './state.ts';
import type { ConfigUpdate } from './update.ts';

export function describeEndpoint(
  state: SageMakerState,
  input: DescribeEndpointInput,
): DescribeEndpointOutput {
  const endpoint = findEndpoint(state, input.EndpointName ?? '', 'DescribeEndpoint');
  const { name, arn, created, modified, status, failureReason, config, lastDeployment, update } = endpoint;
  const { AsyncInferenceConfig, ExplainerConfig } = config.spec;
  const capture = endpoint.dataCapture;
  return {
    EndpointName: name,
    EndpointArn: arn,
    EndpointConfigName: config.name,
    EndpointStatus: status,
    CreationTime: created,
    LastModifiedTime: modified,
    ...(status === 'Failed' ? {} : { ProductionVariants: summaries(state, endpoint, endpoint.variants) }),
    ...(endpoint.shadows.length === 0
      ? {}
      : { ShadowProductionVariants: summaries(state, endpoint, endpoint.shadows) }),
    ...(failureReason === undefined ? {} : { FailureReason: failureReason }),
    ...(lastDeployment === undefined ? {} : { LastDeploymentConfig: lastDeployment }),
    ...(AsyncInferenceConfig === undefined ? {} : { AsyncInferenceConfig }),
    ...(ExplainerConfig === undefined ? {} : { ExplainerConfig }),
    ...(capture === undefined
      ? {}
      : {
          DataCaptureConfig: {
            EnableCapture: capture.EnableCapture ?? false,
            CaptureStatus: capture.EnableCapture === true ? 'Started' : 'Stopped',
            CurrentSamplingPercentage: capture.InitialSamplingPercentage,
            DestinationS3Uri: capture.DestinationS3Uri,
            KmsKeyId: capture.KmsKeyId ?? '',
          },
        }),
    ...(update?.kind === 'config' ? { PendingDeploymentSummary: pending(state, update) } : {}),
  };
}

function summaries(
  state: SageMakerState,
  endpoint: Endpoint,
  variants: readonly Variant[],
): ProductionVariantSummary[] {
  return variants.map((variant) => {
    const { count, desiredCount } = variant;
    const status = statusOf(endpoint, variant);
    const current =
      endpoint.status === 'Creating' ? 0 : count === undefined ? count : count - replaced(endpoint, count);
    return {
      ...summary(state, variant),
      ...(current === undefined || count === undefined
        ? {}
        : { CurrentInstanceCount: current, DesiredInstanceCount: desiredCount }),
      ...(status === undefined ? {} : { VariantStatus: [status] }),
    };
  });
}

/** A rolling update takes from the old fleet what it adds to the new one. */
function replaced({ update }: Endpoint, count: number): number {
  const rolls = update?.kind === 'config' && update.deployment?.RollingUpdatePolicy !== undefined;
  return rolls ? Math.round(count * update.share) : 0;
}

function statusOf(
  endpoint: Endpoint,
  { count, desiredCount = 0 }: Variant,
): ProductionVariantStatus | undefined {
  const { update, created, modified } = endpoint;
  if (endpoint.status === 'Creating') {
    return {
      Status: 'Creating',
      StatusMessage: `Launching ${desiredCount} instance(s).`,
      StartTime: created,
    };
  }
  if (update?.kind === 'capacity' && count !== desiredCount) {
    const way = desiredCount > (count ?? 0) ? 'out' : 'in';
    const StatusMessage = `Scaling ${way} desired instance count to ${desiredCount}.`;
    return { Status: 'Updating', StatusMessage, StartTime: modified };
  }
  if (update?.kind === 'config' && update.phase === 'Deleting') {
    const StatusMessage = `Terminating ${count ?? 0} instance(s).`;
    return { Status: 'Deleting', StatusMessage, StartTime: update.phaseStarted };
  }
  return undefined;
}

function summary(state: SageMakerState, variant: Variant): ProductionVariantSummary {
  const image = (variant.model.spec.PrimaryContainer ?? variant.model.spec.Containers?.[0])?.Image;
  return {
    VariantName: variant.name,
    ...(image === undefined
      ? {}
      : {
          DeployedImages: [
            {
              SpecifiedImage: image,
              ResolvedImage: state.others.resolveImage(image),
              ResolutionTime: variant.model.created,
            },
          ],
        }),
    CurrentWeight: variant.weight,
    DesiredWeight: variant.desiredWeight,
    ...(variant.count === undefined
      ? {}
      : { CurrentInstanceCount: variant.count, DesiredInstanceCount: variant.desiredCount }),
    ...(variant.serverless === undefined
      ? {}
      : { CurrentServerlessConfig: variant.serverless, DesiredServerlessConfig: variant.serverless }),
    ...(variant.spec.RoutingConfig === undefined ? {} : { RoutingConfig: variant.spec.RoutingConfig }),
    ...(variant.spec.ManagedInstanceScaling === undefined
      ? {}
      : { ManagedInstanceScaling: variant.spec.ManagedInstanceScaling }),
  };
}

/** The share of the traffic shows in the count of the instances that take it, not in the weight. */
function pending(
  state: SageMakerState,
  update: ConfigUpdate,
): NonNullable<DescribeEndpointOutput['PendingDeploymentSummary']> {
  const ProductionVariants = update.variants.map((variant): PendingProductionVariantSummary => {
    const { count } = variant;
    const active = count === undefined ? undefined : Math.round(count * update.share);
    const status = pendingStatus(update, active ?? 0, count ?? 0);
    return {
      ...summary(state, variant),
      ...(active === undefined ? {} : { CurrentInstanceCount: active }),
      ...(variant.spec.InstanceType === undefined ? {} : { InstanceType: variant.spec.InstanceType }),
      ...(status === undefined ? {} : { VariantStatus: [{ ...status, StartTime: update.phaseStarted }] }),
    };
  });
  return { EndpointConfigName: update.config.name, StartTime: update.started, ProductionVariants };
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/automating-sagemaker-with-eventbridge.html has these messages. */
function pendingStatus(
  { phase, share, bake }: ConfigUpdate,
  active: number,
  all: number,
): Pick<ProductionVariantStatus, 'Status' | 'StatusMessage'> | undefined {
  const capacity = share === 1 ? `full capacity of ${all}` : `canary capacity of ${active}`;
  switch (phase) {
    case 'Creating':
      return { Status: phase, StatusMessage: `Launching ${all} instance(s).` };
    case 'ActivatingTraffic':
      return { Status: phase, StatusMessage: `Activating traffic on ${capacity} instance(s).` };
    case 'Baking': {
      const { seconds = 0, field = '' } = bake ?? {};
      const StatusMessage = `Baking for ${seconds} seconds (${field}) with traffic enabled on ${capacity} instance(s).`;
      return { Status: phase, StatusMessage };
    }
    case 'Deleting':
    case 'Updating':
      return undefined;
  }
}

export function listEndpoints(state: SageMakerState, input: ListEndpointsInput): ListEndpointsOutput {
  const { items, NextToken } = list([...state.endpoints.values()], input);
  const Endpoints = items.map(({ name, arn, created, modified, status }) => ({
    EndpointName: name,
    EndpointArn: arn,
    CreationTime: created,
    LastModifiedTime: modified,
    EndpointStatus: status,
  }));
  return { Endpoints, ...(NextToken === undefined ? {} : { NextToken }) };
}
