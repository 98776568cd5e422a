/** The model as the user gave it: a file, a folder, or a ready archive. */
import { open } from 'node:fs/promises';
import { errorCode, UserError } from '../errors.ts';
import { archiveSource } from './archive-source.ts';
import { folderSource } from './folder-source.ts';
import type { ModelSource } from './source.ts';
import type { Root } from './walk.ts';

const ARCHIVE_NAME = /\.(tar\.gz|tgz)$/i;
const HEAD_BYTES = 512;
const TAR_MAGIC_AT = 257;

/** @throws UserError with every problem of the files at once. */
export async function openModel(
  model: Root,
  code: Root | null,
  signal: AbortSignal | undefined,
): Promise<ModelSource> {
  const head = await headOf(model.path);
  if (head === null || !mayBeArchive(model, head)) {
    return folderSource(code === null ? [model] : [model, code], signal);
  }
  if (code !== null) {
    throw problemWith(code, `cannot be added to "${model.shown}", which is already an archive.`);
  }
  return archiveSource(model, signal);
}

function mayBeArchive(model: Root, head: Buffer): boolean {
  const isGzip = head[0] === 0x1f && head[1] === 0x8b;
  if (ARCHIVE_NAME.test(model.path)) {
    if (isGzip) return true;
    throw problemWith(model, 'has the name of a gzip archive, but not its first bytes.');
  }
  const isTar = head.toString('latin1', TAR_MAGIC_AT, TAR_MAGIC_AT + 5) === 'ustar';
  if (isTar && /\.tar$/i.test(model.path)) {
    throw problemWith(model, 'is an uncompressed archive. Give its folder, or compress it (gzip).');
  }
  return false;
}

/** The first bytes of a file; null for whatever is no readable file, which the listing explains. */
async function headOf(path: string): Promise<Buffer | null> {
  if (!ARCHIVE_NAME.test(path) && !/\.tar$/i.test(path)) return null;
  try {
    await using file = await open(path);
    if (!(await file.stat()).isFile()) return null;
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    if (errorCode(error) === '') throw error;
    return null;
  }
}

function problemWith(root: Root, message: string): UserError {
  return UserError.of([{ where: root.where, message: `"${root.shown}" ${message}` }]);
}
