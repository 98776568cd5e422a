/**
 * A reproducible archive: the same files give the same bytes, whoever packs them, wherever and whenever.
 * Only deflate itself may differ between versions of Node, which is why nothing is named by the compressed bytes.
 */
import { createReadStream } from 'node:fs';
import { pipeline as pipe, Readable, Transform, type TransformCallback } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createHash } from 'node:crypto';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { UserError } from '../errors.ts';
import type { TreeFile } from './content-tree.ts';
import type { Compression } from './model-source.ts';
import { errorCode, stopIfCancelled } from './streams.ts';
import { whyUnreadable } from './walk.ts';

export interface SourceFile extends TreeFile {
  /** Absolute path of the file on this machine. */
  readonly source: string;
}

export interface PackOptions {
  readonly compression: Compression;
  readonly signal?: AbortSignal | undefined;
}

/** Recorded in manifests; to be raised when the same files would give other bytes before compression. */
export const PACKER = 'ml-deploy/tar-v1';

/**
 * Not the epoch: some tools take 0 for "no time", and ZIP knows nothing before 1980. A month later, no time zone
 * makes 1979 of it.
 */
const MTIME = new Date('1980-02-01T00:00:00Z');
/** Weights hardly shrink, whatever the level; 6 is the one that every tool uses. */
const GZIP_LEVEL = 6;

/**
 * Packs files in the order given. The stream fails with a UserError where a file's bytes are not those that the tree
 * names, so that an archive always holds what its digest says.
 */
export function packFiles(files: readonly SourceFile[], { compression, signal }: PackOptions): Readable {
  const tar = Readable.from(tarBytes(files, signal), { objectMode: false });
  if (compression === 'none') return tar;
  const archive = new FixedGzipHeader();
  // The error is on `archive` as well, where whoever reads it finds it.
  pipe(tar, createGzip({ level: GZIP_LEVEL }), archive, () => undefined);
  return archive;
}

/** A file is not what it was when its digest was taken. */
export function changed(path: string, cause?: unknown): UserError {
  return new UserError(
    `"${path}" changed while it was being packed, so nothing was written. ` +
      'Let whatever writes to the model finish first, then run this step again.',
    { cause },
  );
}

async function* tarBytes(
  files: readonly SourceFile[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const tar = pack();
  const filled = fill(tar, files, signal);
  filled.catch((error: unknown) => tar.destroy(error instanceof Error ? error : new Error(String(error))));
  yield* tar as AsyncIterable<Buffer>;
  await filled;
}

async function fill(tar: Pack, files: readonly SourceFile[], signal: AbortSignal | undefined): Promise<void> {
  for (const file of files) {
    const { path: name, size } = file;
    const mode = Number.parseInt(file.mode, 8);
    const owner = { uid: 0, gid: 0, uname: '', gname: '' };
    const entry = tar.entry({ name, size, mode, mtime: MTIME, type: 'file', ...owner });
    await pipeline(checkedBytes(file, signal), entry);
  }
  tar.finalize();
}

/** The bytes of a file as long as they are those of the tree. */
async function* checkedBytes(file: SourceFile, signal: AbortSignal | undefined): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let size = 0;
  try {
    for await (const chunk of createReadStream(file.source) as AsyncIterable<Buffer>) {
      stopIfCancelled(signal);
      size += chunk.length;
      if (size > file.size) throw changed(file.source);
      hash.update(chunk);
      yield chunk;
    }
  } catch (error) {
    if (errorCode(error) === '') throw error;
    throw new UserError(`"${file.source}" ${whyUnreadable(error)}`, { cause: error });
  }
  if (size !== file.size || hash.digest('hex') !== file.sha256) throw changed(file.source);
}

/** zlib writes the operating system into byte 9 of the header; RFC 1952 has 255 for "unknown". */
class FixedGzipHeader extends Transform {
  #offset = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const at = 9 - this.#offset;
    if (at >= 0 && at < chunk.length) chunk[at] = 255;
    this.#offset += chunk.length;
    done(null, chunk);
  }
}
