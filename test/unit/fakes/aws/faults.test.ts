import { ListEndpointsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../fakes/aws/errors.ts';
import { startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
});
afterEach(() => scene.close());

const create = () => scene.config('one');
const there = () => scene.aws.sagemaker.models.has('one');

describe('faults on order', () => {
  it('throttles, and nothing is done', async () => {
    scene.aws.inject({ on: 'sagemaker:CreateModel', fault: 'throttle' });
    await expect(create()).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    expect(there()).toBe(false);
    expect(scene.aws.calls.at(-1)).toMatchObject({
      acted: false,
      error: 'ThrottlingException',
      fault: 'throttle',
    });
    await create();
  });

  it('fails with 500, before or after it has acted', async () => {
    scene.aws.inject({ on: 'sagemaker:CreateModel', fault: 'error-500' });
    await expect(create()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(there()).toBe(false);
    scene.aws.inject({ on: 'sagemaker:CreateModel', fault: 'error-500-after' });
    await expect(create()).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    expect(there()).toBe(true);
    expect(scene.aws.calls.at(-1)).toMatchObject({ acted: true, error: 'InternalFailure' });
  });

  it('cuts the connection, before or after it has acted', async () => {
    scene.aws.inject({ on: 'sagemaker:CreateModel', fault: 'reset-before' });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(there()).toBe(false);
    scene.aws.inject({ on: 'sagemaker:CreateModel', fault: 'reset-after' });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(there()).toBe(true);
  });

  it('keeps silent, before or after it has acted', async () => {
    const requestHandler = new NodeHttpHandler({ requestTimeout: 50, throwOnRequestTimeout: true });
    const hasty = new SageMakerClient({ ...scene.aws.client, requestHandler });
    scene.aws.inject({ fault: 'timeout-before' });
    await expect(hasty.send(new ListEndpointsCommand())).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(scene.aws.calls.at(-1)).toMatchObject({ acted: false, status: null });
    scene.aws.inject({ fault: 'timeout-after' });
    await expect(hasty.send(new ListEndpointsCommand())).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(scene.aws.calls.at(-1)).toMatchObject({ acted: true });
  });

  it('denies, naming who, what and on what', async () => {
    scene.aws.inject({ on: 'sagemaker:CreateModel', fault: 'denied' });
    await expect(create()).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message:
        'User: arn:aws:sts::123456789012:assumed-role/deployer/ci is not authorized to perform: sagemaker:CreateModel on resource: arn:aws:sagemaker:eu-west-1:123456789012:model/one because no identity-based policy allows the sagemaker:CreateModel action',
    });
  });

  it('answers any error that a test makes up', async () => {
    scene.aws.inject({ fault: new AwsError('ResourceLimitExceeded', 'too many models') });
    await expect(create()).rejects.toMatchObject({
      name: 'ResourceLimitExceeded',
      message: 'too many models',
    });
  });

  it('counts the calls that it is for', async () => {
    scene.aws.inject({ on: /:List/, nth: 2, times: 2, fault: 'throttle' });
    const list = async () => {
      try {
        await scene.sagemaker.listModels({});
        return 'ok';
      } catch (error) {
        return (error as Error).name;
      }
    };
    expect([await list(), await list(), await list(), await list()]).toEqual([
      'ok',
      'ThrottlingException',
      'ThrottlingException',
      'ok',
    ]);
  });

  it('can be narrowed by what is asked, and taken back', async () => {
    const undo = scene.aws.inject({
      where: ({ input }) => input.ModelName === 'two',
      fault: 'throttle',
      times: 9,
    });
    await create();
    await expect(scene.config('two')).rejects.toThrow('Rate exceeded');
    undo();
    await scene.config('two');
  });

  it('calls back before and after, and cuts the connection when told', async () => {
    const seen: string[] = [];
    scene.aws.inject({
      on: 'sagemaker:CreateModel',
      before: () => void seen.push(`before ${there()}`),
      after: (call) => {
        seen.push(`after ${there()} ${call.acted}`);
        return 'drop';
      },
    });
    await expect(create()).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(seen).toEqual(['before false', 'after true true']);
    expect(scene.aws.calls.at(-1)).toMatchObject({ fault: 'dropped-after', acted: true });
  });

  it('are all gone after forget', async () => {
    scene.aws.inject({ fault: 'throttle', times: Infinity });
    scene.aws.plan({ outcome: { kind: 'stuck' } });
    scene.aws.forget();
    await scene.endpoint('churn', 'one');
    expect(await scene.status('churn')).toBe('InService');
  });
});

describe('who may do what', () => {
  it('asks for each permission, dependent ones included', async () => {
    scene.aws.allows = ({ action }) => action !== 'iam:PassRole';
    await expect(create()).rejects.toThrow(
      /is not authorized to perform: iam:PassRole on resource: arn:aws:iam::123456789012:role\/execution/,
    );
    expect(there()).toBe(false);
  });

  it('records what IAM would be asked', async () => {
    await scene.sagemaker.createModel({
      ModelName: 'One',
      ExecutionRoleArn: scene.role,
      PrimaryContainer: { Image: scene.image },
      Tags: [{ Key: 'team', Value: 'risk' }],
    });
    const resource = 'arn:aws:sagemaker:eu-west-1:123456789012:model/one';
    const context = { 'aws:RequestTag/team': 'risk' };
    expect(scene.aws.calls.at(-1)?.permissions).toEqual([
      { action: 'sagemaker:CreateModel', resource, context },
      { action: 'sagemaker:AddTags', resource, context },
      {
        action: 'iam:PassRole',
        resource: scene.role,
        context: { 'iam:PassedToService': 'sagemaker.amazonaws.com' },
      },
    ]);
  });
});

describe('B7 a config with a key', () => {
  it('needs the right to grant when an endpoint is made on it', async () => {
    await scene.config('one');
    const config = await scene.sagemaker.describeEndpointConfig({ EndpointConfigName: 'one' });
    const { ProductionVariants } = config;
    await scene.sagemaker.createEndpointConfig({
      EndpointConfigName: 'keyed',
      KmsKeyId: 'alias/ml',
      ProductionVariants,
    });
    scene.aws.allows = ({ action }) => action !== 'kms:CreateGrant';
    await expect(
      scene.sagemaker.createEndpoint({ EndpointName: 'churn', EndpointConfigName: 'keyed' }),
    ).rejects.toThrow('kms:CreateGrant on resource: arn:aws:kms:eu-west-1:123456789012:alias/ml');
  });
});

describe('the record', () => {
  it('tells reads from mutations', async () => {
    await scene.endpoint('churn', 'one');
    await scene.status('churn');
    expect(scene.aws.names('mutations')).toEqual([
      'sagemaker:CreateModel',
      'sagemaker:CreateEndpointConfig',
      'sagemaker:CreateEndpoint',
    ]);
    expect(scene.aws.names()).toHaveLength(4);
    expect(scene.aws.calls.at(-1)).toMatchObject({
      service: 'sagemaker',
      action: 'DescribeEndpoint',
      input: { EndpointName: 'churn' },
      status: 200,
      error: null,
    });
  });

  it('says so where it has no such operation', async () => {
    const body = '{}';
    const headers = {
      'x-amz-target': 'SageMaker.CreateDomain',
      'content-type': 'application/x-amz-json-1.1',
    };
    const answer = await fetch(scene.aws.url, { method: 'POST', headers, body });
    expect([answer.status, await answer.json()]).toEqual([
      400,
      { __type: 'UnknownOperationException', message: 'The fake has no operation SageMaker.CreateDomain.' },
    ]);
  });
});
