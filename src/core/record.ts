/** Writes an immutable document into a store, named by its content. */
import { buffer } from 'node:stream/consumers';
import { canonicalJson, sha256 } from './canonical-json.ts';
import { UpstreamError } from './errors.ts';
import { storeKeys, type ArtifactStore } from './stores.ts';

/** How a store speaks of itself and of its objects. */
export interface StoreWords {
  /** Such as `S3`. */
  readonly system: string;
  readonly show: (key: string) => string;
}

/**
 * @returns the digest, under which it is there now; one that was there already is read back
 * @throws UpstreamError if the store holds something else under that name
 */
export async function recordIn(
  store: Pick<ArtifactStore, 'put' | 'open'>,
  value: unknown,
  { system, show }: StoreWords,
): Promise<string> {
  const text = canonicalJson(value);
  const digest = sha256(text);
  const key = storeKeys.release(digest);
  if (await store.put(key, text)) return digest;
  if (sha256(await buffer(await store.open(key))) === digest) return digest;
  throw new UpstreamError(
    system,
    `${show(key)} was changed after it was written: its content does not match its name. Restore or remove it.`,
    { page: 'artifact-changed' },
  );
}
