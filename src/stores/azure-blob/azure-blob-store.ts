import { ObjectStore } from '../object-store.ts';
import { parseBlobUrl } from './address.ts';
import type { AzureBlobOptions } from './options.ts';
import { factsOf, openBlob } from './reads.ts';
import { BlobSession } from './session.ts';
import { partBytesFor, uploadStream } from './upload.ts';
import { putBlob } from './writes.ts';

/** An artifact store below a prefix of a container of Azure Blob. */
export class AzureBlobStore extends ObjectStore {
  /**
   * @param url `https://<account>.blob.core.windows.net/<container>/<prefix>`. Asks Azure nothing.
   * @throws UserError for any other URL
   */
  static open(url: string, options: AzureBlobOptions): AzureBlobStore {
    const { key: folder, ...address } = parseBlobUrl(url);
    const session = new BlobSession(address, options);
    const service = {
      system: 'Azure',
      ports: options,
      urlOf: (key: string) => session.urlOf(key),
      size: async (key: string) => (await factsOf(session, key))?.size ?? null,
      open: async (key: string) => (await openBlob(session, key)).body,
      fitsWhole: (bytes: number) => bytes <= partBytesFor(bytes),
      putWhole: putBlob.bind(null, session),
      upload: uploadStream.bind(null, session),
    };
    return new AzureBlobStore(service, folder);
  }
}
