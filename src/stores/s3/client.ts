import type { S3Client } from '@aws-sdk/client-s3';
import { awsClientConfig, TIME_LIMITS } from '../../clouds/aws/client-config.ts';
import type { S3Options } from './options.ts';

/** The SDK's module, loaded when an S3 store is opened and not before: it costs 100 ms. */
export type S3Module = typeof import('@aws-sdk/client-s3');

export async function loadS3(): Promise<S3Module> {
  return import('@aws-sdk/client-s3');
}

export function createS3Client(
  module: S3Module,
  { region = null, endpoint = null, config = {} }: S3Options,
): S3Client {
  const client = new module.S3Client({
    ...awsClientConfig({ region }, TIME_LIMITS.object),
    ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
    // Ours are computed on the way (CRC64NVME), and the SDK need not do it again.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...config,
  });
  leaveBodiesToTls(client);
  return client;
}

/**
 * A signature with a sha256 of each body costs as much as everything else together, and says nothing that TLS and the
 * CRC64NVME of the same body do not say. Without TLS it stays.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
function leaveBodiesToTls(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => (args) => {
      const request = args.request as { protocol?: string; headers?: Record<string, string> };
      const sendsData =
        context.commandName === 'UploadPartCommand' || context.commandName === 'PutObjectCommand';
      if (sendsData && request.protocol === 'https:' && request.headers) {
        request.headers['x-amz-content-sha256'] = 'UNSIGNED-PAYLOAD';
      }
      return next(args);
    },
    { step: 'build', name: 'leaveBodiesToTls' },
  );
}
