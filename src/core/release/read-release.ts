/** Reads the release record that an input names. */
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { parseRelease, type ReleaseRecord } from '../../documents/release-record.ts';
import { UserError } from '../errors.ts';
import { storeKeys, type ArtifactStore } from '../stores.ts';

export interface ReleasePorts {
  readonly openStore: (url: string) => Promise<ArtifactStore>;
  /** Opens a path or URL; relative paths start at the workspace. @throws UserError if there is none. */
  readonly openUrl: (location: string) => Promise<Readable>;
}

/**
 * @param location a digest, which names a record of the artifact store, or a path or URL
 * @throws UserError if there is none, or it is not what its name says
 */
export async function readRelease(
  location: string,
  storeUrl: string,
  { openStore, openUrl }: ReleasePorts,
): Promise<ReleaseRecord> {
  const byName = /(?:^|[\\/])([0-9a-f]{64})(?:\.json)?$/.exec(location)?.[1] ?? null;
  if (location !== byName) {
    const stream = await openUrl(location);
    return parseRelease(await text(stream), { label: `"${location}"`, digest: byName });
  }
  const store = await openStore(storeUrl);
  const key = storeKeys.release(location);
  if (!(await store.exists(key))) {
    throw new UserError(
      `the artifact store ${store.url} has no release ${location}. Set artifact-store to the store that contains it.`,
    );
  }
  return parseRelease(await text(await store.open(key)), { label: store.urlOf(key), digest: location });
}
