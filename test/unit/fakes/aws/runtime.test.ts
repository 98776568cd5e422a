import { InvokeEndpointCommand } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startHttp } from '../../../fakes/http.ts';
import { startScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await startScene();
  await scene.endpoint('churn', 'one');
});
afterEach(() => scene.close());

async function invoke(input: object = {}): Promise<{ text: string; variant: string | undefined }> {
  const { Body, InvokedProductionVariant } = await scene.runtime.send(
    new InvokeEndpointCommand({
      EndpointName: 'churn',
      ContentType: 'application/json',
      Body: '{"instances":[[1,2]]}',
      ...input,
    }),
  );
  return { text: Body.transformToString(), variant: InvokedProductionVariant };
}

describe('InvokeEndpoint', () => {
  it('answers with what the container answers', async () => {
    expect(await invoke()).toEqual({ text: '{"predictions":[[1,2]]}', variant: 'AllTraffic' });
    scene.aws.container = ({ endpoint, config, variant, model, contentType, body, inferenceId }) => ({
      contentType: 'text/csv',
      body: [endpoint, config, variant, model.name, contentType, body.toString(), inferenceId].join(),
    });
    const { text } = await invoke({
      ContentType: 'text/csv',
      Body: '1',
      InferenceId: 'id-1',
      TargetVariant: 'AllTraffic',
    });
    expect(text).toBe('churn,one,AllTraffic,one,text/csv,1,id-1');
  });

  it('can ask a real server', async () => {
    const server = await startHttp(({ body }) => ({ body: { predictions: [body] } }));
    scene.aws.container = async ({ body, contentType }) => {
      const answer = await fetch(`${server.url}/invocations`, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: body.toString(),
      });
      return { status: answer.status, body: await answer.text() };
    };
    expect((await invoke({ Body: 'x' })).text).toBe('{"predictions":["x"]}');
    await server.close();
  });

  it('minds the case of the name, and serves nobody before it is in service', async () => {
    const message = 'Endpoint Churn of account 123456789012 not found.';
    await expect(invoke({ EndpointName: 'Churn' })).rejects.toMatchObject({
      name: 'ValidationError',
      message,
    });
    await scene.config('two');
    await scene.sagemaker.createEndpoint({ EndpointName: 'late', EndpointConfigName: 'two' });
    await expect(invoke({ EndpointName: 'late' })).rejects.toThrow('not found');
    await expect(invoke({ TargetVariant: 'none' })).rejects.toThrow('Variant none not found');
  });

  it('tells the error of a model as ModelError, with what the container said', async () => {
    scene.aws.container = () => ({ status: 500, body: 'no such column' });
    await expect(invoke()).rejects.toMatchObject({
      name: 'ModelError',
      OriginalStatusCode: 500,
      OriginalMessage: 'no such column',
      message: expect.stringMatching(
        /^Received server error \(500\) from primary with message "no such column"/,
      ) as string,
      $metadata: { httpStatusCode: 424 },
    });
  });

  it('takes 6,291,456 bytes and no more', async () => {
    scene.aws.container = ({ body }) => ({ body: String(body.length) });
    expect((await invoke({ Body: Buffer.alloc(6_291_456) })).text).toBe('6291456');
    await expect(invoke({ Body: Buffer.alloc(6_291_457) })).rejects.toMatchObject({
      name: 'ValidationError',
    });
  });

  it('sends the part of the traffic that the update says to the new fleet', async () => {
    scene.aws.container = ({ config }) => ({ body: config });
    await scene.config('two');
    await scene.sagemaker.updateEndpoint({
      EndpointName: 'churn',
      EndpointConfigName: 'two',
      DeploymentConfig: {
        BlueGreenUpdatePolicy: {
          TrafficRoutingConfiguration: {
            Type: 'CANARY',
            CanarySize: { Type: 'CAPACITY_PERCENT', Value: 50 },
            WaitIntervalInSeconds: 60,
          },
        },
      },
    });
    const four = async () => {
      const seen: string[] = [];
      for (let at = 0; at < 4; at += 1) seen.push((await invoke()).text);
      return seen.join();
    };
    expect(await four()).toBe('one,one,one,one');
    scene.aws.advance(180_000);
    expect(await four()).toBe('one,two,one,two');
    scene.aws.advance(60_000);
    expect(await four()).toBe('two,two,two,two');
  });
});
