/** Which files a stored model has: what the manifest beside it says. */
import { text } from 'node:stream/consumers';
import { parseManifest } from '../../documents/manifest.ts';
import { CancelledError, messageOf } from '../errors.ts';
import { placeInStore, type ArtifactStore } from '../stores.ts';

export interface StoredFiles {
  /** Paths below the model's folder; null if nobody knows. */
  readonly paths: readonly string[] | null;
  /** Why nobody knows, in a sentence; '' if somebody does. */
  readonly why: string;
}

/** Never fails: an archive of somebody else's has no manifest. */
export async function storedFiles(
  url: string,
  openStore: (url: string) => Promise<ArtifactStore>,
): Promise<StoredFiles> {
  const place = placeInStore(url);
  if (place === null) return unknown('It is not in an artifact store of package-model.');
  try {
    const store = await openStore(place.store);
    if (!(await store.exists(place.manifest))) return unknown('There is no manifest beside it.');
    const manifest = parseManifest(await text(await store.open(place.manifest)), place.digest);
    if (manifest === null) return unknown('The manifest beside it has an unknown format.');
    return { paths: manifest.files.map(({ path }) => path), why: '' };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return unknown(`The manifest beside it could not be read: ${messageOf(error)}`);
  }
}

function unknown(why: string): StoredFiles {
  return { paths: null, why };
}
