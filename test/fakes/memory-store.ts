/** An artifact store on a Map, which many stores may share and a test may copy. */
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { canonicalJson, sha256 } from '../../src/core/canonical-json.ts';
import { UserError } from '../../src/core/errors.ts';
import { storeKeys, type ArtifactStore } from '../../src/core/stores.ts';

/** Content by URL. */
export type Notes = Map<string, Buffer>;

/** @param url ending in a slash */
export function storeOn(notes: Notes, url: string): ArtifactStore {
  const at = (key: string) => `${url}${key}`;
  const store: ArtifactStore = {
    url,
    exists: (key) => Promise.resolve(notes.has(at(key))),
    size: (key) => Promise.resolve(notes.get(at(key))?.length ?? null),
    put: async (key, data, { replace = false } = {}) => {
      if (notes.has(at(key)) && !replace) return false;
      notes.set(at(key), data instanceof Readable ? await buffer(data) : Buffer.from(data));
      return true;
    },
    open: (key) => {
      const content = notes.get(at(key));
      if (content === undefined) throw new UserError(`There is no ${at(key)}.`);
      return Promise.resolve(Readable.from([content]));
    },
    urlOf: at,
    record: async (value) => {
      const text = canonicalJson(value);
      const digest = sha256(text);
      await store.put(storeKeys.release(digest), text);
      return digest;
    },
  };
  return store;
}
