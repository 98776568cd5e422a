/**
 * A REST API with one method to the alias that serves. Its stage answers from a snapshot, a deployment, whose
 * description says what it was made of: so it is known what is open, without trusting what somebody has changed since.
 * The API is found by its tags, and can call nothing until its last part is there: the permission.
 */
import type { APIGateway, Deployment, Resource, RestApi, Stage } from '@aws-sdk/client-api-gateway';
import type { CallOptions } from '../../../clouds/aws/clients.ts';
import { partitionOf } from '../../../clouds/aws/partitions.ts';
import { canonicalJson, sha256 } from '../../../core/canonical-json.ts';
import { ownTags } from '../../../deployment/kept/tags.ts';
import { isOurs, placeOf, type Beside, type Due } from './due.ts';
import { forbid, permit } from './permission.ts';
import type { RestDoor } from './wanted.ts';

const STATEMENT = 'ml-deploy-rest';
const STAGE = 'live';
/** The longest that a REST API waits unless AWS has raised it. https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const TIMEOUT_MS = 29_000;
const PAGE = 500;

/** The next call; null if the API is as wanted. */
export async function nextOfRest(door: RestDoor, beside: Beside): Promise<Due | null> {
  const [api, ...others] = await ownApis(beside);
  if (api?.id === undefined) return createApi(beside);
  const at = { ...beside, restApiId: api.id };
  return (
    (await nextMethod(door, at)) ??
    (await nextStage(door, at)) ??
    (await permit(grantTo(door, at), beside)) ??
    (others[0] === undefined ? null : deleteApi(others[0], beside))
  );
}

/** The next call to remove it; null if nothing is left. */
export async function removalOfRest(beside: Beside): Promise<Due | null> {
  const closing = await forbid(STATEMENT, beside);
  if (closing !== null) return closing;
  const [api] = await ownApis(beside);
  return api === undefined ? null : deleteApi(api, beside);
}

/** null before it is made */
export async function urlOfRest({ path }: RestDoor, beside: Beside): Promise<string | null> {
  const [api] = await ownApis(beside);
  const { region } = beside.options.clients;
  const host = `execute-api.${region}.${partitionOf(region).suffix}`;
  return api?.id === undefined ? null : `https://${api.id}.${host}/${STAGE}${path}`;
}

interface OfApi extends Beside {
  readonly restApiId: string;
}

/** Of several the oldest counts: two runs at once may have made one each. */
async function ownApis(beside: Beside): Promise<readonly RestApi[]> {
  const every = await all<RestApi>(beside, 'GetRestApis', (gateway, page, http) =>
    gateway.getRestApis(page, http),
  );
  const own = every.filter(({ tags }) => isOurs(tags, beside));
  const made = beside.made.get('rest');
  if (made !== undefined && own.every(({ id }) => id !== made)) own.push({ id: made });
  const age = ({ createdDate, id = '' }: RestApi) => `${createdDate?.toISOString() ?? '~'} ${id}`;
  return own.toSorted((one, other) => (age(one) < age(other) ? -1 : 1));
}

async function all<T>(
  beside: Beside,
  what: string,
  ask: (
    gateway: APIGateway,
    page: { limit: number; position?: string },
    http: CallOptions,
  ) => Promise<{ readonly items?: T[] | undefined; readonly position?: string | undefined }>,
): Promise<T[]> {
  const items: T[] = [];
  let position: string | undefined;
  do {
    const page = { limit: PAGE, ...(position === undefined ? {} : { position }) };
    const answer = await read(beside, what, (gateway, http) => ask(gateway, page, http));
    items.push(...(answer.items ?? []));
    position = answer.position;
  } while (position !== undefined && position !== '');
  return items;
}

async function read<T>(
  { endpoint, options: { clients } }: Beside,
  what: string,
  ask: (gateway: APIGateway, http: CallOptions) => Promise<T>,
): Promise<T> {
  const gateway = await clients.restGateway();
  return clients.call({ operation: 'apigateway:GET', on: `${endpoint} (${what})` }, (http) =>
    ask(gateway, http),
  );
}

function due(
  verb: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  { options: { clients } }: Beside,
  make: (gateway: APIGateway, http: CallOptions) => Promise<unknown>,
): Due {
  return {
    operation: `apigateway:${verb}`,
    make: async (http) => make(await clients.restGateway(), http),
  };
}

function createApi(beside: Beside): Due {
  const { endpoint: name } = beside;
  return due('POST', beside, async (gateway, http) => {
    const { id = '' } = await gateway.createRestApi(
      {
        name,
        description: `Made by ml-deploy for the function ${name}.`,
        endpointConfiguration: { types: ['REGIONAL'] },
        tags: ownTags(beside.endpoint, beside.options),
      },
      http,
    );
    beside.made.set('rest', id);
  });
}

function deleteApi({ id }: RestApi, beside: Beside): Due {
  return due('DELETE', beside, async (gateway, http) => {
    await gateway.deleteRestApi({ restApiId: id }, http);
    if (beside.made.get('rest') === id) beside.made.delete('rest');
  });
}

/** The path, and its one method. */
async function nextMethod(door: RestDoor, at: OfApi): Promise<Due | null> {
  const { restApiId } = at;
  const resources = await all<Resource>(at, 'GetResources', (gateway, page, http) =>
    gateway.getResources({ restApiId, embed: ['methods'], ...page }, http),
  );
  const uri = uriOf(at);
  const old = resources.flatMap(({ id: resourceId, path, resourceMethods = {} }) =>
    Object.entries(resourceMethods)
      .filter(([name, { methodIntegration }]) => {
        const isWanted = path === door.path && name === 'POST';
        return methodIntegration?.uri === uri && !isWanted;
      })
      .map(([httpMethod]) => ({ restApiId, resourceId, httpMethod })),
  )[0];
  if (old !== undefined) return due('DELETE', at, (gateway, http) => gateway.deleteMethod(old, http));
  const found = leafOf(door.path, resources);
  if ('pathPart' in found)
    return due('POST', at, (gateway, http) => gateway.createResource({ restApiId, ...found }, http));
  const { id: resourceId, resourceMethods = {} } = found.leaf;
  return nextOfMethod(
    door,
    { ...at, method: { restApiId, resourceId, httpMethod: 'POST' } },
    resourceMethods,
  );
}

/** The resource of the path, or the next part to create for it: each segment is a resource below the one before it. */
function leafOf(
  path: string,
  resources: readonly Resource[],
): { readonly leaf: Resource } | { readonly parentId: string | undefined; readonly pathPart: string } {
  let at = resources.find((known) => known.path === '/') ?? {};
  let whole = '';
  for (const pathPart of path.split('/').slice(1)) {
    whole += `/${pathPart}`;
    const next = resources.find((known) => known.path === whole);
    if (next === undefined) return { parentId: at.id, pathPart };
    at = next;
  }
  return { leaf: at };
}

interface OfMethod extends OfApi {
  readonly method: {
    readonly restApiId: string;
    readonly resourceId: string | undefined;
    readonly httpMethod: string;
  };
}

const AUTHORIZATION = { iam: 'AWS_IAM', none: 'NONE' } as const;

function nextOfMethod(
  { authorization }: RestDoor,
  at: OfMethod,
  { POST: found }: NonNullable<Resource['resourceMethods']>,
): Due | null {
  const { method } = at;
  const authorizationType = AUTHORIZATION[authorization];
  if (found === undefined)
    return due('PUT', at, (gateway, http) => gateway.putMethod({ ...method, authorizationType }, http));
  if (found.authorizationType !== authorizationType)
    return due('PATCH', at, (gateway, http) =>
      gateway.updateMethod(
        {
          ...method,
          patchOperations: [{ op: 'replace', path: '/authorizationType', value: authorizationType }],
        },
        http,
      ),
    );
  const uri = uriOf(at);
  const { type, uri: there, timeoutInMillis } = found.methodIntegration ?? {};
  if (type === 'AWS_PROXY' && there === uri && timeoutInMillis === TIMEOUT_MS) return null;
  return due('PUT', at, (gateway, http) =>
    gateway.putIntegration(
      { ...method, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri, timeoutInMillis: TIMEOUT_MS },
      http,
    ),
  );
}

/** The API calls the alias, which is what a deployment moves. */
function uriOf(at: Beside): string {
  const { region, partition } = placeOf(at);
  const path = `2015-03-31/functions/${at.live.AliasArn ?? ''}/invocations`;
  return `arn:${partition}:apigateway:${region}:lambda:path/${path}`;
}

/** What a snapshot was made of: two with the same text answer alike. */
function snapshotOf({ path, authorization }: RestDoor, at: Beside): string {
  const is = { path, authorization, uri: uriOf(at), timeout: TIMEOUT_MS };
  return `ml-deploy ${sha256(canonicalJson(is)).slice(0, 32)}`;
}

async function nextStage(door: RestDoor, at: OfApi): Promise<Due | null> {
  const { restApiId } = at;
  const description = snapshotOf(door, at);
  const deployments = await all<Deployment>(at, 'GetDeployments', (gateway, page, http) =>
    gateway.getDeployments({ restApiId, ...page }, http),
  );
  const deployment = deployments.find((known) => known.description === description);
  if (deployment === undefined)
    return due('POST', at, (gateway, http) => gateway.createDeployment({ restApiId, description }, http));
  const { item = [] } = await read(at, 'GetStages', (gateway, http) =>
    gateway.getStages({ restApiId }, http),
  );
  const { id: deploymentId = '' } = deployment;
  const stage = item.find(({ stageName }) => stageName === STAGE);
  if (stage === undefined)
    return due('POST', at, (gateway, http) =>
      gateway.createStage(
        { restApiId, stageName: STAGE, deploymentId, tags: ownTags(at.endpoint, at.options) },
        http,
      ),
    );
  const changes = stageChanges(door, deploymentId, stage);
  if (changes.length === 0) return null;
  const patchOperations = changes.map(([path, value]) => ({ op: 'replace' as const, path, value }));
  return due('PATCH', at, (gateway, http) =>
    gateway.updateStage({ restApiId, stageName: STAGE, patchOperations }, http),
  );
}

function stageChanges(
  { rate, burst }: RestDoor,
  deploymentId: string,
  { deploymentId: there, methodSettings = {} }: Stage,
): (readonly [string, string])[] {
  const { throttlingRateLimit, throttlingBurstLimit } = methodSettings['*/*'] ?? {};
  const wanted: readonly (readonly [boolean, string, string])[] = [
    [there === deploymentId, '/deploymentId', deploymentId],
    [throttlingRateLimit === rate, '/*/*/throttling/rateLimit', String(rate)],
    [throttlingBurstLimit === burst, '/*/*/throttling/burstLimit', String(burst)],
  ];
  return wanted.flatMap(([isSo, path, value]) => (isSo ? [] : [[path, value] as const]));
}

/** For one method of one API. https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-control-access-using-iam-policies-to-invoke-api.html */
function grantTo({ path }: RestDoor, at: OfApi) {
  const { account, region, partition } = placeOf(at);
  return {
    StatementId: STATEMENT,
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceArn: `arn:${partition}:execute-api:${region}:${account}:${at.restApiId}/*/POST${path}`,
  };
}
