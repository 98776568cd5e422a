/** API Gateway's HTTP APIs (version 2). Nothing here is idempotent: a repeated creation makes a second one. */
import type {
  CreateApiRequest,
  CreateAuthorizerRequest,
  CreateIntegrationRequest,
  CreateRouteRequest,
  CreateStageRequest,
  DeleteApiRequest,
  DeleteRouteRequest,
  GetApisRequest,
  GetRoutesRequest,
  UpdateAuthorizerRequest,
  UpdateRouteRequest,
  UpdateStageRequest,
} from '@aws-sdk/client-apigatewayv2';
import { AwsError } from '../errors.ts';
import { page } from '../paging.ts';
import type { Operation, Permission, Service } from '../service.ts';
import type { World } from '../world.ts';

type Kept<T> = Omit<T, 'ApiId'>;

export interface HttpApi {
  readonly id: string;
  readonly created: Date;
  readonly spec: CreateApiRequest;
  readonly integrations: Map<string, Kept<CreateIntegrationRequest>>;
  readonly routes: Map<string, Kept<CreateRouteRequest>>;
  readonly stages: Map<string, Kept<CreateStageRequest>>;
  readonly authorizers: Map<string, Kept<CreateAuthorizerRequest>>;
}

export interface GatewayState {
  readonly world: World;
  readonly apis: Map<string, HttpApi>;
}

const bad = (message: string) => new AwsError('BadRequestException', message, 400);
const missing = (message: string) => new AwsError('NotFoundException', message, 404);
const clash = (message: string) => new AwsError('ConflictException', message, 409);

export function gatewayService(state: GatewayState): Service {
  const on =
    (run: (state: GatewayState, input: never) => unknown): Operation =>
    (input) =>
      run(state, input);
  return {
    name: 'apigatewayv2',
    validationCode: 'BadRequestException',
    toWire: lowerCamel,
    operations: {
      CreateApi: on(createApi),
      CreateAuthorizer: on(createAuthorizer),
      CreateIntegration: on(createIntegration),
      CreateRoute: on(createRoute),
      CreateStage: on(createStage),
      DeleteApi: on(deleteApi),
      DeleteRoute: on(deleteRoute),
      GetApis: on(getApis),
      GetAuthorizers: on((_, input) => listed(state, input, 'authorizers', 'AuthorizerId')),
      GetIntegrations: on((_, input) => listed(state, input, 'integrations', 'IntegrationId')),
      GetRoutes: on((_, input) => listed(state, input, 'routes', 'RouteId')),
      GetStages: on((_, input) => listed(state, input, 'stages', null)),
      UpdateAuthorizer: on(updateAuthorizer),
      UpdateRoute: on(updateRoute),
      UpdateStage: on(updateStage),
    },
    permissions: (action, input) => permissionsOf(state.world, action, input),
  };
}

const VERBS: readonly (readonly [RegExp, string])[] = [
  [/^Create/, 'POST'],
  [/^Get/, 'GET'],
  [/^Update/, 'PATCH'],
  [/^Delete/, 'DELETE'],
];

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/security_iam_service-with-iam.html: verbs on paths */
function permissionsOf(world: World, action: string, input: Record<string, unknown>): readonly Permission[] {
  const verb = VERBS.find(([pattern]) => pattern.test(action))?.[1] ?? '';
  const id = typeof input.ApiId === 'string' ? `/${input.ApiId}` : '';
  const [, part] = /^(?:Create|Get|Update|Delete)(\w+?)s?$/.exec(action) ?? [];
  const below = part === 'Api' || part === undefined ? '' : `/${part.toLowerCase()}s`;
  const key = input.RouteId ?? (verb === 'PATCH' ? (input.AuthorizerId ?? input.StageName) : undefined);
  const own = typeof key === 'string' ? `/${key}` : '';
  const arn = `arn:${world.partition}:apigateway:${world.region}::`;
  const isTagged = action.startsWith('Create') && Object.keys(input.Tags ?? {}).length > 0;
  return [
    { action: `apigateway:${verb}`, resource: `${arn}/apis${id}${below}${own}` },
    ...(isTagged ? [{ action: 'apigateway:POST', resource: `${arn}/tags/*` }] : []),
  ];
}

function lowerCamel(value: unknown): unknown {
  if (value instanceof Date || typeof value !== 'object' || value === null)
    return value instanceof Date ? value.toISOString() : value;
  if (Array.isArray(value)) return value.map(lowerCamel);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const name = key.charAt(0).toLowerCase() + key.slice(1);
      // What users have named stays as it is.
      return [name, key === 'Tags' || key === 'RequestParameters' ? item : lowerCamel(item)];
    }),
  );
}

function apiOf(state: GatewayState, id = ''): HttpApi {
  const found = state.apis.get(id);
  if (found === undefined) throw missing(`Invalid API identifier specified ${state.world.account}:${id}`);
  return found;
}

function told(world: World, { id, created, spec }: HttpApi): object {
  return {
    ApiId: id,
    ApiEndpoint: `https://${id}.execute-api.${world.region}.amazonaws.com`,
    ApiKeySelectionExpression: '$request.header.x-api-key',
    RouteSelectionExpression: '$request.method $request.path',
    CreatedDate: created,
    DisableExecuteApiEndpoint: false,
    Tags: {},
    ...spec,
  };
}

function createApi(state: GatewayState, input: CreateApiRequest): object {
  if (input.Target !== undefined) throw bad('The fake makes no quick APIs: they are open to everybody.');
  const api: HttpApi = {
    id: state.world.id('a'),
    created: state.world.time.now(),
    spec: input,
    integrations: new Map(),
    routes: new Map(),
    stages: new Map(),
    authorizers: new Map(),
  };
  state.apis.set(api.id, api);
  return told(state.world, api);
}

function getApis(state: GatewayState, input: GetApisRequest): object {
  const { items, next } = page([...state.apis.values()], Number(input.MaxResults ?? 25), input.NextToken);
  return {
    Items: items.map((api) => told(state.world, api)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
}

function deleteApi(state: GatewayState, input: DeleteApiRequest): undefined {
  state.apis.delete(apiOf(state, input.ApiId).id);
}

function createIntegration(state: GatewayState, { ApiId, ...spec }: CreateIntegrationRequest): object {
  const id = state.world.id('i');
  apiOf(state, ApiId).integrations.set(id, spec);
  return { IntegrationId: id, ...spec };
}

function createAuthorizer(state: GatewayState, { ApiId, ...spec }: CreateAuthorizerRequest): object {
  if (spec.AuthorizerType === 'JWT' && spec.JwtConfiguration?.Issuer === undefined)
    throw bad('JWT authorizers need an issuer.');
  const id = state.world.id('u');
  apiOf(state, ApiId).authorizers.set(id, spec);
  return { AuthorizerId: id, ...spec };
}

function createRoute(state: GatewayState, { ApiId, ...spec }: CreateRouteRequest): object {
  const api = apiOf(state, ApiId);
  if ([...api.routes.values()].some(({ RouteKey }) => RouteKey === spec.RouteKey))
    throw clash(`Route with key ${spec.RouteKey ?? ''} already exists for this API`);
  const [, target = ''] = /^integrations\/(.+)$/.exec(spec.Target ?? '') ?? [];
  if (!api.integrations.has(target)) throw bad(`Invalid target ${spec.Target ?? ''}`);
  checkAuthorizer(api, spec);
  const id = state.world.id('r');
  api.routes.set(id, { AuthorizationType: 'NONE', ApiKeyRequired: false, ...spec });
  return { RouteId: id, ...spec };
}

function checkAuthorizer(api: HttpApi, { AuthorizationType, AuthorizerId }: Kept<CreateRouteRequest>): void {
  if (AuthorizationType === 'JWT' && !api.authorizers.has(AuthorizerId ?? ''))
    throw bad(`Invalid authorizer identifier specified: ${AuthorizerId ?? ''}`);
}

function updateRoute(state: GatewayState, { ApiId, RouteId = '', ...spec }: UpdateRouteRequest): object {
  const api = apiOf(state, ApiId);
  const route = api.routes.get(RouteId);
  if (route === undefined) throw missing(`Unable to find Route by key ${RouteId} within the provided routes`);
  const made = { ...route, ...spec };
  checkAuthorizer(api, made);
  api.routes.set(RouteId, made);
  return { RouteId, ...made };
}

function deleteRoute(state: GatewayState, { ApiId, RouteId = '' }: DeleteRouteRequest): undefined {
  if (!apiOf(state, ApiId).routes.delete(RouteId))
    throw missing(`Unable to find Route by key ${RouteId} within the provided routes`);
}

function updateAuthorizer(
  state: GatewayState,
  { ApiId, AuthorizerId = '', ...spec }: UpdateAuthorizerRequest,
): object {
  const { authorizers } = apiOf(state, ApiId);
  const found = authorizers.get(AuthorizerId);
  if (found === undefined) throw missing(`Invalid Authorizer identifier specified ${AuthorizerId}`);
  const made = { ...found, ...spec } as Kept<CreateAuthorizerRequest>;
  authorizers.set(AuthorizerId, made);
  return { AuthorizerId, ...made };
}

function createStage(state: GatewayState, { ApiId, ...spec }: CreateStageRequest): object {
  const api = apiOf(state, ApiId);
  const name = spec.StageName ?? '';
  if (api.stages.has(name)) throw clash('Stage already exists');
  api.stages.set(name, spec);
  return spec;
}

function updateStage(state: GatewayState, { ApiId, StageName = '', ...spec }: UpdateStageRequest): object {
  const api = apiOf(state, ApiId);
  const stage = api.stages.get(StageName);
  if (stage === undefined) throw missing('Invalid stage identifier specified');
  const made = { ...stage, ...spec };
  api.stages.set(StageName, made);
  return made;
}

function listed(
  state: GatewayState,
  input: GetRoutesRequest,
  part: 'routes' | 'integrations' | 'stages' | 'authorizers',
  id: string | null,
): object {
  const all = [...apiOf(state, input.ApiId)[part]];
  const { items, next } = page(all, Number(input.MaxResults ?? 25), input.NextToken);
  const Items = items.map(([key, spec]) => ({ ...(id === null ? {} : { [id]: key }), ...spec }));
  return { Items, ...(next === undefined ? {} : { NextToken: next }) };
}
