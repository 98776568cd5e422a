import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  sageMakerInvoker,
  type SageMakerInvokerOptions,
} from '../../../../src/adapters/sagemaker-runtime/invoker.ts';
import { CancelledError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import type { Invocation } from '../../../fakes/aws/sagemaker/runtime.ts';
import { startScene, type Scene } from '../../fakes/aws/scene.ts';

let scene: Scene;
let seen: Invocation[];
beforeEach(async () => {
  scene = await startScene();
  await scene.endpoint('churn', 'one');
  seen = [];
  scene.aws.container = (invocation) => {
    seen.push(invocation);
    return { body: '{"predictions":[1]}' };
  };
});
afterEach(() => scene.close());

const never = new AbortController().signal;

const invokerOf = (more: Partial<SageMakerInvokerOptions> = {}) =>
  sageMakerInvoker({
    client: scene.runtime,
    endpoint: 'churn',
    region: 'eu-west-1',
    variant: null,
    mark: 'ml-deploy-1001',
    ...more,
  });

const ask = (more: Partial<SageMakerInvokerOptions> = {}, signal = never) =>
  invokerOf(more).invoke('{"instances":[[1,2]]}', 'application/json', signal);

describe('a SageMaker endpoint', () => {
  it('is sent the body with its type, and a mark of its own each time', async () => {
    const answer = await ask();
    await ask();
    expect(answer).toMatchObject({ status: 200, contentType: 'application/json', retries: 0, version: null });
    expect(Buffer.from(answer.body).toString()).toBe('{"predictions":[1]}');
    expect(seen[0]?.body.toString()).toBe('{"instances":[[1,2]]}');
    expect(seen[0]).toMatchObject({ contentType: 'application/json', accept: 'application/json' });
    const marks = seen.map(({ inferenceId }) => inferenceId ?? '');
    expect(marks[0]).toMatch(/^ml-deploy-1001-[0-9a-f-]{36}$/);
    expect(new Set(marks).size).toBe(2);
  });

  it('keeps a long mark within the 64 characters of an InferenceId', async () => {
    await ask({ mark: 'ü'.repeat(100) });
    expect(seen[0]?.inferenceId).toMatch(/^-{27}-[0-9a-f-]{36}$/);
  });

  it('can be asked for one variant', async () => {
    expect((await ask({ variant: 'AllTraffic' })).status).toBe(200);
    const missing = await ask({ variant: 'shadow' });
    expect(missing.status).toBe(400);
    expect(Buffer.from(missing.body).toString()).toContain('Variant shadow not found');
    expect(invokerOf({ variant: 'shadow' }).url).toContain('(variant shadow)');
  });

  it.each([400, 500, 503])('whose container answers %i has answered that', async (status) => {
    scene.aws.container = () => ({ status, body: 'no such column' });
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(Buffer.from(answer.body).toString()).toBe('no such column');
  });

  it('that does not exist, or is closed to us, has answered with a status too', async () => {
    expect((await ask({ endpoint: 'gone' })).status).toBe(400);
    const closed = { name: 'AccessDeniedException', message: 'no', $metadata: { httpStatusCode: 403 } };
    const client = { send: () => Promise.reject(Object.assign(new Error('no'), closed)) };
    expect((await ask({ client: client })).status).toBe(403);
  });

  it('counts what the SDK sent again', async () => {
    const client = {
      send: () =>
        Promise.resolve({
          Body: Buffer.from('{}'),
          ContentType: 'application/json',
          $metadata: { attempts: 3 },
        }),
    };
    expect((await ask({ client: client })).retries).toBe(2);
  });

  it('without an answer is an error, and no credentials are ours', async () => {
    const failing = (error: Error) => ({ client: { send: () => Promise.reject(error) } as never });
    await expect(ask(failing(new Error('socket hang up')))).rejects.toThrow(UpstreamError);
    const none = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });
    await expect(ask(failing(none))).rejects.toThrow(UserError);
  });

  it('is left where the run is cancelled', async () => {
    await expect(ask({}, AbortSignal.abort())).rejects.toThrow(CancelledError);
  });
});
