/** What a build gets to see, file by file. */
import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import {
  credentialIn,
  credentialNamed,
  needsLook,
  privateKey,
  type Credential,
} from '../archive/credentials.ts';
import { hashFile, type HashedFile } from '../archive/hash-file.ts';
import { stopIfCancelled } from '../archive/streams.ts';
import { mapParallel } from '../map-parallel.ts';
import type { IgnoreRules } from './ignore-rules.ts';

/**
 * One entry of a build context. Times and owners do not count, and of the mode only whether it can be executed, so
 * that two checkouts of the same commit are the same.
 */
export type ContextEntry =
  | { readonly path: string; readonly kind: 'folder' }
  | { readonly path: string; readonly kind: 'link'; readonly target: string }
  | { readonly path: string; readonly kind: 'file'; readonly mode: '0644' | '0755'; readonly sha256: string };

interface Described {
  readonly entry: ContextEntry;
  readonly bytes: number;
  readonly credential: Credential | null;
}

/** Files that are hashed at the same time. */
const PARALLEL = 8;

export interface BuildContext {
  readonly entries: ContextEntry[];
  /** The size of all files. */
  readonly bytes: number;
  /** Files of credentials that the build would see, sorted by path. */
  readonly credentials: readonly FoundCredential[];
}

export interface FoundCredential extends Credential {
  readonly path: string;
}

/**
 * Every entry that the rules let in, sorted by path. Sockets, pipes and devices are left out.
 * @throws CancelledError if the signal is aborted; what the file system says if a file cannot be read.
 */
export async function readBuildContext(
  folder: string,
  rules: IgnoreRules,
  signal: AbortSignal,
): Promise<BuildContext> {
  const found: { path: string; entry: Dirent }[] = [];
  await walk(folder, '', rules, found);
  const all = await mapParallel(found, PARALLEL, async ({ path, entry }) => {
    stopIfCancelled(signal);
    const described = await describe(join(folder, path), path, entry, signal);
    return described === null ? [] : [{ ...described, path }];
  });
  const described = all.flat().sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    entries: described.map(({ entry }) => entry),
    bytes: described.reduce((sum, { bytes }) => sum + bytes, 0),
    credentials: described.flatMap(({ credential, path }) =>
      credential === null ? [] : [{ ...credential, path }],
    ),
  };
}

async function walk(
  root: string,
  folder: string,
  rules: IgnoreRules,
  found: { path: string; entry: Dirent }[],
): Promise<void> {
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    const ignored = rules.ignores(path);
    if (!ignored) found.push({ path, entry });
    if (entry.isDirectory() && (!ignored || rules.mayReenter(path))) await walk(root, path, rules, found);
  }
}

async function describe(
  absolute: string,
  path: string,
  entry: Dirent,
  signal: AbortSignal,
): Promise<Described | null> {
  const nothing = { bytes: 0, credential: null };
  if (entry.isDirectory()) return { entry: { path, kind: 'folder' }, ...nothing };
  if (entry.isSymbolicLink()) {
    return { entry: { path, kind: 'link', target: await readlink(absolute) }, ...nothing };
  }
  if (!entry.isFile()) return null;
  const executable = ((await lstat(absolute)).mode & 0o100) !== 0;
  const hashed = await hashFile(absolute, signal);
  return {
    entry: { path, kind: 'file', mode: executable ? '0755' : '0644', sha256: hashed.sha256 },
    bytes: hashed.size,
    credential: await credentialOf(absolute, path, hashed),
  };
}

async function credentialOf(absolute: string, path: string, hashed: HashedFile): Promise<Credential | null> {
  const told = hashed.isPrivateKey ? privateKey(path) : credentialNamed(path);
  if (told !== null || !needsLook(path, hashed.size)) return told;
  return credentialIn(path, await readFile(absolute));
}
