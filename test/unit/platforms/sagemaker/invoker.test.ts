import { SageMakerRuntime } from '@aws-sdk/client-sagemaker-runtime';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../../src/core/errors.ts';
import { NoAnswerError } from '../../../../src/core/targets.ts';
import type { AwsClients } from '../../../../src/clouds/aws/clients.ts';
import { createInvoker } from '../../../../src/platforms/sagemaker/invoker.ts';
import type { Invocation } from '../../../fakes/aws/sagemaker/runtime.ts';
import { FakeClock } from '../../../fakes/clock.ts';
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

interface Asked {
  readonly endpoint?: string;
  readonly variant?: string | null;
  readonly mark?: string;
  /** Instead of the SDK's own. */
  readonly invokeEndpoint?: () => Promise<unknown>;
}

function invokerOf({
  endpoint = 'churn',
  variant = null,
  mark = 'ml-deploy-1001',
  invokeEndpoint,
}: Asked = {}) {
  const runtime = new SageMakerRuntime(scene.aws.client);
  const clients = {
    runtime: async () => (invokeEndpoint ? { invokeEndpoint } : runtime),
  } as unknown as AwsClients;
  return createInvoker(endpoint, 'https://runtime/churn', {
    clients,
    clock: new FakeClock(),
    requests: { variant, mark },
  });
}

const ask = async (asked: Asked = {}, signal = never) =>
  (await invokerOf(asked)).invoke('{"instances":[[1,2]]}', 'application/json', signal);

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
    expect((await invokerOf({ variant: 'shadow' })).url).toBe('https://runtime/churn (variant shadow)');
  });

  it.each([400, 500, 503])('whose container answers %i has answered that', async (status) => {
    scene.aws.container = () => ({ status, body: 'no such column' });
    const answer = await ask();
    expect(answer.status).toBe(status);
    expect(Buffer.from(answer.body).toString()).toBe('no such column');
  });

  it('that does not exist has answered with a status too', async () => {
    expect((await ask({ endpoint: 'gone' })).status).toBe(400);
  });

  it('that is closed to us has said nothing', async () => {
    const closed = { name: 'AccessDeniedException', message: 'no', $metadata: { httpStatusCode: 403 } };
    const invokeEndpoint = () => Promise.reject(Object.assign(new Error('no'), closed));
    await expect(ask({ invokeEndpoint })).rejects.toThrow(
      'The AWS credentials of this job do not allow sagemaker:InvokeEndpoint.',
    );
  });

  it('counts what the SDK sent again, whatever came of it', async () => {
    const $metadata = { attempts: 3 };
    const body = { Body: Buffer.from('{}'), ContentType: 'application/json', $metadata };
    expect((await ask({ invokeEndpoint: async () => body })).retries).toBe(2);
    const failing = (error: object) => ({
      invokeEndpoint: () => Promise.reject(Object.assign(new Error('no'), error)),
    });
    expect((await ask(failing({ $metadata: { attempts: 2, httpStatusCode: 503 } }))).retries).toBe(1);
    const lost = await ask(failing({ $metadata })).catch((error: unknown) => error);
    expect(lost).toBeInstanceOf(NoAnswerError);
    expect((lost as NoAnswerError).retries).toBe(2);
  });

  it('without an answer is an error, and no credentials are ours', async () => {
    const failing = (error: Error) => ({ invokeEndpoint: () => Promise.reject(error) });
    await expect(ask(failing(new Error('socket hang up')))).rejects.toThrow(NoAnswerError);
    const none = Object.assign(new Error('Could not load credentials'), { name: 'CredentialsProviderError' });
    await expect(ask(failing(none))).rejects.toThrow('There are no AWS credentials.');
  });

  it('is left where the run is cancelled', async () => {
    await expect(ask({}, AbortSignal.abort())).rejects.toThrow(CancelledError);
  });
});
