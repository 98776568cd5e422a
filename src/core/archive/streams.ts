/** Small parts of the streams that archives flow through. */
import { createHash } from 'node:crypto';
import { Transform, type TransformCallback } from 'node:stream';
import { CancelledError } from '../errors.ts';

/** Lets bytes through and takes their sha256 and their number on the way. */
export class Meter extends Transform {
  readonly #hash = createHash('sha256');
  #bytes = 0;
  #digest: string | null = null;

  get bytes(): number {
    return this.#bytes;
  }

  /** 64 hexadecimal digits; to be asked once everything went through. */
  get sha256(): string {
    return (this.#digest ??= this.#hash.digest('hex'));
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    done(null, chunk);
  }
}

/** @throws CancelledError as soon as the signal is aborted. */
export function stopIfCancelled(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new CancelledError();
}

/** Runs a job for each item, `limit` at a time; the results keep the items' order. The first error ends it. */
export async function mapParallel<T, R>(
  items: readonly T[],
  limit: number,
  job: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const work = async () => {
    for (const [index, item] of queue) results[index] = await job(item);
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, work));
  return results;
}

/** The error code of Node's file system and zlib errors; '' for any other. */
export function errorCode(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  return typeof code === 'string' ? code : '';
}
