/** Endpoints of Vertex AI under processes that are killed. */
import { contentDigest, type ContentTree } from '../../src/core/archive/content-tree.ts';
import { sha256 } from '../../src/core/canonical-json.ts';
import { storeKeys } from '../../src/core/stores.ts';
import { MANIFEST_SCHEMA, manifestText } from '../../src/documents/manifest.ts';
import { FakeGoogle, type Asked } from '../fakes/google/fake-google.ts';
import { BUCKET, startGoogleProject, type GoogleProject } from '../fakes/google/project.ts';
import type { Endpoint, ModelVersion, World, WorldSnapshot } from '../fakes/google/world.ts';
import type { FakeGcs } from '../unit/stores/gcs/fake-gcs.ts';
import { IN_ITS_TIME, REAL_ENDPOINT, type Kill, type RealCloud, type RealPlatform } from './real-bench.ts';
import type { RealFlow } from './real.ts';

const STORE = 'churn';
const IMAGE = `europe-west4-docker.pkg.dev/acme-prod/models/churn@sha256:${'a'.repeat(64)}`;
const VARIABLE = 'value-of-a-variable-of-the-container';
/** Each look takes a while, so that what is under way comes to its end without anybody waiting. */
const LOOK_MS = 15_000;
const TAKES = {
  CreateEndpoint: 20_000,
  DeployModel: 60_000,
  UndeployModel: 30_000,
  UploadModel: 30_000,
  Delete: 20_000,
};

const treeOf = (model: number): ContentTree => [
  { path: 'model.onnx', mode: '644', size: 1, sha256: sha256(`model ${model}`) },
];
const digestOf = (model: number) => contentDigest(treeOf(model));
const urlOf = (model: number) => `gs://${BUCKET}/${STORE}/${storeKeys.files(digestOf(model))}/`;

export class GoogleCloud implements RealCloud {
  readonly google: FakeGoogle;
  readonly served: (string | null)[] = [];
  readonly #project: GoogleProject;

  private constructor(google: FakeGoogle, project: GoogleProject) {
    this.google = google;
    this.#project = project;
  }

  static async start(from?: unknown): Promise<GoogleCloud> {
    // Others' things come with what another bench has left; the inventory has them.
    const google = new FakeGoogle({
      takes: TAKES,
      rate: 1000,
      ...(from === undefined ? {} : { neighbours: 'none' }),
    });
    if (from !== undefined) google.world.restore(from as WorldSnapshot);
    const project = await startGoogleProject(google);
    for (const model of [1, 2]) putManifest(project.gcs, model);
    const cloud = new GoogleCloud(google, project);
    cloud.forget();
    return cloud;
  }

  get env() {
    return { ...this.#project.env, GCE_METADATA_HOST: this.#project.login.host };
  }

  get now(): Date {
    return new Date(this.google.world.now);
  }

  names(): readonly string[] {
    return this.google.asked.map(nameOf);
  }

  forget(): void {
    this.google.asked.length = 0;
    this.served.length = 0;
    this.google.before = (asked) => this.#passes(asked);
    this.google.after = () => void this.served.push(servingIn(this.google.world));
  }

  /** Time passes with each look; what serves then is written down. */
  #passes({ method }: Asked): void {
    if (method === 'GET') this.google.world.advance(LOOK_MS);
    this.served.push(servingIn(this.google.world));
  }

  advance(milliseconds: number): void {
    this.google.world.advance(milliseconds);
  }

  snapshot(): WorldSnapshot {
    return this.google.world.snapshot();
  }

  cut({ place, when }: Kill, act: () => void): void {
    let count = 0;
    const die = (asked: Asked, moment: Kill['when']) => {
      if (moment !== when || nameOf(asked) !== place.name || count !== place.nth) return;
      act();
      throw new Error('The process is gone.');
    };
    this.google.before = (asked) => {
      this.#passes(asked);
      if (nameOf(asked) === place.name) count += 1;
      die(asked, 'before');
    };
    this.google.after = (asked) => {
      this.served.push(servingIn(this.google.world));
      die(asked, 'after');
    };
  }

  secrets(): readonly string[] {
    return [...this.#project.login.tokens, VARIABLE];
  }

  close(): Promise<void> {
    return this.#project.close();
  }
}

function putManifest(gcs: FakeGcs, model: number): void {
  const digest = digestOf(model);
  const text = manifestText({
    schema: MANIFEST_SCHEMA,
    digest,
    sha256: digest,
    bytes: 1,
    compression: 'none',
    framework: 'custom',
    frameworkVersion: null,
    packer: 'test',
    files: treeOf(model),
    signature: null,
  });
  gcs.write(`${STORE}/${storeKeys.filesManifest(digest)}`, Buffer.from(text));
}

/** Operations and numbers of versions differ from run to run. */
function nameOf({ name, path }: Asked): string {
  const of = /\/(?:endpoints|models)\/([^/:@]+)/.exec(path)?.[1] ?? '';
  return `${name.replace(/^projects\.(?:locations\.)?/, '')} ${of}`.trim();
}

function labelOf({ body: { artifactUri } }: ModelVersion): string {
  return String([1, 2].find((model) => urlOf(model) === `${String(artifactUri)}/`) ?? 'another model');
}

/** By the traffic, as requests meet it. */
function servingIn(world: World): string | null {
  const endpoint = world.endpoints.get(REAL_ENDPOINT);
  if (endpoint === undefined) return null;
  const shares = Object.entries(endpoint.split)
    .filter(([, percent]) => percent > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([id, percent]) => ({ label: labelOfDeployed(world, endpoint, id), percent }));
  const [first, ...rest] = shares;
  if (first === undefined) return null;
  return [first.label, ...rest.map(({ label, percent }) => `, ${percent} % to ${label}`)].join('');
}

function labelOfDeployed(world: World, { deployed }: Endpoint, id: string): string {
  const found = deployed.find((each) => each.id === id);
  return found === undefined ? 'nobody' : labelOf(world.version(`${found.model}@${found.version}`));
}

const vertexAi: RealPlatform<GoogleCloud> = {
  target: 'vertex-ai',
  nodeArgs: IN_ITS_TIME,
  start: (from) => GoogleCloud.start(from),
  place: ({ google }) => {
    const { project, location } = google.world.settings;
    return { 'vertex-ai': `project: ${project}\nlocation: ${location}` };
  },
  request: (_, model) => ({
    'model-data-url': urlOf(model),
    'image-uri': IMAGE,
    'instance-type': 'n1-standard-2',
    'environment-variables': `SCORES: ${VARIABLE}`,
  }),
  serving: ({ google }) => servingIn(google.world),
  served: ({ served }) => served,
  inventory: ({ google: { world } }) =>
    [
      ...world.endpoints
        .all()
        .flatMap((endpoint) => [
          endpoint.id,
          ...Object.keys(endpoint.labels).map((label) => `${endpoint.id} ${label}`),
          ...endpoint.deployed.map(({ id }) => `${endpoint.id} ${labelOfDeployed(world, endpoint, id)}`),
        ]),
      ...world.models
        .all()
        .flatMap((version) => [
          `${version.model} of ${labelOf(version)}`,
          ...Object.keys(version.labels).map((label) => `${version.model} of ${labelOf(version)} ${label}`),
        ]),
    ].toSorted(),
};

const CANARY = { strategy: 'canary', 'step-percent': '10', 'bake-minutes': '1' };
const DAY_MS = 24 * 60 * 60_000;

export const VERTEX_AI_FLOWS: readonly RealFlow[] = [
  {
    name: 'vertex-ai, promote, canary',
    on: vertexAi,
    before: (bench) => [bench.request(1), { ...bench.request(2), ...CANARY, command: 'stage' }],
    inputs: (bench) => ({ ...bench.request(2), ...CANARY, command: 'promote' }),
    succeeds: ['promoted', 'unchanged'],
    serves: ['1', '1, 10 % to 2', '2'],
    inTheEnd: '2',
  },
  {
    name: 'vertex-ai, deploy, update',
    on: vertexAi,
    before: (bench) => [bench.request(1)],
    inputs: (bench) => bench.request(2),
    succeeds: ['deployed', 'unchanged'],
    serves: ['1', '2'],
    inTheEnd: '2',
  },
  {
    name: 'vertex-ai, rollback',
    on: vertexAi,
    before: (bench) => [bench.request(1), bench.request(2)],
    inputs: () => ({ command: 'rollback' }),
    succeeds: ['rolled-back'],
    serves: ['1', '2'],
    inTheEnd: '1',
  },
  {
    name: 'vertex-ai, deploy, first',
    on: vertexAi,
    before: () => [],
    inputs: (bench) => bench.request(1),
    succeeds: ['deployed', 'unchanged'],
    serves: null,
    inTheEnd: '1',
  },
  {
    name: 'vertex-ai, stage, given up and reaped',
    on: vertexAi,
    before: (bench) => [bench.request(1)],
    inputs: (bench) => ({ ...bench.request(2), command: 'stage' }),
    then: { inputs: { command: 'reap' }, afterMs: 2 * DAY_MS },
    succeeds: ['discarded', 'unchanged'],
    serves: ['1'],
    inTheEnd: '1',
  },
  {
    name: 'vertex-ai, teardown',
    on: vertexAi,
    before: (bench) => [bench.request(1), { ...bench.request(2), command: 'stage' }],
    inputs: () => ({ command: 'teardown', confirm: REAL_ENDPOINT }),
    succeeds: ['torn-down'],
    serves: null,
    inTheEnd: null,
  },
];
