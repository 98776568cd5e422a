/** Cuts what is sent into parts of one size, in buffers that are used again. */
import type { Readable } from 'node:stream';
import type { BufferPool } from '../core/buffer-pool.ts';

export interface Part {
  readonly bytes: Buffer;
  readonly isLast: boolean;
}

/** Cuts a stream into parts; each buffer has to be given back. An empty stream has no part. */
export async function* cutIntoParts(source: Readable, pool: BufferPool): AsyncGenerator<Part> {
  let buffer: Buffer | null = null;
  let filled = 0;
  for await (const chunk of source as AsyncIterable<Buffer | string>) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    for (let at = 0; at < bytes.length;) {
      if (buffer !== null && filled === buffer.length) {
        yield { bytes: buffer, isLast: false };
        buffer = null;
      }
      if (buffer === null) {
        buffer = pool.take();
        filled = 0;
      }
      const copied = bytes.copy(buffer, filled, at);
      at += copied;
      filled += copied;
    }
  }
  if (buffer !== null) yield { bytes: buffer.subarray(0, filled), isLast: true };
}

/** What was looked at, and what follows it. */
export async function* prepend(first: Part, rest: AsyncGenerator<Part>): AsyncGenerator<Part> {
  yield first;
  yield* rest;
}
