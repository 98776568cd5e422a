/** What the fakes of API Gateway, EventBridge and ECR's layers do as AWS does. */
import { APIGateway } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { ECR } from '@aws-sdk/client-ecr';
import { EventBridge } from '@aws-sdk/client-eventbridge';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeAws } from '../../../fakes/aws/fake-aws.ts';

let aws: FakeAws;
beforeEach(async () => {
  aws = await FakeAws.start();
});
afterEach(() => aws.close());

describe('an HTTP API', () => {
  it('is made of parts that are made twice where they are asked for twice', async () => {
    const api = new ApiGatewayV2(aws.client);
    const make = () =>
      api.createApi({ Name: 'churn', ProtocolType: 'HTTP', Tags: { 'ml-deploy:endpoint': 'churn' } });
    const { ApiId = '' } = await make();
    expect((await make()).ApiId).not.toBe(ApiId);
    const of = { ApiId };
    const { IntegrationId } = await api.createIntegration({
      ...of,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: 'arn:aws:lambda:eu-west-1:123456789012:function:churn:live',
      PayloadFormatVersion: '2.0',
    });
    const Target = `integrations/${IntegrationId}`;
    const route = { ...of, RouteKey: 'POST /predict', Target };
    const { RouteId } = await api.createRoute({ ...route, AuthorizationType: 'AWS_IAM' });
    await expect(api.createRoute(route)).rejects.toThrow(/already exists/);
    await expect(api.createRoute({ ...route, RouteKey: 'GET /x', Target: 'integrations/x' })).rejects.toThrow(
      /target/,
    );
    const jwt = { ...of, RouteId, AuthorizationType: 'JWT' as const };
    await expect(api.updateRoute({ ...jwt, AuthorizerId: 'x' })).rejects.toThrow(/authorizer/);
    const { AuthorizerId } = await api.createAuthorizer({
      ...of,
      Name: 'jwt',
      AuthorizerType: 'JWT',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: 'https://issuer.example', Audience: ['churn'] },
    });
    await api.updateRoute({ ...jwt, AuthorizerId });
    await api.createStage({ ...of, StageName: '$default', AutoDeploy: true });
    await api.updateStage({
      ...of,
      StageName: '$default',
      DefaultRouteSettings: { ThrottlingRateLimit: 50 },
    });
    expect((await api.getRoutes(of)).Items).toMatchObject([
      { RouteKey: 'POST /predict', AuthorizationType: 'JWT' },
    ]);
    expect((await api.getIntegrations(of)).Items).toMatchObject([
      { IntegrationId, PayloadFormatVersion: '2.0' },
    ]);
    await api.updateAuthorizer({
      ...of,
      AuthorizerId,
      JwtConfiguration: { Issuer: 'https://issuer.example', Audience: ['other'] },
    });
    await expect(api.updateAuthorizer({ ...of, AuthorizerId: 'x' })).rejects.toThrow(/Authorizer/);
    expect((await api.getAuthorizers(of)).Items).toMatchObject([
      { Name: 'jwt', JwtConfiguration: { Audience: ['other'] } },
    ]);
    expect((await api.getStages(of)).Items).toMatchObject([
      { StageName: '$default', AutoDeploy: true, DefaultRouteSettings: { ThrottlingRateLimit: 50 } },
    ]);
    await api.deleteRoute({ ...of, RouteId });
    await expect(api.deleteRoute({ ...of, RouteId })).rejects.toThrow(/Unable to find Route/);
    expect((await api.getRoutes(of)).Items).toEqual([]);
    await api.deleteApi(of);
    await expect(api.getRoutes(of)).rejects.toThrow(/Invalid API identifier/);
  });

  it('is one of many in the account', async () => {
    const api = new ApiGatewayV2(aws.client);
    const first = await api.getApis({ MaxResults: '100' });
    const second = await api.getApis({
      MaxResults: '100',
      ...(first.NextToken ? { NextToken: first.NextToken } : {}),
    });
    expect([...(first.Items ?? []), ...(second.Items ?? [])]).toHaveLength(105);
    expect(second.NextToken).toBeUndefined();
  });
});

describe('a REST API', () => {
  it('answers by the snapshot that its stage names, and takes none that could not answer', async () => {
    const rest = new APIGateway(aws.client);
    const { id: restApiId = '' } = await rest.createRestApi({ name: 'churn' });
    const of = { restApiId };
    await expect(rest.createDeployment(of)).rejects.toThrow(/doesn't contain any methods/);
    const { items = [] } = await rest.getResources(of);
    expect(items).toMatchObject([{ path: '/' }]);
    const resource = { ...of, parentId: items[0]?.id, pathPart: 'predict' };
    const { id: resourceId, path } = await rest.createResource(resource);
    expect(path).toBe('/predict');
    await expect(rest.createResource(resource)).rejects.toThrow(/already has this name/);
    const method = { ...of, resourceId, httpMethod: 'POST' };
    await expect(rest.deleteMethod(method)).rejects.toThrow(/Invalid Method/);
    await rest.putMethod({ ...method, authorizationType: 'AWS_IAM' });
    await expect(rest.putMethod({ ...method, authorizationType: 'NONE' })).rejects.toThrow(/already exists/);
    await expect(rest.createDeployment(of)).rejects.toThrow(/No integration/);
    const integration = { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: 'arn:aws:x' } as const;
    await rest.putIntegration({ ...method, ...integration });
    const { id: deploymentId } = await rest.createDeployment({ ...of, description: 'one' });
    const stage = { ...of, stageName: 'live' };
    await expect(rest.createStage({ ...stage, deploymentId: 'x' })).rejects.toThrow(/Deployment id/);
    await rest.createStage({ ...stage, deploymentId });
    await expect(rest.createStage({ ...stage, deploymentId })).rejects.toThrow(/already exists/);
    const open = [{ op: 'replace' as const, path: '/authorizationType', value: 'NONE' }];
    await rest.updateMethod({ ...method, patchOperations: open });
    const made = aws.rest.apis.get(restApiId);
    const answers = () => {
      const found = made?.deployments.get(made.stages.get('live')?.deploymentId ?? '');
      return found?.methods.get('POST /predict')?.authorizationType;
    };
    expect(answers()).toBe('AWS_IAM');
    const { id: value = '' } = await rest.createDeployment(of);
    const patchOperations = [{ op: 'replace' as const, path: '/deploymentId', value }];
    await rest.updateStage({ ...stage, patchOperations });
    expect(answers()).toBe('NONE');
    expect((await rest.getDeployments({ ...of, limit: 1 })).items).toMatchObject([{ description: 'one' }]);
    await rest.deleteMethod(method);
    expect((await rest.getRestApis({})).items).toMatchObject([{ id: restApiId, name: 'churn' }]);
    expect((await rest.getStages(of)).item).toMatchObject([{ stageName: 'live', deploymentId: value }]);
    await rest.deleteRestApi(of);
    await expect(rest.getStages(of)).rejects.toThrow(/Invalid API identifier/);
  });
});

describe('a rule', () => {
  it('has a schedule in AWS’s grammar, and goes without its targets alone', async () => {
    const events = new EventBridge(aws.client);
    const rule = { Name: 'ml-deploy-churn-warm' };
    await expect(events.putRule({ ...rule, ScheduleExpression: 'rate(1 minutes)' })).rejects.toThrow(
      /not valid/,
    );
    await expect(events.describeRule(rule)).rejects.toThrow(/does not exist/);
    await events.putRule({
      ...rule,
      ScheduleExpression: 'rate(5 minutes)',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const Arn = 'arn:aws:lambda:eu-west-1:123456789012:function:churn:live';
    await events.putTargets({ Rule: rule.Name, Targets: [{ Id: 'live', Arn }] });
    expect(await events.describeRule(rule)).toMatchObject({
      ScheduleExpression: 'rate(5 minutes)',
      State: 'ENABLED',
    });
    const ResourceARN = 'arn:aws:events:eu-west-1:123456789012:rule/ml-deploy-churn-warm';
    // The tags of a rule that is there stay, whatever a request says.
    await events.putRule({ ...rule, ScheduleExpression: 'rate(5 minutes)', Tags: [] });
    expect((await events.listTagsForResource({ ResourceARN })).Tags).toEqual([{ Key: 'a', Value: 'b' }]);
    expect((await events.listTargetsByRule({ Rule: rule.Name })).Targets).toMatchObject([
      { Id: 'live', Arn },
    ]);
    await expect(events.deleteRule(rule)).rejects.toThrow(/has targets/);
    await events.removeTargets({ Rule: rule.Name, Ids: ['live'] });
    await events.deleteRule(rule);
    await expect(events.describeRule(rule)).rejects.toThrow(/does not exist/);
  });
});

describe('an image in ECR', () => {
  it('has a config that is fetched by a URL, and a repository with or without a policy', async () => {
    const ecr = new ECR(aws.client);
    aws.pushImage('churn-serving', 'v1', { image: { labels: { a: 'b' } } });
    const of = { repositoryName: 'churn-serving' };
    const { images = [] } = await ecr.batchGetImage({ ...of, imageIds: [{ imageTag: 'v1' }] });
    const { config } = JSON.parse(images[0]?.imageManifest ?? '') as { config: { digest: string } };
    const { downloadUrl = '' } = await ecr.getDownloadUrlForLayer({ ...of, layerDigest: config.digest });
    expect(await (await fetch(downloadUrl)).json()).toMatchObject({
      architecture: 'amd64',
      config: { Labels: { a: 'b' } },
    });
    expect((await fetch(downloadUrl.replace(/.$/, 'x'))).status).toBe(404);
    await expect(
      ecr.getDownloadUrlForLayer({ ...of, layerDigest: `sha256:${'0'.repeat(64)}` }),
    ).rejects.toThrow(/does not exist/);
    await expect(ecr.getRepositoryPolicy(of)).rejects.toThrow(/policy does not exist/);
    aws.ecr.policies.set('123456789012/churn-serving', '{}');
    expect((await ecr.getRepositoryPolicy(of)).policyText).toBe('{}');
  });
});
