/** A model without compression in an object store: each file by itself. */
import { treeBytes, type ContentTree, type TreeFile } from '../../core/archive/content-tree.ts';
import { archiveKeys } from '../../core/archive/archive-keys.ts';
import type { ModelSource } from '../../core/archive/source.ts';
import { mapParallel } from '../../core/map-parallel.ts';
import { UserError } from '../../core/errors.ts';
import type { Bytes, Place } from './place.ts';

/** Files up to this size are sent as a whole, several in parallel. */
const SMALL_BYTES = 4 * 1024 * 1024;
const PARALLEL_SMALL = 8;

// eslint-disable-next-line no-control-regex -- those are what it looks for
const CONTROL = /[\u0000-\u001f\u007f]/;

/** Sends what is missing. The names have been checked (`checkNames`). */
export async function storeFiles({ store, digest }: Place, source: ModelSource): Promise<Bytes> {
  const folder = archiveKeys(digest, 'files').archive;
  const send = async (file: TreeFile) => {
    const key = `${folder}/${file.path}`;
    const stored = await store.size(key);
    if (stored === file.size) return;
    const replace = stored !== null;
    if (file.size <= SMALL_BYTES) await store.put(key, await source.read(file.path), { replace });
    else await store.put(key, source.stream(file.path), { replace, maxBytes: file.size });
  };
  const isSmall = (file: TreeFile) => file.size <= SMALL_BYTES;
  await mapParallel(source.tree.filter(isSmall), PARALLEL_SMALL, send);
  // Each of these is already sent in parallel parts.
  await mapParallel(
    source.tree.filter((file) => !isSmall(file)),
    1,
    send,
  );
  return { sha256: digest, bytes: treeBytes(source.tree) };
}

/**
 * @throws UserError for names that objects should not have.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
 */
export function checkNames(tree: ContentTree): void {
  const problems = tree
    .filter(({ path }) => CONTROL.test(path))
    .map(({ path }) => ({
      where: 'compression',
      message: `"none" stores each file separately, but ${JSON.stringify(path)} has a character that object names should not contain.`,
      fix: 'Rename it, or use gzip.',
    }));
  if (problems.length > 0) throw UserError.of(problems);
}
