import { createWriteStream } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { contentDigest, contentTree, type ContentTree, type TreeFile } from './content-tree.ts';
import { errorCode, messageOf, UserError } from '../errors.ts';
import { readArchive, type ReadArchiveOptions } from './read-archive.ts';
import { Meter } from './streams.ts';

export interface Unpacked {
  /** Of what was written, taken from its bytes. */
  readonly tree: ContentTree;
  /** The model digest of that tree. */
  readonly digest: string;
}

/**
 * Unpacks a tar archive, gzip or plain, into a folder, which is made. It has to be one of its own: no file is
 * overwritten, and after an error it may be half full.
 *
 * @throws UserError for data that is no archive, is damaged, leads out of the folder, holds links or devices, or is
 * over a limit, or if the folder cannot be written; the stream's own error if that fails.
 */
export async function unpackArchive(
  archive: Readable,
  folder: string,
  options: Partial<ReadArchiveOptions> = {},
): Promise<Unpacked> {
  const files: TreeFile[] = [];
  await readArchive(archive, { label: 'The archive', ...options }, async (entry, content) => {
    const path = join(folder, entry.path);
    const meter = new Meter();
    try {
      await mkdir(dirname(path), { recursive: true });
      await pipeline(content, meter, createWriteStream(path, { flags: 'wx' }));
      // After the fact, because the mode at creation is subject to the umask.
      await chmod(path, Number.parseInt(entry.mode, 8));
    } catch (error) {
      throw isFileError(error) ? cannotWrite(path, error) : error;
    }
    files.push({ ...entry, sha256: meter.sha256 });
  });
  const tree = contentTree(files);
  return { tree, digest: contentDigest(tree) };
}

function isFileError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && errorCode(error) !== '';
}

function cannotWrite(path: string, cause: unknown): UserError {
  return new UserError(`"${path}" cannot be unpacked (${messageOf(cause)}).`, { cause });
}
