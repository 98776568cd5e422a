/**
 * Gzip on every core, as pigz does it: the data is cut into blocks of one size, each is deflated by a thread of its
 * own with the end of the block before it as its dictionary, and the pieces are joined into ONE gzip member, which any
 * reader takes. The bytes depend on the data alone, not on the number of threads.
 *
 * https://www.rfc-editor.org/rfc/rfc1951 (deflate), https://www.rfc-editor.org/rfc/rfc1952 (gzip)
 */
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync } from 'node:zlib';

const deflate = promisify(deflateRaw);

/** Large enough that the dictionary and the start of a thread weigh nothing. */
export const BLOCK_BYTES = 1024 * 1024;
/** The window of deflate. */
const DICTIONARY_BYTES = 32 * 1024;
/**
 * Where deflate begins to look for better matches: half the time of 6, the level that every tool uses, for archives that
 * are 4 to 7 % larger (programs, JSON, libraries); weights hardly shrink at any level.
 */
const LEVEL = 4;
/** The most that zlib takes, 384 kB for each block in progress: a tenth faster than the usual 8, and a little smaller. */
const MOST_MEMORY = 9;
/** No time, and 255 for an operating system that is not named. */
const HEADER = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
/** An empty last block. */
const LAST_BLOCK = Buffer.from([3, 0]);
/** A stored block has a length of 16 bits. */
const MOST_STORED = 0xffff;
/** Blocks in progress beyond the number of threads, so none of them waits. */
const AHEAD = 1;

const SAMPLES = 4;
const SAMPLE_BYTES = 8 * 1024;
/**
 * A block whose samples shrink by less than this is stored: floating-point weights shrink by about 7 %, at a tenth
 * of the speed of a network, and everybody who downloads them would pay for it again.
 */
const WORTH_IT = 0.9;

/**
 * @param blocks each of BLOCK_BYTES, but for the last one; not to be changed after they were handed over.
 * @param parallel how many blocks are deflated at once.
 * @param done is given the blocks that are no longer read; stored blocks leave as they came in, and are not.
 */
export async function* gzip(
  blocks: AsyncIterable<Buffer>,
  parallel = availableParallelism(),
  done: (block: Buffer) => void = () => undefined,
): AsyncGenerator<Buffer> {
  yield HEADER;
  let crc = 0;
  let size = 0;
  let dictionary: Buffer | undefined;
  const underWay: Promise<Buffer[]>[] = [];
  try {
    for await (const block of blocks) {
      crc = crc32(block, crc);
      size += block.length;
      const piece = deflateBlock(block, dictionary, done);
      // Awaited in its turn; until then, a failure must not count as unhandled.
      piece.catch(() => undefined);
      underWay.push(piece);
      dictionary = Buffer.from(block.subarray(-DICTIONARY_BYTES));
      if (underWay.length >= parallel + AHEAD) yield* (await underWay.shift()) ?? [];
    }
    for (const piece of underWay) yield* await piece;
  } finally {
    await Promise.allSettled(underWay);
  }
  yield Buffer.concat([LAST_BLOCK, trailer(crc, size)]);
}

async function deflateBlock(
  block: Buffer,
  dictionary: Buffer | undefined,
  done: (block: Buffer) => void,
): Promise<Buffer[]> {
  if (!isWorthIt(block)) return stored(block);
  const options = {
    level: LEVEL,
    memLevel: MOST_MEMORY,
    // Ends on a whole byte without being the last block, so another one may follow.
    finishFlush: constants.Z_SYNC_FLUSH,
    chunkSize: BLOCK_BYTES / 4,
    ...(dictionary === undefined ? {} : { dictionary }),
  };
  const deflated = await deflate(block, options);
  if (deflated.length >= block.length) return stored(block);
  done(block);
  return [deflated];
}

/** Whether a block shrinks, by a few samples of it. */
function isWorthIt(block: Buffer): boolean {
  if (block.length <= SAMPLES * SAMPLE_BYTES) return true;
  const step = Math.floor((block.length - SAMPLE_BYTES) / (SAMPLES - 1));
  const samples = Array.from({ length: SAMPLES }, (_, i) =>
    block.subarray(i * step, i * step + SAMPLE_BYTES),
  );
  // One after the other, so four equal samples of random bytes do not look like something that repeats.
  let most = SAMPLES * SAMPLE_BYTES;
  for (const sample of samples) {
    most -= SAMPLE_BYTES - deflateRawSync(sample, { level: 1 }).length;
    // Text is known after two of them.
    if (most < SAMPLES * SAMPLE_BYTES * WORTH_IT) return true;
  }
  return false;
}

function stored(block: Buffer): Buffer[] {
  const pieces: Buffer[] = [];
  for (let at = 0; at < block.length; at += MOST_STORED) {
    const part = block.subarray(at, at + MOST_STORED);
    const header = Buffer.alloc(5);
    header.writeUInt16LE(part.length, 1);
    header.writeUInt16LE(~part.length & 0xffff, 3);
    pieces.push(header, part);
  }
  return pieces;
}

function trailer(crc: number, size: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(crc, 0);
  bytes.writeUInt32LE(size % 2 ** 32, 4);
  return bytes;
}

/** At most as many bytes come out for `bytes` that go in. */
export function gzipBound(bytes: number): number {
  return bytes + (Math.ceil(bytes / MOST_STORED) + Math.ceil(bytes / BLOCK_BYTES) + 1) * 5 + 20;
}
