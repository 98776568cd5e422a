import { UserError } from '../../core/errors.ts';

export interface S3Address {
  readonly bucket: string;
  /** Without a slash at its start; '' for the bucket itself. */
  readonly key: string;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ACCESS_POINT = /^arn:aws[a-z-]*:s3:[a-z0-9-]+:\d{12}:accesspoint\/[a-z0-9-]+$/;

/** @throws UserError for a URL that names no bucket. */
export function parseS3Url(url: string): S3Address {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]*)\/*(.*)$/is.exec(url) ?? [];
  if (ACCESS_POINT.test(url.slice('s3://'.length))) {
    throw new UserError(`"${url}" is an access point. Give the bucket behind it: s3://bucket/prefix.`);
  }
  if (!BUCKET.test(bucket) || bucket.includes('..')) {
    throw new UserError(
      `"${url}" names no bucket: "${bucket}" is not 3 to 63 small letters, digits, dots and hyphens. Write s3://bucket/prefix.`,
    );
  }
  return { bucket, key };
}
