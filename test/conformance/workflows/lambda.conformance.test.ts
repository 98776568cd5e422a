/**
 * The chapter's second system as a user makes it: a push, deploy-ml-model.yml -> deploy.yml with target lambda, and POST
 * /predict answers who signs. Lambda, ECR and API Gateway are the fake's, S3 and STS moto's, GitHub and Slack emulated.
 */
import { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import { Lambda } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingAct, startActBed, type ActBed } from './act-bed.ts';
import { missingAws, startAwsSide, type AwsSide } from './aws-side.ts';
import { startLambdaSide } from './lambda-side.ts';

const missing = missingAct() ?? (await missingAws());
if (missing !== null) console.log(`skipped: Lambda by workflows under act: ${missing}`);

describe.skipIf(missing !== null)('Lambda 12: a push, under act', () => {
  let side: AwsSide;
  let bed: ActBed;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    side = await startAwsSide();
    stops.push(() => side.close());
    const lambda = startLambdaSide(side);
    stops.push(() => lambda.close());
    await lambda.addImage('user', { release: 'v2', joblib: 'v2' });
    bed = await startActBed({ config: 'ml-deploy-lambda.yml', env: lambda.env });
    stops.push(() => bed.close());
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  test('gives POST /predict behind IAM, to the alias, throttled, and nobody else may call it', async () => {
    const run = await bed.push('develop', 'v2', { log: 'lambda-develop' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ train: true, prepare: true, release: true });
    const [api] = [...side.aws.neighbours.without(side.aws.gateway.apis).values()];
    const gateway = new ApiGatewayV2(side.aws.client);
    const { Items = [] } = await gateway.getRoutes({ ApiId: api?.id });
    expect(Items.map(({ RouteKey, AuthorizationType }) => [RouteKey, AuthorizationType])).toEqual([
      ['POST /predict', 'AWS_IAM'],
    ]);
    const { Items: integrations = [] } = await gateway.getIntegrations({ ApiId: api?.id });
    expect(integrations.map(({ IntegrationUri }) => IntegrationUri)).toEqual([
      expect.stringMatching(/:function:churn-dev:live$/),
    ]);
    const lambda = new Lambda(side.aws.client);
    const { Policy = '' } = await lambda.getPolicy({ FunctionName: 'churn-dev', Qualifier: 'live' });
    const { Statement } = JSON.parse(Policy) as { Statement: { Sid: string; Condition: object }[] };
    expect(Statement.map(({ Sid }) => Sid).toSorted()).toEqual(['ml-deploy-api', 'ml-deploy-warm-up']);
    expect(JSON.stringify(Statement)).toContain('/*/POST/predict');
    await expect(lambda.getPolicy({ FunctionName: 'churn-dev' })).rejects.toThrow();
  });
});
