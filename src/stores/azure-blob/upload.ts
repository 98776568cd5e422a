/**
 * Sends a stream to Azure Blob while it is made: nothing is kept on disk, and memory holds a few parts, whatever the size.
 * https://learn.microsoft.com/rest/api/storageservices/understanding-block-blobs--append-blobs--and-page-blobs
 */
import type { Readable } from 'node:stream';
import { AzureFailure } from '../../clouds/azure/errors.ts';
import { BufferPool } from '../../core/buffer-pool.ts';
import { UpstreamError } from '../../core/errors.ts';
import { Lanes } from '../lanes.ts';
import { cutIntoParts, prepend, type Part } from '../parts.ts';
import { factsOf } from './reads.ts';
import type { BlobSession } from './session.ts';
import { blockIds, putBlob, putBlock, putBlockList, type WriteMode } from './writes.ts';

/** Also the size from which on a blob is sent in parts. */
export const PART_BYTES = 8 * 1024 * 1024;
/** Azure takes 50,000; a bound may be a little too low where headers of names are long. */
const MOST_PARTS = 49_000;
const PARALLEL_PARTS = 3;

export interface UploadOptions extends WriteMode {
  /** At most as many bytes will come. */
  readonly maxBytes: number;
  readonly onSent: (bytes: number) => void;
}

/** Returns false where the blob was there already. The stream is used up or destroyed. */
export async function uploadStream(
  session: BlobSession,
  key: string,
  source: Readable,
  options: UploadOptions,
): Promise<boolean> {
  const pool = new BufferPool(partBytesFor(options.maxBytes));
  const parts = cutIntoParts(source, pool);
  try {
    const first = await parts.next();
    if (first.done === true) return await putBlob(session, key, Buffer.alloc(0), options);
    if (!first.value.isLast)
      return await uploadParts(session, key, prepend(first.value, parts), pool, options);
    const done = await putBlob(session, key, first.value.bytes, options);
    options.onSent(first.value.bytes.length);
    return done;
  } finally {
    source.destroy();
  }
}

/** A whole number of MiB that lets everything fit into the number of parts that Azure takes. */
export function partBytesFor(maxBytes: number): number {
  const mebibyte = 1024 * 1024;
  return Math.max(PART_BYTES, Math.ceil(maxBytes / MOST_PARTS / mebibyte) * mebibyte);
}

async function uploadParts(
  session: BlobSession,
  key: string,
  parts: AsyncGenerator<Part>,
  pool: BufferPool,
  options: UploadOptions,
): Promise<boolean> {
  const ids = await sendParts(session, key, parts, pool, options.onSent);
  try {
    return await putBlockList(session, key, ids, options);
  } catch (error) {
    // A run that wrote the blob meanwhile threw our parts away.
    if (!(error instanceof AzureFailure) || error.code !== 'InvalidBlockList') throw error;
    if (!options.replace && (await factsOf(session, key)) !== null) return false;
    const url = session.urlOf(key);
    const message = `Somebody else wrote ${url} at the same time, or ended its upload. Run this step again.`;
    throw new UpstreamError('Azure', message, { cause: error });
  }
}

async function sendParts(
  session: BlobSession,
  key: string,
  parts: AsyncGenerator<Part>,
  pool: BufferPool,
  onSent: (bytes: number) => void,
): Promise<string[]> {
  const idOf = blockIds();
  const ids: string[] = [];
  const lanes = new Lanes(PARALLEL_PARTS);
  try {
    for await (const { bytes } of parts) {
      const id = idOf(ids.length);
      ids.push(id);
      await lanes.run(async () => {
        await putBlock(session, key, id, bytes);
        onSent(bytes.length);
        pool.give(bytes);
      });
    }
    await lanes.all();
  } finally {
    await lanes.settled();
  }
  return ids;
}
