/**
 * Lists the files below a folder. Links are followed if they stay inside it: an archive that holds links is refused
 * by serving platforms, and one that points outside would differ from machine to machine.
 */
import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from 'node:fs';
import { basename, isAbsolute, join, relative, sep } from 'node:path';
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

/**
 * Never throws for what is wrong with the files: every problem is in the listing. Folders are read without waiting for
 * each, which takes five times as long as reading one.
 */
export async function listRoot(root: Root): Promise<Listing> {
  const listing: Listing = { files: [], leftOut: [], problems: [] };
  let base: string;
  let stats: Stats;
  try {
    base = realpathSync.native(root.path);
    stats = statSync(base);
  } catch (error) {
    listing.problems.push(await pathProblem(root.where, root.shown, root.base, error));
    return listing;
  }
  const walk: Walk = { ...listing, root, base };
  if (stats.isDirectory()) walkFolder(walk, base, '', [base]);
  else addFile(walk, stats, base, basename(root.path));
  return listing;
}

function walkFolder(walk: Walk, folder: string, path: string, ancestors: readonly string[]): void {
  const inFolder = folder.endsWith(sep) ? folder : folder + sep;
  for (const entry of entriesOf(walk, folder, path)) {
    const source = inFolder + entry.name;
    const inner = path === '' ? entry.name : `${path}/${entry.name}`;
    const reason = exclusionOf(entry.name);
    if (reason !== null) walk.leftOut.push({ path: walk.root.prefix + inner, reason });
    else if (entry.isFile()) addRegular(walk, source, inner);
    else if (entry.isSymbolicLink()) followLink(walk, source, inner, ancestors);
    else if (entry.isDirectory()) walkFolder(walk, source, inner, [...ancestors, source]);
    else addFile(walk, entry, source, inner);
  }
}

function entriesOf(walk: Walk, folder: string, path: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    problem(walk, path, whyUnreadable(error));
    return [];
  }
}

function followLink(walk: Walk, link: string, path: string, ancestors: readonly string[]): void {
  let target: string;
  let stats: Stats;
  try {
    target = realpathSync.native(link);
    stats = statSync(target);
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
  else walkFolder(walk, target, path, [...ancestors, target]);
}

/** A file that a link or the user named, or whatever else is in a folder. */
function addFile(
  walk: Walk,
  kind: Pick<Stats, 'isFile' | 'isSocket' | 'isFIFO'>,
  source: string,
  path: string,
): void {
  const reason = exclusionOf(basename(path));
  if (reason !== null) walk.leftOut.push({ path: walk.root.prefix + path, reason });
  else if (kind.isFile()) addRegular(walk, source, path);
  else {
    const what = kind.isSocket() ? 'a socket' : kind.isFIFO() ? 'a named pipe' : 'a device';
    problem(walk, path, `is ${what}, not a file.`, 'Remove it.');
  }
}

function addRegular(walk: Walk, source: string, path: string): void {
  if (path.includes('\uFFFD')) problem(walk, path, 'has a name that is not UTF-8.', 'Rename it.');
  else walk.files.push({ path: walk.root.prefix + path, source, root: walk.root });
}

function problem(walk: Walk, path: string, message: string, fix?: string): void {
  const { where, shown } = walk.root;
  const name = path === '' ? shown : join(shown, path);
  walk.problems.push({ where, message: `"${name}" ${message}`, ...(fix === undefined ? {} : { fix }) });
}
