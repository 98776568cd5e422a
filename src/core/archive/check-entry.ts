import type { Header } from 'tar-stream';
import { clip } from '../clip.ts';
import { UserError } from '../errors.ts';
import { fileMode, type TreeFile } from './content-tree.ts';

export type ArchiveEntry = Omit<TreeFile, 'sha256'>;

/** In bytes, on the file systems that archives are unpacked on: https://en.wikipedia.org/wiki/Comparison_of_file_systems#Limits */
const LONGEST_NAME = 255;
/** Of Linux's 4096, with room for the folder that it is unpacked into. */
const LONGEST_PATH = 3072;

/** The paths of an archive, which all have to fit into one folder. */
export class EntryPaths {
  readonly #label: string;
  readonly #files = new Set<string>();
  readonly #folders = new Set<string>();

  constructor(label: string) {
    this.#label = label;
  }

  /** @throws UserError for a path that cannot be unpacked beside those before it. */
  add(path: string, isFile: boolean): void {
    this.#refuseLong(path);
    const parts = path.split('/');
    const above = parts.slice(0, -1).map((_, at) => parts.slice(0, at + 1).join('/'));
    const folders = isFile ? above : [...above, path];
    if (isFile && this.#files.has(path)) throw new UserError(`${this.#label} has "${path}" twice.`);
    const both = isFile && this.#folders.has(path) ? path : folders.find((folder) => this.#files.has(folder));
    if (both !== undefined) {
      throw new UserError(
        `${this.#label} has "${both}" both as a file and as a folder, so it cannot be unpacked.`,
      );
    }
    if (isFile) this.#files.add(path);
    for (const folder of folders) this.#folders.add(folder);
  }

  #refuseLong(path: string): void {
    const long = path.split('/').find((name) => Buffer.byteLength(name) > LONGEST_NAME);
    if (long === undefined && Buffer.byteLength(path) <= LONGEST_PATH) return;
    const [what, most] = long === undefined ? ['path', LONGEST_PATH] : ['name', LONGEST_NAME];
    throw new UserError(
      `${this.#label} has a ${what} of more than ${most} bytes, so it cannot be unpacked: "${clip(long ?? path, 60)}".`,
    );
  }
}

/** A plain file of the archive; null for a folder. @throws UserError for anything else. */
export function checkEntry(header: Header, label: string, paths: EntryPaths): ArchiveEntry | null {
  const path = safePath(header.name, label);
  if (header.type === 'directory') {
    if (path !== '') paths.add(path, false);
    return null;
  }
  const isFile = header.type === 'file' || header.type === 'contiguous-file';
  const isSparse = Object.keys(header.pax ?? {}).some((key) => key.startsWith('GNU.sparse.'));
  if (!isFile || isSparse) {
    // The type is null for letters that tar-stream does not know, whatever its types say.
    const what = isSparse
      ? 'a sparse file'
      : `a ${(header.type as string | null) ?? 'thing of an unknown kind'}`;
    const fix = what.endsWith('link') ? ' Pack it with "tar --dereference --hard-dereference".' : '';
    throw new UserError(
      `${label} has the entry "${header.name}", which is ${what}; only files are allowed.${fix}`,
    );
  }
  if (path === '') throw new UserError(`${label} has a file without a name.`);
  paths.add(path, true);
  return { path, mode: fileMode(header.mode), size: header.size };
}

/** The path without "./" and doubled slashes. @throws UserError if it could lead out of a folder. */
function safePath(name: string, label: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const leads = name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name) || parts.includes('..');
  if (leads || name.includes('\0') || /(^|\\)\.\.(\\|$)/.test(name)) {
    throw new UserError(
      `${label} has the entry "${name}", which points outside the folder it is unpacked to.`,
    );
  }
  return parts.join('/');
}
