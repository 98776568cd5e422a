import { statfs } from 'node:fs/promises';

/** Free space of the file system that a path is on; null if the path is not on this machine. */
export async function freeBytes(path: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    // The daemon is on another machine, or its folder is closed to this user.
    return null;
  }
}
