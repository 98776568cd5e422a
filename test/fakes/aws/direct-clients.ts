/**
 * Clients of the JSON services that hand each call to the fake as it is: thousands of scenes take minutes with the SDK,
 * and seconds without. Retries are the SDK's: what is transient, as often as it may be tried. What these clients do not
 * know (S3, STS, IAM, the runtime, invocations, API Gateway) stays the SDK's own.
 */
import type { Lambda } from '@aws-sdk/client-lambda';
import type { AwsClientOptions, AwsClients, CallOptions } from '../../../src/clouds/aws/clients.ts';
import type { FakeAws } from './fake-aws.ts';

export interface DirectOptions extends Pick<AwsClientOptions, 'record' | 'recordDone'> {
  readonly maxAttempts: number;
}

export function directClients(aws: FakeAws, sdk: AwsClients, options: DirectOptions): AwsClients {
  const client = <T>(service: string): Promise<T> => {
    const made = new Proxy(
      {},
      {
        get: (_, method) =>
          // What is awaited is asked for "then".
          typeof method === 'string' && method !== 'then'
            ? (input: unknown, { abortSignal }: CallOptions = {}) => {
                if (abortSignal?.aborted === true) throw new Error('Request aborted');
                return send(aws, service, method, input, options);
              }
            : undefined,
      },
    );
    return Promise.resolve(made as T);
  };
  return {
    ...sdk,
    sageMaker: () => client('sagemaker'),
    autoScaling: () => client('application-autoscaling'),
    cloudWatch: () => client('cloudwatch'),
    logs: () => client('logs'),
    ecr: () => client('ecr'),
    quotas: () => client('service-quotas'),
    events: () => client('events'),
    lambda: async () => withInvoke(await client<Lambda>('lambda'), sdk),
  };
}

/** What a function answers is no JSON of the service's own. */
function withInvoke(direct: Lambda, sdk: Pick<AwsClients, 'lambda'>): Lambda {
  const invoke = async (...asked: Parameters<Lambda['invoke']>) => (await sdk.lambda()).invoke(...asked);
  return new Proxy(direct, {
    get: (_, method: keyof Lambda) => (method === 'invoke' ? invoke : direct[method]),
  });
}

async function send(
  aws: FakeAws,
  service: string,
  method: string,
  input: unknown,
  { maxAttempts, record, recordDone }: DirectOptions,
): Promise<unknown> {
  const action = method.charAt(0).toUpperCase() + method.slice(1);
  const call = { client: service, command: `${action}Command`, input };
  await record?.(call);
  for (let attempt = 1; ; attempt++) {
    try {
      const output = await once(aws, { service, action, input });
      await recordDone?.(call);
      return output;
    } catch (error) {
      if (attempt >= maxAttempts || !isTransient(error)) throw error;
    }
  }
}

async function once(aws: FakeAws, wanted: Parameters<FakeAws['perform']>[0]): Promise<unknown> {
  const { fate, call } = await aws.perform(wanted);
  if (fate === 'cut') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  if (fate === 'silence') throw Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
  if (fate.status < 300) return structuredClone(call.output) ?? {};
  const { __type: name, message } = JSON.parse(fate.body.toString()) as { __type: string; message: string };
  const $metadata = { httpStatusCode: fate.status };
  throw Object.assign(new Error(message), {
    name,
    $metadata,
    $fault: fate.status < 500 ? 'client' : 'server',
  });
}

function isTransient(error: unknown): boolean {
  const { code, name, $metadata } = error as {
    code?: string;
    name?: string;
    $metadata?: { httpStatusCode?: number };
  };
  if (code === 'ECONNRESET' || name === 'TimeoutError' || name === 'ThrottlingException') return true;
  return ($metadata?.httpStatusCode ?? 0) >= 500;
}
