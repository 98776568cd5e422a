/** A bed for the Azure ML target: a stand-in for Resource Manager and the endpoints, asked without a socket. */
import { Arm } from '../../src/clouds/azure/arm.ts';
import type { CloudSettings } from '../../src/core/plan/cloud-settings.ts';
import { environmentDigests } from '../../src/core/plan/environment-digests.ts';
import type { DeploymentRequest, DeploymentTarget } from '../../src/core/targets.ts';
import type { Desired } from '../../src/documents/plan.ts';
import { createAzureMlTarget } from '../../src/platforms/azure-ml/azure-ml-target.ts';
import type { AzureMlTargetOptions } from '../../src/platforms/azure-ml/options.ts';
import { Resources } from '../../src/platforms/azure-ml/resources.ts';
import { startFakeAzure, type FakeAzure } from '../fakes/azure/fake-azure.ts';
import { World, type Deployment, type Json } from '../fakes/azure/world.ts';
import { fakePorts, type FakePorts } from '../fakes/ports.ts';
import { desiredFor } from './local-bed.ts';
import { ENDPOINT, type ModelName, type TargetBed } from './target-suite.ts';

const LABELS: Readonly<Record<ModelName, number>> = { one: 1, two: 2, three: 3, broken: 0 };
export const BROKEN = {
  code: 'ResourceNotReady',
  message: 'User container has crashed or terminated. Please see troubleshooting guide.',
};
const IMAGE_DIGEST = `sha256:${'a'.repeat(64)}`;
export const IMAGE = `acme.azurecr.io/churn@${IMAGE_DIGEST}`;

export interface AzureMlBed extends TargetBed {
  readonly azure: FakeAzure;
  readonly ports: FakePorts;
  readonly options: AzureMlTargetOptions;
  /** Another client of the same workspace. */
  targetWith(options: Partial<AzureMlTargetOptions>): DeploymentTarget;
  /** Another process: what it sends goes through that. */
  connect(
    fetch: typeof globalThis.fetch,
    token?: (scope: string) => Promise<string>,
  ): Partial<AzureMlTargetOptions>;
  requestWith(
    model: ModelName,
    settings?: CloudSettings,
    changes?: Partial<Desired>,
    endpoint?: string,
  ): DeploymentRequest;
}

export const modelUrl = (model: ModelName) =>
  `https://acme.blob.core.windows.net/models/churn/models/${String(LABELS[model]).repeat(64)}/files/`;

/** As Entra writes one, for what the scope names. */
export function fakeToken(scope: string): Promise<string> {
  const claims = JSON.stringify({ aud: scope.replace(/\/\.default$/, '') });
  return Promise.resolve(`head.${Buffer.from(claims).toString('base64url')}.signature`);
}

export async function makeAzureMlBed(
  overrides: Partial<AzureMlTargetOptions> = {},
  world = new World(),
  { listen = false }: { readonly listen?: boolean } = {},
): Promise<AzureMlBed> {
  const azure = await startFakeAzure(world, { listen });
  const ports = fakePorts();
  azure.clock = () => ports.clock.now().getTime();
  world.cores = 10_000;
  world.container = (deployment) => {
    const name = modelIn(world, deployment.body);
    return { status: 200, body: JSON.stringify({ predictions: [name === null ? -1 : LABELS[name]] }) };
  };
  world.fails = (_, body) => (modelIn(world, body) === 'broken' ? BROKEN : null);
  const [, , subscription = '', , resourceGroup = '', , , , workspace = ''] = world.workspace.id.split('/');
  const place = { subscription, resourceGroup, workspace };
  const connect: AzureMlBed['connect'] = (fetch, token = fakeToken) => {
    const tokens = { token };
    const http = { clock: ports.clock, signal: ports.signal, fetch };
    const resources = new Resources(new Arm({ ...http, tokens, endpoint: azure.url }), place);
    const scoring = { tokens, resources, audience: 'https://ml.azure.com', hide: () => undefined, fetch };
    return { resources, scoring };
  };
  const options = {
    ...connect(azure.fetch),
    place,
    adopt: false,
    removesAdopted: false,
    environment: new Map(),
    environmentKey: null,
    tags: new Map([['team', 'growth']]),
    environmentName: 'prod',
    context: { repository: 'acme/churn', commit: 'c0ffee', runId: '' },
    clock: ports.clock,
    signal: ports.signal,
    log: ports.log,
    timeoutMs: 60 * 60_000,
    pollMs: null,
    keepVersions: 3,
    ...overrides,
  } as AzureMlTargetOptions;
  const requestWith: AzureMlBed['requestWith'] = (
    model,
    settings = {},
    changes = {},
    endpoint = ENDPOINT,
  ) => ({
    endpoint,
    desired: {
      ...desiredFor(String(LABELS[model]).repeat(64)),
      image: IMAGE_DIGEST,
      environment: environmentDigests(options.environment, options.environmentKey),
      ...changes,
      spec: {
        imageUri: IMAGE,
        modelDataUrl: modelUrl(model),
        instanceType: 'Standard_DS3_v2',
        ...settings,
      },
    },
    sources: {
      modelUrl: modelUrl(model),
      modelSha256: null,
      referenceUrl: null,
      imageUri: IMAGE,
      release: null,
    },
    repository: 'acme/churn',
    environmentName: 'prod',
    commit: 'c0ffee',
    run: '1001',
  });
  return {
    azure,
    ports,
    options,
    connect,
    target: createAzureMlTarget(options),
    targetWith: (other) => createAzureMlTarget({ ...options, ...other }),
    labelOf: (model) => LABELS[model],
    request: (model, endpoint) => requestWith(model, {}, {}, endpoint),
    requestWith,
    dispose: () => azure.stop(),
  };
}

/** Which model a deployment has, by the version of the model that it names. */
export function modelIn(world: World, body: Deployment['body']): ModelName | null {
  const { model = '' } = (body.properties ?? {}) as { model?: string };
  const key = model.slice(world.workspace.id.length + 1);
  const asset = world.assets.get(key)?.properties as Json | undefined;
  return (Object.keys(LABELS) as ModelName[]).find((name) => asset?.modelUri === modelUrl(name)) ?? null;
}
