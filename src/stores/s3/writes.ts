/** Writing to S3. Keys are whole here: the store's prefix is in them. */
import type { ListMultipartUploadsCommandOutput } from '@aws-sdk/client-s3';
import { UpstreamError } from '../../core/errors.ts';
import { crc64, crc64Text } from './crc64.ts';
import { causeOf, isNamed, isStatus } from './errors.ts';
import { sizeOf } from './reads.ts';
import type { S3Session } from './session.ts';

export interface SentPart {
  readonly number: number;
  /** CRC64NVME of the part, as S3 writes it; '' if it is not known. */
  readonly crc: string;
  readonly etag: string;
}

/** Writes happen only if there is no object, unless they are to replace one. */
export interface WriteMode {
  readonly replace: boolean;
}

/** How often, a second apart, it is asked whether the object of a run that wrote at the same time is there. */
const CONFLICT_CHECKS = 30;

/** Returns false if it was there already. */
export async function putObject(
  session: S3Session,
  key: string,
  bytes: Buffer,
  { replace }: WriteMode,
): Promise<boolean> {
  const command = new session.sdk.PutObjectCommand({
    Bucket: session.bucket,
    Key: key,
    Body: bytes,
    ChecksumCRC64NVME: crc64Text(await crc64(bytes)),
    ...(replace ? {} : { IfNoneMatch: '*' }),
    ...newObject(session),
  });
  const call = { operation: 'PutObject', key, needs: writeNeeds(session, false) };
  return unlessThere(session, key, () => session.call(call, (client, http) => client.send(command, http)));
}

/** Returns the upload's name. */
export async function createUpload(session: S3Session, key: string): Promise<string> {
  const command = new session.sdk.CreateMultipartUploadCommand({
    Bucket: session.bucket,
    Key: key,
    ChecksumAlgorithm: 'CRC64NVME',
    ChecksumType: 'FULL_OBJECT',
    ...newObject(session),
  });
  const call = { operation: 'CreateMultipartUpload', key, needs: writeNeeds(session, true) };
  const { UploadId } = await session.call(call, (client, http) => client.send(command, http));
  if (UploadId === undefined) throw new UpstreamError('S3', 'S3 began an upload without a name for it.');
  return UploadId;
}

/** Returns the part's ETag. */
export async function uploadPart(
  session: S3Session,
  key: string,
  uploadId: string,
  part: Omit<SentPart, 'etag'>,
  bytes: Buffer,
): Promise<string> {
  const command = new session.sdk.UploadPartCommand({
    Bucket: session.bucket,
    Key: key,
    UploadId: uploadId,
    PartNumber: part.number,
    Body: bytes,
    ChecksumCRC64NVME: part.crc,
  });
  const call = { operation: 'UploadPart', key, needs: writeNeeds(session, true) };
  return (await session.call(call, (client, http) => client.send(command, http))).ETag ?? '';
}

/** Returns false if another run was faster. `crc` is null if only S3 has seen the bytes. */
export async function completeUpload(
  session: S3Session,
  key: string,
  uploadId: string,
  { parts, crc }: { readonly parts: readonly SentPart[]; readonly crc: bigint | null },
  { replace }: WriteMode,
): Promise<boolean> {
  const command = new session.sdk.CompleteMultipartUploadCommand({
    Bucket: session.bucket,
    Key: key,
    UploadId: uploadId,
    ...(crc === null ? {} : { ChecksumCRC64NVME: crc64Text(crc) }),
    ChecksumType: 'FULL_OBJECT',
    ...(replace ? {} : { IfNoneMatch: '*' }),
    MultipartUpload: {
      Parts: parts.map((part) => ({
        PartNumber: part.number,
        ETag: part.etag,
        ...(part.crc === '' ? {} : { ChecksumCRC64NVME: part.crc }),
      })),
    },
  });
  const call = { operation: 'CompleteMultipartUpload', key, needs: writeNeeds(session, true) };
  return unlessThere(session, key, () => session.call(call, (client, http) => client.send(command, http)));
}

/** Names of the uploads of this very object that were begun and neither finished nor ended. */
export async function listUploads(session: S3Session, key: string): Promise<string[]> {
  const call = { operation: 'ListMultipartUploads', key: '', needs: ['s3:ListBucketMultipartUploads'] };
  return session.call(call, async (client, http) => {
    const ids: string[] = [];
    let marker: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | null = {};
    while (marker !== null) {
      const command = new session.sdk.ListMultipartUploadsCommand({
        Bucket: session.bucket,
        Prefix: key,
        ...marker,
      });
      const page: ListMultipartUploadsCommandOutput = await client.send(command, http);
      for (const { Key, UploadId } of page.Uploads ?? []) {
        if (Key === key && UploadId !== undefined) ids.push(UploadId);
      }
      marker = page.IsTruncated
        ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
        : null;
    }
    return ids;
  });
}

/** Ends uploads, also when the run was cancelled; one that has ended already is no error. */
export async function abortUploads(
  session: S3Session,
  key: string,
  uploadIds: readonly string[],
): Promise<void> {
  const call = { operation: 'AbortMultipartUpload', key, needs: ['s3:AbortMultipartUpload'], always: true };
  for (const UploadId of uploadIds) {
    const command = new session.sdk.AbortMultipartUploadCommand({
      Bucket: session.bucket,
      Key: key,
      UploadId,
    });
    try {
      await session.call(call, (client) => client.send(command));
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
}

/** Whether an error says that an upload was ended. */
export function isGone(error: unknown): boolean {
  return isNamed(causeOf(error), 'NoSuchUpload');
}

/** What every new object gets. */
export function newObject({ options: { kmsKeyId, tags } }: S3Session) {
  const query = [...(tags ?? [])].map((pair) => pair.map(encodeURIComponent).join('=')).join('&');
  return {
    ...(kmsKeyId ? { ServerSideEncryption: 'aws:kms' as const, SSEKMSKeyId: kmsKeyId } : {}),
    ...(query === '' ? {} : { Tagging: query }),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html */
export function writeNeeds({ options: { kmsKeyId, tags } }: S3Session, inParts: boolean): string[] {
  return [
    's3:PutObject',
    ...(tags && tags.size > 0 ? ['s3:PutObjectTagging'] : []),
    ...(kmsKeyId ? ['kms:GenerateDataKey', ...(inParts ? ['kms:Decrypt'] : [])] : []),
  ];
}

/** Runs a conditional write. A write of another run at the same moment is waited for. */
export async function unlessThere(
  session: S3Session,
  key: string,
  write: () => Promise<unknown>,
): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    const cause = causeOf(error);
    if (isStatus(cause, 412)) return false;
    if (!isStatus(cause, 409)) throw error;
    const { clock } = session.options;
    for (let checks = 0; checks < CONFLICT_CHECKS; checks++) {
      if ((await sizeOf(session, key)) !== null) return false;
      await clock?.sleep(1000, session.signal);
    }
    throw error;
  }
}
