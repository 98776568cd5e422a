/**
 * Lists the files below a folder. Links are followed if they stay inside it: an archive that holds links is refused
 * by serving platforms, and one that points outside would differ from machine to machine.
 */
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
import type { Stats } from 'node:fs';
import { type Problem, whyUnreadable } from '../errors.ts';
import { pathProblem } from '../missing-path.ts';
import { exclusionOf, exclusionOfPath, type LeftOut } from './exclusions.ts';

/** A file or folder that the user named. */
export interface Root {
  /** The input's name. */
  readonly where: string;
  /** As the user wrote it. */
  readonly shown: string;
  /** Absolute. */
  readonly path: string;
  /** Absolute: what `shown` is relative to. */
  readonly base: string;
  /** '' or such as `code/`: where its files go in the archive. */
  readonly prefix: string;
}

export interface ListedFile {
  /** In the archive. */
  readonly path: string;
  /** Absolute, without links. */
  readonly source: string;
  readonly root: Root;
}

export interface Listing {
  readonly files: ListedFile[];
  readonly leftOut: LeftOut[];
  readonly problems: Problem[];
}

interface Walk extends Listing {
  readonly root: Root;
  /** The root without links. */
  readonly base: string;
}

/** Whether a path is a folder or is in it. Both are absolute. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** Never throws for what is wrong with the files: every problem is in the listing. */
export async function listRoot(root: Root): Promise<Listing> {
  const listing: Listing = { files: [], leftOut: [], problems: [] };
  let base: string;
  let stats: Stats;
  try {
    base = await realpath(root.path);
    stats = await stat(base);
  } catch (error) {
    listing.problems.push(await pathProblem(root.where, root.shown, root.base, error));
    return listing;
  }
  const walk: Walk = { ...listing, root, base };
  if (stats.isDirectory()) await walkFolder(walk, base, '', [base]);
  else addFile(walk, stats, base, basename(root.path));
  return listing;
}

async function walkFolder(
  walk: Walk,
  folder: string,
  path: string,
  ancestors: readonly string[],
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    problem(walk, path, whyUnreadable(error));
    return [];
  });
  for (const entry of entries) {
    const source = join(folder, entry.name);
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    const reason = exclusionOf(entry.name);
    if (reason !== null) walk.leftOut.push({ path: walk.root.prefix + inner, reason });
    else if (entry.isSymbolicLink()) await followLink(walk, source, inner, ancestors);
    else if (entry.isDirectory()) await walkFolder(walk, source, inner, [...ancestors, source]);
    else addFile(walk, entry, source, inner);
  }
}

async function followLink(
  walk: Walk,
  link: string,
  path: string,
  ancestors: readonly string[],
): Promise<void> {
  let target: string;
  let stats: Stats;
  try {
    target = await realpath(link);
    stats = await stat(target);
  } catch (error) {
    problem(walk, path, `is a broken link: it ${whyUnreadable(error)}`);
    return;
  }
  if (!isInside(walk.base, target)) {
    const fix = 'Copy the file into it (cp -L).';
    problem(walk, path, `is a link to "${target}", outside the model's folder.`, fix);
    return;
  }
  const reason = exclusionOfPath(relative(walk.base, target).split(sep).join('/'));
  if (reason !== null) walk.leftOut.push({ path: walk.root.prefix + path, reason });
  else if (!stats.isDirectory()) addFile(walk, stats, target, path);
  else if (ancestors.includes(target)) problem(walk, path, `is a link to "${target}", which contains it.`);
  else await walkFolder(walk, target, path, [...ancestors, target]);
}

function addFile(
  walk: Walk,
  kind: Pick<Stats, 'isFile' | 'isSocket' | 'isFIFO'>,
  source: string,
  path: string,
): void {
  const reason = exclusionOf(basename(path));
  if (reason !== null) walk.leftOut.push({ path: walk.root.prefix + path, reason });
  else if (path.includes('\uFFFD')) problem(walk, path, 'has a name that is not UTF-8.', 'Rename it.');
  else if (!kind.isFile()) {
    const what = kind.isSocket() ? 'a socket' : kind.isFIFO() ? 'a named pipe' : 'a device';
    problem(walk, path, `is ${what}, not a file.`, 'Remove it.');
  } else walk.files.push({ path: walk.root.prefix + path, source, root: walk.root });
}

function problem(walk: Walk, path: string, message: string, fix?: string): void {
  const { where, shown } = walk.root;
  const name = path === '' ? shown : join(shown, path);
  walk.problems.push({ where, message: `"${name}" ${message}`, ...(fix === undefined ? {} : { fix }) });
}
