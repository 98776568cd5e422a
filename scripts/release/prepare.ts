/** A product of a version, made on this machine: its commit and its archives. Nothing leaves the machine. */
import { createHash } from 'node:crypto';
import { archiveOf, makeReleaseCommit, type ReleaseCommit } from './commit.ts';
import type { Git } from './git.ts';
import type { Product } from './products.ts';
import type { Version } from './version.ts';

export interface Prepared extends ReleaseCommit {
  readonly product: Product;
  /** Name of each archive, and its bytes. */
  readonly archives: ReadonlyMap<string, Buffer>;
}

export function prepareProduct(git: Git, version: Version, product: Product): Prepared {
  const title = `${product.name} ${version.text}`;
  const made = makeReleaseCommit(git, title, product.lay);
  const base = `${product.name}-${version.text}`;
  const archives = new Map([[`${base}.tar.gz`, archiveOf(git, made, base)]]);
  for (const [edition, lay] of Object.entries(product.editions)) {
    const commit = makeReleaseCommit(git, `${title} (${edition})`, lay);
    archives.set(`${base}-${edition}.tar.gz`, archiveOf(git, commit, base));
  }
  return { ...made, product, archives };
}

/** One name for all trees of a version, so that what is published can be compared with what was tested. */
export function treesDigest(prepared: readonly Prepared[]): string {
  const lines = prepared.map(({ product, tree }) => `${product.name} ${tree}\n`);
  return createHash('sha256').update(lines.toSorted().join('')).digest('hex');
}
