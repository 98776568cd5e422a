/** What the endpoint shall be, from the inputs and from what serves. */
import { environmentDigests } from '../../core/plan/environment-digests.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import { isObject } from '../../core/json-object.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import type { Desired } from '../../documents/plan.ts';
import { variablesOf } from './asked.ts';
import { scaleOf, within, type Scale } from './autoscale.ts';
import { authModeOf, identityIn, type EndpointResource } from './endpoint.ts';
import type { AzureMlTargetOptions } from './options.ts';
import type { AssetResource, DeploymentResource } from './resources.ts';
import type { DeploymentSettings, EndpointSettings, Spec } from './spec.ts';

export interface Before {
  readonly endpoint: EndpointResource | null;
  /** What serves; null if nothing does. */
  readonly current: DeploymentResource | null;
  /** Its environment; null if it has none that can be read. */
  readonly environment: AssetResource | null;
  /** How it is scaled; null if it is not. */
  readonly scale: Scale | null;
}

/** Azure's own default for a request is 5 s, within which few models start. */
const DEFAULTS = {
  requestTimeout: 60,
  maxConcurrentRequests: 1,
  scoringRoute: '/invocations',
  healthRoute: '/ping',
  port: 8080,
} as const;

/** A setting that no input names stays as the version that serves has it. */
export function resolve(
  { desired }: Pick<DeploymentRequest, 'desired'>,
  before: Before,
  { environment, environmentKey }: Pick<AzureMlTargetOptions, 'environment' | 'environmentKey'>,
): Desired {
  const asked = desired.spec as CloudSettings;
  const variables = environment.size === 0 ? variablesOf(before.current) : environment;
  const spec: Spec = {
    imageUri: asked.imageUri ?? '',
    modelUrl: asked.modelDataUrl ?? '',
    settings: { ...DEFAULTS, ...settingsOf(before), ...given(asked, DEPLOYMENT_KEYS) },
    endpoint: { ...endpointOf(before.endpoint), ...given(asked, ENDPOINT_KEYS) },
    ...machinesOf(asked, before),
    ...(asked.keepWarmMinutes === undefined ? {} : { keepWarmMinutes: asked.keepWarmMinutes }),
  };
  return { ...desired, environment: environmentDigests(variables, environmentKey), spec: { ...spec } };
}

/** The number that autoscaling has reached is not a setting: each change of the load would outdate a plan. */
function machinesOf(
  asked: CloudSettings,
  { current, scale: before }: Before,
): Pick<Spec, 'instances' | 'scale'> {
  const { scaling, removeScaling = false, instanceCount } = asked;
  const scale = scaling !== undefined ? scaleOf(scaling, asked, before) : removeScaling ? null : before;
  if (scale === null) return { instances: instanceCount ?? current?.sku?.capacity ?? 1 };
  return { instances: within(scale, instanceCount ?? scale.min), scale };
}

const DEPLOYMENT_KEYS: readonly (keyof DeploymentSettings)[] = [
  'instanceType',
  'requestTimeout',
  'maxConcurrentRequests',
  'scoringRoute',
  'healthRoute',
  'port',
  'deploymentOverrides',
];
const ENDPOINT_KEYS: readonly (keyof EndpointSettings)[] = [
  'authMode',
  'userAssignedIdentity',
  'publicNetworkAccess',
];

function given(settings: CloudSettings, keys: readonly (keyof CloudSettings)[]): CloudSettings {
  return Object.fromEntries(
    keys.flatMap((key) => (settings[key] === undefined ? [] : [[key, settings[key]]])),
  );
}

function endpointOf(found: EndpointResource | null): EndpointSettings {
  if (found === null) return { authMode: 'aad-token', publicNetworkAccess: 'enabled' };
  const { publicNetworkAccess: access } = found.properties;
  const identity = identityIn(found);
  return {
    authMode: authModeOf(found),
    publicNetworkAccess: access === 'Disabled' ? 'disabled' : 'enabled',
    ...(identity === null ? {} : { userAssignedIdentity: identity }),
  };
}

function settingsOf({ current, environment }: Before): DeploymentSettings {
  if (current === null) return {};
  const { instanceType, requestSettings } = current.properties;
  const { requestTimeout, maxConcurrentRequestsPerInstance: most } = objectOf(requestSettings);
  const seconds = /^PT(?:(\d+)M)?(?:(\d+)S)?$/.exec(String(requestTimeout));
  const routes = objectOf(environment?.properties.inferenceConfig);
  const scoring = objectOf(routes.scoringRoute);
  const health = objectOf(routes.livenessRoute);
  return present({
    instanceType: instanceType ?? undefined,
    requestTimeout: seconds === null ? undefined : Number(seconds[1] ?? 0) * 60 + Number(seconds[2] ?? 0),
    maxConcurrentRequests: typeof most === 'number' ? most : undefined,
    scoringRoute: textIn(scoring.path),
    healthRoute: textIn(health.path),
    port: typeof scoring.port === 'number' ? scoring.port : undefined,
  });
}

function present(settings: { readonly [K in keyof DeploymentSettings]: DeploymentSettings[K] | undefined }) {
  return Object.fromEntries(
    Object.entries(settings).filter(([, value]) => value !== undefined),
  ) as DeploymentSettings;
}

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return isObject(value) ? value : {};
}

function textIn(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
