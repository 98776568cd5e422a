/** What is made around a function: its API, its provisioned concurrency, its warm-up; in which order, and how it goes. */
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { Lambda } from '@aws-sdk/client-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import type { DeploymentResult, DeploymentTarget } from '../../../../src/core/targets.ts';
import type { FaultName } from '../../../fakes/aws/inject.ts';
import { makeLambdaBed, shaOf, type LambdaBed } from '../../../platforms/lambda-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';
import { triedNumbers } from '../../../share.ts';

let bed: LambdaBed;
beforeEach(async () => {
  bed = await makeLambdaBed();
});
afterEach(() => bed.dispose());

const deploy = async (
  model: ModelName,
  settings: CloudSettings = {},
  target: DeploymentTarget = bed.target,
): Promise<DeploymentResult> => target.deploy(await target.plan(bed.requestWith(model, settings)));
const fn = () => {
  const found = bed.aws.lambda.functions.get(ENDPOINT);
  if (found === undefined) throw new Error('there is no function');
  return found;
};
const alias = () => `${fn().arn}:live`;
const ownApis = () => [...bed.aws.neighbours.without(bed.aws.gateway.apis).values()];
const api = () => {
  const [found, ...others] = ownApis();
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} APIs`);
  return found;
};
const routes = () => [...api().routes.values()];
const mutations = () => bed.aws.names('mutations').filter((name) => !name.endsWith(':Invoke'));
const provisioned = () =>
  Object.fromEntries([...fn().provisioned].map(([number, { requested }]) => [number, requested]));
const scalable = () => [...bed.aws.ours.targets.values()].map(({ ResourceId }) => ResourceId);
const statements = () =>
  (fn().policies.get('live') ?? []).map(({ Sid, Action, Condition }) => [Sid, Action, Condition]);

describe('an HTTP API', () => {
  it('is made last, guarded by IAM, throttled, for one route to the alias', async () => {
    const result = await deploy('one');
    expect(result.outcome, result.message).toBe('deployed');
    expect(mutations().filter((name) => !name.startsWith('lambda:Publish'))).toEqual([
      'lambda:CreateFunction',
      'lambda:CreateAlias',
      'lambda:TagResource',
      'apigatewayv2:CreateApi',
      'apigatewayv2:CreateIntegration',
      'apigatewayv2:CreateRoute',
      'lambda:AddPermission',
      'apigatewayv2:CreateStage',
      'lambda:TagResource',
    ]);
    expect(routes()).toMatchObject([{ RouteKey: 'POST /predict', AuthorizationType: 'AWS_IAM' }]);
    expect([...api().integrations.values()]).toMatchObject([
      { IntegrationUri: alias(), PayloadFormatVersion: '2.0', IntegrationType: 'AWS_PROXY' },
    ]);
    expect([...api().stages.values()]).toMatchObject([
      { AutoDeploy: true, DefaultRouteSettings: { ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 } },
    ]);
    expect(api().spec.CorsConfiguration).toBeUndefined();
    const { account, region } = bed.aws.world;
    const SourceArn = `arn:aws:execute-api:${region}:${account}:${api().id}/*/POST/predict`;
    expect(statements()).toEqual([
      ['ml-deploy-api', 'lambda:InvokeFunction', { ArnLike: { 'AWS:SourceArn': SourceArn } }],
    ]);
    expect(result.description.url).toBe(`https://${api().id}.execute-api.${region}.amazonaws.com/predict`);
  });

  it('stays as it is while versions come and go', async () => {
    await deploy('one');
    const before = JSON.stringify([[...api().routes], [...api().stages], statements()]);
    bed.aws.forget();
    await deploy('two');
    await bed.target.rollback(ENDPOINT, null);
    expect(
      mutations().filter((name) => name.startsWith('apigateway') || name.includes('Permission')),
    ).toEqual([]);
    expect(JSON.stringify([[...api().routes], [...api().stages], statements()])).toBe(before);
    expect((await bed.target.plan(bed.request('one'))).action).toBe('unchanged');
  });

  it('is changed where something else is asked for, and said in the plan', async () => {
    await deploy('one');
    const settings: CloudSettings = {
      apiPath: '/v1/score',
      throttleRate: 5,
      apiAuthorization: 'jwt',
      jwtIssuer: 'https://login.example.com/',
      jwtAudience: ['churn'],
    };
    const plan = await bed.target.plan(bed.requestWith('one', settings));
    expect(plan.action).toBe('update');
    expect(plan.changes).toMatchObject([
      { field: 'api', to: 'HTTP API, POST /v1/score, with a token, 5 requests a second, 100 at once' },
    ]);
    bed.aws.forget();
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('deployed');
    expect(routes()).toMatchObject([{ RouteKey: 'POST /v1/score', AuthorizationType: 'JWT' }]);
    expect([...api().authorizers.values()]).toMatchObject([
      { JwtConfiguration: { Issuer: 'https://login.example.com/', Audience: ['churn'] } },
    ]);
    expect(JSON.stringify(statements())).toMatch(/^\[\["ml-deploy-api",[^\]]*\/POST\/v1\/score"\}\}\]\]$/);
    expect(result.description.url).toMatch(/amazonaws\.com\/v1\/score$/);
    expect((await bed.target.plan(bed.requestWith('one', settings))).action).toBe('unchanged');
  });

  it('that somebody opened is closed again by the next deployment', async () => {
    await deploy('one');
    const gateway = new ApiGatewayV2(bed.aws.client);
    const [RouteId] = [...api().routes.keys()];
    await gateway.updateRoute({ ApiId: api().id, RouteId, AuthorizationType: 'NONE' });
    const plan = await bed.target.plan(bed.request('one'));
    expect(plan.changes).toMatchObject([{ field: 'api' }]);
    await bed.target.deploy(plan);
    expect(routes()).toMatchObject([{ AuthorizationType: 'AWS_IAM' }]);
  });

  it('is open to everybody only where that is said, and the plan warns', async () => {
    const plan = await bed.target.plan(bed.requestWith('one', { apiAuthorization: 'none' }));
    expect(plan.findings).toContainEqual({
      level: 'warning',
      message: expect.stringContaining('Anyone on the internet can call the function'),
    });
    await bed.target.deploy(plan);
    expect(routes()).toMatchObject([{ AuthorizationType: 'NONE' }]);
  });

  it('is found by its tags, not by its name, and of two the older one stays', async () => {
    const gateway = new ApiGatewayV2(bed.aws.client);
    await gateway.createApi({ Name: ENDPOINT, ProtocolType: 'HTTP' });
    await deploy('one');
    expect(ownApis()).toHaveLength(2);
    const ours = ownApis().find(({ spec }) => spec.Tags?.['ml-deploy:endpoint'] === ENDPOINT);
    bed.aws.advance(60_000);
    await gateway.createApi({ Name: ENDPOINT, ProtocolType: 'HTTP', Tags: { ...ours?.spec.Tags } });
    await bed.target.deploy(await bed.target.plan(bed.request('one')));
    expect(ownApis()).toHaveLength(2);
    expect(ownApis()).toContain(ours);
    await bed.target.teardown(ENDPOINT);
    expect(ownApis().map(({ spec }) => spec.Tags?.['ml-deploy:endpoint'])).toEqual([undefined]);
  });

  it('goes where none is asked for, and leaves nothing', async () => {
    await deploy('one');
    const result = await deploy('one', { api: 'none' });
    expect(result.outcome, result.message).toBe('deployed');
    expect([ownApis(), statements()]).toEqual([[], []]);
    expect(Object.keys(fn().tags).filter((key) => /door|url/.test(key))).toEqual([]);
    expect(result.description.url).toMatch(/invocations\?Qualifier=live$/);
  });

  it('is not added to a function that somebody else made, unless asked for', async () => {
    await deploy('one', { api: 'none' });
    fn().tags = {};
    const target = bed.targetWith({ adopt: true });
    await deploy('two', {}, target);
    expect(ownApis()).toEqual([]);
    await deploy('two', { api: 'http' }, target);
    expect(ownApis()).toHaveLength(1);
  });
});

describe('a function URL', () => {
  const url = () => fn().urls.get('live');

  it('is of the alias, and guarded by IAM', async () => {
    const result = await deploy('one', { api: 'function-url' });
    expect(url()?.authType).toBe('AWS_IAM');
    expect([statements(), ownApis()]).toEqual([[], []]);
    expect(result.description.url).toBe(`${url()?.url ?? ''}predict`);
  });

  it('is opened by its permissions, last, and closed first', async () => {
    await deploy('one', { api: 'function-url', apiAuthorization: 'none' });
    expect(mutations().slice(-4)).toEqual([
      'lambda:CreateFunctionUrlConfig',
      'lambda:AddPermission',
      'lambda:AddPermission',
      'lambda:TagResource',
    ]);
    expect(statements()).toEqual([
      [
        'ml-deploy-url',
        'lambda:InvokeFunctionUrl',
        { StringEquals: { 'lambda:FunctionUrlAuthType': 'NONE' } },
      ],
      ['ml-deploy-url-invoke', 'lambda:InvokeFunction', { Bool: { 'lambda:InvokedViaFunctionUrl': 'true' } }],
    ]);
    bed.aws.forget();
    await deploy('one', { api: 'function-url' });
    expect(mutations()).toEqual([
      'lambda:UpdateFunctionUrlConfig',
      'lambda:RemovePermission',
      'lambda:RemovePermission',
    ]);
  });

  it('replaces an API, which goes before', async () => {
    await deploy('one');
    await deploy('one', { api: 'function-url' });
    expect([ownApis(), url()?.authType]).toEqual([[], 'AWS_IAM']);
    await bed.target.teardown(ENDPOINT);
    expect(bed.aws.lambda.functions.has(ENDPOINT)).toBe(false);
  });
});

describe('provisioned concurrency', () => {
  it('is on the version before it serves, never on the alias, and leaves the old version afterwards', async () => {
    await deploy('one', { provisionedConcurrency: 2 });
    expect(provisioned()).toEqual({ 1: 2 });
    bed.aws.forget();
    const plan = await bed.target.plan(bed.requestWith('two', { provisionedConcurrency: 3 }));
    expect(plan.changes).toContainEqual({
      field: 'provisioned-concurrency',
      from: '2 environments',
      to: '3 environments',
    });
    await bed.target.deploy(plan);
    expect(provisioned()).toEqual({ 2: 3 });
    const names = mutations();
    expect(names.indexOf('lambda:PutProvisionedConcurrencyConfig')).toBeLessThan(
      names.indexOf('lambda:UpdateAlias'),
    );
    expect(names.indexOf('lambda:DeleteProvisionedConcurrencyConfig')).toBeGreaterThan(
      names.indexOf('lambda:UpdateAlias'),
    );
    const qualifiers = bed.aws.calls
      .filter(({ action }) => action.includes('ProvisionedConcurrencyConfig'))
      .map(({ input }) => input.Qualifier);
    expect(qualifiers).not.toContain('live');
  });

  it('stays where nobody asks for another, and goes with 0', async () => {
    await deploy('one', { provisionedConcurrency: 2 });
    await deploy('two');
    expect(provisioned()).toEqual({ 2: 2 });
    await deploy('two', { provisionedConcurrency: 0 });
    expect(provisioned()).toEqual({});
  });

  it('follows a rollback, which does not wait for it', async () => {
    await deploy('one', { provisionedConcurrency: 2 });
    await deploy('two', { provisionedConcurrency: 2 });
    bed.aws.forget();
    expect((await bed.target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
    expect(mutations().slice(0, 3)).toEqual([
      'lambda:UpdateAlias',
      'lambda:PutProvisionedConcurrencyConfig',
      'lambda:DeleteProvisionedConcurrencyConfig',
    ]);
    expect(provisioned()).toEqual({ 1: 2 });
  });

  it('is scaled by how much of it is in use, and no target is left behind', async () => {
    const settings: CloudSettings = {
      provisionedConcurrency: 2,
      targetUtilization: 0.6,
      scaling: {
        minCapacity: 1,
        maxCapacity: 8,
        invocationsPerInstance: null,
        scaleInCooldown: null,
        scaleOutCooldown: null,
      },
    };
    await deploy('one', settings);
    await deploy('two', settings);
    expect(scalable()).toEqual([`function:${ENDPOINT}:2`]);
    expect([...bed.aws.scaling.policies.values()]).toContainEqual(
      expect.objectContaining({
        ResourceId: `function:${ENDPOINT}:2`,
        TargetTrackingScalingPolicyConfiguration: {
          TargetValue: 0.6,
          PredefinedMetricSpecification: { PredefinedMetricType: 'LambdaProvisionedConcurrencyUtilization' },
        },
      }),
    );
    // What autoscaling has made of it is no change.
    const found = fn().provisioned.get('2');
    if (found !== undefined) found.requested = 5;
    expect((await bed.target.plan(bed.requestWith('two', settings))).action).toBe('unchanged');
    await bed.target.rollback(ENDPOINT, null);
    expect([scalable(), provisioned()]).toEqual([[`function:${ENDPOINT}:1`], { 1: 5 }]);
    await bed.target.teardown(ENDPOINT);
    expect(scalable()).toEqual([]);
  });

  it('that cannot be made fails the stage, and is removed; the next release is not in its way', async () => {
    await deploy('one', { provisionedConcurrency: 1 });
    // It starts when it is asked, and not when it is provisioned.
    const plan = await bed.target.plan(bed.requestWith('two', { provisionedConcurrency: 1 }));
    bed.aws.inject({
      on: 'lambda:PutProvisionedConcurrencyConfig',
      before: () => {
        bed.aws.lambda.images.set(shaOf(bed.images.two), { initError: ['MemoryError'] });
        return undefined;
      },
    });
    const failed = await bed.target.stage(plan);
    expect(failed.outcome, failed.message).toBe('failed');
    expect(failed.message).toMatch(/provisioned concurrency cannot be made: FUNCTION_ERROR_INIT_FAILURE/);
    expect([provisioned(), fn().aliases.get('live')?.version]).toEqual([{ 1: 1 }, '1']);
    expect(fn().published.map(({ number }) => number)).toEqual(['1']);
    expect((await deploy('three', { provisionedConcurrency: 1 })).outcome).toBe('deployed');
  });

  it('of a candidate that expired goes with it', async () => {
    await deploy('one');
    const plan = await bed.target.plan(bed.requestWith('two', { provisionedConcurrency: 2 }));
    await bed.target.stage(plan);
    expect(provisioned()).toEqual({ 2: 2 });
    bed.aws.advance(24 * 3_600_000);
    await bed.ports.clock.sleep(24 * 3_600_000, bed.ports.signal);
    await bed.target.reap(ENDPOINT, null);
    expect(provisioned()).toEqual({});
  });

  it('beyond what the account has left is refused by the plan', async () => {
    bed.aws.lambda.unreserved = 105;
    await expect(bed.target.plan(bed.requestWith('one', { provisionedConcurrency: 6 }))).rejects.toThrow(
      /6 environments are more than this account and region have left \(5\)/,
    );
  });
});

describe('a warm-up', () => {
  const rule = () => bed.aws.events.rules.get(`ml-deploy-${ENDPOINT}-warm`);

  it('asks the alias for GET /ping, and the plan says what it does not guarantee', async () => {
    const plan = await bed.target.plan(bed.requestWith('one', { warmUp: 'rate(5 minutes)' }));
    expect(plan.findings).toContainEqual({
      level: 'warning',
      message: expect.stringContaining('Only provisioned-concurrency guarantees started environments'),
    });
    await bed.target.deploy(plan);
    expect(rule()?.spec).toMatchObject({ ScheduleExpression: 'rate(5 minutes)', State: 'ENABLED' });
    const [target] = [...(rule()?.targets.values() ?? [])];
    expect(target).toMatchObject({ Arn: alias(), RetryPolicy: { MaximumRetryAttempts: 0 } });
    expect(JSON.parse(target?.Input ?? '{}')).toMatchObject({ version: '2.0', rawPath: '/ping' });
    expect(statements()[0]?.slice(0, 2)).toEqual(['ml-deploy-warm-up', 'lambda:InvokeFunction']);
    expect((await bed.target.plan(bed.requestWith('one', { warmUp: 'rate(5 minutes)' }))).action).toBe(
      'unchanged',
    );
  });

  it('is changed, and goes when it is off or the function goes', async () => {
    await deploy('one', { warmUp: 'rate(5 minutes)' });
    await deploy('one', { warmUp: 'rate(1 hour)' });
    expect(rule()?.spec.ScheduleExpression).toBe('rate(1 hour)');
    await deploy('one');
    expect([rule(), statements().length]).toEqual([undefined, 1]);
    await deploy('one', { warmUp: 'rate(1 hour)' });
    await bed.target.teardown(ENDPOINT);
    expect([rule(), ownApis()]).toEqual([undefined, []]);
  });

  it('does not take over a rule of somebody else', async () => {
    await deploy('one', { warmUp: 'rate(5 minutes)' });
    const found = rule();
    if (found !== undefined) Object.assign(found.spec, { Tags: [] });
    await expect(bed.target.plan(bed.requestWith('one', { warmUp: 'rate(1 hour)' }))).rejects.toThrow(
      /was not made by ml-deploy/,
    );
  });
});

describe('a run that is cut off', () => {
  const FAULTS: readonly FaultName[] = ['throttle', 'error-500-after', 'denied'];
  const ALL: CloudSettings = { provisionedConcurrency: 1, warmUp: 'rate(5 minutes)' };

  it.each(FAULTS)('by %s is finished by the next one, with one API', async (fault) => {
    await deploy('one', ALL);
    const count = mutations().length;
    expect(count).toBeGreaterThan(12);
    await bed.target.teardown(ENDPOINT);
    for (const nth of triedNumbers(count, 5)) {
      bed.aws.forget();
      bed.aws.inject({ on: /:(?:Create|Update|Publish|Delete|Put|Tag|Add|Remove)/, nth, fault });
      await deploy('one', ALL).catch(() => null);
      // Nobody may call what is not whole.
      for (const { stages, routes: made } of ownApis())
        if (stages.size > 0)
          expect([...made.values()].map((route) => route.AuthorizationType)).toEqual(['AWS_IAM']);
      bed.aws.forget();
      const result = await deploy('one', ALL);
      expect(['deployed', 'unchanged'], result.message).toContain(result.outcome);
      expect([ownApis().length, Object.values(provisioned()), statements().length]).toEqual([1, [1], 2]);
      expect(result.description.url).toContain(api().id);
      const gone = await bed.target.teardown(ENDPOINT);
      expect(gone.outcome, gone.message).toBe('torn-down');
      expect([ownApis(), bed.aws.events.rules.size]).toEqual([[], 0]);
    }
  });
});

it('Lambda 3: a promotion that is killed when it has moved the requests leaves what the next plan names, and removes', async () => {
  const settings = { provisionedConcurrency: 2 };
  await deploy('one', settings);
  const killed = bed.targetWith({});
  const plan = await killed.plan(bed.requestWith('two', settings));
  await killed.stage(plan);
  const after = () => 'drop' as const;
  bed.aws.inject({ on: 'lambda:DeleteProvisionedConcurrencyConfig', before: after, times: Infinity });
  bed.aws.inject({ on: 'lambda:DeleteAlias', before: after, times: Infinity });
  await killed.promote(plan).catch(() => null);
  bed.aws.forget();
  expect(fn().aliases.get('live')?.version).toBe('2');
  const next = await bed.target.plan(bed.requestWith('two', settings));
  expect([next.action, next.changes]).toEqual([
    'update',
    [
      { field: 'provisioned-concurrency', from: `2 environments of ${plan.base ?? ''}`, to: null },
      { field: 'candidate', from: plan.candidate, to: null },
    ],
  ]);
  expect((await bed.target.promote(next)).outcome).toBe('promoted');
  expect([provisioned(), [...fn().aliases.keys()]]).toEqual([{ 2: 2 }, ['live']]);
  expect((await bed.target.plan(bed.requestWith('two', settings))).action).toBe('unchanged');
});

it('Lambda 5: names the alias alone in all of it', async () => {
  await deploy('one', { warmUp: 'rate(5 minutes)', provisionedConcurrency: 1 });
  const lambda = new Lambda(bed.aws.client);
  await expect(lambda.getPolicy({ FunctionName: ENDPOINT })).rejects.toThrow();
  const text = JSON.stringify(bed.aws.calls.map(({ input }) => input));
  expect(text).not.toContain('$LATEST');
  const targets = [...bed.aws.events.rules.values()].flatMap(({ targets: all }) => [...all.values()]);
  expect(targets.map(({ Arn }) => Arn)).toEqual([alias()]);
});
