/** Bytes of a stream, in order, with no more of them in memory than are looked at. */
import type { Readable } from 'node:stream';

/** The file ends before what it announces. */
export class EndOfBytes extends Error {
  readonly at: number;

  constructor(at: number) {
    super(`The file ends after ${at} bytes, in the middle of a value.`);
    this.at = at;
  }
}

/** It would take too long, or too much memory, to look at all of it. */
export class TooMuch extends Error {}

/** So many bytes are looked at, behind any compression: a minute's work. */
const MOST_BYTES = 8 * 1024 ** 3;

export class ByteSource {
  /** How many bytes were read. */
  position = 0;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;
  readonly #chunks: AsyncIterator<Buffer>;

  constructor(stream: Readable | AsyncIterable<Buffer>) {
    this.#chunks = (stream as AsyncIterable<Buffer>)[Symbol.asyncIterator]();
  }

  /** Whether a byte can be taken at once; if not, `fill` first. */
  get isReady(): boolean {
    return this.#at < this.#chunk.length;
  }

  /** @returns whether there is another byte */
  async fill(): Promise<boolean> {
    while (!this.isReady) {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      this.#chunk = next.value;
      this.#at = 0;
    }
    return true;
  }

  /** One byte of those that are ready. */
  byte(): number {
    this.position += 1;
    return this.#chunk[this.#at++] ?? 0;
  }

  /** The first bytes, which stay to be read; fewer if there are no more. */
  async peek(length: number): Promise<Buffer> {
    while (this.#chunk.length - this.#at < length) {
      const next = await this.#chunks.next();
      if (next.done === true) break;
      this.#chunk = Buffer.concat([this.#chunk.subarray(this.#at), next.value]);
      this.#at = 0;
    }
    return this.#chunk.subarray(this.#at, this.#at + length);
  }

  /** @throws EndOfBytes */
  async take(length: number): Promise<Buffer> {
    const bytes = await this.peek(length);
    if (bytes.length < length) throw new EndOfBytes(this.position + bytes.length);
    this.#at += length;
    this.position += length;
    return bytes;
  }

  /** @throws EndOfBytes */
  async skip(length: number): Promise<void> {
    if (this.position + length > MOST_BYTES) throw new TooMuch('It has more than 8 GB.');
    let left = length;
    while (left > 0) {
      if (!this.isReady && !(await this.fill())) throw new EndOfBytes(this.position);
      const step = Math.min(left, this.#chunk.length - this.#at);
      this.#at += step;
      this.position += step;
      left -= step;
    }
  }

  /** Up to the line's end, which is taken too. @throws EndOfBytes */
  async line(): Promise<string> {
    const codes: number[] = [];
    for (;;) {
      if (!this.isReady && !(await this.fill())) throw new EndOfBytes(this.position);
      const code = this.byte();
      if (code === 0x0a) return Buffer.from(codes).toString('latin1').replace(/\r$/, '');
      if (codes.length >= LONGEST_LINE) throw new TooMuch('A line in it is longer than 64 KB.');
      codes.push(code);
    }
  }

  /** What is left, for a decompressor. */
  async *rest(): AsyncGenerator<Buffer> {
    if (this.isReady) yield this.#chunk.subarray(this.#at);
    this.#at = this.#chunk.length;
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done === true) return;
      yield next.value;
    }
  }
}

const LONGEST_LINE = 64 * 1024;
