/** CreateEndpointConfig as the request wants it; what the request leaves open is that of what serves. */
import type { Problem } from '../../../core/errors.ts';
import type { CloudSettings } from '../../../core/plan/cloud-settings.ts';
import type { DeploymentRequest } from '../../../core/targets.ts';
import { isObject, type JsonObject } from '../../../core/json-object.ts';
import { objectAt, without } from '../api-json.ts';
import { isScaled, type Live } from '../live.ts';
import { numberAt, textAt, variantOf } from '../specs.ts';
import { cloudSettings, firstType } from './settings.ts';

export function wantedConfig(request: DeploymentRequest, live: Live | null, problems: Problem[]): JsonObject {
  const settings = cloudSettings(request);
  const base = live?.specs?.endpointConfig ?? {};
  return {
    ...base,
    KmsKeyId: settings.kmsKeyId ?? base.KmsKeyId,
    DataCaptureConfig: dataCaptureOf(settings, base, problems),
    ProductionVariants: [wantedVariant(request, live, problems)],
  };
}

function dataCaptureOf(
  { dataCaptureDestination, dataCapturePercentage }: CloudSettings,
  base: JsonObject,
  problems: Problem[],
): JsonObject | undefined {
  const before = base.DataCaptureConfig === undefined ? undefined : objectAt(base, 'DataCaptureConfig');
  if (dataCaptureDestination === undefined && dataCapturePercentage === undefined) return before;
  if (dataCaptureDestination === undefined && before === undefined) {
    const message = `${dataCapturePercentage ?? ''} is set without a destination.`;
    problems.push({
      where: 'sagemaker: data-capture-percentage',
      message,
      fix: 'Set data-capture-destination too.',
    });
  }
  return {
    CaptureOptions: [{ CaptureMode: 'Input' }, { CaptureMode: 'Output' }],
    InitialSamplingPercentage: 100,
    ...before,
    EnableCapture: true,
    ...(dataCaptureDestination === undefined ? {} : { DestinationS3Uri: dataCaptureDestination }),
    ...(dataCapturePercentage === undefined ? {} : { InitialSamplingPercentage: dataCapturePercentage }),
  };
}

const INSTANCE_ONLY = [
  'InstanceType',
  'InitialInstanceCount',
  'VolumeSizeInGB',
  'AcceleratorType',
  'CoreDumpConfig',
  'RoutingConfig',
  'ManagedInstanceScaling',
  'EnableSSMAccess',
  'InferenceAmiVersion',
  'ContainerStartupHealthCheckTimeoutInSeconds',
  'ModelDataDownloadTimeoutInSeconds',
  'InstancePools',
  'VariantInstanceProvisionTimeoutInSeconds',
];

function wantedVariant(request: DeploymentRequest, live: Live | null, problems: Problem[]): JsonObject {
  const settings = cloudSettings(request);
  const before = live?.specs ? variantOf(live.specs) : {};
  const VariantName = settings.variantName ?? textAt(before, 'VariantName') ?? 'main';
  const serverless = serverlessOf(settings, before, firstType(settings));
  if (serverless !== null) {
    checkKind('sagemaker: serverless-memory-mb', live, before.ServerlessConfig === undefined, problems);
    return { ...without(before, INSTANCE_ONLY), VariantName, ServerlessConfig: serverless };
  }
  checkKind('instance-type', live, before.ServerlessConfig !== undefined, problems);
  const fleet = fleetOf(settings, before);
  if (fleet === null) {
    const fix =
      'Set instance-type, such as ml.m5.large, "sagemaker: instance-types" for several, or "sagemaker: serverless-memory-mb".';
    problems.push({
      where: 'instance-type',
      message: 'is required for a new endpoint; it has no default.',
      fix,
    });
  }
  return {
    ...without(before, ['ServerlessConfig', 'InstanceType', 'InstancePools']),
    VariantName,
    ...fleet,
    InitialInstanceCount:
      settings.instanceCount ?? countOf(live, before) ?? settings.scaling?.minCapacity ?? 1,
    ...timeoutsOf(settings, before),
  };
}

/** For the download, the start and the search for instances. */
function timeoutsOf(settings: CloudSettings, before: JsonObject): JsonObject {
  return {
    ContainerStartupHealthCheckTimeoutInSeconds:
      settings.startupTimeout ?? before.ContainerStartupHealthCheckTimeoutInSeconds,
    ModelDataDownloadTimeoutInSeconds:
      settings.modelDownloadTimeout ?? before.ModelDataDownloadTimeoutInSeconds,
    VariantInstanceProvisionTimeoutInSeconds:
      settings.provisionTimeout ?? before.VariantInstanceProvisionTimeoutInSeconds,
  };
}

/**
 * One type, or pools of several; null if nothing says which. Pools that serve stay until something else is asked for,
 * with a model of their own, if they have one, left out: that would not be the model of the plan.
 */
function fleetOf({ instanceType, instanceTypes }: CloudSettings, before: JsonObject): JsonObject | null {
  if (instanceTypes !== undefined && instanceTypes.length > 0)
    return { InstancePools: instanceTypes.map((InstanceType, at) => ({ InstanceType, Priority: at + 1 })) };
  if (instanceType !== undefined) return { InstanceType: instanceType };
  const pools = Array.isArray(before.InstancePools)
    ? (before.InstancePools as unknown[]).filter(isObject)
    : [];
  if (pools.length > 0) return { InstancePools: pools.map((pool) => without(pool, ['ModelNameOverride'])) };
  const kept = textAt(before, 'InstanceType');
  return kept === null ? null : { InstanceType: kept };
}

/** Autoscaling's count is its own; without it, what runs now is what is carried over. */
function countOf(live: Live | null, before: JsonObject): number | null {
  const configured = numberAt(before, 'InitialInstanceCount');
  if (live === null || isScaled(live) || live.status !== 'InService') return configured;
  return live.summary?.DesiredInstanceCount ?? configured;
}

function serverlessOf(
  { serverlessMemoryMb, serverlessMaxConcurrency }: CloudSettings,
  before: JsonObject,
  instanceType: string | null,
): JsonObject | null {
  const isAsked = serverlessMemoryMb !== undefined || serverlessMaxConcurrency !== undefined;
  const kept = before.ServerlessConfig === undefined ? null : objectAt(before, 'ServerlessConfig');
  if (!isAsked) return instanceType === null ? kept : null;
  return {
    ...kept,
    MemorySizeInMB: serverlessMemoryMb ?? kept?.MemorySizeInMB ?? 2048,
    MaxConcurrency: serverlessMaxConcurrency ?? kept?.MaxConcurrency ?? 5,
  };
}

/** https://docs.aws.amazon.com/sagemaker/latest/dg/serverless-endpoints-update-delete.html */
function checkKind(where: string, live: Live | null, isOther: boolean, problems: Problem[]): void {
  if (live?.serving === null || live?.specs == null || !isOther) return;
  const message = `${live.endpoint} cannot be changed between serverless and instances while it serves.`;
  problems.push({ where, message, fix: 'Use another endpoint-name, or tear this one down first.' });
}
