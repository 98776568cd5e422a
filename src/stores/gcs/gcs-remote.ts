import type { RemoteFiles } from '../../core/archive/remote-model.ts';
import { filesBelow } from '../files-below.ts';
import { parseGcsUrl } from './address.ts';
import type { GcsOptions } from './options.ts';
import { listObjects, openObject } from './reads.ts';
import { GcsSession } from './session.ts';

/** Reads objects by their gs:// URLs. */
export function createGcsRemote(options: GcsOptions): RemoteFiles {
  return {
    list: async (url) => {
      const { bucket, key } = parseGcsUrl(url);
      const session = new GcsSession(bucket, options);
      return filesBelow(await listObjects(session, key), key, (found) => session.urlOf(found));
    },
    open: async (url, version) => {
      const { bucket, key } = parseGcsUrl(url);
      const { body, generation } = await openObject(new GcsSession(bucket, options), key, version);
      return { body, version: generation };
    },
  };
}
