/** Amazon Resource Names. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
import { partitionOf } from './partitions.ts';

export interface Arn {
  readonly service: string;
  /** '' for resources of no region, such as roles and buckets. */
  readonly region: string;
  /** 12 digits; '' for buckets. */
  readonly account: string;
  /** What follows: `role/name`, `model-package/group/1`, `bucket/key`. */
  readonly resource: string;
}

/** null for what is no ARN */
export function parseArn(text: string): Arn | null {
  const [, service, region, account, resource] =
    /^arn:aws(?:-[a-z]+)*:([a-z0-9-]+):([a-z0-9-]*):(\d{12}|):(.+)$/s.exec(text) ?? [];
  if (service === undefined || region === undefined || account === undefined || resource === undefined) {
    return null;
  }
  return { service, region, account, resource };
}

/** The ARN of a bucket, which names neither region nor account. @param region where the bucket is, for its partition */
export function bucketArn(bucket: string, region: string): string {
  return `arn:${partitionOf(region).name}:s3:::${bucket}`;
}
