/** From a URL to the store, or the artifact, that it names. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { errorCode } from '../core/archive/streams.ts';
import { UserError } from '../core/errors.ts';
import type { ArtifactStore } from '../core/stores.ts';
import { explainFileError } from './file/file-errors.ts';
import { FileStore, openFile } from './file/file-store.ts';

export { storeOfArchive } from '../core/stores.ts';

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/** One line for each kind of store. */
const OPENERS: Readonly<Record<string, (url: string) => Promise<ArtifactStore>>> = {
  file: openFileStore,
};

/** @param url the store's root. Nothing is made or written. @throws UserError for a URL that is no store. */
export async function openStore(url: string): Promise<ArtifactStore> {
  const opener = OPENERS[schemeOf(url)];
  if (opener === undefined) throw unsupported(url);
  return opener(url);
}

/**
 * Opens any one artifact.
 * @param location a `file://` URL or a path; relative paths start at `base`.
 * @throws UserError where there is none, or where its kind of URL is not supported.
 */
export async function openUrl(location: string, base = '.'): Promise<Readable> {
  if (!SCHEME.test(location)) return openFile(resolve(base, location));
  if (schemeOf(location) !== 'file') throw unsupported(location);
  return openFile(pathOf(location));
}

async function openFileStore(url: string): Promise<ArtifactStore> {
  const path = pathOf(url);
  const stats = await stat(path).catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return null;
    throw explainFileError(error, path);
  });
  if (stats !== null && !stats.isDirectory()) {
    throw new UserError(`The artifact store "${path}" is a file. Give the URL of a folder.`);
  }
  return new FileStore(path);
}

function pathOf(url: string): string {
  try {
    return fileURLToPath(url);
  } catch (cause) {
    throw new UserError(
      `"${url}" names no file of this machine. Write file:///folder, with three slashes and no host.`,
      { cause },
    );
  }
}

function schemeOf(url: string): string {
  return SCHEME.exec(url)?.[1]?.toLowerCase() ?? '';
}

function unsupported(url: string): UserError {
  return new UserError(
    `"${url}" cannot be used: this version has file stores only. Give a file:///folder URL.`,
  );
}
