/** Sends a stream to an object store while it is made: nothing is kept on disk, and memory holds a few parts of it. */
import type { Readable } from 'node:stream';
import { BufferPool } from '../core/buffer-pool.ts';
import { Lanes } from './lanes.ts';
import { cutIntoParts, prepend, type Part } from './parts.ts';

const MEBIBYTE = 1024 * 1024;
/** Also the size from which on an object is sent in parts. */
export const PART_BYTES = 8 * MEBIBYTE;
/** How many are in progress at a time. */
const PARALLEL_PARTS = 3;

export interface StreamLimits {
  /** At most as many bytes will come. */
  readonly maxBytes: number;
  /** How many parts the store takes; a little fewer, because the bound may be too low if headers of names are long. */
  readonly mostParts: number;
}

export interface StreamOptions extends StreamLimits {
  /** Of a stream that is sent whole; who sends parts tells of them. */
  readonly onSent: (bytes: number) => void;
}

/** Both return false if the object was there already. */
export interface Sender {
  whole(bytes: Buffer): Promise<boolean>;
  /** The buffers of parts that were sent go back to the pool. */
  inParts(parts: AsyncGenerator<Part>, pool: BufferPool): Promise<boolean>;
}

/** Returns false if the object was there already. The stream is used up or destroyed. */
export async function sendStream(source: Readable, options: StreamOptions, sender: Sender): Promise<boolean> {
  const pool = new BufferPool(partBytes(options));
  const parts = cutIntoParts(source, pool);
  try {
    const first = await parts.next();
    if (first.done === true) return await sender.whole(Buffer.alloc(0));
    if (!first.value.isLast) return await sender.inParts(prepend(first.value, parts), pool);
    const done = await sender.whole(first.value.bytes);
    options.onSent(first.value.bytes.length);
    return done;
  } finally {
    source.destroy();
  }
}

/** A whole number of MiB that lets everything fit into the number of parts that the store takes. */
export function partBytes({ maxBytes, mostParts }: StreamLimits): number {
  return Math.max(PART_BYTES, Math.ceil(maxBytes / mostParts / MEBIBYTE) * MEBIBYTE);
}

/**
 * Sends the parts side by side, and gives their buffers back.
 * @param prepare called in their order, one after the other; what it gives sends the part
 */
export async function sendParts(
  parts: AsyncGenerator<Part>,
  pool: BufferPool,
  prepare: (bytes: Buffer, index: number) => Promise<() => Promise<void>>,
): Promise<void> {
  const lanes = new Lanes(PARALLEL_PARTS);
  let index = 0;
  try {
    for await (const { bytes } of parts) {
      const send = await prepare(bytes, index++);
      await lanes.run(async () => {
        await send();
        pool.give(bytes);
      });
    }
    await lanes.all();
  } finally {
    await lanes.settled();
  }
}
