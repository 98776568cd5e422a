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
