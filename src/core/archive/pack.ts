/**
 * A reproducible archive: the same files give the same bytes, whoever packs them, wherever and whenever.
 * Only deflate itself may differ between versions of Node, which is why nothing is named by the compressed bytes.
 */
import { createHash, hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { BufferPool } from '../buffer-pool.ts';
import { errorCode, UserError, whyUnreadable } from '../errors.ts';
import type { ContentTree, TreeFile } from './content-tree.ts';
import { BLOCK_BYTES, gzip, gzipBound } from './gzip.ts';
import type { Compression } from './source.ts';
import { fileChunks } from './read-file.ts';
import { stopIfCancelled } from './streams.ts';
import { TAR_END, tarHeader, tarPadding } from './tar-header.ts';

export interface SourceFile extends TreeFile {
  /** Absolute path of the file on this machine. */
  readonly source: string;
}

export interface PackOptions {
  readonly compression: Compression;
  readonly signal?: AbortSignal | undefined;
  /** How many blocks are compressed at once; the bytes do not depend on it. Default: one for each core. */
  readonly parallel?: number;
  /** Called with the share of the archive that is made, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

/** Recorded in manifests; to be raised when the same files would give other bytes before compression. */
export const PACKER = 'ml-deploy/tar-v1';

/** Up to this size a file is read at once: for small ones, waiting for a thread takes longer than reading. */
const SMALL_BYTES = 256 * 1024;

/**
 * Packs files in the order given. The stream fails with a UserError if a file's bytes are not those that the tree
 * names, so an archive always holds what its digest says.
 */
export function packFiles(files: readonly SourceFile[], options: PackOptions): Readable {
  const pool = new BufferPool(BLOCK_BYTES);
  const blocks = tarBlocks(files, options, pool);
  const bytes =
    options.compression === 'none' ? blocks : gzip(blocks, options.parallel, (block) => pool.give(block));
  return Readable.from(bytes, { objectMode: false, highWaterMark: BLOCK_BYTES });
}

/** At most as many bytes come out of `packFiles`. */
export function packedBound(files: ContentTree, compression: Compression): number {
  const tar = tarBound(files);
  return compression === 'none' ? tar : gzipBound(tar);
}

/** The bytes of one file, as long as they are those of the tree. */
export function streamFile(file: SourceFile, signal: AbortSignal | undefined): Readable {
  return Readable.from(copies(largeFile(file, signal)), { objectMode: false });
}

async function* copies(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}

/** Without compression. A long name has a record of its own, of which this is an upper bound. */
function tarBound(files: ContentTree): number {
  const content = files.reduce((sum, file) => sum + Math.ceil(file.size / 512) * 512, 0);
  const header = ({ path }: TreeFile) => (path.length < 100 ? 512 : 0) + 2048 + 3 * path.length;
  return files.reduce((sum, file) => sum + header(file), content + TAR_END.length);
}

/** A file is not what it was when its digest was taken. */
export function changed(path: string, cause?: unknown): UserError {
  return new UserError(
    `"${path}" changed while it was being packed, so nothing was written. ` +
      'Wait until nothing writes to the model, then run this step again.',
    { cause },
  );
}

/** The tar in blocks of one size, so the compressed bytes do not depend on how it came about. */
async function* tarBlocks(
  files: readonly SourceFile[],
  { signal, onProgress }: PackOptions,
  pool: BufferPool,
): AsyncGenerator<Buffer> {
  const tar = new BlockFiller(pool);
  const buffer = Buffer.allocUnsafeSlow(SMALL_BYTES + 1);
  const all = tarBound(files);
  let done = 0;
  const fullBlocks = function* () {
    for (const block of tar.takeFull()) {
      onProgress?.((done += block.length) / all);
      yield block;
    }
  };
  for (const file of files) {
    stopIfCancelled(signal);
    const header = tarHeader(file);
    tar.add(header instanceof Promise ? await header : header);
    if (file.size <= SMALL_BYTES) tar.add(smallFile(file, buffer));
    else {
      for await (const chunk of largeFile(file, signal)) {
        tar.add(chunk);
        yield* fullBlocks();
      }
    }
    tar.add(tarPadding(file.size));
    if (tar.hasFull) yield* fullBlocks();
  }
  tar.add(TAR_END);
  yield* fullBlocks();
  onProgress?.(1);
  if (tar.rest.length > 0) yield tar.rest;
}

/** Cuts what it is given into blocks. A small file takes a few copies in here, and waits for nothing. */
class BlockFiller {
  readonly #pool: BufferPool;
  #full: Buffer[] = [];
  #block: Buffer | null = null;
  #filled = 0;

  constructor(pool: BufferPool) {
    this.#pool = pool;
  }

  /** Copies them. */
  add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) {
      this.#block ??= this.#pool.take();
      const copied = bytes.copy(this.#block, this.#filled, at);
      at += copied;
      this.#filled += copied;
      if (this.#filled < BLOCK_BYTES) continue;
      this.#full.push(this.#block);
      this.#block = null;
      this.#filled = 0;
    }
  }

  get hasFull(): boolean {
    return this.#full.length > 0;
  }

  /** The blocks that have become full. */
  takeFull(): Buffer[] {
    const full = this.#full;
    this.#full = [];
    return full;
  }

  /** What fills no block. */
  get rest(): Buffer {
    return (this.#block ?? Buffer.alloc(0)).subarray(0, this.#filled);
  }
}

function smallFile(file: SourceFile, buffer: Buffer): Buffer {
  let content: Buffer;
  try {
    content = buffer.subarray(0, readUpTo(file.source, buffer, file.size + 1));
  } catch (error) {
    throw unreadable(file, error);
  }
  if (content.length !== file.size || hash('sha256', content) !== file.sha256) throw changed(file.source);
  return content;
}

/** Asks for one byte more than there should be: one call then reads a file and sees its end. */
function readUpTo(path: string, buffer: Buffer, most: number): number {
  const file = openSync(path, 'r');
  try {
    let filled = 0;
    for (;;) {
      const read = readSync(file, buffer, filled, most - filled, null);
      filled += read;
      if (read === 0 || filled >= most - 1) return filled;
    }
  } finally {
    closeSync(file);
  }
}

/** The bytes of a file as long as they are those of the tree. */
async function* largeFile(file: SourceFile, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of fileChunks(file.source)) {
      stopIfCancelled(signal);
      size += chunk.length;
      if (size > file.size) throw changed(file.source);
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    throw unreadable(file, error);
  }
  if (size !== file.size || hash.digest('hex') !== file.sha256) throw changed(file.source);
}

/** What the file system says about a file; every other error stays as it is. */
function unreadable(file: SourceFile, error: unknown): unknown {
  if (errorCode(error) === '') return error;
  return new UserError(`"${file.source}" ${whyUnreadable(error)}`, { cause: error });
}
