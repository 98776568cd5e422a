/**
 * The AWS clients, in one place. Each is imported with its first use: an SDK client costs some 100 ms to
 * load, and most runs need two or three of them. AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_<SERVICE> and the credentials are
 * read by the SDK itself.
 */
import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { ECR } from '@aws-sdk/client-ecr';
import type { IAM } from '@aws-sdk/client-iam';
import type { S3 } from '@aws-sdk/client-s3';
import type { SageMaker } from '@aws-sdk/client-sagemaker';
import type { SageMakerRuntime } from '@aws-sdk/client-sagemaker-runtime';
import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import type { STS } from '@aws-sdk/client-sts';
import { awsClientConfig } from './client-config.ts';
import { awsFailure } from './errors.ts';

/** The aggregated clients: one method for each call of the API, such as `describeEndpoint`. */
export interface AwsClients {
  readonly region: string;
  sageMaker(): Promise<SageMaker>;
  runtime(): Promise<SageMakerRuntime>;
  autoScaling(): Promise<ApplicationAutoScaling>;
  cloudWatch(): Promise<CloudWatch>;
  logs(): Promise<CloudWatchLogs>;
  iam(): Promise<IAM>;
  /** @param region where the image lies; the target's own where absent */
  ecr(region?: string): Promise<ECR>;
  /** @param region where the bucket lies; the target's own where absent */
  s3(region?: string): Promise<S3>;
  sts(): Promise<STS>;
  quotas(): Promise<ServiceQuotas>;
  /**
   * Makes one call. What AWS refuses for want of a permission ends as a DeniedError that names `permission`.
   * Everything else comes as the SDK threw it: its `name` is AWS's error code.
   * @param permission the IAM action, such as `sagemaker:DescribeEndpoint`
   */
  call<T>(permission: string, make: () => Promise<T>): Promise<T>;
}

export interface AwsCall {
  /** Such as `SageMakerClient`. */
  readonly client: string;
  /** Such as `DescribeEndpointCommand`. */
  readonly command: string;
  readonly input: unknown;
}

export interface AwsClientOptions {
  readonly region: string;
  /** Further settings of every client: endpoint, credentials, requestHandler, retryStrategy. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Told of every call before it is sent, once however often it is retried; for tests. */
  readonly record?: (call: AwsCall) => void | Promise<void>;
  /** Told of every call that was answered; for tests. */
  readonly recordDone?: (call: AwsCall) => void | Promise<void>;
}

/** The SDK's own retries, with its growing pauses: throttling, dropped connections, trouble on the other side. */
const MAX_ATTEMPTS = 5;
const REQUEST_HANDLER = { connectionTimeout: 10_000, requestTimeout: 30_000, throwOnRequestTimeout: true };
/** A model answers within 60 seconds or not at all. */
const INVOKE_HANDLER = { ...REQUEST_HANDLER, requestTimeout: 70_000 };

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
  const config = (region = options.region, handler: object = REQUEST_HANDLER) => ({
    region,
    maxAttempts: MAX_ATTEMPTS,
    retryMode: 'standard',
    requestHandler: { ...awsClientConfig({ region }).requestHandler, ...handler },
    ...options.config,
  });
  return {
    region: options.region,
    sageMaker: () =>
      once('sagemaker', async () => new (await import('@aws-sdk/client-sagemaker')).SageMaker(config())),
    runtime: () =>
      once('runtime', async () => {
        const { SageMakerRuntime } = await import('@aws-sdk/client-sagemaker-runtime');
        // A retried inference would hide errors from whoever counts them.
        return new SageMakerRuntime({ ...config(undefined, INVOKE_HANDLER), maxAttempts: 1 });
      }),
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
    call: async (permission, make) => {
      try {
        return await make();
      } catch (error) {
        throw awsFailure(error, permission);
      }
    },
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
