import { treeBytes } from './content-tree.ts';
import type { ModelSource } from './source.ts';

const SMALL_BYTES = 1024 * 1024;
/** An archive has to be read up to the file that is wanted; a large one is not worth that. */
const LARGE_ARCHIVE = 256 * 1024 * 1024;

/** A small text of the model; null if it has no such file, or if reading it would take long. */
export async function readSmall(source: ModelSource, path: string): Promise<string | null> {
  const file = source.tree.find((f) => f.path === path);
  if (file === undefined || file.size > SMALL_BYTES) return null;
  if (source.ready && treeBytes(source.tree) > LARGE_ARCHIVE) return null;
  return Buffer.from(await source.read(path)).toString('utf8');
}
