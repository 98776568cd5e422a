/**
 * A second opinion on what the fake says of functions, HTTP APIs and rules: moto's, where it has the call. It knows no
 * states, no weights, no revisions and no provisioned concurrency, so nothing of those is asked here.
 */
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
  readonly events: EventBridge;
}

type Asked = (clients: Clients, ids: Map<string, string>) => Promise<unknown>;

const target = { Id: 'live', Arn: `arn:aws:lambda:${region}:${account}:function:churn:live`, Input: '{}' };
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
  return { lambda: new Lambda(config), gateway: new ApiGatewayV2(config), events: new EventBridge(config) };
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
