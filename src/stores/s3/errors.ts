/** What S3's errors mean for the user: those about a place are S3's own, all others those of every AWS client. */
import { bucketArn } from '../../clouds/aws/arn.ts';
import { AwsFailure, awsFailure } from '../../clouds/aws/errors.ts';
import { permissionIn } from '../../clouds/aws/error-kinds.ts';
import { CancelledError, UpstreamError, UserError } from '../../core/errors.ts';

/** What was asked of S3, for messages. */
export interface S3Request {
  readonly operation: string;
  readonly bucket: string;
  /** '' for the bucket itself. */
  readonly key: string;
  readonly region: string;
  /** Actions that the identity needs for it; S3 tells only sometimes which one is missing. */
  readonly needs: readonly string[];
  readonly signal: AbortSignal | undefined;
}

interface SdkError extends Error {
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
  readonly Region?: string;
}

const GUIDE = 'docs/iam/package-model.md';

export function isStatus(error: unknown, status: number): boolean {
  return error instanceof Error && (error as SdkError).$metadata?.httpStatusCode === status;
}

export function isNamed(error: unknown, ...names: readonly string[]): boolean {
  return error instanceof Error && names.includes(error.name);
}

/** The SDK's error behind one of ours. */
export function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}

/** The region that a bucket is in, if S3 said so while refusing. */
function regionOf(error: SdkError): string | undefined {
  return error.$response?.headers?.['x-amz-bucket-region'] ?? error.Region;
}

const ELSEWHERE = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'];

/** An error of the SDK in our words; every other error stays as it is. */
export function explainS3Error(thrown: unknown, request: S3Request): unknown {
  if (request.signal?.aborted) return new CancelledError();
  if (thrown instanceof UserError || thrown instanceof UpstreamError || !(thrown instanceof Error)) {
    return thrown;
  }
  return placeError(thrown, request) ?? awsFailure(thrown, asked(request));
}

/** Whether an error of ours names the cause, after one that had none: a missing object is none, nor a bare "denied". */
export function saysMore(error: unknown): boolean {
  if (error instanceof UserError) return error.page === 'wrong-account';
  if (!(error instanceof AwsFailure) || !error.refusesCaller) return false;
  return error.kind !== 'denied' || permissionIn(error.said) !== null;
}

/** What is wrong with the place that is asked for; null if nothing is. */
function placeError(error: SdkError, { bucket, key, region }: S3Request): UserError | null {
  const options = { cause: error };
  if (isNamed(error, 'NoSuchBucket')) {
    return new UserError(`There is no bucket "${bucket}". Check its name, or create it first.`, {
      ...options,
      page: 'not-found',
    });
  }
  if (isStatus(error, 301) || isNamed(error, ...ELSEWHERE)) {
    const actual = regionOf(error);
    const where = actual === undefined ? 'another region than' : `${actual}, not in`;
    return new UserError(
      `The bucket "${bucket}" is in ${where} ${region}. Set aws-region to the bucket's region; a model must be in the region of its endpoint.`,
      { ...options, page: 'wrong-account' },
    );
  }
  if (isStatus(error, 404)) {
    return new UserError(`There is no s3://${bucket}/${key}. Check the URL or the digest.`, {
      ...options,
      page: 'not-found',
    });
  }
  if (!isNamed(error, 'InvalidTag')) return null;
  return new UserError(`S3 refused the tags (${error.name}: ${error.message}).`, options);
}

function asked({ operation, bucket, key, region, needs }: S3Request) {
  const arn = bucketArn(bucket, region);
  return {
    operation: `s3:${operation}`,
    on: `s3://${bucket}/${key}`,
    needs: needs.map((action) => `${action}${resourceOf(action, arn, key)}`),
    guide: GUIDE,
  };
}

const OF_BUCKET = new Set(['s3:ListBucket', 's3:ListBucketMultipartUploads']);

function resourceOf(action: string, arn: string, key: string): string {
  if (action.startsWith('kms:')) return ' on the KMS key';
  return ` on ${OF_BUCKET.has(action) ? arn : `${arn}/${key}`}`;
}
