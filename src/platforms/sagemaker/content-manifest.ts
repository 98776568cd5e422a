/** What the manifest beside an archive says is in it. */
import { text } from 'node:stream/consumers';
import { parseManifest } from '../../documents/manifest.ts';
import { CancelledError, messageOf } from '../../core/errors.ts';
import { placeInStore, type ArtifactStore } from '../../core/stores.ts';

/** Where AWS's images look for the user's code, as package-model lays it out. */
const SCRIPT = 'code/inference.py';

export interface ScriptAnswer {
  /** null if nobody knows. */
  readonly has: boolean | null;
  /** Why nobody knows, in a sentence; '' if somebody does. */
  readonly why: string;
}

/** Whether the archive brings a script of its own. Never fails: an archive of somebody else's has no manifest. */
export async function hasScript(
  url: string,
  openStore: (url: string) => Promise<ArtifactStore>,
): Promise<ScriptAnswer> {
  const place = placeInStore(url);
  if (place === null) return unknown('It is not in an artifact store of package-model.');
  try {
    const store = await openStore(place.store);
    if (!(await store.exists(place.manifest))) return unknown('There is no manifest beside it.');
    const manifest = parseManifest(await text(await store.open(place.manifest)), place.digest);
    if (manifest === null) return unknown('The manifest beside it has an unknown format.');
    return { has: manifest.files.some(({ path }) => path === SCRIPT), why: '' };
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    return unknown(`The manifest beside it could not be read: ${messageOf(error)}`);
  }
}

function unknown(why: string): ScriptAnswer {
  return { has: null, why };
}
