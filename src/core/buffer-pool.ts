/** Buffers of one size that are used again and again, so memory does not depend on what flows through. */
export class BufferPool {
  readonly #size: number;
  readonly #free: Buffer[] = [];

  constructor(size: number) {
    this.#size = size;
  }

  take(): Buffer {
    return this.#free.pop() ?? Buffer.allocUnsafeSlow(this.#size);
  }

  /** @param buffer one that was taken, or the beginning of one; nobody may use it afterwards. */
  give(buffer: Buffer): void {
    this.#free.push(Buffer.from(buffer.buffer, 0, this.#size));
  }
}
