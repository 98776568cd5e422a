/**
 * Blobs as block blobs: whole if they are small, in blocks if they are not.
 * https://learn.microsoft.com/rest/api/storageservices/understanding-block-blobs--append-blobs--and-page-blobs
 */
import type { Readable } from 'node:stream';
import { AzureFailure } from '../../clouds/azure/errors.ts';
import type { BufferPool } from '../../core/buffer-pool.ts';
import { UpstreamError } from '../../core/errors.ts';
import type { Part } from '../parts.ts';
import { partBytes, sendParts, sendStream } from '../send-stream.ts';
import { factsOf } from './reads.ts';
import type { BlobSession } from './session.ts';
import { blockIds, putBlob, putBlock, putBlockList, type WriteMode } from './writes.ts';

/** Azure takes 50,000; a bound may be a little too low if headers of names are long. */
const MOST_PARTS = 49_000;

export interface UploadOptions extends WriteMode {
  /** At most as many bytes will come. */
  readonly maxBytes: number;
  readonly onSent: (bytes: number) => void;
}

/** Returns false if the blob was there already. The stream is used up or destroyed. */
export async function uploadStream(
  session: BlobSession,
  key: string,
  source: Readable,
  options: UploadOptions,
): Promise<boolean> {
  return sendStream(
    source,
    { ...options, mostParts: MOST_PARTS },
    {
      whole: (bytes) => putBlob(session, key, bytes, options),
      inParts: (parts, pool) => uploadParts(session, key, parts, pool, options),
    },
  );
}

export function partBytesFor(maxBytes: number): number {
  return partBytes({ maxBytes, mostParts: MOST_PARTS });
}

async function uploadParts(
  session: BlobSession,
  key: string,
  parts: AsyncGenerator<Part>,
  pool: BufferPool,
  options: UploadOptions,
): Promise<boolean> {
  const idOf = blockIds();
  const ids: string[] = [];
  await sendParts(parts, pool, (bytes, index) => {
    const id = idOf(index);
    ids.push(id);
    return Promise.resolve(async () => {
      await putBlock(session, key, id, bytes);
      options.onSent(bytes.length);
    });
  });
  try {
    return await putBlockList(session, key, ids, options);
  } catch (error) {
    // A run that wrote the blob meanwhile threw our parts away.
    if (!(error instanceof AzureFailure) || error.code !== 'InvalidBlockList') throw error;
    if (!options.replace && (await factsOf(session, key)) !== null) return false;
    const url = session.urlOf(key);
    const message = `Somebody else wrote ${url} at the same time, or completed its upload. Run this step again.`;
    throw new UpstreamError('Azure', message, { cause: error });
  }
}
