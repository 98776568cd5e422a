/**
 * Objects, whole if they are small, as multipart uploads if they are not.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
import type { Readable } from 'node:stream';
import type { BufferPool } from '../../core/buffer-pool.ts';
import { messageOf, UpstreamError } from '../../core/errors.ts';
import type { Part } from '../parts.ts';
import { partBytes, sendParts, sendStream } from '../send-stream.ts';
import { combineCrc64, crc64, crc64Text } from './crc64.ts';
import { sizeOf } from './reads.ts';
import type { S3Session } from './session.ts';
import {
  abortUploads,
  completeUpload,
  createUpload,
  isGone,
  listUploads,
  putObject,
  uploadPart,
  type SentPart,
  type WriteMode,
} from './writes.ts';

/** S3 takes 10,000; a bound may be a little too low if headers of names are long. */
const MOST_PARTS = 9_500;

export interface UploadOptions extends WriteMode {
  /** At most as many bytes will come. */
  readonly maxBytes: number;
  readonly onSent: (bytes: number) => void;
}

/** Returns false if the object was there already. The stream is used up or destroyed. */
export async function uploadStream(
  session: S3Session,
  key: string,
  source: Readable,
  options: UploadOptions,
): Promise<boolean> {
  return sendStream(
    source,
    { ...options, mostParts: MOST_PARTS },
    {
      whole: (bytes) => putObject(session, key, bytes, options),
      inParts: (parts, pool) => uploadParts(session, key, parts, pool, options),
    },
  );
}

export function partBytesFor(maxBytes: number): number {
  return partBytes({ maxBytes, mostParts: MOST_PARTS });
}

async function uploadParts(
  session: S3Session,
  key: string,
  parts: AsyncGenerator<Part>,
  pool: BufferPool,
  options: UploadOptions,
): Promise<boolean> {
  // Before anything is sent, and before our own is among them.
  const leftovers = await listUploads(session, key);
  const uploadId = await createUpload(session, key);
  let written: boolean;
  try {
    const sent = await uploadEach(session, key, uploadId, parts, pool, options.onSent);
    written = await completeUpload(session, key, uploadId, sent, options);
  } catch (error) {
    if (isGone(error)) return afterEnd(session, key, error);
    // What went wrong first is what the user has to know.
    await abortUploads(session, key, [uploadId]).catch((second: unknown) => {
      session.options.log?.debug(`The upload ${uploadId} could not be ended: ${messageOf(second)}`);
    });
    throw error;
  }
  await abortUploads(session, key, written ? leftovers : [uploadId, ...leftovers]);
  return written;
}

/** A run that was faster took our upload for a leftover. */
async function afterEnd(session: S3Session, key: string, cause: unknown): Promise<boolean> {
  if ((await sizeOf(session, key)) !== null) return false;
  const url = session.urlOf(key);
  throw new UpstreamError('S3', `Somebody else ended the upload of ${url}. Run this step again.`, { cause });
}

async function uploadEach(
  session: S3Session,
  key: string,
  uploadId: string,
  parts: AsyncGenerator<Part>,
  pool: BufferPool,
  onSent: (bytes: number) => void,
): Promise<{ parts: SentPart[]; crc: bigint }> {
  const sent: SentPart[] = [];
  // That of no bytes, with which every other one may be combined.
  let crc = 0n;
  await sendParts(parts, pool, async (bytes, index) => {
    const own = await crc64(bytes);
    crc = combineCrc64(crc, own, bytes.length);
    const part: SentPart = { number: index + 1, crc: crc64Text(own), etag: '' };
    sent.push(part);
    return async () => {
      const etag = await uploadPart(session, key, uploadId, part, bytes);
      sent[index] = { ...part, etag };
      onSent(bytes.length);
    };
  });
  return { parts: sent, crc };
}
