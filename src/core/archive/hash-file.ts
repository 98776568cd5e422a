import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stopIfCancelled } from './streams.ts';

export interface HashedFile {
  readonly size: number;
  readonly sha256: string;
  /** A small file in the place of a large one: Git LFS was not told to fetch the content. */
  readonly isLfsPointer: boolean;
}

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: a pointer is less than 1024 bytes. */
const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/spec/');
const LONGEST_POINTER = 1024;

/** Reads bytes as they come, never all at once. */
export async function hashBytes(
  content: AsyncIterable<Uint8Array>,
  signal: AbortSignal | undefined,
): Promise<HashedFile> {
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of content) {
    stopIfCancelled(signal);
    hash.update(chunk);
    size += chunk.length;
    if (head.length < LFS_POINTER.length) {
      head = Buffer.concat([head, chunk.subarray(0, LFS_POINTER.length - head.length)]);
    }
  }
  return {
    size,
    sha256: hash.digest('hex'),
    isLfsPointer: size < LONGEST_POINTER && head.equals(LFS_POINTER),
  };
}

/** @throws the file system's own error. */
export async function hashFile(path: string, signal: AbortSignal | undefined): Promise<HashedFile> {
  return hashBytes(createReadStream(path), signal);
}
