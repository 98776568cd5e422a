import { pathToFileURL } from 'node:url';
import type { Readable } from 'node:stream';

/**
 * Where archives and release records are kept. Keys are relative, with forward slashes:
 *
 *     models/<model digest>/model.tar.gz      the archive
 *     models/<model digest>/manifest.json     its content manifest
 *     models/<model digest>/model.tar         the archive without compression, with manifest-tar.json beside it
 *     references/<digest>/reference.onnx      an ONNX reference model
 *     releases/<digest>.json                  a release record
 */
export interface ArtifactStore {
  /** The store's root as a URL: `file:///…/` or `s3://…/`, ending in a slash. */
  readonly url: string;
  exists(key: string): Promise<boolean>;
  /** Size in bytes; null where there is no such object. */
  size(key: string): Promise<number | null>;
  /**
   * Writes an object whole or not at all. Returns false where it was there already: nothing is overwritten, unless
   * `replace` is set, which is for objects that were found to be damaged. A stream that is not needed is destroyed.
   */
  put(
    key: string,
    data: Readable | Uint8Array | string,
    options?: { readonly replace?: boolean },
  ): Promise<boolean>;
  /** @throws UserError where there is no such object. */
  open(key: string): Promise<Readable>;
  /** The URL of a key in this store. */
  urlOf(key: string): string;
  /** Writes a JSON value under its digest and returns that digest: `releases/<digest>.json`. */
  record(value: unknown): Promise<string>;
}

export const storeKeys = {
  archive: (digest: string) => `models/${digest}/model.tar.gz`,
  manifest: (digest: string) => `models/${digest}/manifest.json`,
  tar: (digest: string) => `models/${digest}/model.tar`,
  tarManifest: (digest: string) => `models/${digest}/manifest-tar.json`,
  reference: (digest: string) => `references/${digest}/reference.onnx`,
  release: (digest: string) => `releases/${digest}.json`,
};

/**
 * The URL of the store that an archive lies in, ending in a slash; null where the archive is not laid out as in a
 * store. `archive` is a URL or an absolute path.
 */
export function storeOfArchive(archive: string): string | null {
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(archive) ? archive : pathToFileURL(archive).href;
  return /^(.+\/)models\/[0-9a-f]{64}\/model\.tar(?:\.gz)?$/.exec(url)?.[1] ?? null;
}
