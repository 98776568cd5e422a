/**
 * An HTTP API with one route to the alias that serves. No call of API Gateway that creates something is idempotent, and
 * two APIs can have the same name: ours is found by its tags. Missing parts are created in an order in which nothing is
 * open before it is guarded; the stage comes last.
 */
import type { Api, ApiGatewayV2, Authorizer, Integration, Route, Stage } from '@aws-sdk/client-apigatewayv2';
import type { CallOptions } from '../../../clouds/aws/clients.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { ownTags } from '../../../deployment/kept/tags.ts';
import { isOurs, placeOf, type Beside, type Due } from './due.ts';
import { forbid, permit } from './permission.ts';
import type { HttpDoor } from './wanted.ts';

export const STATEMENT = 'ml-deploy-api';
const STAGE = '$default';
const AUTHORIZER = 'ml-deploy';
/** The longest that an HTTP API waits. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-quotas.html */
const TIMEOUT_MS = 30_000;

/** The next call; null if the API is as wanted. */
export async function nextOfApi(door: HttpDoor, beside: Beside): Promise<Due | null> {
  const [api, ...others] = await ownApis(beside);
  if (api?.ApiId === undefined) return createApi(beside);
  const at = { ...beside, ApiId: api.ApiId };
  const integrations = await all(at, 'GetIntegrations', (gateway, page, http) =>
    gateway.getIntegrations(page, http),
  );
  const integration = integrations.find(({ IntegrationUri }) => IntegrationUri === beside.live.AliasArn);
  if (integration === undefined) return createIntegration(at);
  const [authorizer, makesIt] = door.authorization === 'jwt' ? await authorizerOf(door, at) : [null, null];
  return (
    makesIt ??
    (await nextRoute(door, { integration, authorizer }, at)) ??
    (await permit(grantTo(door, at), beside)) ??
    (await nextStage(door, at)) ??
    (others[0] === undefined ? null : deleteApi(others[0], beside))
  );
}

/** The next call to remove it; null if nothing is left. */
export async function removalOfApi(beside: Beside): Promise<Due | null> {
  const [api] = await ownApis(beside);
  return api === undefined ? forbid(STATEMENT, beside) : deleteApi(api, beside);
}

/** null before it is made */
export async function urlOfApi(door: HttpDoor, beside: Beside): Promise<string | null> {
  const [api] = await ownApis(beside);
  const endpoint = api?.ApiEndpoint ?? '';
  return endpoint === '' ? null : `${endpoint}${door.path}`;
}

interface OfApi extends Beside {
  readonly ApiId: string;
}

/** Of several the oldest counts: two runs at once may have made one each. */
async function ownApis(beside: Beside): Promise<readonly Api[]> {
  const every = await all({ ...beside, ApiId: '' }, 'GetApis', (gateway, { ApiId: _, ...page }, http) =>
    gateway.getApis(page, http),
  );
  const own = every.filter(({ Tags, ProtocolType }) => ProtocolType === 'HTTP' && isOurs(Tags, beside));
  const made = beside.made.get('api');
  if (made !== undefined && own.every(({ ApiId }) => ApiId !== made))
    own.push({ ApiId: made, ApiEndpoint: beside.made.get('api-endpoint') } as Api);
  const age = ({ CreatedDate, ApiId = '' }: Api) => `${CreatedDate?.toISOString() ?? '~'} ${ApiId}`;
  return own.toSorted((one, other) => (age(one) < age(other) ? -1 : 1));
}

interface Paged<T> {
  readonly Items?: T[] | undefined;
  readonly NextToken?: string | undefined;
}

async function all<T extends Api | Integration | Route | Stage | Authorizer>(
  { ApiId, endpoint, options: { clients } }: OfApi,
  what: string,
  ask: (
    gateway: ApiGatewayV2,
    page: { ApiId: string; MaxResults: string; NextToken?: string },
    http: CallOptions,
  ) => Promise<Paged<T>>,
): Promise<T[]> {
  const gateway = await clients.gateway();
  const items: T[] = [];
  let next: string | undefined;
  do {
    const page = { ApiId, MaxResults: '100', ...(next === undefined ? {} : { NextToken: next }) };
    const answer = await clients.call({ operation: 'apigateway:GET', on: `${endpoint} (${what})` }, (http) =>
      ask(gateway, page, http),
    );
    items.push(...(answer.Items ?? []));
    next = answer.NextToken;
  } while (next !== undefined && next !== '');
  return items;
}

function due(
  operation: `apigateway:${'POST' | 'PATCH' | 'DELETE'}`,
  { options: { clients } }: Beside,
  make: (gateway: ApiGatewayV2, http: CallOptions) => Promise<unknown>,
): Due {
  return { operation, make: async (http) => make(await clients.gateway(), http) };
}

function createApi(beside: Beside): Due {
  return due('apigateway:POST', beside, async (gateway, http) => {
    const { ApiId = '', ApiEndpoint = '' } = await gateway.createApi(
      {
        Name: beside.endpoint,
        ProtocolType: 'HTTP',
        Description: `Made by ml-deploy for the function ${beside.endpoint}.`,
        Tags: ownTags(beside.endpoint, beside.options),
      },
      http,
    );
    beside.made.set('api', ApiId);
    beside.made.set('api-endpoint', ApiEndpoint);
  });
}

function deleteApi({ ApiId }: Api, beside: Beside): Due {
  return due('apigateway:DELETE', beside, async (gateway, http) => {
    await gateway.deleteApi({ ApiId }, http);
    if (beside.made.get('api') === ApiId) beside.made.delete('api');
  });
}

function createIntegration(at: OfApi): Due {
  const { ApiId, live } = at;
  return due('apigateway:POST', at, (gateway, http) =>
    gateway.createIntegration(
      {
        ApiId,
        IntegrationType: 'AWS_PROXY',
        // The API calls the alias, which is what a deployment moves.
        IntegrationUri: live.AliasArn,
        PayloadFormatVersion: '2.0',
        TimeoutInMillis: TIMEOUT_MS,
      },
      http,
    ),
  );
}

/** The authorizer of tokens, and the call that gives it the wanted settings. */
async function authorizerOf(
  { issuer = '', audience = [] }: HttpDoor,
  at: OfApi,
): Promise<readonly [Authorizer | null, Due | null]> {
  const found = await all(at, 'GetAuthorizers', (gateway, page, http) => gateway.getAuthorizers(page, http));
  const own = found.find(({ Name }) => Name === AUTHORIZER);
  const JwtConfiguration = { Issuer: issuer, Audience: [...audience] };
  const { ApiId } = at;
  if (own === undefined) {
    const create = due('apigateway:POST', at, (gateway, http) =>
      gateway.createAuthorizer(
        {
          ApiId,
          Name: AUTHORIZER,
          AuthorizerType: 'JWT',
          IdentitySource: ['$request.header.Authorization'],
          JwtConfiguration,
        },
        http,
      ),
    );
    return [null, create];
  }
  const { AuthorizerId, JwtConfiguration: there } = own;
  if (canonicalJson({ ...there }) === canonicalJson(JwtConfiguration)) return [own, null];
  const update = due('apigateway:PATCH', at, (gateway, http) =>
    gateway.updateAuthorizer({ ApiId, AuthorizerId, JwtConfiguration }, http),
  );
  return [own, update];
}

const AUTHORIZATION = { iam: 'AWS_IAM', jwt: 'JWT', none: 'NONE' } as const;

async function nextRoute(
  door: HttpDoor,
  { integration, authorizer }: { integration: Integration; authorizer: Authorizer | null },
  at: OfApi,
): Promise<Due | null> {
  const { ApiId } = at;
  const routes = await all(at, 'GetRoutes', (gateway, page, http) => gateway.getRoutes(page, http));
  const RouteKey = `POST ${door.path}`;
  const Target = `integrations/${integration.IntegrationId ?? ''}`;
  const AuthorizationType = AUTHORIZATION[door.authorization];
  const wanted = {
    RouteKey,
    Target,
    AuthorizationType,
    ...(authorizer === null ? {} : { AuthorizerId: authorizer.AuthorizerId }),
  };
  const old = routes.find((route) => route.Target === Target && route.RouteKey !== RouteKey);
  if (old !== undefined)
    return due('apigateway:DELETE', at, (gateway, http) =>
      gateway.deleteRoute({ ApiId, RouteId: old.RouteId }, http),
    );
  const found = routes.find((route) => route.RouteKey === RouteKey);
  if (found === undefined)
    return due('apigateway:POST', at, (gateway, http) => gateway.createRoute({ ApiId, ...wanted }, http));
  const isSame = Object.entries(wanted).every(([key, value]) => found[key as keyof Route] === value);
  if (isSame) return null;
  return due('apigateway:PATCH', at, (gateway, http) =>
    gateway.updateRoute({ ApiId, RouteId: found.RouteId, ...wanted }, http),
  );
}

/** For one route of one API. https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html */
function grantTo({ path }: HttpDoor, at: OfApi) {
  const { account, region, partition } = placeOf(at);
  return {
    StatementId: STATEMENT,
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: `arn:${partition}:execute-api:${region}:${account}:${at.ApiId}/*/POST${path}`,
  };
}

/** The API can be called once it has its stage, so the stage is created last. */
async function nextStage({ rate, burst }: HttpDoor, at: OfApi): Promise<Due | null> {
  const { ApiId } = at;
  const stages = await all(at, 'GetStages', (gateway, page, http) => gateway.getStages(page, http));
  const found = stages.find(({ StageName }) => StageName === STAGE);
  const DefaultRouteSettings = { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst };
  const wanted = { ApiId, StageName: STAGE, AutoDeploy: true, DefaultRouteSettings };
  if (found === undefined)
    return due('apigateway:POST', at, (gateway, http) =>
      gateway.createStage({ ...wanted, Tags: ownTags(at.endpoint, at.options) }, http),
    );
  const { ThrottlingRateLimit, ThrottlingBurstLimit } = found.DefaultRouteSettings ?? {};
  if (found.AutoDeploy === true && ThrottlingRateLimit === rate && ThrottlingBurstLimit === burst)
    return null;
  return due('apigateway:PATCH', at, (gateway, http) => gateway.updateStage(wanted, http));
}
