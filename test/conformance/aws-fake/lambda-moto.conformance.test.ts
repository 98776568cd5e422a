/**
 * A second opinion on what the fake says of functions, APIs and rules: moto's, where it has the call. It knows no
 * states, no weights, no revisions, no provisioned concurrency and no UpdateMethod, so nothing of those is asked here. Of a
 * method without an integration it says NotFoundException where AWS says BadRequestException.
 */
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { Lambda } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeAws } from '../../fakes/aws/fake-aws.ts';
import { startMoto, whyNoAws, type Moto } from './aws-bed.ts';

const why = whyNoAws();
if (why !== null) console.log(`aws-fake, Lambda: ${why}`);

const account = '123456789012';
const region = 'eu-west-1';
const RULE = { Name: 'ml-deploy-churn-warm' };

interface Clients {
  readonly lambda: Lambda;
  readonly gateway: ApiGatewayV2;
  readonly rest: APIGateway;
  readonly events: EventBridge;
}

type Asked = (clients: Clients, ids: Map<string, string>) => Promise<unknown>;

const target = { Id: 'live', Arn: `arn:aws:lambda:${region}:${account}:function:churn:live`, Input: '{}' };
const uri = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${target.Arn}/invocations`;
const restApi = (ids: Map<string, string>) => ({ restApiId: ids.get('rest') });
const method = (ids: Map<string, string>) => ({
  ...restApi(ids),
  resourceId: ids.get('resource'),
  httpMethod: 'POST',
});
const replace = (path: string, value: string) => [{ op: 'replace' as const, path, value }];
const api = (ids: Map<string, string>) => ({ ApiId: ids.get('api') });

/** One after the other; `pick` is what of the answer is compared. An error is compared by its name. */
const CASES: readonly (readonly [string, Asked, readonly string[]])[] = [
  ['no function', ({ lambda }) => lambda.getFunction({ FunctionName: 'nobody' }), []],
  ['no alias', ({ lambda }) => lambda.getAlias({ FunctionName: 'nobody', Name: 'live' }), []],
  ['no rule', ({ events }) => events.describeRule(RULE), []],
  [
    'a rule',
    ({ events }) =>
      events.putRule({
        ...RULE,
        ScheduleExpression: 'rate(5 minutes)',
        Tags: [{ Key: 'ml-deploy:endpoint', Value: 'churn' }],
      }),
    ['RuleArn'],
  ],
  ['the rule', ({ events }) => events.describeRule(RULE), ['Name', 'Arn', 'ScheduleExpression', 'State']],
  [
    'its tags',
    ({ events }) =>
      events.listTagsForResource({ ResourceARN: `arn:aws:events:${region}:${account}:rule/${RULE.Name}` }),
    ['Tags'],
  ],
  [
    'its target',
    ({ events }) => events.putTargets({ Rule: RULE.Name, Targets: [target] }),
    ['FailedEntryCount'],
  ],
  ['its targets', ({ events }) => events.listTargetsByRule({ Rule: RULE.Name }), ['Targets']],
  ['its end, too early', ({ events }) => events.deleteRule(RULE), []],
  [
    'without its target',
    ({ events }) => events.removeTargets({ Rule: RULE.Name, Ids: ['live'] }),
    ['FailedEntryCount'],
  ],
  ['its end', ({ events }) => events.deleteRule(RULE), []],
  [
    'an HTTP API',
    async ({ gateway }, ids) => {
      const Tags = { 'ml-deploy:endpoint': 'churn' };
      const made = await gateway.createApi({ Name: 'churn', ProtocolType: 'HTTP', Tags });
      ids.set('api', made.ApiId ?? '');
      return made;
    },
    ['Name', 'ProtocolType', 'Tags'],
  ],
  [
    'a second of its name',
    ({ gateway }) => gateway.createApi({ Name: 'churn', ProtocolType: 'HTTP' }),
    ['Name'],
  ],
  [
    'an integration',
    async ({ gateway }, ids) => {
      const made = await gateway.createIntegration({
        ...api(ids),
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: target.Arn,
        PayloadFormatVersion: '2.0',
        TimeoutInMillis: 30_000,
      });
      ids.set('integration', made.IntegrationId ?? '');
      return made;
    },
    ['IntegrationType', 'IntegrationUri', 'PayloadFormatVersion', 'TimeoutInMillis'],
  ],
  [
    'a route',
    async ({ gateway }, ids) => {
      const made = await gateway.createRoute({
        ...api(ids),
        RouteKey: 'POST /predict',
        Target: `integrations/${ids.get('integration') ?? ''}`,
        AuthorizationType: 'AWS_IAM',
      });
      ids.set('route', made.RouteId ?? '');
      return made;
    },
    ['RouteKey', 'AuthorizationType'],
  ],
  [
    'an authorizer',
    async ({ gateway }, ids) => {
      const made = await gateway.createAuthorizer({
        ...api(ids),
        Name: 'ml-deploy',
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: 'https://login.example.com/', Audience: ['churn'] },
      });
      ids.set('authorizer', made.AuthorizerId ?? '');
      return made;
    },
    ['Name', 'AuthorizerType', 'JwtConfiguration'],
  ],
  [
    'the route, for tokens',
    ({ gateway }, ids) =>
      gateway.updateRoute({
        ...api(ids),
        RouteId: ids.get('route'),
        AuthorizationType: 'JWT',
        AuthorizerId: ids.get('authorizer'),
      }),
    ['RouteKey', 'AuthorizationType'],
  ],
  [
    'another audience',
    ({ gateway }, ids) =>
      gateway.updateAuthorizer({
        ...api(ids),
        AuthorizerId: ids.get('authorizer'),
        JwtConfiguration: { Issuer: 'https://login.example.com/', Audience: ['other'] },
      }),
    ['JwtConfiguration'],
  ],
  [
    'a stage',
    ({ gateway }, ids) =>
      gateway.createStage({
        ...api(ids),
        StageName: '$default',
        AutoDeploy: true,
        DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 },
      }),
    ['StageName', 'AutoDeploy', 'DefaultRouteSettings.ThrottlingRateLimit'],
  ],
  [
    'no route any more',
    ({ gateway }, ids) => gateway.deleteRoute({ ...api(ids), RouteId: ids.get('route') }),
    [],
  ],
  ['no API any more', ({ gateway }, ids) => gateway.deleteApi(api(ids)), []],
  ['what was in it', ({ gateway }, ids) => gateway.getRoutes(api(ids)), []],
  [
    'a REST API',
    async ({ rest }, ids) => {
      const tags = { 'ml-deploy:endpoint': 'churn' };
      const endpointConfiguration = { types: ['REGIONAL' as const] };
      const made = await rest.createRestApi({ name: 'churn', tags, endpointConfiguration });
      ids.set('rest', made.id ?? '');
      return made;
    },
    ['name', 'tags', 'endpointConfiguration.types'],
  ],
  ['a deployment of nothing', ({ rest }, ids) => rest.createDeployment(restApi(ids)), []],
  [
    'its root',
    async ({ rest }, ids) => {
      const { items = [] } = await rest.getResources(restApi(ids));
      ids.set('root', items[0]?.id ?? '');
      return { items };
    },
    ['items.length', 'items.0.path'],
  ],
  [
    'a resource',
    async ({ rest }, ids) => {
      const made = await rest.createResource({
        ...restApi(ids),
        parentId: ids.get('root'),
        pathPart: 'predict',
      });
      ids.set('resource', made.id ?? '');
      return made;
    },
    ['path', 'pathPart'],
  ],
  [
    'a method',
    ({ rest }, ids) => rest.putMethod({ ...method(ids), authorizationType: 'AWS_IAM' }),
    ['httpMethod', 'authorizationType', 'apiKeyRequired'],
  ],
  [
    'its integration',
    ({ rest }, ids) =>
      rest.putIntegration({
        ...method(ids),
        type: 'AWS_PROXY',
        integrationHttpMethod: 'POST',
        uri,
        timeoutInMillis: 29_000,
      }),
    ['type', 'uri', 'timeoutInMillis'],
  ],
  [
    'all of it',
    async ({ rest }, ids) => {
      const { items = [] } = await rest.getResources({ ...restApi(ids), embed: ['methods'] });
      return items.find(({ path }) => path === '/predict');
    },
    [
      'resourceMethods.POST.authorizationType',
      'resourceMethods.POST.methodIntegration.uri',
      'resourceMethods.POST.methodIntegration.type',
      'resourceMethods.POST.methodIntegration.httpMethod',
    ],
  ],
  [
    'a deployment',
    async ({ rest }, ids) => {
      const made = await rest.createDeployment({ ...restApi(ids), description: 'ml-deploy 1' });
      ids.set('deployment', made.id ?? '');
      return made;
    },
    ['description'],
  ],
  [
    'the deployments',
    ({ rest }, ids) => rest.getDeployments(restApi(ids)),
    ['items.length', 'items.0.description'],
  ],
  [
    'a stage of a REST API',
    ({ rest }, ids) =>
      rest.createStage({ ...restApi(ids), stageName: 'live', deploymentId: ids.get('deployment') }),
    ['stageName'],
  ],
  [
    'its limits',
    ({ rest }, ids) =>
      rest.updateStage({
        ...restApi(ids),
        stageName: 'live',
        patchOperations: [
          ...replace('/*/*/throttling/rateLimit', '50'),
          ...replace('/*/*/throttling/burstLimit', '100'),
        ],
      }),
    ['stageName'],
  ],
  [
    'the stages',
    ({ rest }, ids) => rest.getStages(restApi(ids)),
    [
      'item.length',
      'item.0.methodSettings.*/*.throttlingRateLimit',
      'item.0.methodSettings.*/*.throttlingBurstLimit',
    ],
  ],
  ['no method any more', ({ rest }, ids) => rest.deleteMethod(method(ids)), []],
  ['no REST API any more', ({ rest }, ids) => rest.deleteRestApi(restApi(ids)), []],
  ['what was in the REST API', ({ rest }, ids) => rest.getResources(restApi(ids)), []],
  ['the REST APIs', ({ rest }) => rest.getRestApis({}), ['items.length']],
];

describe.skipIf(why !== null)('the AWS fake and moto, for Lambda', () => {
  let moto: Moto;
  let fake: FakeAws;
  let both: readonly (readonly [Clients, Map<string, string>])[];
  beforeAll(async () => {
    moto = await startMoto();
    fake = await FakeAws.start({ neighbours: 'none', account, region });
    both = [fake.url, moto.url].map((endpoint) => [clientsOf(endpoint), new Map<string, string>()] as const);
  });
  afterAll(async () => {
    await fake.close();
    await moto.stop();
  });

  it.each(CASES)('%s', async (_, ask, pick) => {
    const [ours, theirs] = await Promise.all(
      both.map(([clients, ids]) => outcome(() => ask(clients, ids), pick)),
    );
    expect(ours).toEqual(theirs);
  });
});

function clientsOf(endpoint: string): Clients {
  const credentials = { accessKeyId: account, secretAccessKey: 'secret' };
  const config = { endpoint, region, maxAttempts: 1, credentials };
  return {
    lambda: new Lambda(config),
    gateway: new ApiGatewayV2(config),
    rest: new APIGateway(config),
    events: new EventBridge(config),
  };
}

async function outcome(ask: () => Promise<unknown>, pick: readonly string[]): Promise<unknown> {
  try {
    const answer = await ask();
    return Object.fromEntries(pick.map((path) => [path, at(answer, path)]));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { error: error.name };
  }
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}
