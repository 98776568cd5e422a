/**
 * Clients of the JSON services that hand each call to the fake as it is: thousands of scenes take minutes with the SDK,
 * and seconds without. Retries are the SDK's: what is transient, as often as it may be tried. What these clients do not
 * know (S3, STS, IAM, SageMaker's runtime) stays the SDK's own.
 */
import type { AwsClientOptions, AwsClients, CallOptions } from '../../../src/clouds/aws/clients.ts';
import { RestAnswer } from './answer.ts';
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
    lambda: () => client('lambda'),
    gateway: () => client('apigatewayv2'),
    restGateway: () => client('apigateway'),
  };
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
  const { fate, call } = await aws.perform({ ...wanted, input: withBytes(wanted.input) });
  if (fate === 'cut') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
  if (fate === 'silence') throw Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
  if (fate.status < 300)
    return call.output instanceof RestAnswer ? invocation(call.output) : (copyOf(call.output) ?? {});
  const { __type: name, message } = JSON.parse(fate.body.toString()) as { __type: string; message: string };
  const $metadata = { httpStatusCode: fate.status };
  throw Object.assign(new Error(message), {
    name,
    $metadata,
    $fault: fate.status < 500 ? 'client' : 'server',
  });
}

/** As structuredClone does with what the services answer, which takes several times as long. */
function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  if (value instanceof Date) return new Date(value);
  if (value instanceof Uint8Array) return Uint8Array.from(value);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyOf(item)]));
}

/** The SDK takes text for bytes. */
function withBytes(input: unknown): unknown {
  const { Payload } = (input ?? {}) as { Payload?: unknown };
  return typeof Payload === 'string' ? { ...(input as object), Payload: Buffer.from(Payload) } : input;
}

/** What a function answers, as the client of Lambda reads it. */
function invocation({ status, headers, body }: RestAnswer): object {
  const { 'x-amz-executed-version': version, 'x-amz-function-error': error } = headers;
  const log = headers['x-amz-log-result'];
  return {
    StatusCode: status,
    ExecutedVersion: version,
    ...(error === undefined ? {} : { FunctionError: error }),
    ...(log === undefined ? {} : { LogResult: log }),
    Payload: Uint8Array.from(Buffer.from(body)),
  };
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
