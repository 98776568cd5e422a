/** The request and what serves, together: the whole of what shall serve. What the request leaves open is carried over. */
import { sha256 } from '../../core/canonical-json.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import type { Desired } from '../../core/plan/plan.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { isObject, merged, objectAt, without, type JsonObject } from './api-json.ts';
import { isScaled, type Live } from './live.ts';
import {
  configSpec,
  containerOf,
  imageDigestOf,
  modelSpec,
  modelUrlOf,
  numberAt,
  textAt,
  variantOf,
  type Specs,
} from './specs.ts';

export interface ResolvedImage {
  readonly uri: string;
  /** AWS's own serving images want to be told where the user's code is. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Of the fields of `desired.settings` in a request. */
export function cloudSettings(request: DeploymentRequest): CloudSettings {
  return request.desired.settings;
}

export function specsOf(desired: Desired): Specs {
  const { model, endpointConfig } = desired.settings;
  if (!isObject(model) || !isObject(endpointConfig)) {
    throw new UserError(
      'This plan was not made for SageMaker: its settings hold no model and no endpoint config.',
    );
  }
  return { model, endpointConfig };
}

/** @param image what the request asks for; null to keep that of what serves */
export function resolve(
  request: DeploymentRequest,
  live: Live | null,
  image: ResolvedImage | null,
): { readonly desired: Desired; readonly problems: readonly Problem[] } {
  const settings = cloudSettings(request);
  const problems: Problem[] = [...overrideProblems(settings)];
  const model = modelSpec(merged(wantedModel(request, live, image, problems), settings.modelOverrides ?? {}));
  const endpointConfig = configSpec(
    merged(wantedConfig(request, live, problems), settings.endpointConfigOverrides ?? {}),
  );
  const specs = { model, endpointConfig };
  const variant = variantOf(specs);
  const environment = environmentOf(request, live, image);
  const { strategy, scaling, staging, modelDigest, referenceDigest } = request.desired;
  const desired: Desired = {
    modelDigest,
    referenceDigest,
    imageDigest: imageDigestOf(textAt(containerOf(specs), 'Image')),
    variantName: textAt(variant, 'VariantName'),
    instanceType: textAt(variant, 'InstanceType'),
    instanceCount: numberAt(variant, 'InitialInstanceCount'),
    scaling,
    strategy,
    staging,
    environment,
    settings: { ...specs },
  };
  return { desired, problems };
}

function overrideProblems({ modelOverrides, endpointConfigOverrides }: CloudSettings): Problem[] {
  const problems: Problem[] = [];
  const refuse = (where: string, name: string, instead: string) =>
    problems.push({ where, message: `${name} cannot be overridden.`, fix: instead });
  const model = modelOverrides ?? {};
  const config = endpointConfigOverrides ?? {};
  const instead = 'Names are derived from the content; use the input tags for tags.';
  for (const name of ['ModelName', 'Tags', 'Containers'])
    if (name in model) refuse('model-overrides', name, instead);
  if ('Environment' in objectAt(model, 'PrimaryContainer')) {
    // Overrides are shown in the plan, and values of the environment never are.
    refuse('model-overrides', 'PrimaryContainer.Environment', 'Use environment-variables.');
  }
  for (const name of ['EndpointConfigName', 'Tags', 'ShadowProductionVariants', 'AsyncInferenceConfig']) {
    if (name in config) refuse('endpoint-config-overrides', name, instead);
  }
  const variants = config.ProductionVariants;
  if (variants !== undefined && (!Array.isArray(variants) || variants.length !== 1)) {
    refuse('endpoint-config-overrides', 'ProductionVariants', 'Give a list of exactly one variant.');
  }
  return problems;
}

function wantedModel(
  request: DeploymentRequest,
  live: Live | null,
  image: ResolvedImage | null,
  problems: Problem[],
): JsonObject {
  const settings = cloudSettings(request);
  const base = live?.specs?.model ?? {};
  const before = containerOf({ model: base });
  const uri = image?.uri ?? textAt(before, 'Image');
  if (uri === null) {
    const message = 'nothing says which image serves the model.';
    problems.push({
      where: 'image-uri',
      message,
      fix: 'Set image-uri, or framework and framework-version for an image of AWS.',
    });
  }
  const role = settings.executionRoleArn ?? textAt(base, 'ExecutionRoleArn');
  if (role === null) {
    problems.push({
      where: 'execution-role-arn',
      message: 'is required for a new endpoint.',
      fix: 'Set it to the role that SageMaker shall run the model under.',
    });
  }
  const archive = archiveOf(settings.modelDataUrl ?? request.sources.modelUrl, problems);
  return {
    ...base,
    ExecutionRoleArn: role,
    PrimaryContainer: {
      // Where the archive was before, in whatever form, is not carried over.
      ...without(before, ['ModelDataUrl', 'ModelDataSource', 'ModelPackageName', 'ImageConfig']),
      ...(image === null && before.ImageConfig !== undefined ? { ImageConfig: before.ImageConfig } : {}),
      Image: uri,
      ...archive,
    },
    VpcConfig: vpcOf(settings, base),
    EnableNetworkIsolation: settings.networkIsolation ?? base.EnableNetworkIsolation,
  };
}

function archiveOf(url: string, problems: Problem[]): JsonObject {
  const where = 'model-data-url';
  if (!url.startsWith('s3://')) {
    const message = `"${url}" is not on S3, and SageMaker reads archives from there only.`;
    problems.push({ where, message, fix: 'Give package-model a destination such as s3://bucket/prefix.' });
  } else if (url.endsWith('.tar')) {
    const message = `"${url}" is not compressed; SageMaker unpacks gzip only.`;
    problems.push({ where, message, fix: 'Use compression: gzip in package-model.' });
  }
  if (!url.endsWith('/')) return { ModelDataUrl: url };
  const source = { S3Uri: url, S3DataType: 'S3Prefix', CompressionType: 'None' };
  return { ModelDataSource: { S3DataSource: source } };
}

function vpcOf({ vpcSubnets, vpcSecurityGroups }: CloudSettings, base: JsonObject): JsonObject | undefined {
  const before = objectAt(base, 'VpcConfig');
  const Subnets = vpcSubnets ?? before.Subnets;
  const SecurityGroupIds = vpcSecurityGroups ?? before.SecurityGroupIds;
  return Subnets === undefined && SecurityGroupIds === undefined ? undefined : { Subnets, SecurityGroupIds };
}

function wantedConfig(request: DeploymentRequest, live: Live | null, problems: Problem[]): JsonObject {
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
    const message = `${dataCapturePercentage ?? ''} is given, and nothing says where to.`;
    problems.push({ where: 'data-capture-percentage', message, fix: 'Set data-capture-destination.' });
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
];

function wantedVariant(request: DeploymentRequest, live: Live | null, problems: Problem[]): JsonObject {
  const { desired } = request;
  const settings = cloudSettings(request);
  const before = live?.specs ? variantOf(live.specs) : {};
  const VariantName = desired.variantName ?? textAt(before, 'VariantName') ?? 'main';
  const serverless = serverlessOf(settings, before, desired.instanceType);
  if (serverless !== null) {
    checkKind('serverless-memory-mb', live, before.ServerlessConfig === undefined, problems);
    return { ...without(before, INSTANCE_ONLY), VariantName, ServerlessConfig: serverless };
  }
  checkKind('instance-type', live, before.ServerlessConfig !== undefined, problems);
  const InstanceType = desired.instanceType ?? textAt(before, 'InstanceType');
  if (InstanceType === null) {
    const fix = 'Set instance-type, such as ml.m5.large, or serverless-memory-mb.';
    problems.push({
      where: 'instance-type',
      message: 'is required for a new endpoint; it has no default.',
      fix,
    });
  }
  return {
    ...without(before, ['ServerlessConfig']),
    VariantName,
    InstanceType,
    InitialInstanceCount: desired.instanceCount ?? countOf(live, before) ?? desired.scaling?.minCapacity ?? 1,
    ContainerStartupHealthCheckTimeoutInSeconds:
      settings.containerStartupTimeout ?? before.ContainerStartupHealthCheckTimeoutInSeconds,
    ModelDataDownloadTimeoutInSeconds:
      settings.modelDownloadTimeout ?? before.ModelDataDownloadTimeoutInSeconds,
  };
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

function environmentOf(
  request: DeploymentRequest,
  live: Live | null,
  image: ResolvedImage | null,
): Record<string, string> {
  const asked = request.desired.environment;
  const before = Object.entries(live?.environment ?? {}).map(
    ([name, value]) => [name, sha256(value)] as const,
  );
  const own = Object.entries(image?.environment ?? {}).map(([name, value]) => [name, sha256(value)] as const);
  const isAsked = Object.keys(asked).length > 0;
  return Object.fromEntries([...(isAsked ? [] : before), ...own, ...Object.entries(asked)]);
}

/**
 * The values of the container's environment, by their digests: from the inputs, from the image's own needs, and from
 * what serves.
 * @throws UserError for one that nobody knows any more
 */
export function environmentValues(
  desired: Desired,
  ...known: readonly Iterable<readonly [string, string]>[]
): Record<string, string> {
  const values = known.flatMap((entries) => [...entries]);
  const missing: string[] = [];
  const found = Object.entries(desired.environment).map(([name, digest]) => {
    const value = values.find(([key, candidate]) => key === name && sha256(candidate) === digest)?.[1];
    if (value === undefined) missing.push(name);
    return [name, value ?? ''] as const;
  });
  if (missing.length === 0) return Object.fromEntries(found);
  const message = `the plan has ${missing.join(', ')} with a value that is neither given now nor that of what serves.`;
  throw UserError.of([
    { where: 'environment-variables', message, fix: 'Give the values that were planned.' },
  ]);
}

/** Where the archive lies that the plan is about. */
export function archiveUrlOf(desired: Desired): string | null {
  return modelUrlOf(specsOf(desired));
}
