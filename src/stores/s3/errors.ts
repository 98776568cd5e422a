/** What S3's errors mean for the user, and which permission is missing. */
import { CancelledError, messageOf, UpstreamError, UserError } from '../../core/errors.ts';

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
  readonly code?: string;
}

const SYSTEM = 'S3';

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

/** The region that a bucket is in, where S3 said so while refusing. */
function regionOf(error: SdkError): string | undefined {
  return error.$response?.headers?.['x-amz-bucket-region'] ?? error.Region;
}

const ELSEWHERE = ['PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'];
const CREDENTIALS = [
  'CredentialsProviderError',
  'InvalidAccessKeyId',
  'ExpiredToken',
  'SignatureDoesNotMatch',
  'RequestTimeTooSkewed',
];

/** An error of the SDK in our words; every other error stays as it is. */
export function explainS3Error(thrown: unknown, request: S3Request): unknown {
  if (request.signal?.aborted) return new CancelledError();
  if (thrown instanceof UserError || thrown instanceof UpstreamError || !(thrown instanceof Error)) {
    return thrown;
  }
  const error: SdkError = thrown;
  const { bucket, key, operation } = request;
  return (
    identityError(error, request) ??
    placeError(error, request) ??
    new UpstreamError(
      SYSTEM,
      `${operation} on s3://${bucket}/${key} failed (${wordsOf(error)}).${hintFor(error)}`,
      {
        cause: error,
      },
    )
  );
}

/** Of what never reached S3. */
function hintFor({ message, code = '' }: SdkError): string {
  return /ENOTFOUND|EAI_AGAIN|ECONN|ETIMEDOUT|EHOSTUNREACH/.test(`${code} ${message}`)
    ? ' Check aws-region, and that this machine may reach S3 (HTTPS_PROXY, AWS_ENDPOINT_URL).'
    : '';
}

/** What is wrong with who asks; null where nothing is. */
function identityError(error: SdkError, request: S3Request): UserError | null {
  if (isNamed(error, ...CREDENTIALS)) return noCredentials(error);
  return isStatus(error, 403) ? denied(error, request) : null;
}

/** What is wrong with what is asked for; null where nothing is. */
function placeError(error: SdkError, { bucket, key, region }: S3Request): UserError | null {
  const options = { cause: error };
  if (isNamed(error, 'NoSuchBucket')) {
    return new UserError(`There is no bucket "${bucket}". Check its name, or make it first.`, options);
  }
  if (isStatus(error, 301) || isNamed(error, ...ELSEWHERE)) {
    const actual = regionOf(error);
    const where = actual === undefined ? 'another region than' : `${actual}, not in`;
    return new UserError(
      `The bucket "${bucket}" is in ${where} ${region}. Set aws-region to the bucket's region; a model has to lie in the region of its endpoint.`,
      options,
    );
  }
  if (isStatus(error, 404)) {
    return new UserError(`There is no s3://${bucket}/${key}. Check the URL or the digest.`, options);
  }
  if (isNamed(error, 'InvalidTag')) {
    return new UserError(`S3 does not take the tags (${wordsOf(error)}).`, options);
  }
  if (!/region is missing/i.test(error.message)) return null;
  return new UserError('No AWS region is known. Set aws-region, or AWS_REGION in the environment.', options);
}

function noCredentials(error: SdkError): UserError {
  return new UserError(
    `AWS does not take the credentials of this step (${wordsOf(error)}). Run aws-actions/configure-aws-credentials before it.`,
    { cause: error, page: 'credentials' },
  );
}

function denied(error: SdkError, { operation, bucket, key, region, needs }: S3Request): UserError {
  // Newer answers name the one action; older ones, and all answers to HEAD, do not.
  const told = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(error.message)?.[1];
  const missing = told === undefined ? needs : [told];
  const arn = `arn:${partitionOf(region)}:s3:::${bucket}`;
  const list = missing.map((action) => `${action}${resourceOf(action, arn, key)}`).join(', ');
  return new UserError(
    `S3 refused ${operation} on s3://${bucket}/${key} (${wordsOf(error)}). The identity that runs this step needs ${list}. ` +
      'See docs/iam/package-model.md.',
    { cause: error },
  );
}

const OF_BUCKET = new Set(['s3:ListBucket', 's3:ListBucketMultipartUploads']);

function resourceOf(action: string, arn: string, key: string): string {
  if (action.startsWith('kms:')) return ' on the KMS key';
  return ` on ${OF_BUCKET.has(action) ? arn : `${arn}/${key}`}`;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

/** Such as `AccessDenied: Access Denied`; answers to HEAD have no words of their own. */
function wordsOf(error: SdkError): string {
  const status = error.$metadata?.httpStatusCode;
  const words =
    error.name === error.message || error.message === '' ? error.name : `${error.name}: ${messageOf(error)}`;
  return error.message === 'UnknownError' && status !== undefined ? `status ${status}` : words;
}
