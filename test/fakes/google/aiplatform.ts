/** The methods of aiplatform v1 that the fake has. A request is valid by Google's schema when it comes here. */
import { GoogleError } from './google-error.ts';
import {
  checkLabels,
  checkSplit,
  idBy,
  type Endpoint,
  type Json,
  type Labels,
  type ModelVersion,
  type Operation,
  type World,
} from './world.ts';

export interface Call {
  readonly names: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Json;
  /** @throws GoogleError where it is not allowed */
  readonly permit: (permission: string) => void;
}

type Split = Readonly<Record<string, number>>;

export type Handler = (world: World, call: Call) => Json;

export const AIPLATFORM: Readonly<Record<string, Handler>> = {
  'projects.locations.endpoints.create': createEndpoint,
  'projects.locations.endpoints.get': (world, { names, permit }) => {
    permit('aiplatform.endpoints.get');
    return shownEndpoint(world, world.endpoint(names[2] ?? ''));
  },
  'projects.locations.endpoints.list': listEndpoints,
  'projects.locations.endpoints.patch': patchEndpoint,
  'projects.locations.endpoints.delete': deleteEndpoint,
  'projects.locations.endpoints.deployModel': deployModel,
  'projects.locations.endpoints.undeployModel': undeployModel,
  'projects.locations.endpoints.operations.list': listOperations,
  'projects.locations.endpoints.operations.get': getOperation('aiplatform.endpoints.get'),
  'projects.locations.models.operations.get': getOperation('aiplatform.models.get'),
  'projects.locations.models.operations.list': listModelOperations,
  'projects.locations.models.upload': uploadModel,
  'projects.locations.models.get': (world, { names, permit }) => {
    permit('aiplatform.models.get');
    return shownVersion(world, world.version(names[2] ?? ''));
  },
  'projects.locations.models.listVersions': listVersions,
  'projects.locations.models.patch': patchModel,
  'projects.locations.models.deleteVersion': deleteVersion,
  'projects.locations.models.delete': deleteModel,
};

function getOperation(permission: string): Handler {
  return (world, { names, permit }) => {
    permit(permission);
    return shownOperation(world, operationOf(world, names[3] ?? ''));
  };
}

export function parentOf({ settings: { number, location } }: World): string {
  return `projects/${number}/locations/${location}`;
}

function createEndpoint(world: World, { query, body, permit }: Call): Json {
  permit('aiplatform.endpoints.create');
  const id = query.get('endpointId') ?? world.unique();
  if (!/^(?:[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?|\d{1,20})$/.test(id))
    throw new GoogleError('INVALID_ARGUMENT', `Invalid endpoint_id: ${id}`);
  if (world.endpoints.get(id) !== undefined)
    throw new GoogleError('ALREADY_EXISTS', `Endpoint ${id} already exists.`);
  if (typeof body.displayName !== 'string' || body.displayName === '')
    throw new GoogleError('INVALID_ARGUMENT', 'display_name is required.');
  const { labels = {}, ...rest } = body as { labels?: Labels } & Json;
  checkLabels(labels);
  const operation = world.begin('CreateEndpoint', id, () => {
    const made: Endpoint = {
      id,
      body: rest,
      labels,
      etag: `etag-${world.unique()}`,
      split: {},
      deployed: [],
      createTime: world.stamp,
    };
    if (world.endpoints.get(id) !== undefined)
      throw new GoogleError('ALREADY_EXISTS', `${id} already exists.`);
    world.endpoints.set(id, made, world.now);
    return shownEndpoint(world, made);
  });
  return shownOperation(world, operation);
}

/** https://google.aip.dev/160: `labels.key="value" AND …`, and nothing else. */
function listEndpoints(world: World, { query, permit }: Call): Json {
  permit('aiplatform.endpoints.list');
  const wanted = (query.get('filter') ?? '').split(' AND ').filter((term) => term !== '');
  const terms = wanted.map((term) => {
    const [, key, value] = /^labels\.([a-z0-9_-]+)="([^"]*)"$/.exec(term) ?? [];
    if (key === undefined || value === undefined)
      throw new GoogleError('INVALID_ARGUMENT', `The fake cannot filter by ${term}`);
    return [key, value] as const;
  });
  const all = world.endpoints.listed(world.now - world.settings.lagMs);
  const found = all.filter(({ labels }) => terms.every(([key, value]) => labels[key] === value));
  const start = Number(query.get('pageToken') ?? '0');
  const size = Math.min(Number(query.get('pageSize') ?? '50'), 100);
  const page = found.slice(start, start + size).map((each) => shownEndpoint(world, each));
  return { endpoints: page, ...(start + size < found.length ? { nextPageToken: String(start + size) } : {}) };
}

const PATCHED = new Set(['labels', 'trafficSplit', 'displayName', 'description']);

/** Not an operation: it answers when it is done. */
function patchEndpoint(world: World, { names, query, body, permit }: Call): Json {
  permit('aiplatform.endpoints.update');
  const endpoint = world.endpoint(names[2] ?? '');
  const mask = (query.get('updateMask') ?? '').split(',').filter((field) => field !== '');
  const odd = mask.find((field) => !PATCHED.has(field));
  if (mask.length === 0 || odd !== undefined)
    throw new GoogleError('INVALID_ARGUMENT', `Invalid update_mask: ${odd ?? 'none is given'}`);
  const {
    etag,
    labels = {},
    trafficSplit = {},
    ...rest
  } = body as { etag?: string; labels?: Labels; trafficSplit?: Split };
  if (etag !== undefined && etag !== endpoint.etag)
    throw new GoogleError(world.settings.etagRefusal, `The etag ${etag} does not match the current one.`);
  if (mask.includes('trafficSplit'))
    checkSplit(
      trafficSplit,
      endpoint.deployed.map(({ id }) => id),
    );
  const more = Object.entries(rest).filter(([key]) => mask.includes(key));
  const changed = world.change(endpoint, {
    body: { ...endpoint.body, ...Object.fromEntries(more) },
    ...(mask.includes('labels') ? { labels: checkLabels(labels) } : {}),
    ...(mask.includes('trafficSplit') ? { split: trafficSplit } : {}),
  });
  return shownEndpoint(world, changed);
}

function deleteEndpoint(world: World, { names, permit }: Call): Json {
  permit('aiplatform.endpoints.delete');
  const { id } = world.endpoint(names[2] ?? '');
  const check = () => {
    const isBusy = world.operations.some(
      ({ kind, of, result }) => kind === 'DeployModel' && of === id && result === null,
    );
    if (world.endpoint(id).deployed.length > 0 || isBusy)
      throw new GoogleError(
        'FAILED_PRECONDITION',
        `Endpoint ${id} has deployed models or is being deployed to.`,
      );
  };
  check();
  const operation = world.begin('Delete', id, () => {
    check();
    world.endpoints.set(id, null, world.now);
    return {};
  });
  return shownOperation(world, operation);
}

interface Resources {
  readonly machineSpec?: { readonly machineType?: string };
  readonly minReplicaCount?: number;
  readonly maxReplicaCount?: number;
}

function deployModel(world: World, { names, body, permit }: Call): Json {
  permit('aiplatform.endpoints.deploy');
  permit('aiplatform.models.get');
  const endpoint = world.endpoint(names[2] ?? '');
  const { deployedModel = {}, trafficSplit = {} } = body as { deployedModel?: Json; trafficSplit?: Split };
  const {
    id: wanted,
    model: name = '',
    dedicatedResources,
    serviceAccount,
  } = deployedModel as {
    id?: string;
    model?: string;
    dedicatedResources?: Resources;
    serviceAccount?: string;
  };
  if (serviceAccount !== undefined) permit('iam.serviceAccounts.actAs');
  const version = world.version(name);
  checkResources(world, dedicatedResources);
  const ids = endpoint.deployed.map((each) => each.id);
  checkSplit(trafficSplit, [...ids, '0']);
  const id = world.takeId(endpoint, wanted);
  const end = () => {
    const { imageUri = '' } = (version.body.containerSpec ?? {}) as { imageUri?: string };
    const failure = world.start(imageUri);
    if (failure !== null) {
      world.logs.set(endpoint.id, [...(world.logs.get(endpoint.id) ?? []), ...LAST_WORDS]);
      throw failure;
    }
    const now = world.endpoint(endpoint.id);
    const made = {
      id,
      body: deployedModel,
      model: version.model,
      version: version.version,
      createTime: world.stamp,
    };
    const split = Object.fromEntries(
      Object.entries(trafficSplit).map(([key, value]) => [key === '0' ? id : key, value]),
    );
    world.change(now, {
      deployed: [...now.deployed, made],
      ...(Object.keys(split).length > 0 ? { split } : {}),
    });
    return { deployedModel: { id } };
  };
  idBy.set(end, id);
  return shownOperation(world, world.begin('DeployModel', endpoint.id, end));
}

export const LAST_WORDS = [
  'Traceback (most recent call last):',
  'ModuleNotFoundError: No module named sklearn',
];

function checkResources(world: World, wanted: Resources | undefined): void {
  const { machineSpec, minReplicaCount: min = 0, maxReplicaCount: max = min } = wanted ?? {};
  if ((machineSpec?.machineType ?? '') === '')
    throw new GoogleError('INVALID_ARGUMENT', 'machine_spec.machine_type is required.');
  if (min < 1 || max < min)
    throw new GoogleError('INVALID_ARGUMENT', `Replicas from ${min} to ${max}: the least is 1.`);
  const used = world.endpoints
    .all()
    .flatMap(({ deployed }) => deployed)
    .reduce((sum, { body }) => sum + ((body.dedicatedResources as Resources).maxReplicaCount ?? 1), 0);
  if (used + max > world.settings.quota) {
    const metric = 'aiplatform.googleapis.com/custom_model_serving_cpus';
    throw new GoogleError('RESOURCE_EXHAUSTED', `The following quota metrics exceed quota limits: ${metric}`);
  }
}

function undeployModel(world: World, { names, body, permit }: Call): Json {
  permit('aiplatform.endpoints.undeploy');
  const endpoint = world.endpoint(names[2] ?? '');
  const { deployedModelId = '', trafficSplit } = body as { deployedModelId?: string; trafficSplit?: Split };
  const rest = endpoint.deployed.filter(({ id }) => id !== deployedModelId);
  if (rest.length === endpoint.deployed.length)
    throw new GoogleError('NOT_FOUND', `DeployedModel ${deployedModelId} is not deployed.`);
  const check = (now: Endpoint) => {
    const share = (trafficSplit ?? now.split)[deployedModelId] ?? 0;
    if (share > 0 && now.deployed.length > 1)
      throw new GoogleError(
        'FAILED_PRECONDITION',
        `DeployedModel ${deployedModelId} has ${share} % of the traffic.`,
      );
  };
  check(endpoint);
  if (trafficSplit !== undefined)
    checkSplit(
      trafficSplit,
      rest.map(({ id }) => id),
    );
  const operation = world.begin('UndeployModel', endpoint.id, () => {
    const now = world.endpoint(endpoint.id);
    check(now);
    const deployed = now.deployed.filter(({ id }) => id !== deployedModelId);
    const split = trafficSplit ?? now.split;
    const left = Object.fromEntries(Object.entries(split).filter(([id]) => id !== deployedModelId));
    world.change(now, { deployed, split: deployed.length === 0 ? {} : left });
    return {};
  });
  return shownOperation(world, operation);
}

function operationOf(world: World, id: string): Operation {
  const found = world.operations.find((operation) => operation.id === id);
  if (found !== undefined) return found;
  throw new GoogleError('NOT_FOUND', `The operation does not exist: ${id}`);
}

function listOperations(world: World, { names, permit }: Call): Json {
  permit('aiplatform.operations.list');
  return seenOperations(world, ({ kind, of }) => of === names[2] && kind !== 'UploadModel');
}

function listModelOperations(world: World, { names, permit }: Call): Json {
  permit('aiplatform.operations.list');
  return seenOperations(world, ({ kind, of }) => of === names[2] && kind === 'UploadModel');
}

/** The newest first; not those that have just begun. */
function seenOperations(world: World, isOne: (operation: Operation) => boolean): Json {
  const seen = world.operations.filter(
    (operation) => isOne(operation) && operation.begun <= world.now - world.settings.lagMs,
  );
  return { operations: seen.map((operation) => shownOperation(world, operation)).reverse() };
}

/** An image of another registry is not pulled (ModelContainerSpec.imageUri). */
const REGISTRY = /^(?:[a-z0-9-]+-docker\.pkg\.dev|(?:[a-z]+\.)?gcr\.io)\//;

function uploadModel(world: World, { body, permit }: Call): Json {
  permit('aiplatform.models.upload');
  const {
    parentModel,
    modelId,
    model = {},
  } = body as { parentModel?: string; modelId?: string; model?: Json };
  const { labels = {}, ...rest } = model as { labels?: Labels } & Json;
  checkLabels(labels);
  const { imageUri = '' } = (rest.containerSpec ?? {}) as { imageUri?: string };
  if (!REGISTRY.test(imageUri)) throw new GoogleError('INVALID_ARGUMENT', `Invalid image_uri: ${imageUri}`);
  if (typeof rest.displayName !== 'string')
    throw new GoogleError('INVALID_ARGUMENT', 'display_name is required.');
  if (typeof rest.artifactUri === 'string' && !rest.artifactUri.startsWith('gs://'))
    throw new GoogleError('INVALID_ARGUMENT', `Invalid artifact_uri: ${rest.artifactUri}`);
  const id = parentModel === undefined ? (modelId ?? world.unique()) : (parentModel.split('/').at(-1) ?? '');
  if (!/^[a-z0-9_-]{1,63}$/.test(id)) throw new GoogleError('INVALID_ARGUMENT', `Invalid model_id: ${id}`);
  const isThere = world.versions(id).length > 0;
  if (parentModel !== undefined && !isThere)
    throw new GoogleError('NOT_FOUND', `The Model does not exist: ${id}`);
  if (parentModel === undefined && isThere)
    throw new GoogleError('ALREADY_EXISTS', `Model ${id} already exists.`);
  const operation = world.begin('UploadModel', id, () => {
    const numbers = world.operations.filter(
      ({ kind, of, result }) => kind === 'UploadModel' && of === id && result !== null,
    );
    const version = String(numbers.length + 1);
    world.models.set(
      `${id}@${version}`,
      { model: id, version, body: rest, labels, createTime: world.stamp },
      world.now,
    );
    return { model: `${parentOf(world)}/models/${id}`, modelVersionId: version };
  });
  return shownOperation(world, operation);
}

function listVersions(world: World, { names, permit }: Call): Json {
  permit('aiplatform.models.list');
  const id = names[2] ?? '';
  const listed = world.models.listed(world.now - world.settings.lagMs).filter(({ model }) => model === id);
  if (listed.length === 0) throw new GoogleError('NOT_FOUND', `The Model does not exist: ${id}`);
  return { models: listed.reverse().map((each) => shownVersion(world, each)) };
}

function patchModel(world: World, { names, query, body, permit }: Call): Json {
  permit('aiplatform.models.update');
  const version = world.version(names[2] ?? '');
  if (query.get('updateMask') !== 'labels')
    throw new GoogleError('INVALID_ARGUMENT', 'The fake changes labels alone.');
  const { labels = {} } = body as { labels?: Labels };
  const changed = { ...version, labels: checkLabels(labels) };
  world.models.set(`${version.model}@${version.version}`, changed, world.now);
  return shownVersion(world, changed);
}

function deleteVersion(world: World, { names, permit }: Call): Json {
  permit('aiplatform.models.delete');
  const version = world.version(names[2] ?? '');
  refuseUsed(world, [version]);
  if (world.versions(version.model).length === 1)
    throw new GoogleError('FAILED_PRECONDITION', 'It is the only version of its model: delete the model.');
  return shownOperation(world, removal(world, [version]));
}

function deleteModel(world: World, { names, permit }: Call): Json {
  permit('aiplatform.models.delete');
  const { model } = world.version(names[2] ?? '');
  const all = world.versions(model);
  refuseUsed(world, all);
  return shownOperation(world, removal(world, all));
}

function refuseUsed(world: World, versions: readonly ModelVersion[]): void {
  const used = versions.find((version) => world.users(version).length > 0);
  if (used !== undefined)
    throw new GoogleError('FAILED_PRECONDITION', `Model ${used.model}@${used.version} is deployed.`);
}

function removal(world: World, versions: readonly ModelVersion[]): Operation {
  return world.begin('Delete', versions[0]?.model ?? '', () => {
    refuseUsed(world, versions);
    for (const { model, version } of versions) world.models.set(`${model}@${version}`, null, world.now);
    return {};
  });
}

/** Answers have the project's number. */
function shownEndpoint(world: World, endpoint: Endpoint): Json {
  const { id, body, labels, etag, split, deployed, createTime } = endpoint;
  const dns = body.dedicatedEndpointEnabled === true;
  return {
    ...body,
    name: `${parentOf(world)}/endpoints/${id}`,
    labels,
    etag,
    trafficSplit: split,
    createTime,
    updateTime: createTime,
    ...(dns && {
      dedicatedEndpointDns: `${id}.${world.settings.location}-${world.settings.number}.prediction.vertexai.goog`,
    }),
    deployedModels: deployed.map((each) => ({
      displayName: each.model,
      ...each.body,
      id: each.id,
      model: `${parentOf(world)}/models/${each.model}`,
      modelVersionId: each.version,
      createTime: each.createTime,
      status: { availableReplicaCount: (each.body.dedicatedResources as Resources).minReplicaCount ?? 1 },
    })),
  };
}

function shownVersion(world: World, version: ModelVersion): Json {
  const { model, body, labels, createTime } = version;
  return {
    ...body,
    name: `${parentOf(world)}/models/${model}`,
    versionId: version.version,
    labels,
    createTime,
    versionCreateTime: createTime,
    // Google's own client deploys by what is said here.
    supportedDeploymentResourcesTypes: ['DEDICATED_RESOURCES'],
    deployedModels: world.users(version).map(({ endpoint, id }) => ({
      endpoint: `${parentOf(world)}/endpoints/${endpoint}`,
      deployedModelId: id,
    })),
  };
}

const STAGES = ['STARTING_DEPLOYMENT', 'PREPARING_MODEL', 'GETTING_CONTAINER_IMAGE', 'STARTING_MODEL_SERVER'];
const FOLDERS: Readonly<Record<string, string>> = { UploadModel: 'models' };
/** Of those that answer with a resource, or with nothing (google.longrunning.operation_info of each method). */
const RESPONSES: Readonly<Record<string, string>> = {
  CreateEndpoint: 'cloud.aiplatform.v1.Endpoint',
  Delete: 'protobuf.Empty',
};

function shownOperation(world: World, { id, kind, of, begun, ends, result }: Operation): Json {
  const at = Math.floor((STAGES.length * (world.now - begun)) / Math.max(1, ends - begun));
  const stage = STAGES[Math.min(STAGES.length - 1, Math.max(0, at))];
  return {
    name: `${parentOf(world)}/${FOLDERS[kind] ?? 'endpoints'}/${of}/operations/${id}`,
    metadata: {
      '@type': `type.googleapis.com/google.cloud.aiplatform.v1.${kind}OperationMetadata`,
      genericMetadata: { createTime: new Date(begun).toISOString(), updateTime: world.stamp },
      ...(kind === 'DeployModel' && result === null ? { deploymentStage: stage } : {}),
    },
    ...(result === null ? {} : { done: true }),
    ...(result !== null && 'response' in result
      ? {
          response: {
            '@type': `type.googleapis.com/google.${RESPONSES[kind] ?? `cloud.aiplatform.v1.${kind}Response`}`,
            ...result.response,
          },
        }
      : {}),
    ...(result !== null && 'error' in result ? { error: result.error.rpc } : {}),
  };
}
