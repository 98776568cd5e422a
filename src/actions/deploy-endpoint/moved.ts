/** A file store that went from one machine to another, as an artifact of the run: its records name the first place. */
import type { ReleaseRecord } from '../../documents/release-record.ts';
import { storeKeys, storeOfArchive, type ArtifactStore } from '../../core/stores.ts';

/**
 * The record with the URLs of the store that it was read from, if that store holds what it names. The digest shows
 * that it is the same content. URLs of a store in the cloud stay as they are.
 */
export async function inStore(
  record: ReleaseRecord,
  storeUrl: string,
  openStore: (url: string) => Promise<ArtifactStore>,
): Promise<ReleaseRecord> {
  const { model, reference } = record;
  const from = storeOfArchive(model.url);
  if (from === null || from === storeUrl || !model.url.startsWith('file:')) return record;
  const store = await openStore(storeUrl);
  const key = model.url.slice(from.length);
  if (!(await store.exists(key))) return record;
  const referenceKey = reference === null ? null : storeKeys.reference(reference.digest);
  const hasReference = referenceKey !== null && (await store.exists(referenceKey));
  return {
    ...record,
    model: { ...model, url: store.urlOf(key) },
    reference:
      reference !== null && hasReference ? { ...reference, url: store.urlOf(referenceKey) } : reference,
  };
}
