import type { Header } from 'tar-stream';
import { UserError } from '../errors.ts';
import { fileMode, type TreeFile } from './content-tree.ts';

export type ArchiveEntry = Omit<TreeFile, 'sha256'>;

/** A plain file of the archive; null for a folder. @throws UserError for anything else. */
export function checkEntry(header: Header, label: string): ArchiveEntry | null {
  const path = safePath(header.name, label);
  if (header.type === 'directory') return null;
  const isFile = header.type === 'file' || header.type === 'contiguous-file';
  const isSparse = Object.keys(header.pax ?? {}).some((key) => key.startsWith('GNU.sparse.'));
  if (!isFile || isSparse) {
    // The type is null for letters that tar-stream does not know, whatever its types say.
    const what = isSparse
      ? 'a sparse file'
      : `a ${(header.type as string | null) ?? 'thing of an unknown kind'}`;
    const fix = what.endsWith('link') ? ' Pack it with "tar --dereference --hard-dereference".' : '';
    throw new UserError(
      `${label} has the entry "${header.name}", which is ${what}; only files are taken.${fix}`,
    );
  }
  if (path === '') throw new UserError(`${label} has a file without a name.`);
  return { path, mode: fileMode(header.mode), size: header.size };
}

/** The path without "./" and doubled slashes. @throws UserError where it could lead out of a folder. */
function safePath(name: string, label: string): string {
  const parts = name.split('/').filter((part) => part !== '' && part !== '.');
  const leads = name.startsWith('/') || /^[A-Za-z]:[\\/]/.test(name) || parts.includes('..');
  if (leads || name.includes('\0') || /(^|\\)\.\.(\\|$)/.test(name)) {
    throw new UserError(
      `${label} has the entry "${name}", which leads out of the folder it is unpacked into.`,
    );
  }
  return parts.join('/');
}
