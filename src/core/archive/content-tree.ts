/**
 * A model's content as a list of its files: what a model is, whatever folder, archive or compression it comes in.
 */
import { createHash } from 'node:crypto';

/** Octal permissions. Only the executable bit is content; everything else depends on the machine. */
export type FileMode = '644' | '755';

export interface TreeFile {
  /** Relative to the model's root, with forward slashes. */
  readonly path: string;
  readonly mode: FileMode;
  /** In bytes. */
  readonly size: number;
  /** Of the file's bytes: 64 hexadecimal digits. */
  readonly sha256: string;
}

/** Files only, sorted by path in the order of UTF-16 code units; each path once. */
export type ContentTree = readonly TreeFile[];

/** Sorts files into a tree, and drops whatever else the objects carry. */
export function contentTree(files: Iterable<TreeFile>): ContentTree {
  return [...files]
    .map(({ path, mode, size, sha256 }) => ({ path, mode, size, sha256 }))
    .sort((a, b) => comparePaths(a.path, b.path));
}

/** The model digest: sha256 of the tree's canonical JSON, 64 hexadecimal digits. */
export function contentDigest(tree: ContentTree): string {
  // Piece by piece: the text of a hundred thousand files at once would take more memory than packing them.
  const hash = createHash('sha256').update('[');
  const files = contentTree(tree);
  for (let at = 0; at < files.length; at += FILES_AT_ONCE) {
    hash.update((at === 0 ? '' : ',') + textOf(files.slice(at, at + FILES_AT_ONCE)));
  }
  return hash.update(']').digest('hex');
}

const FILES_AT_ONCE = 256;

const textOf = (files: ContentTree) => files.map(canonicalFile).join(',');

/** The tree as it is in documents: what `canonicalJson` would write. */
export function canonicalTree(tree: ContentTree): string {
  return `[${textOf(tree)}]`;
}

/** What `canonicalJson` would write, several times faster: a model can have a hundred thousand files. */
function canonicalFile({ path, mode, size, sha256 }: TreeFile): string {
  if (!path.isWellFormed()) throw new TypeError(`The path ${JSON.stringify(path)} is not Unicode.`);
  return `{"mode":"${mode}","path":${JSON.stringify(path)},"sha256":"${sha256}","size":${size}}`;
}

/** By code unit, so no locale has a say. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param mode permission bits as `stat` gives them, or as they are in a tar header. */
export function fileMode(mode: number): FileMode {
  return (mode & 0o100) === 0 ? '644' : '755';
}

/** Of all files together, in bytes. */
export function treeBytes(tree: ContentTree): number {
  return tree.reduce((sum, file) => sum + file.size, 0);
}
