export interface S3Location {
  readonly bucket: string;
  /** '' for the bucket itself; ends in a slash for a prefix, as an uncompressed model has. */
  readonly key: string;
}

/** null for anything that is not s3://bucket/key. */
export function parseS3Url(url: string): S3Location | null {
  const [, bucket, key = ''] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\/(.*)$/s.exec(url) ?? [];
  return bucket === undefined ? null : { bucket, key };
}
