/** Endpoints of Azure ML under processes that are killed. */
import { contentDigest, type ContentTree } from '../../src/core/archive/content-tree.ts';
import { sha256 } from '../../src/core/canonical-json.ts';
import { storeKeys } from '../../src/core/stores.ts';
import { MANIFEST_SCHEMA, manifestText } from '../../src/documents/manifest.ts';
import { startEntra, type FakeEntra } from '../fakes/azure/entra.ts';
import { SIGNATURE, startFakeAzure, type Asked, type FakeAzure } from '../fakes/azure/fake-azure.ts';
import { World, type Deployment, type Json, type WorldSnapshot } from '../fakes/azure/world.ts';
import { startFakeBlob, type FakeBlob } from '../unit/stores/azure-blob/fake-blob.ts';
import { IN_ITS_TIME, REAL_ENDPOINT, type Kill, type RealCloud, type RealPlatform } from './real-bench.ts';
import type { RealFlow } from './real.ts';

const SECRET = 'client-secret-of-the-job';
const CONTAINER = 'models/churn';
const IMAGE = `acme.azurecr.io/churn@sha256:${'a'.repeat(64)}`;
/** Each look takes a while, so that what is under way comes to its end without anybody waiting. */
const LOOK_SECONDS = 15;

const treeOf = (model: number): ContentTree => [
  { path: 'model.onnx', mode: '644', size: 1, sha256: sha256(`model ${model}`) },
];
const digestOf = (model: number) => contentDigest(treeOf(model));
const urlOf = (model: number) =>
  `https://acme.blob.core.windows.net/${CONTAINER}/${storeKeys.files(digestOf(model))}/`;

export class AzureCloud implements RealCloud {
  readonly azure: FakeAzure;
  readonly served: (string | null)[] = [];
  readonly #entra: FakeEntra;
  readonly #blob: FakeBlob;

  private constructor(azure: FakeAzure, entra: FakeEntra, blob: FakeBlob) {
    this.azure = azure;
    this.#entra = entra;
    this.#blob = blob;
  }

  static async start(from?: unknown): Promise<AzureCloud> {
    const world = new World();
    world.cores = 10_000;
    if (from !== undefined) world.restore(from as WorldSnapshot);
    const azure = await startFakeAzure(world);
    const entra = await startEntra(() => world.now);
    entra.secrets.add(SECRET);
    const blob = await startFakeBlob();
    for (const model of [1, 2]) putManifest(blob, model);
    const cloud = new AzureCloud(azure, entra, blob);
    cloud.forget();
    return cloud;
  }

  get env() {
    return {
      AZURE_CLIENT_ID: this.#entra.clientId,
      AZURE_TENANT_ID: this.#entra.tenantId,
      AZURE_CLIENT_SECRET: SECRET,
      AZURE_AUTHORITY_HOST: this.#entra.url,
      AZURE_RESOURCE_MANAGER_ENDPOINT: this.azure.url,
      AZURE_STORAGE_SERVICE_ENDPOINT: this.#blob.url,
    };
  }

  get now(): Date {
    return new Date(this.azure.world.now);
  }

  names(): readonly string[] {
    return this.azure.asked.map(nameOf);
  }

  forget(): void {
    this.azure.asked.length = 0;
    this.served.length = 0;
    this.azure.meet = (asked, moment) => this.#passes(asked, moment);
  }

  /** Time passes with each look; what serves then is written down. */
  #passes({ method }: Asked, moment: 'before' | 'after'): void {
    if (moment === 'before' && method === 'GET') this.azure.world.advance(LOOK_SECONDS);
    this.served.push(servingIn(this.azure.world));
  }

  advance(milliseconds: number): void {
    this.azure.world.advance(milliseconds / 1000);
  }

  snapshot(): WorldSnapshot {
    return this.azure.world.snapshot();
  }

  cut({ place, when }: Kill, act: () => void): void {
    let count = 0;
    this.azure.meet = (asked, moment) => {
      this.#passes(asked, moment);
      if (moment === 'before' && nameOf(asked) === place.name) count += 1;
      if (moment !== when || nameOf(asked) !== place.name || count !== place.nth) return;
      act();
      throw new Error('The process is gone.');
    };
  }

  secrets(): readonly string[] {
    return [...this.#entra.tokens, SECRET, SIGNATURE.slice(0, 100), 'mfeOperationsStatus'];
  }

  async close(): Promise<void> {
    await Promise.all([this.azure.stop(), this.#entra.close(), this.#blob.stop()]);
  }
}

function putManifest({ blobs }: FakeBlob, model: number): void {
  const digest = digestOf(model);
  const described = { compression: 'none', framework: 'custom', frameworkVersion: null } as const;
  const text = manifestText({
    schema: MANIFEST_SCHEMA,
    digest,
    sha256: digest,
    bytes: 1,
    ...described,
    packer: 'test',
    files: treeOf(model),
    signature: null,
  });
  const key = storeKeys.filesManifest(digest);
  blobs.set(`/${CONTAINER}/${key}`, { bytes: Buffer.from(text), metadata: {} });
}

/** Operations differ from run to run, and whether one is asked about is decided by how it went. */
function nameOf({ method, path }: Asked): string {
  if (path.includes('/mfeOperationsStatus/')) return `${method} operation`;
  return `${method} ${path.replace(/^.*\/workspaces\/acme/, '') || 'workspace'}`;
}

function labelOf(world: World, { body }: Deployment): string {
  const { model = '' } = (body.properties ?? {}) as { model?: string };
  const asset = world.assets.get(model.slice(world.workspace.id.length + 1))?.properties as Json | undefined;
  return String([1, 2].find((number) => urlOf(number) === asset?.modelUri) ?? 'another model');
}

/** By the traffic, as requests meet it. */
function servingIn(world: World): string | null {
  const { traffic, deployments } = world.endpoints.get(REAL_ENDPOINT) ?? {
    traffic: {},
    deployments: new Map<string, Deployment>(),
  };
  const shares = Object.entries(traffic)
    .filter(([, percent]) => percent > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name, percent]) => {
      const found = deployments.get(name);
      const answers = found !== undefined && ['Succeeded', 'Updating'].includes(found.state);
      return { label: answers ? labelOf(world, found) : 'nobody', percent };
    });
  const [first, ...rest] = shares;
  if (first === undefined) return null;
  return [first.label, ...rest.map(({ label, percent }) => `, ${percent} % to ${label}`)].join('');
}

const azureMl: RealPlatform<AzureCloud> = {
  target: 'azure-ml',
  nodeArgs: IN_ITS_TIME,
  start: (from) => AzureCloud.start(from),
  place: ({ azure }) => {
    const [, , subscription, , group, , , , workspace] = azure.world.workspace.id.split('/');
    return {
      'azure-ml': `subscription-id: ${subscription}\nresource-group: ${group}\nworkspace: ${workspace}`,
    };
  },
  request: (_, model) => ({
    'model-data-url': urlOf(model),
    'image-uri': IMAGE,
    'instance-type': 'Standard_DS3_v2',
    'initial-instance-count': '2',
  }),
  serving: ({ azure }) => servingIn(azure.world),
  served: ({ served }) => served,
  inventory: ({ azure: { world } }) =>
    [...world.endpoints.values()]
      .flatMap(({ name, body, deployments }) => [
        name,
        ...Object.keys((body.tags ?? {}) as Json),
        ...[...deployments.values()].map(
          (each) => `${each.name} of model ${labelOf(world, each)}, ${each.state}`,
        ),
      ])
      // Versions of models and environments stay, are named by what is in them, and cost nothing.
      .concat([...world.settings.keys()])
      .toSorted(),
};

const SCALED = { 'min-capacity': '2', 'max-capacity': '6' };
const CANARY = { strategy: 'canary', 'step-percent': '10', 'bake-minutes': '1' };
const DAY_MS = 24 * 60 * 60_000;

export const AZURE_ML_FLOWS: readonly RealFlow[] = [
  {
    name: 'azure-ml, promote, canary with autoscaling',
    on: azureMl,
    before: (bench) => [
      { ...bench.request(1), ...SCALED },
      { ...bench.request(2), ...SCALED, ...CANARY, command: 'stage' },
    ],
    inputs: (bench) => ({ ...bench.request(2), ...SCALED, ...CANARY, command: 'promote' }),
    succeeds: ['promoted', 'unchanged'],
    serves: ['1', '1, 10 % to 2', '2'],
    inTheEnd: '2',
  },
  {
    name: 'azure-ml, deploy, update with autoscaling',
    on: azureMl,
    before: (bench) => [bench.request(1)],
    inputs: (bench) => ({ ...bench.request(2), ...SCALED }),
    succeeds: ['deployed', 'unchanged'],
    serves: ['1', '2'],
    inTheEnd: '2',
  },
  {
    name: 'azure-ml, rollback',
    on: azureMl,
    before: (bench) => [bench.request(1), bench.request(2)],
    inputs: () => ({ command: 'rollback' }),
    succeeds: ['rolled-back'],
    serves: ['1', '2'],
    inTheEnd: '1',
  },
  {
    name: 'azure-ml, deploy, first',
    on: azureMl,
    before: () => [],
    inputs: (bench) => bench.request(1),
    succeeds: ['deployed', 'unchanged'],
    serves: null,
    inTheEnd: '1',
  },
  {
    name: 'azure-ml, stage, given up and reaped',
    on: azureMl,
    before: (bench) => [bench.request(1)],
    inputs: (bench) => ({ ...bench.request(2), command: 'stage' }),
    then: { inputs: { command: 'reap' }, afterMs: 2 * DAY_MS },
    succeeds: ['discarded', 'unchanged'],
    serves: ['1'],
    inTheEnd: '1',
  },
  {
    name: 'azure-ml, teardown',
    on: azureMl,
    before: (bench) => [
      { ...bench.request(1), ...SCALED },
      { ...bench.request(2), ...SCALED, command: 'stage' },
    ],
    inputs: () => ({ command: 'teardown', confirm: REAL_ENDPOINT }),
    succeeds: ['torn-down'],
    serves: null,
    inTheEnd: null,
  },
];
