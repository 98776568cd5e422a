import { createHash } from 'node:crypto';
import { beginsLikeKey, KEY_HEAD_BYTES } from './credentials.ts';
import { fileChunks } from './read-file.ts';
import { stopIfCancelled } from './streams.ts';

export interface HashedFile {
  readonly size: number;
  readonly sha256: string;
  /** A small file instead of a large one: Git LFS did not fetch the content. */
  readonly isLfsPointer: boolean;
  /** A private key, whatever the file is called. */
  readonly isPrivateKey: boolean;
}

/** https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: a pointer is less than 1024 bytes. */
const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/spec/');
const LONGEST_POINTER = 1024;
/** As many first bytes tell what a file is. */
export const HEAD_BYTES = Math.max(LFS_POINTER.length, KEY_HEAD_BYTES);

/** In every head (as Latin-1) of which `natureOf` says something, and in few others. */
export const HEAD_MARK = /-----BEGIN |^PuTTY-User-Key-File-|^version https:\/\/git-lfs/;

/** @param head the file's first bytes, `HEAD_BYTES` of them if it has as many. */
export function natureOf(size: number, head: Uint8Array): Pick<HashedFile, 'isLfsPointer' | 'isPrivateKey'> {
  const begin = head.subarray(0, LFS_POINTER.length);
  return {
    isLfsPointer: size < LONGEST_POINTER && LFS_POINTER.equals(begin),
    isPrivateKey: beginsLikeKey(head),
  };
}

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
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk.subarray(0, HEAD_BYTES - head.length)]);
  }
  return { size, sha256: hash.digest('hex'), ...natureOf(size, head) };
}

/** @throws the file system's own error. */
export async function hashFile(path: string, signal: AbortSignal | undefined): Promise<HashedFile> {
  return hashBytes(fileChunks(path), signal);
}
