import type { RemoteFiles } from '../../core/archive/remote-model.ts';
import { filesBelow } from '../files-below.ts';
import { parseBlobUrl } from './address.ts';
import type { AzureBlobOptions } from './options.ts';
import { listBlobs, openBlob } from './reads.ts';
import { BlobSession } from './session.ts';

/** Reads blobs by their URLs. */
export function createAzureBlobRemote(options: AzureBlobOptions): RemoteFiles {
  return {
    list: async (url) => {
      const { key, ...address } = parseBlobUrl(url);
      const session = new BlobSession(address, options);
      // As it was asked for: a name may be written in more than one way.
      const urlOf = (found: string) => (found === key ? url : session.urlOf(found));
      return filesBelow(await listBlobs(session, key), key, urlOf);
    },
    open: async (url, version) => {
      const { key, ...address } = parseBlobUrl(url);
      const { body, etag } = await openBlob(new BlobSession(address, options), key, version);
      return { body, version: etag };
    },
  };
}
