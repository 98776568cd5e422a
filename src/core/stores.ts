import { pathToFileURL } from 'node:url';
import type { Readable } from 'node:stream';

/**
 * Where archives and release records are kept. Keys are relative, with forward slashes:
 *
 *     models/<model digest>/model.tar.gz      the archive
 *     models/<model digest>/manifest.json     its content manifest
 *     models/<model digest>/model.tar         the archive without compression, with manifest-tar.json beside it
 *     models/<model digest>/files/<path>      the files by themselves (object stores), with manifest-files.json beside them
 *     references/<digest>/reference.onnx      an ONNX reference model
 *     releases/<digest>.json                  a release record
 *     approvals/<digest>.json                 that an approval was used
 */
export interface ArtifactStore {
  /** The store's root as a URL: `file:///…/`, `s3://…/`, `gs://…/` or `https://….blob.core.windows.net/…/`, ending in a slash. */
  readonly url: string;
  exists(key: string): Promise<boolean>;
  /** Size in bytes; null if there is no such object. */
  size(key: string): Promise<number | null>;
  /**
   * Writes an object whole or not at all. Returns false if it was there already: nothing is overwritten, unless
   * `replace` is set, which is for objects that were found to be damaged. A stream that is not needed is destroyed.
   */
  put(key: string, data: Readable | Uint8Array | string, options?: PutOptions): Promise<boolean>;
  /**
   * Copies an object of an object store without sending its bytes through this machine; in stores that can. Returns
   * false if it was there already, and null if this server or this source does not allow it.
   * @throws UserError if the source is no longer `version`
   */
  copy?(key: string, source: StoredObject, options?: Pick<PutOptions, 'replace'>): Promise<boolean | null>;
  /** @throws UserError if there is no such object. */
  open(key: string): Promise<Readable>;
  /** The URL of a key in this store. */
  urlOf(key: string): string;
  /** Writes a JSON value under its digest and returns that digest: `releases/<digest>.json`. */
  record(value: unknown): Promise<string>;
  /** Ends what interrupted uploads of an object that is there left behind; in stores that keep such a thing. */
  tidy?(key: string): Promise<void>;
}

/** An object where it is, as it was when it was read. */
export interface StoredObject {
  readonly url: string;
  /** What the store calls these bytes of it. */
  readonly version: string;
  readonly bytes: number;
}

export interface PutOptions {
  readonly replace?: boolean;
  /** At most as many bytes will come out of a stream; needed if it may be more than a few GB. */
  readonly maxBytes?: number;
  /** How much of the work behind a stream is done, 0 to 1; for progress. */
  readonly share?: () => number;
}

/**
 * Blob services of Azure, and of nobody else, because they get a token: of the public cloud and the sovereign ones, and of
 * accounts in a zone. https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-endpoints
 */
const AZURE_BLOB = String.raw`[a-z0-9]{3,24}(\.z\d{1,2})?\.blob\.(core\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)|storage\.azure\.net)`;
const IN_AZURE_BLOB = new RegExp(`^https://${AZURE_BLOB}(/|$)`, 'i');

/** What an input takes that names a store; the one list of them. */
export const STORE_URL = {
  pattern: new RegExp(String.raw`^((s3|gs):\/\/[^/]+|https:\/\/${AZURE_BLOB}\/[^/?#]+|file:\/\/\/.)`),
  form: 'an s3://bucket/prefix, gs://bucket/prefix, https://account.blob.core.windows.net/container/prefix or file:///folder URL',
} as const;

/** What kind of object store a URL is in; null if it is in none. */
export function objectStoreOf(location: string): 's3' | 'gcs' | 'azure-blob' | null {
  if (/^s3:\/\//i.test(location)) return 's3';
  if (/^gs:\/\//i.test(location)) return 'gcs';
  return IN_AZURE_BLOB.test(location) ? 'azure-blob' : null;
}

export const storeKeys = {
  archive: (digest: string) => `models/${digest}/model.tar.gz`,
  manifest: (digest: string) => `models/${digest}/manifest.json`,
  tar: (digest: string) => `models/${digest}/model.tar`,
  tarManifest: (digest: string) => `models/${digest}/manifest-tar.json`,
  /** Without the slash that its URL ends in. */
  files: (digest: string) => `models/${digest}/files`,
  filesManifest: (digest: string) => `models/${digest}/manifest-files.json`,
  reference: (digest: string) => `references/${digest}/reference.onnx`,
  release: (digest: string) => `releases/${digest}.json`,
  approvalUse: (key: string) => `approvals/${key}.json`,
};

/** Where a model is in a store, by its URL. */
export interface PlaceInStore {
  /** The store's URL, ending in a slash. */
  readonly store: string;
  /** The model digest. */
  readonly digest: string;
  /** The key of its content manifest. */
  readonly manifest: string;
}

const IN_STORE = /^(.+\/)models\/([0-9a-f]{64})\/(model\.tar\.gz|model\.tar|files\/)$/;
const MANIFESTS: Readonly<Record<string, (digest: string) => string>> = {
  'model.tar.gz': storeKeys.manifest,
  'model.tar': storeKeys.tarManifest,
  'files/': storeKeys.filesManifest,
};

/**
 * Null if a model is not laid out as in a store. `archive` is a URL or an absolute path; that of files by
 * themselves ends in a slash.
 */
export function placeInStore(archive: string): PlaceInStore | null {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(archive) ? archive : pathToFileURL(archive).href;
  const [, store, digest, name = ''] = IN_STORE.exec(url) ?? [];
  const manifest = MANIFESTS[name];
  if (store === undefined || digest === undefined || manifest === undefined) return null;
  return { store, digest, manifest: manifest(digest) };
}

/** The URL of the store that a model is in, ending in a slash; null if it is not laid out as in a store. */
export function storeOfArchive(archive: string): string | null {
  return placeInStore(archive)?.store ?? null;
}

/** @throws Error for a key that has empty parts, or leads out of its store */
export function checkKey(key: string): void {
  const isPlain = key.split('/').every((part) => part !== '' && part !== '.' && part !== '..');
  if (!isPlain) throw new Error(`"${key}" is not a valid key of an artifact store.`);
}
