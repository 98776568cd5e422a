/**
 * A file, a piece at a time. Read without awaiting: a piece of a local file is there in microseconds, and whatever walks
 * rows stays a plain loop.
 */
import { isUtf8 } from 'node:buffer';
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

/**
 * Lines of UTF-8 or UTF-16, without their ends, and without a byte order mark.
 * @throws EncodingError if the file is in another encoding.
 */
export function* linesOf(path: string): Generator<Line> {
  let number = 0;
  let rest: Buffer = Buffer.alloc(0);
  for (const chunk of utf8Of(path)) {
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

/** What is wrong with a file's encoding; continues a sentence. */
export class EncodingError extends Error {}

/** The name of an encoding that a file's first bytes show; null for UTF-8 and its relatives. */
export function utf16Of(head: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const [first, second, third, fourth] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // Without a mark, every other byte of what is mostly ASCII is 0.
  if (second === 0 && fourth === 0 && first !== 0) return 'utf-16le';
  return first === 0 && third === 0 && second !== 0 ? 'utf-16be' : null;
}

/** Excel and PowerShell write UTF-16. */
function* utf8Of(path: string): Generator<Buffer> {
  const [head = Buffer.alloc(0)] = chunksOf(path);
  const encoding = utf16Of(head);
  const decoder = encoding && new TextDecoder(encoding);
  for (const chunk of chunksOf(path)) {
    yield decoder ? Buffer.from(decoder.decode(chunk, { stream: true })) : chunk;
  }
}

function lineOf(bytes: Buffer, number: number): Line {
  if (!isUtf8(bytes)) {
    throw new EncodingError(`is not UTF-8 (line ${number}). Save it as UTF-8, such as "CSV UTF-8" in Excel.`);
  }
  const from = number === 1 && bytes.indexOf(BYTE_ORDER_MARK) === 0 ? BYTE_ORDER_MARK.length : 0;
  const to = bytes.at(-1) === RETURN ? bytes.length - 1 : bytes.length;
  return { text: bytes.toString('utf8', from, to), number };
}
