/**
 * The AWS clients, in one place. Each is imported with its first use: an SDK client costs some 100 ms to
 * load, and most runs need two or three of them.
 */
import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { ECR } from '@aws-sdk/client-ecr';
import type { APIGateway } from '@aws-sdk/client-api-gateway';
import type { ApiGatewayV2 } from '@aws-sdk/client-apigatewayv2';
import type { EventBridge } from '@aws-sdk/client-eventbridge';
import type { IAM } from '@aws-sdk/client-iam';
import type { Lambda } from '@aws-sdk/client-lambda';
import type { S3 } from '@aws-sdk/client-s3';
import type { SageMaker } from '@aws-sdk/client-sagemaker';
import type { SageMakerRuntime } from '@aws-sdk/client-sagemaker-runtime';
import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { STS } from '@aws-sdk/client-sts';
import { awsClientConfig, TIME_LIMITS, type TimeLimits } from './client-config.ts';
import { inAwsWords, type AwsRequest } from './errors.ts';

/** The aggregated clients: one method for each call of the API, such as `describeEndpoint`. */
export interface AwsClients {
  /** '' if only the SDK knows it. */
  readonly region: string;
  sageMaker(): Promise<SageMaker>;
  runtime(): Promise<SageMakerRuntime>;
  lambda(): Promise<Lambda>;
  /** Of HTTP APIs. */
  gateway(): Promise<ApiGatewayV2>;
  /** Of REST APIs. */
  restGateway(): Promise<APIGateway>;
  events(): Promise<EventBridge>;
  autoScaling(): Promise<ApplicationAutoScaling>;
  cloudWatch(): Promise<CloudWatch>;
  logs(): Promise<CloudWatchLogs>;
  iam(): Promise<IAM>;
  /** @param region of the image; the clients' own if absent */
  ecr(region?: string): Promise<ECR>;
  /** @param region of the bucket; the clients' own if absent */
  s3(region?: string): Promise<S3>;
  sts(): Promise<STS>;
  quotas(): Promise<ServiceQuotas>;
  /**
   * Makes one call. Whatever AWS or its SDK throws ends as an AwsFailure.
   * @param asked the IAM action, such as `sagemaker:DescribeEndpoint`, or more about the request
   * @param make gets the options with which the run's cancellation ends the call
   */
  call<T>(asked: string | AwsRequest, make: (http: CallOptions) => Promise<T>): Promise<T>;
}

export interface CallOptions {
  readonly abortSignal?: AbortSignal;
}

export interface AwsCall {
  /** Such as `SageMakerClient`. */
  readonly client: string;
  /** Such as `DescribeEndpointCommand`. */
  readonly command: string;
  readonly input: unknown;
}

export interface AwsClientOptions {
  /** null: the SDK's own default chain. */
  readonly region: string | null;
  /** The file of docs/iam that allows the calls. */
  readonly guide?: string;
  /** Of the run. */
  readonly signal?: AbortSignal;
  /** Further settings of every client: endpoint, credentials, requestHandler, retryStrategy. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Called before every call is sent, once however often it is retried; for tests. */
  readonly record?: (call: AwsCall) => void | Promise<void>;
  /** Called for every call that was answered; for tests. */
  readonly recordDone?: (call: AwsCall) => void | Promise<void>;
}

interface AnyClient {
  readonly middlewareStack: { add(middleware: unknown, options: { step: 'initialize'; name: string }): void };
}

export function createAwsClients(options: AwsClientOptions): AwsClients {
  const made = new Map<string, Promise<AnyClient>>();
  const once = <T extends AnyClient>(name: string, load: () => Promise<T>): Promise<T> => {
    const known = made.get(name);
    if (known !== undefined) return known as Promise<T>;
    const client = load().then((loaded) => watched(loaded, options));
    made.set(name, client);
    return client;
  };
  const config = (region = options.region, limits?: TimeLimits) => ({
    ...awsClientConfig({ region }, limits),
    ...options.config,
  });
  return {
    region: options.region ?? '',
    sageMaker: () =>
      once('sagemaker', async () => new (await import('@aws-sdk/client-sagemaker')).SageMaker(config())),
    runtime: () =>
      once('runtime', async () => {
        const { SageMakerRuntime } = await import('@aws-sdk/client-sagemaker-runtime');
        // A retried inference would hide errors from whoever counts them.
        return new SageMakerRuntime({ ...config(undefined, TIME_LIMITS.invocation), maxAttempts: 1 });
      }),
    lambda: () => once('lambda', async () => new (await import('@aws-sdk/client-lambda')).Lambda(config())),
    gateway: () =>
      once('gateway', async () => new (await import('@aws-sdk/client-apigatewayv2')).ApiGatewayV2(config())),
    restGateway: () =>
      once(
        'rest-gateway',
        async () => new (await import('@aws-sdk/client-api-gateway')).APIGateway(config()),
      ),
    events: () =>
      once('events', async () => new (await import('@aws-sdk/client-eventbridge')).EventBridge(config())),
    autoScaling: () =>
      once('autoscaling', async () => {
        const { ApplicationAutoScaling } = await import('@aws-sdk/client-application-auto-scaling');
        return new ApplicationAutoScaling(config());
      }),
    cloudWatch: () =>
      once('cloudwatch', async () => new (await import('@aws-sdk/client-cloudwatch')).CloudWatch(config())),
    logs: () =>
      once('logs', async () => {
        const { CloudWatchLogs } = await import('@aws-sdk/client-cloudwatch-logs');
        return new CloudWatchLogs(config());
      }),
    iam: () => once('iam', async () => new (await import('@aws-sdk/client-iam')).IAM(config())),
    ecr: (region) =>
      once(`ecr ${region ?? ''}`, async () => new (await import('@aws-sdk/client-ecr')).ECR(config(region))),
    s3: (region) =>
      once(`s3 ${region ?? ''}`, async () => new (await import('@aws-sdk/client-s3')).S3(config(region))),
    sts: () => once('sts', async () => new (await import('@aws-sdk/client-sts')).STS(config())),
    quotas: () =>
      once('quotas', async () => {
        const { ServiceQuotas } = await import('@aws-sdk/client-service-quotas');
        return new ServiceQuotas(config());
      }),
    call: calling(options),
  };
}

function calling({ guide, signal }: AwsClientOptions): AwsClients['call'] {
  const http = signal === undefined ? {} : { abortSignal: signal };
  return (asked, make) => {
    const request = typeof asked === 'string' ? { operation: asked } : asked;
    return inAwsWords({ ...(guide === undefined ? {} : { guide }), ...request }, () => make(http), signal);
  };
}

function watched<T extends AnyClient>(client: T, { record, recordDone }: AwsClientOptions): T {
  if (record === undefined && recordDone === undefined) return client;
  type Next = (args: { input: unknown }) => Promise<unknown>;
  const watch =
    (next: Next, context: { clientName?: string; commandName?: string }) =>
    async (args: { input: unknown }) => {
      const call = {
        client: context.clientName ?? '',
        command: context.commandName ?? '',
        input: args.input,
      };
      await record?.(call);
      const answer = await next(args);
      await recordDone?.(call);
      return answer;
    };
  client.middlewareStack.add(watch, { step: 'initialize', name: 'ml-deploy-watch' });
  return client;
}
