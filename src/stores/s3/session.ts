/** What every call of S3 goes through: the client, the bucket, cancellation, and errors that are explained. */
import type { S3Client } from '@aws-sdk/client-s3';
import { createS3Client, loadS3, type S3Module } from './client.ts';
import { explainS3Error } from './errors.ts';
import type { S3Options } from './options.ts';

const NEVER = new AbortController().signal;

export interface Call {
  /** As S3 calls it. */
  readonly operation: string;
  /** Whole, with the store's prefix; '' for the bucket itself. */
  readonly key: string;
  /** Actions that the identity needs for it. */
  readonly needs: readonly string[];
  /** Goes on when the run was cancelled. */
  readonly always?: boolean;
}

export class S3Session {
  readonly bucket: string;
  readonly sdk: S3Module;
  readonly client: S3Client;
  readonly options: S3Options;

  private constructor(bucket: string, options: S3Options, sdk: S3Module) {
    this.bucket = bucket;
    this.options = options;
    this.sdk = sdk;
    this.client = createS3Client(sdk, options);
  }

  static async open(bucket: string, options: S3Options): Promise<S3Session> {
    return new S3Session(bucket, options, await loadS3());
  }

  get signal(): AbortSignal {
    return this.options.signal ?? NEVER;
  }

  urlOf(key: string): string {
    return `s3://${this.bucket}/${key}`;
  }

  /** @throws what `explainS3Error` makes of the SDK's errors; those are in `cause`. */
  async call<T>(
    { operation, key, needs, always = false }: Call,
    send: (client: S3Client, http: { abortSignal: AbortSignal }) => Promise<T>,
  ): Promise<T> {
    const signal = always ? NEVER : this.signal;
    try {
      return await send(this.client, { abortSignal: signal });
    } catch (error) {
      const region = await this.client.config.region().catch(() => 'the region that is set');
      throw explainS3Error(error, { operation, bucket: this.bucket, key, region, needs, signal });
    }
  }
}
