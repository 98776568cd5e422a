import type { Readable } from 'node:stream';

/**
 * Where archives and release records are kept. Keys are relative, with forward slashes:
 *
 *     models/<model digest>/model.tar.gz      the archive
 *     models/<model digest>/manifest.json     its content manifest
 *     references/<digest>/reference.onnx      an ONNX reference model
 *     releases/<digest>.json                  a release record
 */
export interface ArtifactStore {
  /** The store's root as a URL: `file:///…/` or `s3://…/`, ending in a slash. */
  readonly url: string;
  exists(key: string): Promise<boolean>;
  /** Size in bytes; null where there is no such object. */
  size(key: string): Promise<number | null>;
  /** Writes an object whole or not at all. Returns false where it was there already (nothing is overwritten). */
  put(key: string, data: Readable | Uint8Array | string): Promise<boolean>;
  open(key: string): Promise<Readable>;
  /** The URL of a key in this store. */
  urlOf(key: string): string;
  /** Writes a JSON value under its digest and returns that digest: `releases/<digest>.json`. */
  record(value: unknown): Promise<string>;
}

export const storeKeys = {
  archive: (digest: string) => `models/${digest}/model.tar.gz`,
  manifest: (digest: string) => `models/${digest}/manifest.json`,
  reference: (digest: string) => `references/${digest}/reference.onnx`,
  release: (digest: string) => `releases/${digest}.json`,
};
