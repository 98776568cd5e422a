import type { AwsSettings } from '../../clouds/aws/client-config.ts';
import type { Clock, Logger } from '../../core/ports.ts';

/** The options of an S3 store; all can be left out. */
export interface S3Options extends Partial<AwsSettings> {
  /** An S3 that is not Amazon's, or a test's; buckets are in its paths then. null for Amazon's. */
  readonly endpoint?: string | null;
  /** Further settings of the client, such as its credentials. */
  readonly config?: Readonly<Record<string, unknown>>;
  /** Encrypts new objects with this KMS key; null for the bucket's own default. */
  readonly kmsKeyId?: string | null;
  /** Tags of new objects. */
  readonly tags?: ReadonlyMap<string, string> | null;
  /** Both together give progress lines. */
  readonly log?: Pick<Logger, 'info' | 'debug'>;
  readonly clock?: Pick<Clock, 'monotonic' | 'sleep'>;
  readonly signal?: AbortSignal;
}
