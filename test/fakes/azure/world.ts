/**
 * Azure Machine Learning's managed online endpoints, as they behave: what recorded sessions of azure-ai-ml show (REC), what the
 * documentation says, and what is marked as our own guess. A clock of its own drives everything that takes time.
 *
 * REC: Azure/azure-sdk-for-python, sdk/ml/azure-ai-ml/tests/recordings/online_services/e2etests/
 *      test_online_deployment.pyTestOnlineDeploymenttest_online_deployment.json
 */
import { ArmError } from './arm-error.ts';

export type Json = Record<string, unknown>;

export interface ContainerAnswer {
  readonly status: number;
  readonly body: string;
}

export interface Deployment {
  readonly name: string;
  body: Json;
  state: 'Creating' | 'Updating' | 'Deleting' | 'Succeeded' | 'Failed';
  /** What its container answers to a request. */
  answer: (body: Buffer) => ContainerAnswer | Promise<ContainerAnswer>;
  readonly createdAt: number;
}

/** One request that a deployment answered. */
export interface Answered {
  readonly endpoint: string;
  readonly deployment: string;
  readonly at: number;
  /** The model's own. */
  readonly status: number;
  /** It was asked for by its name. */
  readonly isNamed: boolean;
}

export interface Endpoint {
  readonly name: string;
  /** As it was put last, and with what the service adds. */
  body: Json;
  state: 'Creating' | 'Updating' | 'Deleting' | 'Succeeded' | 'Failed';
  /** What requests are split by. An update is known to `body` at once, and to these when it is done. */
  traffic: Record<string, number>;
  /** What a GET shows: it lags behind. */
  shown: Record<string, number>;
  readonly deployments: Map<string, Deployment>;
  readonly createdAt: number;
}

export interface Operation {
  readonly id: string;
  status: 'Updating' | 'Succeeded' | 'Failed';
  error: { readonly code: string; readonly message: string } | null;
}

interface Event {
  readonly at: number;
  readonly run: () => void;
}

/** REC: 90 s for an endpoint, 20 s for its traffic, 9 min 42 s for a deployment. */
export const SECONDS = { endpoint: 90, traffic: 20, deployment: 582, removal: 60 };
/** Azure/azure-dev#3881: a GET may be behind even after the operation has succeeded. */
const LAG_SECONDS = 30;
/** https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas */
const MOST_DEPLOYMENTS = 20;
/** Microsoft's example of VirtualMachineSizes_List, 2024-10-01. */
export const SIZES: Readonly<Record<string, number>> = {
  Standard_DS1_v2: 1,
  Standard_DS2_v2: 2,
  Standard_DS3_v2: 4,
  Standard_DS4_v2: 8,
  Standard_DS5_v2: 16,
};
const NAME = /^[a-zA-Z](?:-?[a-zA-Z0-9]){2,31}$/;

/** What there is while nothing is under way. */
export interface WorldSnapshot {
  readonly now: number;
  readonly endpoints: readonly (Omit<Endpoint, 'deployments'> & {
    readonly deployments: readonly Omit<Deployment, 'answer'>[];
  })[];
  readonly assets: readonly (readonly [string, Json])[];
  readonly settings: readonly (readonly [string, Json])[];
}

export class World {
  readonly workspace = {
    id: '/subscriptions/33333333-3333-3333-3333-333333333333/resourceGroups/ml/providers/Microsoft.MachineLearningServices/workspaces/acme',
    location: 'westeurope',
  };
  readonly endpoints = new Map<string, Endpoint>();
  readonly operations = new Map<string, Operation>();
  /** Models and environments, by `models/<name>/versions/<version>`. */
  readonly assets = new Map<string, Json>();
  /** Of Azure Monitor, by name in small letters. They outlive what they scale. */
  readonly settings = new Map<string, Json>();
  readonly answered: Answered[] = [];
  /** What containers answer, where a deployment has no answer of its own. */
  container: (deployment: Deployment, body: Buffer) => ContainerAnswer | Promise<ContainerAnswer> = () => ({
    status: 200,
    body: '{"predictions":[0]}',
  });
  /** What 95 % of the requests to a deployment take, in milliseconds. */
  latency: (deployment: string) => number = () => 20;
  /** Decides that a deployment fails, in the service's words; null where it comes up. */
  fails: (deployment: string, body: Json) => { readonly code: string; readonly message: string } | null =
    () => null;
  /** How long everything takes. */
  seconds = { ...SECONDS, lag: LAG_SECONDS };
  /** Cores that the subscription may have. */
  cores = 100;
  #now: number;
  #events: Event[] = [];
  #count = 0;

  constructor(now = Date.parse('2026-01-02T03:04:05Z')) {
    this.#now = now;
  }

  get now(): number {
    return this.#now;
  }

  /** Time passes until then; it never goes back. */
  advanceTo(time: number): void {
    if (time > this.#now) this.advance((time - this.#now) / 1000);
  }

  advance(seconds: number): void {
    const end = this.#now + seconds * 1000;
    for (;;) {
      const next = this.#events.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#events = this.#events.filter((event) => event !== next);
      this.#now = next.at;
      next.run();
    }
    this.#now = end;
  }

  after(seconds: number, run: () => void): void {
    this.#events.push({ at: this.#now + seconds * 1000, run });
  }

  snapshot(): WorldSnapshot {
    if (this.#events.length > 0) throw new Error('Something is under way.');
    const endpoints = [...this.endpoints.values()].map(({ deployments, ...endpoint }) => ({
      ...endpoint,
      deployments: [...deployments.values()].map(({ answer: _, ...deployment }) => deployment),
    }));
    const [assets, settings] = [[...this.assets], [...this.settings]];
    return structuredClone({ now: this.#now, endpoints, assets, settings });
  }

  /** Fills an empty world with what another one had. */
  restore(snapshot: WorldSnapshot): void {
    const { now, endpoints, assets, settings } = structuredClone(snapshot);
    this.#now = now;
    for (const [key, asset] of assets) this.assets.set(key, asset);
    for (const [key, setting] of settings) this.settings.set(key, setting);
    for (const { deployments: all, ...endpoint } of endpoints) {
      const deployments = new Map<string, Deployment>();
      for (const each of all) {
        const deployment: Deployment = { ...each, answer: (body) => this.container(deployment, body) };
        deployments.set(each.name.toLowerCase(), deployment);
      }
      this.endpoints.set(endpoint.name.toLowerCase(), { ...endpoint, deployments });
    }
  }

  operation(prefix: string): Operation {
    const id = `${prefix}:ee8c8c7b:${String(++this.#count).padStart(12, '0')}`;
    const made: Operation = { id, status: 'Updating', error: null };
    this.operations.set(id, made);
    return made;
  }

  endpointOf(name: string): Endpoint {
    const found = this.endpoints.get(name.toLowerCase());
    if (found === undefined) throw ArmError.missing(`onlineEndpoints/${name}`);
    return found;
  }

  /** REC: 201 for a new one and for an update alike, and an update's answer has the traffic of before. */
  putEndpoint(name: string, asked: Json): { readonly endpoint: Endpoint; readonly operation: Operation } {
    if (!NAME.test(name))
      throw ArmError.bad(`The name "${name}" has to be 3 to 32 letters, digits and dashes.`);
    const existing = this.endpoints.get(name.toLowerCase());
    const traffic = trafficIn(asked);
    checkTraffic(traffic, existing);
    const operation = this.operation('oe');
    if (existing !== undefined)
      return { endpoint: this.#update(existing, asked, traffic, operation), operation };
    const endpoint: Endpoint = {
      name,
      body: asked,
      state: 'Creating',
      traffic: {},
      shown: {},
      deployments: new Map(),
      createdAt: this.#now,
    };
    this.endpoints.set(name.toLowerCase(), endpoint);
    this.after(this.seconds.endpoint, () => {
      endpoint.state = 'Succeeded';
      operation.status = 'Succeeded';
    });
    return { endpoint, operation };
  }

  /** A PUT writes over everything: what it leaves out is gone. */
  #update(endpoint: Endpoint, asked: Json, traffic: Record<string, number>, operation: Operation): Endpoint {
    refuseBusy(endpoint, endpoint.name);
    endpoint.body = asked;
    endpoint.state = 'Updating';
    this.after(this.seconds.traffic, () => {
      endpoint.traffic = traffic;
      endpoint.state = 'Succeeded';
      operation.status = 'Succeeded';
    });
    this.after(this.seconds.traffic + this.seconds.lag, () => (endpoint.shown = { ...endpoint.traffic }));
    return endpoint;
  }

  putDeployment(
    endpoint: Endpoint,
    name: string,
    asked: Json,
  ): { deployment: Deployment; operation: Operation } {
    if (!NAME.test(name))
      throw ArmError.bad(`The name "${name}" has to be 3 to 32 letters, digits and dashes.`);
    refuseBusy(endpoint, endpoint.name);
    const existing = endpoint.deployments.get(name.toLowerCase());
    if (existing !== undefined) refuseChanges(existing, asked);
    if (existing === undefined && endpoint.deployments.size >= MOST_DEPLOYMENTS) {
      throw ArmError.bad(
        `The endpoint has ${MOST_DEPLOYMENTS} deployments, which is the most that it may have.`,
      );
    }
    this.#refuseQuota(asked);
    const operation = this.operation('od');
    const deployment: Deployment = existing ?? {
      name,
      body: asked,
      state: 'Creating',
      answer: (body) => this.container(deployment, body),
      createdAt: this.#now,
    };
    deployment.body = asked;
    deployment.state = existing === undefined ? 'Creating' : 'Updating';
    endpoint.deployments.set(name.toLowerCase(), deployment);
    this.after(this.seconds.deployment, () => {
      const failure = this.fails(name, deployment.body);
      deployment.state = failure === null ? 'Succeeded' : 'Failed';
      operation.status = failure === null ? 'Succeeded' : 'Failed';
      operation.error = failure;
    });
    return { deployment, operation };
  }

  usedCores(): number {
    return [...this.endpoints.values()]
      .flatMap(({ deployments }) => [...deployments.values()])
      .reduce((sum, { body }) => sum + coresOf(body), 0);
  }

  #refuseQuota(asked: Json): void {
    const used = this.usedCores();
    const needed = coresOf(asked);
    if (used + needed <= this.cores) return;
    throw ArmError.bad(
      `Not enough quota available for ${String((asked.properties as Json).instanceType)} in SubscriptionId 33333333-3333-3333-3333-333333333333. Current usage/limit: ${used}/${this.cores}. Additional needed: ${needed}`,
      'OutOfQuota',
    );
  }

  deleteDeployment(endpoint: Endpoint, name: string): Operation | null {
    const found = endpoint.deployments.get(name.toLowerCase());
    if (found === undefined) return null;
    if ((endpoint.traffic[found.name.toLowerCase()] ?? 0) > 0) {
      throw ArmError.bad(`Cannot delete deployment ${name} as it has non-zero traffic.`);
    }
    refuseBusy(endpoint, endpoint.name);
    found.state = 'Deleting';
    const operation = this.operation('od');
    this.after(this.seconds.removal, () => {
      endpoint.deployments.delete(name.toLowerCase());
      operation.status = 'Succeeded';
    });
    return operation;
  }

  deleteEndpoint(name: string): Operation | null {
    const found = this.endpoints.get(name.toLowerCase());
    if (found === undefined) return null;
    found.state = 'Deleting';
    const operation = this.operation('oe');
    this.after(this.seconds.removal, () => {
      this.endpoints.delete(name.toLowerCase());
      operation.status = 'Succeeded';
    });
    return operation;
  }
}

/** 20 % are kept back for upgrades of the machines. */
function coresOf(body: Json): number {
  const { capacity = 1 } = (body.sku ?? {}) as { capacity?: number };
  const { instanceType = '' } = (body.properties ?? {}) as { instanceType?: string };
  return Math.ceil(1.2 * capacity) * (SIZES[instanceType] ?? 1);
}

function trafficIn(asked: Json): Record<string, number> {
  const { traffic = {} } = (asked.properties ?? {}) as { traffic?: Record<string, number> };
  return Object.fromEntries(Object.entries(traffic).map(([name, percent]) => [name.toLowerCase(), percent]));
}

function checkTraffic(traffic: Record<string, number>, endpoint: Endpoint | undefined): void {
  const sum = Object.values(traffic).reduce((total, percent) => total + percent, 0);
  if (sum !== 0 && sum !== 100) throw ArmError.bad(`The traffic has to sum up to 0 or 100, and is ${sum}.`);
  for (const name of Object.keys(traffic)) {
    const deployment = endpoint?.deployments.get(name);
    if (deployment?.state !== 'Succeeded')
      throw ArmError.bad(`The deployment ${name} of the traffic is not there, or not ready.`);
  }
}

/** https://learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-online-endpoints (409) */
function refuseBusy({ state }: { readonly state: string }, name: string): void {
  if (state === 'Succeeded' || state === 'Failed') return;
  throw new ArmError(
    409,
    'Conflict',
    `There is already an ongoing operation on ${name}; its state is ${state}.`,
  );
}

/** azure-ai-ml calls them fixed: visibility read and create. */
function refuseChanges(existing: Deployment, asked: Json): void {
  refuseBusy(existing, existing.name);
  const [before, after] = [existing.body, asked].map(
    (body) => (body.properties as Json | undefined)?.instanceType,
  );
  if (before !== after)
    throw ArmError.bad(`The property instanceType of ${existing.name} cannot be changed.`);
}
