/**
 * A file, a piece at a time. Read without awaiting: a piece of a local file is there in microseconds, and whatever walks
 * rows stays a plain loop.
 */
import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 128 * 1024;
/** In UTF-8. */
export const BYTE_ORDER_MARK = Buffer.from('\uFEFF');
const NEWLINE = 0x0a;
const RETURN = 0x0d;

/** Pieces from an offset on; each is valid until the next one is asked for. */
export function* chunksOf(path: string, offset = 0): Generator<Buffer> {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let position = offset;
    for (;;) {
      const size = readSync(file, buffer, 0, CHUNK_BYTES, position);
      if (size === 0) return;
      yield buffer.subarray(0, size);
      position += size;
    }
  } finally {
    closeSync(file);
  }
}

export interface Line {
  readonly text: string;
  /** From 1. */
  readonly number: number;
}

/** Lines without their ends, and without a byte order mark. */
export function* linesOf(path: string): Generator<Line> {
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of chunksOf(path)) {
    let from = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, from)) {
      const bytes = chunk.subarray(from, end);
      yield lineOf(rest.length > 0 ? Buffer.concat([rest, bytes]) : bytes, ++number);
      rest = Buffer.alloc(0);
      from = end + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  if (rest.length > 0) yield lineOf(rest, number + 1);
}

function lineOf(bytes: Buffer, number: number): Line {
  const from = number === 1 && bytes.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0;
  const to = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
  return { text: bytes.toString('utf8', from, to), number };
}
