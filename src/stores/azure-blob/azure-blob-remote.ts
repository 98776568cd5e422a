import { basename } from 'node:path/posix';
import type { RemoteFiles } from '../../core/archive/remote-model.ts';
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
      const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
      return (await listBlobs(session, key))
        .filter((blob) => blob.key === key || blob.key.startsWith(folder))
        .map((blob) => ({
          path: blob.key === key ? basename(key) : blob.key.slice(folder.length),
          // As it was asked for: a name may be written in more than one way.
          url: blob.key === key ? url : session.urlOf(blob.key),
          size: blob.size,
        }))
        .filter((file) => file.path !== '');
    },
    open: async (url, version) => {
      const { key, ...address } = parseBlobUrl(url);
      const { body, etag } = await openBlob(new BlobSession(address, options), key, version);
      return { body, version: etag };
    },
  };
}
