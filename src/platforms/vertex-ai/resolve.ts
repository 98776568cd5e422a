/** What the endpoint shall be, from the inputs and from what serves. Pure. */
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import { environmentDigests } from '../../core/plan/environment-digests.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import type { Desired } from '../../documents/plan.ts';
import { deployedEnvironment } from './environment.ts';
import type { OwnImage } from './own-image.ts';
import { isServingImage } from './serving-images.ts';
import { KEEP_WARM_MINUTES, type VertexTargetOptions } from './options.ts';
import type { Container, DedicatedResources, Spec } from './spec.ts';
import type { Version } from './versions.ts';

/**
 * The contract of ml-deploy's own serving images. Vertex AI's own routes contain IDs that differ from endpoint to
 * endpoint.
 */
const DEFAULTS = {
  predictRoute: '/invocations',
  healthRoute: '/ping',
  ports: [{ containerPort: 8080 }],
} as const satisfies Partial<Container>;

const METRICS = {
  cpu: 'aiplatform.googleapis.com/prediction/online/cpu/utilization',
  gpu: 'aiplatform.googleapis.com/prediction/online/accelerator/duty_cycle',
} as const;
/** Vertex AI's own (aiplatform v1, AutoscalingMetricSpec.target). */
const TARGET_PERCENT = 60;

/**
 * @param current what serves; a setting that no input names stays as it has it
 * @param own Google's image, if the request names none
 */
export function resolve(
  { desired }: Pick<DeploymentRequest, 'desired'>,
  current: Version | null,
  own: OwnImage | null,
  { environment, environmentKey }: Pick<VertexTargetOptions, 'environment' | 'environmentKey'>,
): Desired {
  const settings = desired.spec as CloudSettings;
  const before = deployedEnvironment(current?.found ?? null);
  const variables = environment.size === 0 ? before : environment;
  const { dedicatedEndpoint } = settings;
  const serviceAccount = settings.serviceAccount ?? current?.made?.deployed.serviceAccount;
  const spec: Spec = {
    container:
      own === null ? containerOf(settings, current) : { imageUri: own.uri, ...timeoutOf(settings, current) },
    ...artifactOf(settings),
    deployed: {
      dedicatedResources: resourcesOf(settings, current?.made?.deployed.dedicatedResources),
      ...(serviceAccount === undefined ? {} : { serviceAccount }),
    },
    endpoint: dedicatedEndpoint === undefined ? {} : { dedicatedEndpointEnabled: dedicatedEndpoint },
    keepWarmMinutes: settings.keepWarmMinutes ?? KEEP_WARM_MINUTES,
  };
  return {
    ...desired,
    image: own?.digest ?? digestIn(spec.container.imageUri),
    environment: environmentDigests(variables, environmentKey),
    spec: { ...spec },
  };
}

function artifactOf({ modelDataUrl = '' }: CloudSettings): Pick<Spec, 'artifactUri'> {
  return modelDataUrl.startsWith('gs://') ? { artifactUri: modelDataUrl.replace(/\/$/, '') } : {};
}

function containerOf(settings: CloudSettings, current: Version | null): Container {
  const { imageUri = '' } = settings;
  const { containerSpec = {} } = current?.found ?? {};
  // Google's own images have other routes.
  const before = { ...DEFAULTS, ...(isServingImage(containerSpec.imageUri ?? '') ? {} : containerSpec) };
  return {
    imageUri,
    predictRoute: settings.predictRoute ?? before.predictRoute,
    healthRoute: settings.healthRoute ?? before.healthRoute,
    ports: settings.port === undefined ? before.ports : [{ containerPort: settings.port }],
    ...timeoutOf(settings, current),
  };
}

function timeoutOf(
  { startupTimeout }: CloudSettings,
  current: Version | null,
): Pick<Container, 'deploymentTimeout'> {
  const before = current?.found?.containerSpec?.deploymentTimeout;
  const timeout = startupTimeout === undefined ? before : `${startupTimeout}s`;
  return timeout === undefined ? {} : { deploymentTimeout: timeout };
}

function digestIn(imageUri: string): string {
  return imageUri.slice(imageUri.indexOf('@') + 1);
}

/** What the replicas run on. */
export function machineFor(
  settings: CloudSettings,
  current: Version | null,
): DedicatedResources['machineSpec'] {
  return resourcesOf(settings, current?.made?.deployed.dedicatedResources).machineSpec;
}

function resourcesOf(settings: CloudSettings, before: DedicatedResources | undefined): DedicatedResources {
  const { instanceType, instanceCount, scaling } = settings;
  const [min, max] =
    scaling !== undefined
      ? [scaling.minCapacity, scaling.maxCapacity]
      : instanceCount !== undefined
        ? [instanceCount, instanceCount]
        : [before?.minReplicaCount ?? 1, before?.maxReplicaCount ?? 1];
  return {
    machineSpec: {
      ...machineOf(settings, before),
      machineType: instanceType ?? before?.machineSpec.machineType ?? '',
    },
    minReplicaCount: min,
    maxReplicaCount: max,
    ...(scaling === undefined
      ? instanceCount === undefined && before?.autoscalingMetricSpecs !== undefined
        ? { autoscalingMetricSpecs: before.autoscalingMetricSpecs }
        : {}
      : { autoscalingMetricSpecs: [metricOf(settings)] }),
  };
}

function metricOf({ scaleMetric = 'cpu', scaleTarget = TARGET_PERCENT }: CloudSettings) {
  return { metricName: METRICS[scaleMetric], target: scaleTarget };
}

/** Another machine has other accelerators. */
function machineOf(
  { instanceType, acceleratorType, acceleratorCount = 1 }: CloudSettings,
  before: DedicatedResources | undefined,
): Partial<DedicatedResources['machineSpec']> {
  if (acceleratorType !== undefined) return { acceleratorType, acceleratorCount };
  return instanceType === undefined ? { ...before?.machineSpec } : {};
}
