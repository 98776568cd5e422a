/** From a URL to the store, or the artifact, that it names. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import type { RemoteFiles } from '../core/archive/remote-model.ts';
import { errorCode, UserError } from '../core/errors.ts';
import { objectStoreOf, STORE_URL, type ArtifactStore } from '../core/stores.ts';
import type { AzureBlobOptions } from './azure-blob/options.ts';
import { explainFileError } from './file/file-errors.ts';
import { FileStore, openFile } from './file/file-store.ts';
import type { S3Options } from './s3/options.ts';

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/** What stores of some kinds can be told. */
export interface StoreOptions {
  readonly s3?: S3Options;
  readonly azure?: AzureBlobOptions;
}

/** One line for each kind of store. */
const OPENERS: Readonly<Record<string, (url: string, options: StoreOptions) => Promise<ArtifactStore>>> = {
  file: openFileStore,
  s3: async (url, { s3 }) => (await import('./s3/s3-store.ts')).S3Store.open(url, s3),
  https: async (url, { azure }) => {
    if (objectStoreOf(url) === null || azure === undefined) throw unsupported(url);
    return (await import('./azure-blob/azure-blob-store.ts')).AzureBlobStore.open(url, azure);
  },
};

/** @param url the store's root. Nothing is made or written. @throws UserError for a URL that is no store. */
export async function openStore(url: string, options: StoreOptions = {}): Promise<ArtifactStore> {
  const opener = OPENERS[schemeOf(url)];
  if (opener === undefined) throw unsupported(url);
  return opener(url, options);
}

/**
 * Opens any one artifact.
 * @param location a `file://`, `s3://` or Azure Blob URL or a path; relative paths start at `base`.
 * @throws UserError where there is none, or where its kind of URL is not supported.
 */
export async function openUrl(location: string, base = '.', options: StoreOptions = {}): Promise<Readable> {
  if (!SCHEME.test(location)) return openFile(resolve(base, location));
  if (schemeOf(location) === 's3')
    return (await import('./s3/open-object.ts')).openS3Url(location, options.s3);
  if (objectStoreOf(location) !== null && options.azure !== undefined)
    return (await import('./azure-blob/open-blob.ts')).openBlobUrl(location, options.azure);
  if (schemeOf(location) !== 'file') throw unsupported(location);
  return openFile(pathOf(location));
}

/** Reads what lies in the object store of a URL. @throws UserError for a URL that is in none */
export async function openRemote(url: string, { s3, azure }: StoreOptions): Promise<RemoteFiles> {
  const kind = objectStoreOf(url);
  if (kind === 's3') return (await import('./s3/s3-remote.ts')).createS3Remote(s3 ?? {});
  if (kind === null || azure === undefined) throw unsupported(url);
  return (await import('./azure-blob/azure-blob-remote.ts')).createAzureBlobRemote(azure);
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
    `"${url}" cannot be used: artifacts lie in S3, in Azure Blob or in folders. Give ${STORE_URL.form}.`,
  );
}
