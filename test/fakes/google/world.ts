/** What there is in a project, and what is going on. Each rule has its source in docs/vertex-ai.md or in Google's own schema. */
import { GoogleError, type GoogleCode } from './google-error.ts';
import { Late, type LateSnapshot } from './late.ts';

export type Json = Readonly<Record<string, unknown>>;
export type Labels = Readonly<Record<string, string>>;

export interface Deployed {
  readonly id: string;
  readonly body: Json;
  readonly model: string;
  readonly version: string;
  readonly createTime: string;
}

export interface Endpoint {
  readonly id: string;
  readonly body: Json;
  readonly labels: Labels;
  readonly etag: string;
  readonly split: Readonly<Record<string, number>>;
  readonly deployed: readonly Deployed[];
  readonly createTime: string;
}

export interface ModelVersion {
  readonly model: string;
  readonly version: string;
  readonly body: Json;
  readonly labels: Labels;
  readonly createTime: string;
}

export type Kind = 'CreateEndpoint' | 'DeployModel' | 'UndeployModel' | 'UploadModel' | 'Delete';

export interface Operation {
  readonly id: string;
  readonly kind: Kind;
  /** The endpoint or the model that it is listed below. */
  readonly of: string;
  readonly begun: number;
  readonly ends: number;
  /** @throws GoogleError where it fails */
  readonly end: () => Json;
  result: { readonly response: Json } | { readonly error: GoogleError } | null;
}

/** What became of a request to a container. */
export interface Answered {
  readonly endpoint: string;
  readonly deployed: string;
  readonly status: number;
  readonly ms: number;
  readonly at: number;
}

export interface Settings {
  readonly project: string;
  readonly number: string;
  readonly location: string;
  /** How long each kind of operation takes, in milliseconds. */
  readonly takes: Readonly<Record<Kind, number>>;
  /** By so much lists are behind, in milliseconds. */
  readonly lagMs: number;
  /** Replicas that the quota allows. */
  readonly quota: number;
  /** Operations that may be begun in a minute. */
  readonly rate: number;
  /** How another etag is refused: nobody says. */
  readonly etagRefusal: GoogleCode;
  /** Whether the ID of a deployed model may be used again: nobody says. */
  readonly reusesIds: boolean;
}

/** What there is while nothing is under way. Its parts are never changed. */
export interface WorldSnapshot {
  readonly now: number;
  readonly count: number;
  readonly endpoints: LateSnapshot<Endpoint>;
  readonly models: LateSnapshot<ModelVersion>;
  readonly operations: readonly Operation[];
  readonly usedIds: readonly string[];
}

const DEFAULTS: Settings = {
  project: 'acme-prod',
  number: '412345678901',
  location: 'europe-west4',
  takes: {
    CreateEndpoint: 4000,
    DeployModel: 240_000,
    UndeployModel: 60_000,
    UploadModel: 30_000,
    Delete: 3000,
  },
  lagMs: 1500,
  quota: 30,
  rate: 60,
  etagRefusal: 'ABORTED',
  reusesIds: true,
};

export class World {
  readonly settings: Settings;
  readonly endpoints = new Late<Endpoint>();
  readonly models = new Late<ModelVersion>();
  readonly operations: Operation[] = [];
  readonly answered: Answered[] = [];
  /** Lines of the containers, by endpoint, the oldest first. */
  readonly logs = new Map<string, string[]>();
  now = Date.parse('2026-01-02T03:04:05.000Z');
  #count = 0;
  readonly #usedIds = new Set<string>();
  /** What becomes of a container of that image when it starts; null where it starts well. */
  start: (image: string) => GoogleError | null = () => null;

  constructor(settings: Partial<Settings> = {}) {
    this.settings = { ...DEFAULTS, ...settings };
  }

  snapshot(): WorldSnapshot {
    if (this.operations.some(({ result }) => result === null)) throw new Error('Something is under way.');
    return {
      now: this.now,
      count: this.#count,
      endpoints: this.endpoints.snapshot(),
      models: this.models.snapshot(),
      operations: [...this.operations],
      usedIds: [...this.#usedIds],
    };
  }

  /** Fills an empty world with what another one had. */
  restore({ now, count, endpoints, models, operations, usedIds }: WorldSnapshot): void {
    this.now = now;
    this.#count = count;
    this.endpoints.restore(endpoints);
    this.models.restore(models);
    this.operations.push(...operations);
    for (const id of usedIds) this.#usedIds.add(id);
  }

  advance(milliseconds: number): void {
    this.now += milliseconds;
    this.settle();
  }

  get stamp(): string {
    return new Date(this.now).toISOString();
  }

  unique(): string {
    this.#count += 1;
    return String(4_629_302_946_739_683_328n + BigInt(this.#count));
  }

  endpoint(id: string): Endpoint {
    const found = this.endpoints.get(id);
    if (found !== undefined) return found;
    throw new GoogleError('NOT_FOUND', `The Endpoint does not exist: ${id}`);
  }

  change(endpoint: Endpoint, changes: Partial<Endpoint>): Endpoint {
    const changed = { ...endpoint, ...changes, etag: `etag-${this.unique()}` };
    this.endpoints.set(endpoint.id, changed, this.now);
    return changed;
  }

  /** The oldest first. */
  versions(model: string): ModelVersion[] {
    return this.models.all().filter((each) => each.model === model);
  }

  version(name: string): ModelVersion {
    const [, model = '', version = ''] = /([^/@]+)(?:@([^/@]+))?$/.exec(name) ?? [];
    const all = this.versions(model);
    const found = version === '' ? all[0] : all.find((each) => each.version === version);
    if (found !== undefined) return found;
    throw new GoogleError('NOT_FOUND', `The Model does not exist: ${name}`);
  }

  users({ model, version }: ModelVersion): { readonly endpoint: string; readonly id: string }[] {
    return this.endpoints
      .all()
      .flatMap(({ id: endpoint, deployed }) =>
        deployed
          .filter((each) => each.model === model && each.version === version)
          .map(({ id }) => ({ endpoint, id })),
      );
  }

  begin(kind: Kind, of: string, end: () => Json): Operation {
    const recent = this.operations.filter(({ begun }) => this.now - begun < 60_000);
    if (recent.length >= this.settings.rate) {
      const metric = 'aiplatform.googleapis.com/deployment_resource_pool_operations';
      throw new GoogleError('RESOURCE_EXHAUSTED', `Rate of operations exceeded: ${metric}`);
    }
    const ends = this.now + this.settings.takes[kind];
    const operation: Operation = { id: this.unique(), kind, of, begun: this.now, ends, end, result: null };
    this.operations.push(operation);
    return operation;
  }

  /** Ends what is over by now, in the order in which it ends and each at its own time: what it makes is as old as that. */
  settle(): void {
    const { now } = this;
    const due = this.operations
      .filter(({ result, ends }) => result === null && ends <= this.now)
      .sort((one, other) => one.ends - other.ends);
    for (const operation of due) {
      this.now = operation.ends;
      try {
        operation.result = { response: operation.end() };
      } catch (error) {
        if (!(error instanceof GoogleError)) throw error;
        operation.result = { error };
      }
    }
    this.now = now;
  }

  /** An ID for a deployed model that nobody has. @throws GoogleError */
  takeId(endpoint: Endpoint, wanted: string | undefined): string {
    const id = wanted ?? this.unique();
    if (wanted !== undefined && !/^\d{1,10}$/.test(wanted))
      throw new GoogleError('INVALID_ARGUMENT', `Invalid DeployedModel ID: ${wanted}`);
    const key = `${endpoint.id}/${id}`;
    const isUnderWay = this.operations.some(
      ({ kind, of, result, end }) =>
        kind === 'DeployModel' && of === endpoint.id && result === null && idBy.get(end) === id,
    );
    const isTaken = endpoint.deployed.some((each) => each.id === id) || isUnderWay;
    if (isTaken || (!this.settings.reusesIds && this.#usedIds.has(key)))
      throw new GoogleError('ALREADY_EXISTS', `DeployedModel ${id} already exists.`);
    this.#usedIds.add(key);
    return id;
  }
}

/** The deployed model that an operation is about: operations do not tell. */
export const idBy = new WeakMap<() => Json, string>();

const KEY = /^\p{Ll}[\p{Ll}\d_-]{0,63}$/u;
const VALUE = /^[\p{Ll}\d_-]{0,64}$/u;

/** aiplatform v1, Endpoint.labels. @throws GoogleError */
export function checkLabels(labels: Labels): Labels {
  const wrong = Object.entries(labels).find(([key, value]) => !KEY.test(key) || !VALUE.test(value));
  if (wrong !== undefined) throw new GoogleError('INVALID_ARGUMENT', `Invalid label: ${wrong.join('=')}`);
  if (Object.keys(labels).length > 64) throw new GoogleError('INVALID_ARGUMENT', 'More than 64 labels.');
  return labels;
}

/** aiplatform v1, Endpoint.trafficSplit: the percentages add up to 100, or the map is empty. @throws GoogleError */
export function checkSplit(split: Readonly<Record<string, number>>, ids: readonly string[]): void {
  const unknown = Object.keys(split).find((id) => !ids.includes(id));
  if (unknown !== undefined)
    throw new GoogleError('INVALID_ARGUMENT', `DeployedModel ${unknown} of traffic_split is not deployed.`);
  const values = Object.values(split);
  const sum = values.reduce((total, value) => total + value, 0);
  if (values.length > 0 && (sum !== 100 || values.some((value) => value < 0 || value > 100)))
    throw new GoogleError('INVALID_ARGUMENT', `Traffic percentages add up to ${sum}, and not to 100.`);
}
