/** What the checks before a deployment have to know of it. */
import type { Scaling } from '../../core/plan/cloud-settings.ts';
import type { Desired } from '../../documents/plan.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { objectAt } from './api-json.ts';
import { isScaled, type Live } from './live.ts';
import type { SageMakerTargetOptions } from './options.ts';
import { preflight } from './preflight/preflight.ts';
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import { cloudSettings } from './resolve/settings.ts';
import type { Reads } from './reads.ts';
import {
  containerOf,
  modelUrlOf,
  numberAt,
  removesScaling,
  scalingOf,
  specsOf,
  textAt,
  variantFacts,
  variantOf,
} from './specs.ts';

export function preflightOf(
  request: DeploymentRequest,
  desired: Desired,
  live: Live | null,
  reads: Reads,
  options: SageMakerTargetOptions,
): ReturnType<typeof preflight> {
  const { clients, signal } = options;
  const readAccount = () => reads.account();
  return preflight(subjectOf(request, desired, live, options), clients, { signal, readAccount });
}

function subjectOf(
  request: DeploymentRequest,
  desired: Desired,
  live: Live | null,
  options: SageMakerTargetOptions,
): DeploymentFacts {
  const { endpoint, sources } = request;
  const specs = specsOf(desired);
  const { variantName, instanceType, instanceCount } = variantFacts(desired);
  const scaling = scalingOf(desired);
  const variant = variantOf(specs);
  const vpc = objectAt(specs.model, 'VpcConfig');
  const serverless = variant.ServerlessConfig === undefined ? null : objectAt(variant, 'ServerlessConfig');
  const url = modelUrlOf(specs);
  const { minCapacity, maxCapacity, ...scalingPolicy } = scaling ?? NO_SCALING;
  return {
    endpoint,
    region: options.clients.region,
    account: options.account,
    variantName,
    executionRoleArn: textAt(specs.model, 'ExecutionRoleArn'),
    model: url === null ? null : { url, sha256: sources.modelSha256, bytes: null },
    imageUri: textAt(containerOf(specs), 'Image'),
    instanceType,
    // The request is not blamed for what is carried over.
    instanceCount: cloudSettings(request).instanceCount ?? within(instanceCount, scaling),
    serverless:
      serverless === null
        ? null
        : {
            memoryMb: numberAt(serverless, 'MemorySizeInMB'),
            maxConcurrency: numberAt(serverless, 'MaxConcurrency'),
          },
    capacity: { min: minCapacity, max: maxCapacity },
    scalingPolicy,
    endsScaling: removesScaling(desired),
    strategy: desired.strategy,
    candidateInstances: desired.staging === 'none' ? 0 : (instanceCount ?? 0),
    environment: options.environment,
    tags: options.tags,
    subnets: texts(vpc.Subnets),
    securityGroups: texts(vpc.SecurityGroupIds),
    networkIsolation: specs.model.EnableNetworkIsolation === true,
    dataCapture: specs.endpointConfig.DataCaptureConfig !== undefined,
    kmsKeyId: textAt(specs.endpointConfig, 'KmsKeyId'),
    timeoutMinutes: options.timeoutMs / 60_000,
    live:
      live?.serving == null || live.specs === null
        ? null
        : {
            instanceType: textAt(variantOf(live.specs), 'InstanceType'),
            instanceCount: live.summary?.DesiredInstanceCount ?? null,
            autoscaled: isScaled(live),
          },
  };
}

const NO_SCALING = {
  minCapacity: null,
  maxCapacity: null,
  invocationsPerInstance: null,
  scaleInCooldown: null,
  scaleOutCooldown: null,
};

function within(count: number | null, scaling: Scaling | null): number | null {
  if (count === null || scaling === null) return count;
  return Math.max(scaling.minCapacity, Math.min(scaling.maxCapacity, count));
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
