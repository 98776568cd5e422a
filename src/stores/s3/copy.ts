/**
 * Copies an object inside S3: its bytes never come to this machine.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/copy-object.html
 */
import { messageOf, UserError } from '../../core/errors.ts';
import type { StoredObject } from '../../core/stores.ts';
import { parseS3Url } from './address.ts';
import { causeOf, isNamed, isStatus } from './errors.ts';
import { Lanes } from '../lanes.ts';
import { sizeOf } from './reads.ts';
import type { Call, S3Session } from './session.ts';
import {
  abortUploads,
  completeUpload,
  createUpload,
  isGone,
  listUploads,
  newObject,
  unlessThere,
  writeNeeds,
  type SentPart,
  type WriteMode,
} from './writes.ts';

/** What S3 copies in one call, at most. */
const LARGEST_COPY = 5 * 1024 ** 3;
const PART_BYTES = 512 * 1024 ** 2;
const PARALLEL_PARTS = 8;

export interface CopyOptions extends WriteMode {
  readonly onSent: (bytes: number) => void;
  /** Objects above this size are copied in parts of `partBytes`; for tests. */
  readonly largest?: number;
  readonly partBytes?: number;
}

/**
 * Returns false if the object was there already, and null if the server cannot copy, as some that are only
 * compatible with S3.
 * @throws UserError if the source is not what it was when it was read
 */
export async function copyObject(
  session: S3Session,
  key: string,
  source: StoredObject,
  options: CopyOptions,
): Promise<boolean | null> {
  try {
    const inParts = source.bytes > (options.largest ?? LARGEST_COPY);
    return await (inParts ? copyParts : copyWhole)(session, key, source, options);
  } catch (error) {
    const cause = causeOf(error);
    if (isStatus(cause, 501) || isNamed(cause, 'NotImplemented')) return null;
    if (isStatus(cause, 412)) throw replaced(source, cause);
    throw error;
  }
}

async function copyWhole(
  session: S3Session,
  key: string,
  source: StoredObject,
  { replace, onSent }: CopyOptions,
): Promise<boolean> {
  const command = new session.sdk.CopyObjectCommand({
    Bucket: session.bucket,
    Key: key,
    ...sourceOf(source),
    ChecksumAlgorithm: 'CRC64NVME',
    MetadataDirective: 'REPLACE',
    TaggingDirective: 'REPLACE',
    ...(replace ? {} : { IfNoneMatch: '*' }),
    ...newObject(session),
  });
  const call = callOf('CopyObject', key, session, false);
  const done = await unlessThere(session, key, () =>
    session.call(call, (client, http) => client.send(command, http)),
  );
  // The same status says that the target is there, and that the source is another one.
  if (!done && (replace || (await sizeOf(session, key)) === null)) throw replaced(source);
  onSent(source.bytes);
  return done;
}

async function copyParts(
  session: S3Session,
  key: string,
  source: StoredObject,
  options: CopyOptions,
): Promise<boolean> {
  const leftovers = await listUploads(session, key);
  const uploadId = await createUpload(session, key);
  let written: boolean;
  try {
    const parts = await sendRanges(session, key, uploadId, source, options);
    written = await completeUpload(session, key, uploadId, { parts, crc: null }, options);
  } catch (error) {
    // A run that was faster took our upload for a leftover.
    if (isGone(error) && (await sizeOf(session, key)) !== null) return false;
    await abortUploads(session, key, [uploadId]).catch((second: unknown) => {
      session.options.log?.debug(`The upload ${uploadId} could not be ended: ${messageOf(second)}`);
    });
    throw error;
  }
  await abortUploads(session, key, written ? leftovers : [uploadId, ...leftovers]);
  return written;
}

async function sendRanges(
  session: S3Session,
  key: string,
  uploadId: string,
  source: StoredObject,
  { onSent, partBytes = PART_BYTES }: CopyOptions,
): Promise<SentPart[]> {
  const sent: SentPart[] = [];
  const lanes = new Lanes(PARALLEL_PARTS);
  const call = callOf('UploadPartCopy', key, session, true);
  try {
    for (let from = 0, number = 1; from < source.bytes; from += partBytes, number++) {
      const to = Math.min(from + partBytes, source.bytes);
      const command = new session.sdk.UploadPartCopyCommand({
        Bucket: session.bucket,
        Key: key,
        UploadId: uploadId,
        PartNumber: number,
        CopySourceRange: `bytes=${from}-${to - 1}`,
        ...sourceOf(source),
      });
      await lanes.run(async () => {
        const { CopyPartResult } = await session.call(call, (client, http) => client.send(command, http));
        const { ETag = '', ChecksumCRC64NVME = '' } = CopyPartResult ?? {};
        sent[number - 1] = { number, etag: ETag, crc: ChecksumCRC64NVME };
        onSent(to - from);
      });
    }
    await lanes.all();
  } finally {
    await lanes.settled();
  }
  return sent;
}

function sourceOf({ url, version }: StoredObject): { CopySource: string; CopySourceIfMatch: string } {
  const { bucket, key } = parseS3Url(url);
  const path = key.split('/').map(encodeURIComponent).join('/');
  return { CopySource: `${bucket}/${path}`, CopySourceIfMatch: version };
}

function callOf(operation: string, key: string, session: S3Session, inParts: boolean): Call {
  return { operation, key, needs: [...writeNeeds(session, inParts), 's3:GetObject'] };
}

function replaced({ url }: StoredObject, cause?: unknown): UserError {
  return new UserError(`${url} was replaced while it was being read. Run this step again.`, { cause });
}
