/**
 * Sends a stream to S3 while it is made: nothing is kept on disk, and memory holds a few parts, whatever the size.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 */
import type { Readable } from 'node:stream';
import { BufferPool } from '../../core/buffer-pool.ts';
import { messageOf, UpstreamError } from '../../core/errors.ts';
import { cutIntoParts, prepend, type Part } from '../parts.ts';
import { combineCrc64, crc64, crc64Text } from './crc64.ts';
import { Lanes } from '../lanes.ts';
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

/** Also the size from which on an object is sent in parts. */
export const PART_BYTES = 8 * 1024 * 1024;
/** S3 takes 10,000; a bound may be a little too low where headers of names are long. */
const MOST_PARTS = 9_500;
const PARALLEL_PARTS = 3;

export interface UploadOptions extends WriteMode {
  /** At most as many bytes will come. */
  readonly maxBytes: number;
  readonly onSent: (bytes: number) => void;
}

/** Returns false where the object was there already. The stream is used up or destroyed. */
export async function uploadStream(
  session: S3Session,
  key: string,
  source: Readable,
  options: UploadOptions,
): Promise<boolean> {
  const pool = new BufferPool(partBytesFor(options.maxBytes));
  const parts = cutIntoParts(source, pool);
  try {
    const first = await parts.next();
    if (first.done === true) return await putObject(session, key, Buffer.alloc(0), options);
    if (!first.value.isLast)
      return await uploadParts(session, key, prepend(first.value, parts), pool, options);
    const done = await putObject(session, key, first.value.bytes, options);
    options.onSent(first.value.bytes.length);
    return done;
  } finally {
    source.destroy();
  }
}

/** A whole number of MiB that lets everything fit into the number of parts that S3 takes. */
export function partBytesFor(maxBytes: number): number {
  const mebibyte = 1024 * 1024;
  return Math.max(PART_BYTES, Math.ceil(maxBytes / MOST_PARTS / mebibyte) * mebibyte);
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
    const sent = await sendParts(session, key, uploadId, parts, pool, options.onSent);
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

async function sendParts(
  session: S3Session,
  key: string,
  uploadId: string,
  parts: AsyncGenerator<Part>,
  pool: BufferPool,
  onSent: (bytes: number) => void,
): Promise<{ parts: SentPart[]; crc: bigint }> {
  const sent: SentPart[] = [];
  const lanes = new Lanes(PARALLEL_PARTS);
  let crc: bigint | null = null;
  try {
    for await (const { bytes } of parts) {
      const number = sent.length + 1;
      const own = await crc64(bytes);
      crc = crc === null ? own : combineCrc64(crc, own, bytes.length);
      const part: SentPart = { number, crc: crc64Text(own), etag: '' };
      sent.push(part);
      await lanes.run(async () => {
        const etag = await uploadPart(session, key, uploadId, part, bytes);
        sent[number - 1] = { ...part, etag };
        onSent(bytes.length);
        pool.give(bytes);
      });
    }
    await lanes.all();
  } finally {
    await lanes.settled();
  }
  return { parts: sent, crc: crc ?? 0n };
}
