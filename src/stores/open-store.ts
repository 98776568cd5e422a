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
import type { GcsOptions } from './gcs/options.ts';
import type { S3Options } from './s3/options.ts';

const SCHEME = /^([a-z][a-z0-9+.-]*):\/\//i;

/** Options that some kinds of stores have. */
export interface StoreOptions {
  readonly s3?: S3Options;
  readonly azure?: AzureBlobOptions;
  readonly google?: GcsOptions;
}

/** What can be done at a kind of object store. Its code is loaded if it is asked. */
interface ObjectStoreKind {
  store(url: string, options: StoreOptions): Promise<ArtifactStore>;
  open(url: string, options: StoreOptions): Promise<Readable>;
  remote(options: StoreOptions): Promise<RemoteFiles>;
}

/** One entry for each kind of object store. */
const KINDS: Readonly<Record<NonNullable<ReturnType<typeof objectStoreOf>>, ObjectStoreKind>> = {
  s3: {
    store: async (url, { s3 }) => (await import('./s3/s3-store.ts')).S3Store.open(url, s3),
    open: async (url, { s3 }) => (await import('./s3/open-object.ts')).openS3Url(url, s3),
    remote: async ({ s3 = {} }) => (await import('./s3/s3-remote.ts')).createS3Remote(s3),
  },
  gcs: {
    store: async (url, { google }) =>
      (await import('./gcs/gcs-store.ts')).GcsStore.open(url, told(google, url)),
    open: async (url, { google }) =>
      (await import('./gcs/open-object.ts')).openGcsUrl(url, told(google, url)),
    remote: async ({ google }) =>
      (await import('./gcs/gcs-remote.ts')).createGcsRemote(told(google, 'gs://')),
  },
  'azure-blob': {
    store: async (url, { azure }) =>
      (await import('./azure-blob/azure-blob-store.ts')).AzureBlobStore.open(url, told(azure, url)),
    open: async (url, { azure }) =>
      (await import('./azure-blob/open-blob.ts')).openBlobUrl(url, told(azure, url)),
    remote: async ({ azure }) =>
      (await import('./azure-blob/azure-blob-remote.ts')).createAzureBlobRemote(told(azure, 'https://')),
  },
};

/** A step that says nothing of a cloud's sign-in cannot use its store. */
function told<Options>(options: Options | undefined, url: string): Options {
  if (options === undefined) throw unsupported(url);
  return options;
}

/** @param url the store's root. Nothing is made or written. @throws UserError for a URL that is no store. */
export async function openStore(url: string, options: StoreOptions = {}): Promise<ArtifactStore> {
  const kind = objectStoreOf(url);
  if (kind !== null) return KINDS[kind].store(url, options);
  if (schemeOf(url) !== 'file') throw unsupported(url);
  return openFileStore(url);
}

/**
 * Opens any one artifact.
 * @param location a URL of a file or an object store, or a path; relative paths start at `base`.
 * @throws UserError if there is none, or if its kind of URL is not supported.
 */
export async function openUrl(location: string, base = '.', options: StoreOptions = {}): Promise<Readable> {
  if (!SCHEME.test(location)) return openFile(resolve(base, location));
  const kind = objectStoreOf(location);
  if (kind !== null) return KINDS[kind].open(location, options);
  if (schemeOf(location) !== 'file') throw unsupported(location);
  return openFile(pathOf(location));
}

/** Reads what is in the object store of a URL. @throws UserError for a URL that is in none */
export async function openRemote(url: string, options: StoreOptions): Promise<RemoteFiles> {
  const kind = objectStoreOf(url);
  if (kind === null) throw unsupported(url);
  return KINDS[kind].remote(options);
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
    `"${url}" cannot be used: an artifact store is in S3, Cloud Storage, Azure Blob or a folder. Give ${STORE_URL.form}.`,
  );
}
