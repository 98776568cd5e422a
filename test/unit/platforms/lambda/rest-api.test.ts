/** A REST API before a function: in which order it is made, what its stage answers by, and how it goes. */
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import type { FaultName } from '../../../fakes/aws/inject.ts';
import { makeLambdaBed, type LambdaBed } from '../../../platforms/lambda-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

let bed: LambdaBed;
beforeEach(async () => {
  bed = await makeLambdaBed();
});
afterEach(() => bed.dispose());

const planned = (model: ModelName, settings: CloudSettings = {}) =>
  bed.target.plan(bed.requestWith(model, { api: 'rest', ...settings }));
const deploy = async (model: ModelName, settings: CloudSettings = {}) =>
  bed.target.deploy(await planned(model, settings));
const fn = () => {
  const found = bed.aws.lambda.functions.get(ENDPOINT);
  if (found === undefined) throw new Error('there is no function');
  return found;
};
const ownApis = () =>
  [...bed.aws.rest.apis.values()].filter(({ spec }) => spec.tags?.['ml-deploy:endpoint'] === ENDPOINT);
const api = () => {
  const [found, ...others] = ownApis();
  if (found === undefined || others.length > 0) throw new Error(`${others.length + 1} APIs`);
  return found;
};
const stage = () => {
  const found = api().stages.get('live');
  if (found === undefined) throw new Error('there is no stage');
  return found;
};
/** What the stage answers by: a snapshot, whatever stands in the API now. */
const answering = () =>
  Object.fromEntries(
    [...(api().deployments.get(stage().deploymentId)?.methods ?? [])].map(([name, method]) => [
      name,
      [method.authorizationType, method.integration?.uri],
    ]),
  );
const uri = () => {
  const { region } = bed.aws.world;
  return `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${fn().arn}:live/invocations`;
};
const limits = () => stage().methodSettings['*/*'];
const mutations = () => bed.aws.names('mutations').filter((name) => !name.endsWith(':Invoke'));
const statements = () =>
  (fn().policies.get('live') ?? []).map(({ Sid, Action, Condition }) => [Sid, Action, Condition]);
const grantOf = (path: string) => {
  const { account, region } = bed.aws.world;
  const SourceArn = `arn:aws:execute-api:${region}:${account}:${api().id}/*/POST${path}`;
  return [['ml-deploy-rest', 'lambda:InvokeFunction', { ArnLike: { 'AWS:SourceArn': SourceArn } }]];
};

describe('a REST API', () => {
  it('is guarded by IAM, throttled, for one method to the alias, and may call it last', async () => {
    const result = await deploy('one');
    expect(result.outcome, result.message).toBe('deployed');
    expect(mutations().filter((name) => !/Publish|CreateFunction|CreateAlias/.test(name))).toEqual([
      'lambda:TagResource',
      'apigateway:CreateRestApi',
      'apigateway:CreateResource',
      'apigateway:PutMethod',
      'apigateway:PutIntegration',
      'apigateway:CreateDeployment',
      'apigateway:CreateStage',
      'apigateway:UpdateStage',
      'lambda:AddPermission',
      'lambda:TagResource',
    ]);
    expect(answering()).toEqual({ 'POST /predict': ['AWS_IAM', uri()] });
    expect(limits()).toEqual({ throttlingRateLimit: 50, throttlingBurstLimit: 100 });
    expect(statements()).toEqual(grantOf('/predict'));
    const { region } = bed.aws.world;
    expect(result.description.url).toBe(
      `https://${api().id}.execute-api.${region}.amazonaws.com/live/predict`,
    );
    expect(api().spec.endpointConfiguration).toEqual({ types: ['REGIONAL'] });
  });

  it('stays as it is while versions come and go', async () => {
    await deploy('one');
    bed.aws.forget();
    await deploy('two');
    await bed.target.rollback(ENDPOINT, null);
    expect(mutations().filter((name) => /apigateway|Permission/.test(name))).toEqual([]);
    expect((await planned('one')).action).toBe('unchanged');
  });

  it('is changed where something else is asked for, and nothing of before is answered any more', async () => {
    await deploy('one');
    const settings: CloudSettings = { apiPath: '/v1/score', throttleRate: 5, apiAuthorization: 'none' };
    const plan = await planned('one', settings);
    expect(plan.changes).toMatchObject([
      { field: 'api', to: 'REST API, POST /v1/score, open to everybody, 5 requests a second, 100 at once' },
    ]);
    expect(plan.findings).toContainEqual({
      level: 'warning',
      message: expect.stringContaining('Anyone on the internet can call the function'),
    });
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('deployed');
    expect(answering()).toEqual({ 'POST /v1/score': ['NONE', uri()] });
    expect(statements()).toEqual(grantOf('/v1/score'));
    expect(limits()).toEqual({ throttlingRateLimit: 5, throttlingBurstLimit: 100 });
    expect(result.description.url).toMatch(/\/live\/v1\/score$/);
    expect((await planned('one', settings)).action).toBe('unchanged');
    await deploy('one');
    expect(answering()).toEqual({ 'POST /predict': ['AWS_IAM', uri()] });
  });

  it('that somebody opened, and deployed so, is closed again by the next deployment', async () => {
    await deploy('one');
    const gateway = new APIGateway(bed.aws.client);
    const of = { restApiId: api().id };
    const { items = [] } = await gateway.getResources({ ...of, embed: ['methods'] });
    const { id: resourceId } = items.find(({ path }) => path === '/predict') ?? {};
    const value = 'NONE';
    await gateway.updateMethod({
      ...of,
      resourceId,
      httpMethod: 'POST',
      patchOperations: [{ op: 'replace', path: '/authorizationType', value }],
    });
    const { id = '' } = await gateway.createDeployment(of);
    await gateway.updateStage({
      ...of,
      stageName: 'live',
      patchOperations: [{ op: 'replace', path: '/deploymentId', value: id }],
    });
    expect(answering()).toEqual({ 'POST /predict': ['NONE', uri()] });
    const plan = await planned('one');
    expect(plan.changes).toMatchObject([{ field: 'api' }]);
    await bed.target.deploy(plan);
    expect(answering()).toEqual({ 'POST /predict': ['AWS_IAM', uri()] });
  });

  it('is found by its tags, not by its name, and of two the older one stays', async () => {
    const gateway = new APIGateway(bed.aws.client);
    await gateway.createRestApi({ name: ENDPOINT });
    await deploy('one');
    const { id, spec } = api();
    bed.aws.advance(60_000);
    await gateway.createRestApi({ name: ENDPOINT, tags: { ...spec.tags } });
    await deploy('one');
    expect(api().id).toBe(id);
    await bed.target.teardown(ENDPOINT);
    expect([...bed.aws.rest.apis.values()].map(({ spec: { tags } }) => tags)).toEqual([undefined]);
  });

  it('replaces an HTTP API, is replaced by none, and leaves nothing', async () => {
    await deploy('one', { api: 'http' });
    await deploy('one');
    expect(bed.aws.neighbours.without(bed.aws.gateway.apis).size).toBe(0);
    expect(statements()).toEqual(grantOf('/predict'));
    await deploy('one', { api: 'none' });
    expect([ownApis(), statements()]).toEqual([[], []]);
    expect(Object.keys(fn().tags).filter((key) => /door|url/.test(key))).toEqual([]);
  });

  it.each<FaultName>(['throttle', 'error-500-after', 'denied'])(
    'that a run could not finish because of %s is finished by the next one, and open to nobody before',
    async (fault) => {
      await deploy('one');
      const count = mutations().length;
      expect(count).toBeGreaterThan(11);
      await bed.target.teardown(ENDPOINT);
      for (let nth = 1; nth <= count; nth++) {
        bed.aws.forget();
        bed.aws.inject({ on: /:(?:Create|Update|Publish|Put|Tag|Add)/, nth, fault });
        await deploy('one').catch(() => null);
        const isPermitted = (bed.aws.lambda.functions.get(ENDPOINT)?.policies.get('live') ?? []).length > 0;
        if (isPermitted) expect(limits()).toMatchObject({ throttlingRateLimit: 50 });
        for (const { deployments } of ownApis())
          for (const { methods } of deployments.values())
            expect([...methods.values()].map((made) => made.authorizationType)).toEqual(['AWS_IAM']);
        bed.aws.forget();
        const result = await deploy('one');
        expect(['deployed', 'unchanged'], result.message).toContain(result.outcome);
        expect([answering(), statements()]).toEqual([
          { 'POST /predict': ['AWS_IAM', uri()] },
          grantOf('/predict'),
        ]);
        expect(result.description.url).toContain(api().id);
        await bed.target.teardown(ENDPOINT);
        expect(ownApis()).toEqual([]);
      }
    },
  );
});
