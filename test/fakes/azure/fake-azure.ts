/**
 * Azure as a client meets it on one loopback port: Resource Manager, and the front door of the endpoints. Each request has to
 * have a token for what it asks; each permission that was used is written down.
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { ArmError } from './arm-error.ts';
import { SIZES, World, type Deployment, type Endpoint, type Json, type Operation } from './world.ts';

export interface Asked {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
  readonly query: URLSearchParams;
  status: number;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface FakeAzure {
  readonly url: string;
  readonly world: World;
  readonly asked: Asked[];
  /** Sends a request without a socket. */
  readonly fetch: typeof globalThis.fetch;
  /** The clock that its time follows, in milliseconds; null for its own. */
  clock: (() => number) | null;
  /** What happens just before a request is carried out, and just after, with its answer still on the way. */
  meet: (asked: Asked, moment: 'before' | 'after') => void | Promise<void>;
  /** Operations of roles that were used, in the order of their first use. */
  readonly permissions: Set<string>;
  /** Whether an operation of roles is allowed. */
  allows: (permission: string) => boolean;
  /** What is answered in the place of the usual; null for the usual. */
  script: (asked: Asked) => Answer | null;
  /** The answer to the first request for which it is true is lost; it is carried out. */
  lose: (asked: Asked) => boolean;
  stop(): Promise<void>;
}

const ML = 'Microsoft.MachineLearningServices/workspaces';
/** Ours, and those of azure-ai-ml 1.35.2. */
const API_VERSIONS = new Set(['2024-10-01', '2022-02-01-preview', '2022-05-01', '2023-04-01-preview']);
/** REC25: the newest URLs of operations have 4 kB, signed with a certificate. */
export const SIGNATURE = 'c2lnbmVkLXdpdGgtYS1jZXJ0aWZpY2F0ZQ'.repeat(120);

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const textOf = (body: unknown) =>
  body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);

/** @param listen false: it is asked by `fetch` alone */
export async function startFakeAzure(
  world = new World(),
  { listen = true }: { readonly listen?: boolean } = {},
): Promise<FakeAzure> {
  const server = createServer((request, response) => {
    const read = async () => {
      const { method = '', headers, url: path = '/' } = request;
      return handle({ method, headers, body: await buffer(request), target: path });
    };
    void read().then(
      ({ status, headers = {}, body }) => {
        // For processes that live in its time (test/e2e/time-hook.mjs).
        const time = { 'x-fake-time': new Date(world.now).toISOString() };
        response.writeHead(status, { ...JSON_TYPE, ...time, ...headers });
        response.end(textOf(body));
      },
      () => request.socket.destroy(),
    );
  });
  if (listen) await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = listen ? `http://127.0.0.1:${(server.address() as AddressInfo).port}` : 'http://azure.test';
  const fake: FakeAzure = {
    url,
    world,
    asked: [],
    clock: null,
    meet: () => undefined,
    fetch: async (input, { method = 'GET', headers = {}, body = null } = {}) => {
      const named = Object.fromEntries(new Headers(headers as Record<string, string>));
      const bytes = body === null ? Buffer.alloc(0) : Buffer.from(body as string | Uint8Array);
      const asked = { method, headers: named, body: bytes, target: input as string };
      const { status, headers: more = {}, body: said } = await handle(asked);
      const isEmpty = status === 204;
      return new Response(isEmpty ? null : textOf(said), { status, headers: { ...JSON_TYPE, ...more } });
    },
    permissions: new Set(),
    allows: () => true,
    script: () => null,
    lose: () => false,
    stop: () =>
      new Promise((resolve) => {
        if (!listen) {
          resolve();
          return;
        }
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;

  /** @throws where the answer is lost */
  async function handle({
    method,
    headers,
    body,
    target,
  }: Pick<Asked, 'method' | 'headers' | 'body'> & { readonly target: string }): Promise<Answer> {
    const { pathname, searchParams: query } = new URL(target, url);
    const path = decodeURIComponent(pathname);
    const asked: Asked = { method, path, headers, body, query, status: 0 };
    if (fake.clock !== null) world.advanceTo(fake.clock());
    fake.asked.push(asked);
    await fake.meet(asked, 'before');
    const answer = fake.script(asked) ?? (await answerTo(asked, query));
    asked.status = answer.status;
    await fake.meet(asked, 'after');
    if (fake.lose(asked)) {
      fake.lose = () => false;
      const lost: NodeJS.ErrnoException = new Error('socket hang up');
      lost.code = 'ECONNRESET';
      throw lost;
    }
    return answer;
  }

  async function answerTo(asked: Asked, query: URLSearchParams): Promise<Answer> {
    try {
      if (asked.path.startsWith('/score/')) return await score(asked);
      refuseToken(asked, url);
      if (asked.path.includes('/mfeOperationsStatus/')) return status(asked);
      if (asked.path.endsWith('/providers/Microsoft.Insights/metrics')) return metrics(asked);
      if (/\/providers\/microsoft\.insights\/autoscalesettings/i.test(asked.path)) return autoscale(asked);
      if (!API_VERSIONS.has(query.get('api-version') ?? '')) {
        throw ArmError.bad('The api-version is not supported.', 'InvalidApiVersionParameter');
      }
      const kind = /\/providers\/Microsoft\.MachineLearningServices\/locations\/westeurope\/(\w+)$/.exec(
        asked.path,
      )?.[1];
      return kind === undefined ? ofWorkspace(asked, asked.path) : ofLocation(kind);
    } catch (error) {
      if (error instanceof ArmError) return { status: error.status, body: error.body };
      throw error;
    }
  }

  /** Microsoft's examples of VirtualMachineSizes_List and Usages_List, 2024-10-01: one family, and all of them. */
  function ofLocation(kind: string): Answer {
    permit(`Microsoft.MachineLearningServices/locations/${kind}/read`);
    if (kind === 'vmSizes') {
      const sizes = Object.entries(SIZES).map(([name, vCPUs]) => ({
        name,
        family: 'standardDSv2Family',
        vCPUs,
      }));
      return { status: 200, body: { value: sizes } };
    }
    const used = (of: string, name: string, limit: number) => ({
      type: `Microsoft.MachineLearningServices/${of}/usages`,
      name: { value: name, localizedValue: name },
      unit: 'Count',
      currentValue: world.usedCores(),
      limit,
    });
    const value = [
      used('totalCores', 'Clusters', 1),
      used('dedicatedCores', 'Total Cluster Dedicated Regional vCPUs', 2 * world.cores),
      used('vmFamily', 'Standard D Family Cluster Dedicated vCPUs', 0),
      used('vmFamily', 'Standard DSv2 Family Cluster Dedicated vCPUs', world.cores),
      used('vmFamily', 'Standard DSv2 Family Cluster LowPriority vCPUs', -1),
    ];
    return { status: 200, body: { value } };
  }

  function ofWorkspace(asked: Asked, path: string): Answer {
    const { id, location } = world.workspace;
    if (!path.toLowerCase().startsWith(id.toLowerCase())) {
      throw new ArmError(
        404,
        'ResourceGroupNotFound',
        `Resource group '${path.split('/')[4] ?? ''}' could not be found.`,
      );
    }
    const parts = path
      .slice(id.length)
      .split('/')
      .filter((part) => part !== '');
    const [kind, name = '', below, deployment = '', action] = parts;
    if (kind === undefined) {
      permit(`${ML}/read`);
      return {
        status: 200,
        body: { id, name: 'acme', location, properties: { provisioningState: 'Succeeded' } },
      };
    }
    if (kind === 'models' || kind === 'environments') return ofAsset(asked, parts.join('/'), kind);
    if (kind !== 'onlineEndpoints') throw ArmError.missing(path);
    if (below === undefined) return name === '' ? listEndpoints() : ofEndpoint(asked, name);
    const endpoint = world.endpointOf(name);
    if (below === 'token' || below === 'listKeys') return secretOf(endpoint, below);
    return deployment === ''
      ? listDeployments(endpoint)
      : action === 'getLogs'
        ? logsOf(endpoint, deployment, asked)
        : ofDeployment(asked, endpoint, deployment);
  }

  function ofAsset({ method, body }: Asked, key: string, kind: string): Answer {
    permit(`${ML}/${kind}/versions/${method === 'GET' ? 'read' : 'write'}`);
    const found = world.assets.get(key);
    if (method === 'GET') {
      if (found === undefined) throw ArmError.missing(key);
      return { status: 200, body: found };
    }
    const asked = parsed(body);
    // A version is what it is: the same again is no change, another is refused.
    const given = JSON.stringify(asked.properties);
    if (found !== undefined && JSON.stringify(found.properties) !== given) {
      throw ArmError.bad(`A version of the same name exists: ${key}.`, 'UserError');
    }
    const made = {
      id: `${world.workspace.id}/${key}`,
      name: key.split('/').at(-1),
      properties: asked.properties,
    };
    world.assets.set(key, made);
    return { status: found === undefined ? 201 : 200, body: made };
  }

  /** https://learn.microsoft.com/azure/machine-learning/how-to-authenticate-online-endpoint */
  function secretOf({ name, body }: Endpoint, action: 'token' | 'listKeys'): Answer {
    permit(`${ML}/onlineEndpoints/${action}/action`);
    const { authMode } = (body.properties ?? {}) as { authMode?: string };
    const wanted = action === 'token' ? 'AMLToken' : 'Key';
    if (authMode !== wanted) throw ArmError.bad(`The endpoint ${name} is not of the auth mode ${wanted}.`);
    const secret = secretFor(name, wanted);
    return { status: 200, body: action === 'token' ? { accessToken: secret } : { primaryKey: secret } };
  }

  /** https://learn.microsoft.com/rest/api/monitor/metrics/list */
  function metrics({ path, query }: Asked): Answer {
    permit('Microsoft.Insights/metrics/read');
    const endpoint = world.endpointOf(path.split('/').at(-4) ?? '').name;
    const [from = 0, to = 0] = (query.get('timespan') ?? '').split('/').map((time) => Date.parse(time));
    const name = query.get('metricnames') ?? '';
    const asked = world.answered.filter((one) => one.endpoint === endpoint && one.at >= from && one.at <= to);
    const minutes = new Map<string, Map<number, number>>();
    for (const { deployment, at, status } of asked) {
      const dimensions =
        name === 'RequestsPerMinute'
          ? { deployment, statusCodeClass: status === 200 ? '2xx' : '4xx', modelStatusCode: String(status) }
          : { deployment };
      const key = JSON.stringify(dimensions);
      const series = minutes.get(key) ?? new Map<number, number>();
      const minute = Math.floor(at / 60_000);
      series.set(
        minute,
        name === 'RequestsPerMinute' ? (series.get(minute) ?? 0) + 1 : world.latency(deployment),
      );
      minutes.set(key, series);
    }
    const timeseries = [...minutes].map(([key, series]) => ({
      metadatavalues: Object.entries(JSON.parse(key) as Record<string, string>).map(([dimension, value]) => ({
        name: { value: dimension.toLowerCase(), localizedValue: dimension },
        value,
      })),
      data: [...series].map(([minute, average]) => ({
        timeStamp: new Date(minute * 60_000).toISOString(),
        average,
      })),
    }));
    return { status: 200, body: { value: [{ name: { value: name }, timeseries }] } };
  }

  /** https://learn.microsoft.com/rest/api/monitor/autoscale-settings: a change is done with its answer. */
  function autoscale({ method, path, body, query }: Asked): Answer {
    if (query.get('api-version') !== '2022-10-01')
      throw ArmError.bad('The api-version is not supported.', 'InvalidApiVersionParameter');
    const [group = '', rest = ''] = path.split(/\/providers\/Microsoft\.Insights\/autoscaleSettings\/?/i);
    if (!world.workspace.id.toLowerCase().startsWith(`${group.toLowerCase()}/`)) throw ArmError.missing(path);
    permit(`Microsoft.Insights/autoscaleSettings/${{ GET: 'read', PUT: 'write' }[method] ?? 'delete'}`);
    const key = rest.toLowerCase();
    const found = world.settings.get(key);
    if (method === 'GET' && rest === '')
      return { status: 200, body: { value: [...world.settings.values()] } };
    if (method === 'DELETE') {
      world.settings.delete(key);
      return { status: found === undefined ? 204 : 200 };
    }
    if (method === 'PUT') {
      const made = {
        ...readSetting(parsed(body)),
        id: path,
        name: rest,
        type: 'Microsoft.Insights/autoscaleSettings',
      };
      world.settings.set(key, made);
      return { status: found === undefined ? 201 : 200, body: made };
    }
    if (found === undefined) throw ArmError.missing(path);
    return { status: 200, body: found };
  }

  function listEndpoints(): Answer {
    permit(`${ML}/onlineEndpoints/read`);
    return { status: 200, body: { value: [...world.endpoints.values()].map(shown) } };
  }

  function ofEndpoint({ method, body }: Asked, name: string): Answer {
    if (method === 'GET') {
      permit(`${ML}/onlineEndpoints/read`);
      return { status: 200, body: shown(world.endpointOf(name)) };
    }
    if (method === 'DELETE') {
      permit(`${ML}/onlineEndpoints/delete`);
      return removed(world.deleteEndpoint(name));
    }
    permit(`${ML}/onlineEndpoints/write`);
    const { endpoint, operation } = world.putEndpoint(name, parsed(body));
    return { status: 201, headers: begun(operation), body: shown(endpoint) };
  }

  function listDeployments(endpoint: Endpoint): Answer {
    permit(`${ML}/onlineEndpoints/deployments/read`);
    const all = [...endpoint.deployments.values()].map((each) => shownDeployment(endpoint, each));
    return { status: 200, body: { value: all } };
  }

  function ofDeployment({ method, body }: Asked, endpoint: Endpoint, name: string): Answer {
    if (method === 'GET') {
      permit(`${ML}/onlineEndpoints/deployments/read`);
      return { status: 200, body: shownDeployment(endpoint, deploymentOf(endpoint, name)) };
    }
    if (method === 'DELETE') {
      permit(`${ML}/onlineEndpoints/deployments/delete`);
      return removed(world.deleteDeployment(endpoint, name));
    }
    permit(`${ML}/onlineEndpoints/deployments/write`);
    const { deployment, operation } = world.putDeployment(endpoint, name, parsed(body));
    return { status: 201, headers: begun(operation), body: shownDeployment(endpoint, deployment) };
  }

  function logsOf(endpoint: Endpoint, name: string, { body }: Asked): Answer {
    permit(`${ML}/onlineEndpoints/deployments/getLogs/action`);
    const { containerType = 'InferenceServer' } = parsed(body);
    return {
      status: 200,
      body: { content: `${String(containerType)} of ${deploymentOf(endpoint, name).name}\n` },
    };
  }

  function deploymentOf(endpoint: Endpoint, name: string): Deployment {
    const found = endpoint.deployments.get(name.toLowerCase());
    if (found === undefined) throw ArmError.missing(`${endpoint.name}/deployments/${name}`);
    return found;
  }

  function permit(permission: string): void {
    fake.permissions.add(permission);
    if (fake.allows(permission)) return;
    const said = `The client 'deployer' with object id 'x' does not have authorization to perform action '${permission}' over scope '${world.workspace.id}' or the scope is invalid.`;
    throw new ArmError(403, 'AuthorizationFailed', said);
  }

  /** REC: what the service adds; of an update, the traffic of before. */
  function shown(endpoint: Endpoint): Json {
    const { identity, properties, ...top } = endpoint.body;
    const { traffic: _, properties: own, ...rest } = (properties ?? {}) as Json;
    return {
      kind: 'Managed',
      tags: {},
      ...top,
      id: `${world.workspace.id}/onlineEndpoints/${endpoint.name}`,
      name: endpoint.name,
      type: `${ML}/onlineEndpoints`,
      systemData: systemData(endpoint.createdAt),
      identity: withIds(identity as Json),
      properties: {
        description: null,
        mirrorTraffic: {},
        publicNetworkAccess: 'Enabled',
        ...rest,
        properties: {
          ...(own as Json),
          'azureml.onlineendpointid': `${world.workspace.id}/onlineendpoints/${endpoint.name}`.toLowerCase(),
          AzureAsyncOperationUri: `${url}/operations?t=${SIGNATURE}`,
        },
        traffic: endpoint.shown,
        provisioningState: endpoint.state,
        scoringUri: endpoint.state === 'Creating' ? null : `${url}/score/${endpoint.name}`,
      },
    };
  }

  /** REC: probes and limits are filled in, whoever leaves them out. */
  function shownDeployment(endpoint: Endpoint, { name, body, state, createdAt }: Deployment): Json {
    const probe = {
      period: 'PT10S',
      initialDelay: 'PT10S',
      timeout: 'PT2S',
      successThreshold: 1,
      failureThreshold: 30,
    };
    return {
      ...body,
      id: `${world.workspace.id}/onlineEndpoints/${endpoint.name}/deployments/${name}`,
      name,
      systemData: systemData(createdAt),
      sku: { name: 'Default', capacity: 1, ...(body.sku as Json) },
      properties: {
        requestSettings: {
          maxQueueWait: 'PT0.5S',
          requestTimeout: 'PT5S',
          maxConcurrentRequestsPerInstance: 1,
        },
        scaleSettings: { scaleType: 'Default' },
        egressPublicNetworkAccess: 'Enabled',
        livenessProbe: probe,
        readinessProbe: probe,
        ...(body.properties as Json),
        provisioningState: state,
      },
    };
  }

  function begun({ id }: Operation): Record<string, string> {
    const path = `/subscriptions/3333/providers/Microsoft.MachineLearningServices/locations/westeurope/mfeOperationsStatus/${id}`;
    return {
      'azure-asyncoperation': `${url}${path}?api-version=2024-10-01&t=${SIGNATURE}&c=${SIGNATURE}`,
      'x-ms-async-operation-timeout': 'PT30M',
    };
  }

  /** REC: 202, and a body that is `null`. */
  function removed(operation: Operation | null): Answer {
    if (operation === null) return { status: 204 };
    return { status: 202, headers: begun(operation), body: 'null' };
  }

  function status({ path }: Asked): Answer {
    const found = world.operations.get(path.split('/').at(-1) ?? '');
    if (found === undefined) throw ArmError.missing(path);
    const { id, status: state, error } = found;
    const percentComplete = state === 'Updating' ? 0 : 100;
    const times = { startTime: new Date(world.now).toISOString(), endTime: '0001-01-01T00:00:00+00:00' };
    return {
      status: 200,
      body: { name: id, status: state, percentComplete, ...times, ...(error && { error }) },
    };
  }

  /** https://learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-online-endpoints#http-status-codes */
  async function score(asked: Asked): Promise<Answer> {
    const [, , name = ''] = asked.path.split('/');
    const endpoint = world.endpointOf(name);
    const { authMode = 'AADToken' } = (endpoint.body.properties ?? {}) as { authMode?: string };
    if (authMode === 'AADToken') {
      refuseToken(asked, 'https://ml.azure.com');
      permit(`${ML}/onlineEndpoints/score/action`);
    } else if (asked.headers.authorization !== `Bearer ${secretFor(endpoint.name, authMode)}`) {
      return { status: 401, body: { code: 'Unauthorized', message: 'The key or token is not valid.' } };
    }
    const wanted = asked.headers['azureml-model-deployment'];
    const isNamed = typeof wanted === 'string';
    const chosen = isNamed ? wanted.toLowerCase() : byTraffic(endpoint);
    const deployment = chosen === null ? undefined : endpoint.deployments.get(chosen);
    if (deployment === undefined) return { status: 404, body: 'no valid deployment with positive weight' };
    const { status: own, body } = await deployment.answer(asked.body);
    const at = { endpoint: endpoint.name, deployment: deployment.name, at: world.now };
    world.answered.push({ ...at, status: own, isNamed });
    const headers = { 'azureml-model-deployment': deployment.name };
    if (own === 200) return { status: 200, headers, body };
    return { status: 424, headers: { ...headers, 'ms-azureml-model-error-statuscode': String(own) }, body };
  }

  /** Of each hundred requests, each deployment its share. */
  function byTraffic({ traffic }: Endpoint): string | null {
    const turn = (world.answered.filter(({ isNamed }) => !isNamed).length * 37) % 100;
    let before = 0;
    for (const [name, percent] of Object.entries(traffic).toSorted(([one], [two]) =>
      one.localeCompare(two),
    )) {
      before += percent;
      if (turn < before) return name;
    }
    return null;
  }
}

/** What an endpoint with a key, or with tokens of its own, is asked with. */
export function secretFor(endpoint: string, kind: string): string {
  return `${kind}-of-${endpoint}-which-nobody-may-see`;
}

/** REC: who made it and who changed it, by name. */
function systemData(createdAt: number): Json {
  const at = new Date(createdAt).toISOString();
  return { createdAt: at, createdBy: 'deployer', lastModifiedAt: at };
}

/** Who the identities are is for Azure to say. */
function withIds(identity: Json = {}): Json {
  const ids = {
    principalId: '44444444-4444-4444-4444-444444444444',
    tenantId: '22222222-2222-2222-2222-222222222222',
  };
  const { type = 'SystemAssigned', userAssignedIdentities: assigned } = identity;
  if (assigned === undefined) return { type, ...ids };
  const named = Object.keys(assigned as Json).map((id) => [
    id,
    { principalId: ids.principalId, clientId: 'x' },
  ]);
  return { type, userAssignedIdentities: Object.fromEntries(named) as Json };
}

/** Azure adds to what it is sent, and refuses what it cannot read. */
function readSetting({ location, tags, properties }: Json): Json {
  const {
    profiles = [],
    targetResourceUri,
    ...rest
  } = (properties ?? {}) as {
    profiles?: { capacity: Record<string, string>; rules: { metricTrigger: Json; scaleAction: Json }[] }[];
    targetResourceUri?: string;
  };
  const isNumber = (text: unknown) => typeof text === 'string' && /^[0-9]+$/.test(text);
  const isRead =
    typeof location === 'string' &&
    typeof targetResourceUri === 'string' &&
    profiles.length > 0 &&
    profiles.every(
      ({ capacity: { minimum, maximum, default: usual }, rules }) =>
        [minimum, maximum, usual].every(isNumber) &&
        Number(minimum) <= Number(usual) &&
        Number(usual) <= Number(maximum) &&
        rules.every(({ metricTrigger, scaleAction }) => {
          const { threshold, metricResourceUri } = metricTrigger;
          return (
            typeof threshold === 'number' &&
            metricResourceUri === targetResourceUri &&
            isNumber(scaleAction.value)
          );
        }),
    );
  if (!isRead) throw ArmError.bad('The autoscale setting is not valid.', 'InvalidAutoscaleSetting');
  const filled = profiles.map(({ rules, ...profile }) => ({
    ...profile,
    rules: rules.map(({ metricTrigger, scaleAction }) => ({
      metricTrigger: { dividePerInstance: false, dimensions: [], ...metricTrigger },
      scaleAction,
    })),
  }));
  return { location, tags, properties: { ...rest, targetResourceUri, notifications: [], profiles: filled } };
}

function parsed(body: Buffer): Json {
  return body.length === 0 ? {} : (JSON.parse(body.toString()) as Json);
}

function refuseToken({ headers }: Asked, audience: string): void {
  const token = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
  if (claims.includes(`"aud":"${audience}"`)) return;
  throw new ArmError(401, 'InvalidAuthenticationToken', `The access token is not for ${audience}.`);
}
