/** API Gateway's REST APIs (version 1): what a stage answers by is the snapshot that its deployment has taken. */
import type {
  CreateDeploymentRequest,
  CreateResourceRequest,
  CreateRestApiRequest,
  CreateStageRequest,
  DeleteMethodRequest,
  DeleteRestApiRequest,
  GetDeploymentsRequest,
  GetResourcesRequest,
  GetRestApisRequest,
  GetStagesRequest,
  MethodSetting,
  PatchOperation,
  PutIntegrationRequest,
  PutMethodRequest,
  UpdateMethodRequest,
  UpdateStageRequest,
} from '@aws-sdk/client-api-gateway';
import { AwsError } from '../errors.ts';
import { page } from '../paging.ts';
import type { Operation, Permission, Service } from '../service.ts';
import type { World } from '../world.ts';

export interface RestMethod {
  authorizationType: string;
  readonly apiKeyRequired: boolean;
  integration?: Omit<PutIntegrationRequest, 'restApiId' | 'resourceId' | 'httpMethod'>;
}

export interface RestResource {
  readonly id: string;
  readonly parentId?: string;
  readonly pathPart?: string;
  readonly path: string;
  readonly methods: Map<string, RestMethod>;
}

export interface RestDeployment {
  readonly id: string;
  readonly created: Date;
  readonly description: string;
  /** `POST /predict`, as it was when the deployment was made. */
  readonly methods: ReadonlyMap<string, RestMethod>;
}

export interface RestStage {
  readonly stageName: string;
  deploymentId: string;
  readonly methodSettings: Record<string, MethodSetting>;
  readonly tags: Record<string, string>;
}

export interface RestApiState {
  readonly id: string;
  readonly created: Date;
  readonly spec: CreateRestApiRequest;
  readonly resources: Map<string, RestResource>;
  readonly deployments: Map<string, RestDeployment>;
  readonly stages: Map<string, RestStage>;
}

export interface RestState {
  readonly world: World;
  readonly apis: Map<string, RestApiState>;
}

const bad = (message: string) => new AwsError('BadRequestException', message, 400);
const missing = (message: string) => new AwsError('NotFoundException', message, 404);
const clash = (message: string) => new AwsError('ConflictException', message, 409);

export function restService(state: RestState): Service {
  const on =
    (run: (state: RestState, input: never) => unknown): Operation =>
    (input) =>
      run(state, input);
  return {
    name: 'apigateway',
    validationCode: 'BadRequestException',
    toWire,
    operations: {
      CreateDeployment: on(createDeployment),
      CreateResource: on(createResource),
      CreateRestApi: on(createRestApi),
      CreateStage: on(createStage),
      DeleteMethod: on(deleteMethod),
      DeleteRestApi: on(deleteRestApi),
      GetDeployments: on(getDeployments),
      GetResources: on(getResources),
      GetRestApis: on(getRestApis),
      GetStages: on(getStages),
      PutIntegration: on(putIntegration),
      PutMethod: on(putMethod),
      UpdateMethod: on(updateMethod),
      UpdateStage: on(updateStage),
    },
    permissions: (action, input) => permissionsOf(state.world, action, input),
  };
}

const VERBS: readonly (readonly [RegExp, string])[] = [
  [/^Create/, 'POST'],
  [/^Get/, 'GET'],
  [/^Put/, 'PUT'],
  [/^Update/, 'PATCH'],
  [/^Delete/, 'DELETE'],
];

/** Verbs on paths: https://docs.aws.amazon.com/apigateway/latest/developerguide/security_iam_service-with-iam.html */
function permissionsOf(world: World, action: string, input: Record<string, unknown>): readonly Permission[] {
  const { restApiId, resourceId, httpMethod, stageName, parentId } = input;
  const verb = VERBS.find(([pattern]) => pattern.test(action))?.[1] ?? '';
  const below = [
    ...(typeof restApiId === 'string' ? [restApiId] : []),
    ...(action.includes('Resource')
      ? ['resources', ...(typeof parentId === 'string' ? [parentId] : [])]
      : []),
    ...(typeof httpMethod === 'string' ? ['resources', String(resourceId), 'methods', httpMethod] : []),
    ...(action === 'PutIntegration' ? ['integration'] : []),
    ...(action.includes('Deployment') ? ['deployments'] : []),
    ...(action.includes('Stage') ? ['stages'] : []),
    ...(action === 'UpdateStage' ? [String(stageName)] : []),
  ];
  const arn = `arn:${world.partition}:apigateway:${world.region}::`;
  const isTagged = action.startsWith('Create') && Object.keys(input.tags ?? {}).length > 0;
  return [
    { action: `apigateway:${verb}`, resource: `${arn}${['/restapis', ...below].join('/')}` },
    ...(isTagged ? [{ action: 'apigateway:PUT', resource: `${arn}/tags/*` }] : []),
  ];
}

/** Lists are called `item`, and times are seconds. */
function toWire(value: unknown): unknown {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(toWire);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key === 'items' ? 'item' : key, toWire(item)]),
  );
}

function apiOf(state: RestState, id = ''): RestApiState {
  const found = state.apis.get(id);
  if (found === undefined) throw missing(`Invalid API identifier specified ${state.world.account}:${id}`);
  return found;
}

function told({ id, created, spec }: RestApiState): object {
  return { id, createdDate: created, apiKeySource: 'HEADER', tags: {}, ...spec };
}

function createRestApi(state: RestState, spec: CreateRestApiRequest): object {
  const root = state.world.id('r');
  const api: RestApiState = {
    id: state.world.id('a'),
    created: state.world.time.now(),
    spec,
    resources: new Map([[root, { id: root, path: '/', methods: new Map() }]]),
    deployments: new Map(),
    stages: new Map(),
  };
  state.apis.set(api.id, api);
  return told(api);
}

function getRestApis(state: RestState, { limit, position }: GetRestApisRequest): object {
  return listed([...state.apis.values()].map(told), limit, position);
}

function listed(all: readonly object[], limit: number | undefined, position: string | undefined): object {
  const { items, next } = page(all, limit ?? 25, position);
  return { items, ...(next === undefined ? {} : { position: next }) };
}

function deleteRestApi(state: RestState, { restApiId }: DeleteRestApiRequest): undefined {
  state.apis.delete(apiOf(state, restApiId).id);
}

function createResource(state: RestState, { restApiId, parentId, pathPart }: CreateResourceRequest): object {
  const { resources } = apiOf(state, restApiId);
  const parent = resourceOf(resources, parentId);
  const path = `${parent.path.replace(/\/$/, '')}/${pathPart ?? ''}`;
  if ([...resources.values()].some((known) => known.path === path))
    throw clash(`Another resource with the same parent already has this name: ${pathPart ?? ''}`);
  const id = state.world.id('r');
  resources.set(id, { id, path, ...{ parentId, pathPart }, methods: new Map() } as RestResource);
  return { id, parentId, pathPart, path };
}

function resourceOf(resources: ReadonlyMap<string, RestResource>, id = ''): RestResource {
  const found = resources.get(id);
  if (found === undefined) throw missing('Invalid Resource identifier specified');
  return found;
}

function getResources(
  state: RestState,
  { restApiId, limit, position, embed = [] }: GetResourcesRequest,
): object {
  const all = [...apiOf(state, restApiId).resources.values()].map(({ methods, ...resource }) => ({
    ...resource,
    // Without embed their names alone are told.
    ...(methods.size === 0
      ? {}
      : {
          resourceMethods: Object.fromEntries(
            [...methods].map(([name, method]) => [
              name,
              embed.includes('methods') ? sayMethod(name, method) : {},
            ]),
          ),
        }),
  }));
  return listed(all, limit, position);
}

function sayMethod(httpMethod: string, { integration, ...method }: RestMethod): object {
  const told = integration === undefined ? {} : { methodIntegration: sayIntegration(integration) };
  return { httpMethod, ...method, ...told };
}

/** The method that it calls by is told as httpMethod. */
function sayIntegration({ integrationHttpMethod, ...rest }: NonNullable<RestMethod['integration']>): object {
  return { ...rest, httpMethod: integrationHttpMethod };
}

type OfMethod = Pick<PutMethodRequest, 'restApiId' | 'resourceId' | 'httpMethod'>;

function methodOf(state: RestState, { restApiId, resourceId, httpMethod = '' }: OfMethod): RestMethod {
  const { methods } = resourceOf(apiOf(state, restApiId).resources, resourceId);
  const found = methods.get(httpMethod);
  if (found === undefined) throw missing('Invalid Method identifier specified');
  return found;
}

function putMethod(state: RestState, input: PutMethodRequest): object {
  const { restApiId, resourceId, httpMethod = '', authorizationType = '', apiKeyRequired = false } = input;
  const { methods } = resourceOf(apiOf(state, restApiId).resources, resourceId);
  if (methods.has(httpMethod)) throw clash('Method already exists for this resource');
  const method = { authorizationType, apiKeyRequired };
  methods.set(httpMethod, method);
  return { httpMethod, ...method };
}

function updateMethod(state: RestState, { patchOperations = [], ...of }: UpdateMethodRequest): object {
  const method = methodOf(state, of);
  for (const { op, path, value = '' } of patchOperations) {
    if (op !== 'replace' || path !== '/authorizationType') throw notOf('a method', { op, path });
    method.authorizationType = value;
  }
  return sayMethod(of.httpMethod ?? '', method);
}

const notOf = (what: string, { op, path }: PatchOperation) =>
  bad(`The fake does not ${op ?? ''} ${path ?? ''} of ${what}.`);

function deleteMethod(state: RestState, input: DeleteMethodRequest): undefined {
  methodOf(state, input);
  const { restApiId, resourceId, httpMethod = '' } = input;
  resourceOf(apiOf(state, restApiId).resources, resourceId).methods.delete(httpMethod);
}

function putIntegration(state: RestState, input: PutIntegrationRequest): object {
  const { restApiId: _, resourceId: __, httpMethod: ___, ...integration } = input;
  methodOf(state, input).integration = integration;
  return sayIntegration(integration);
}

function createDeployment(state: RestState, input: CreateDeploymentRequest): object {
  const { restApiId, description = '', stageName } = input;
  if (stageName !== undefined) throw bad('The fake makes a stage by CreateStage alone.');
  const api = apiOf(state, restApiId);
  const methods = [...api.resources.values()].flatMap(({ path, methods: own }) =>
    [...own].map(([name, method]) => [`${name} ${path}`, structuredClone(method)] as const),
  );
  if (methods.length === 0) throw bad("The REST API doesn't contain any methods");
  if (methods.some(([, { integration }]) => integration === undefined))
    throw bad('No integration defined for method');
  const created = state.world.time.now();
  const id = state.world.id('d');
  api.deployments.set(id, { id, created, description, methods: new Map(methods) });
  return { id, description, createdDate: created };
}

function getDeployments(state: RestState, { restApiId, limit, position }: GetDeploymentsRequest): object {
  const all = [...apiOf(state, restApiId).deployments.values()];
  const told = all.map(({ id, description, created }) => ({ id, description, createdDate: created }));
  return listed(told, limit, position);
}

function createStage(state: RestState, input: CreateStageRequest): object {
  const { restApiId, stageName = '', deploymentId = '', tags = {} } = input;
  const { stages, deployments } = apiOf(state, restApiId);
  if (stages.has(stageName)) throw clash('Stage already exists');
  if (!deployments.has(deploymentId)) throw bad('Deployment id does not exist');
  const stage: RestStage = { stageName, deploymentId, methodSettings: {}, tags };
  stages.set(stageName, stage);
  return stage;
}

function getStages(state: RestState, { restApiId }: GetStagesRequest): object {
  return { item: [...apiOf(state, restApiId).stages.values()] };
}

const LIMITS: Readonly<Record<string, 'throttlingRateLimit' | 'throttlingBurstLimit'>> = {
  '/*/*/throttling/rateLimit': 'throttlingRateLimit',
  '/*/*/throttling/burstLimit': 'throttlingBurstLimit',
};

function updateStage(state: RestState, input: UpdateStageRequest): object {
  const { restApiId, stageName = '', patchOperations = [] } = input;
  const { stages, deployments } = apiOf(state, restApiId);
  const stage = stages.get(stageName);
  if (stage === undefined) throw missing('Invalid stage identifier specified');
  for (const { op, path = '', value = '' } of patchOperations) {
    const limit = LIMITS[path];
    if (op === 'replace' && limit !== undefined)
      stage.methodSettings['*/*'] = { ...stage.methodSettings['*/*'], [limit]: Number(value) };
    else if (op === 'replace' && path === '/deploymentId') {
      if (!deployments.has(value)) throw bad('Deployment id does not exist');
      stage.deploymentId = value;
    } else throw notOf('a stage', { op, path });
  }
  return stage;
}
