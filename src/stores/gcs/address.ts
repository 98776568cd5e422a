import { UserError } from '../../core/errors.ts';

export interface GcsAddress {
  readonly bucket: string;
  /** Without a slash at its start; '' for the bucket itself. A gs:// URL has the name as it is, with no % in it. */
  readonly key: string;
}

/** https://cloud.google.com/storage/docs/buckets#naming */
const BUCKET = /^[a-z0-9](?:[a-z0-9_-]|\.(?!\.)){1,220}[a-z0-9]$/;

/** @throws UserError for a URL that names no bucket */
export function parseGcsUrl(url: string): GcsAddress {
  const [, bucket = '', key = ''] = /^gs:\/\/([^/]*)\/*(.*)$/is.exec(url) ?? [];
  if (!BUCKET.test(bucket)) {
    throw new UserError(
      `"${url}" names no bucket: "${bucket}" is not 3 to 222 small letters, digits, dots, hyphens and underscores. Write gs://bucket/prefix.`,
    );
  }
  return { bucket, key };
}
