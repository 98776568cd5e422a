/** What a version is made of: its model, its environment, and the deployment that runs both. */
import { isObject } from '../../core/json-object.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';

const ROUTES = { scoring: '/invocations', health: '/ping', port: 8080 };
/** Azure's own default is 5 s, which few models start within; 180 is the most. */
const REQUEST_SECONDS = 60;

/**
 * An image and how it is called. Routes of one's own need such an environment.
 * https://learn.microsoft.com/azure/machine-learning/how-to-deploy-custom-container
 * @param image pinned by digest
 */
export function environmentProperties(
  image: string,
  { scoringRoute = ROUTES.scoring, healthRoute = ROUTES.health, port = ROUTES.port }: CloudSettings,
): Record<string, unknown> {
  const health = { path: healthRoute, port };
  return {
    image,
    osType: 'Linux',
    inferenceConfig: {
      livenessRoute: health,
      readinessRoute: health,
      scoringRoute: { path: scoringRoute, port },
    },
  };
}

/** @param url of the folder with the model's files, in Azure Blob */
export function modelProperties(url: string, digest: string): Record<string, unknown> {
  return { modelUri: url, modelType: 'custom_model', description: `sha256 of its content: ${digest}` };
}

export interface DeploymentParts {
  readonly location: string;
  /** Resource IDs of the versions. */
  readonly model: string;
  readonly environment: string;
  readonly variables: ReadonlyMap<string, string>;
  readonly tags: Readonly<Record<string, string>>;
}

/** The body of a deployment: everything that was asked for, and nothing that Azure fills in by itself. */
export function newDeployment(
  {
    instanceType,
    instanceCount = 1,
    requestTimeout = REQUEST_SECONDS,
    maxConcurrentRequests = 1,
    deploymentOverrides = {},
  }: CloudSettings,
  { location, model, environment, variables, tags }: DeploymentParts,
): Record<string, unknown> {
  const body = {
    location,
    tags,
    sku: { name: 'Default', capacity: instanceCount },
    properties: {
      endpointComputeType: 'Managed',
      model,
      environmentId: environment,
      instanceType,
      environmentVariables: Object.fromEntries(variables),
      requestSettings: {
        requestTimeout: `PT${requestTimeout}S`,
        maxConcurrentRequestsPerInstance: maxConcurrentRequests,
      },
      scaleSettings: { scaleType: 'Default' },
    },
  };
  return merged(body, deploymentOverrides);
}

/** Objects are merged, anything else is replaced. */
function merged(
  base: Readonly<Record<string, unknown>>,
  over: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const result: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const before = result[key];
    result[key] = isObject(before) && isObject(value) ? merged(before, value) : value;
  }
  return result;
}

/**
 * How a deployment differs from what was asked for, by path; empty if it does not. Azure fills in probes, limits and
 * more: only what was asked for is compared, and the case of its names is ignored.
 */
export function differing(asked: Readonly<Record<string, unknown>>, found: unknown, path = ''): string[] {
  const there = isObject(found) ? found : {};
  return Object.entries(asked).flatMap(([key, value]) => {
    const at = path === '' ? key : `${path}.${key}`;
    if (isObject(value)) return differing(value, there[key], at);
    return same(value, there[key]) ? [] : [at];
  });
}

function same(asked: unknown, found: unknown): boolean {
  const isId = typeof asked === 'string' && asked.startsWith('/subscriptions/');
  if (isId && typeof found === 'string') return asked.toLowerCase() === found.toLowerCase();
  return JSON.stringify(asked) === JSON.stringify(found);
}
