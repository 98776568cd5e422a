import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { Crc64Nvme } from '@aws-sdk/crc64-nvme';
import { AwsError } from '../errors.ts';
import type { World } from '../world.ts';

export interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly modified: Date;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  /** By the name of the header that carries it, without `x-amz-checksum-`. */
  readonly checksums: Readonly<Record<string, string>>;
  readonly versionId: string;
}

export interface Bucket {
  readonly region: string;
  readonly objects: Map<string, StoredObject>;
}

export interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly contentType: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly parts: Map<number, Buffer>;
}

export interface S3State {
  readonly world: World;
  readonly buckets: Map<string, Bucket>;
  readonly uploads: Map<string, Upload>;
}

export function createS3State(world: World): S3State {
  return { world, buckets: new Map(), uploads: new Map() };
}

export function bucketOf({ buckets }: S3State, name: string): Bucket {
  const bucket = buckets.get(name);
  if (bucket === undefined) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404);
  return bucket;
}

export function objectOf(state: S3State, bucket: string, key: string): StoredObject {
  const found = bucketOf(state, bucket).objects.get(key);
  if (found === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
  return found;
}

export async function store(
  state: S3State,
  bucket: string,
  key: string,
  body: Buffer,
  options: { contentType?: string; metadata?: Readonly<Record<string, string>>; parts?: number } = {},
): Promise<StoredObject> {
  const md5 = createHash('md5').update(body).digest('hex');
  const made: StoredObject = {
    body,
    etag: options.parts === undefined ? `"${md5}"` : `"${md5}-${options.parts}"`,
    modified: state.world.time.now(),
    contentType: options.contentType ?? 'binary/octet-stream',
    metadata: options.metadata ?? {},
    checksums: { crc64nvme: await checksum('crc64nvme', body) },
    versionId: state.world.id('v'),
  };
  bucketOf(state, bucket).objects.set(key, made);
  return made;
}

/** In base64, as S3 has them. */
export async function checksum(algorithm: string, body: Buffer): Promise<string> {
  switch (algorithm) {
    case 'crc32': {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(crc32(body));
      return bytes.toString('base64');
    }
    case 'sha1':
    case 'sha256':
      return createHash(algorithm).update(body).digest('base64');
    case 'crc64nvme': {
      const crc = new Crc64Nvme();
      crc.update(body);
      return Buffer.from(await crc.digest()).toString('base64');
    }
    default:
      throw new AwsError('NotImplemented', `The fake knows no checksum ${algorithm}.`, 501);
  }
}
