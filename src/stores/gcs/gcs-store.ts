import { ObjectStore } from '../object-store.ts';
import { parseGcsUrl } from './address.ts';
import type { GcsOptions } from './options.ts';
import { factsOf, openObject } from './reads.ts';
import { GcsSession } from './session.ts';
import { uploadStream, WHOLE_BYTES } from './upload.ts';
import { putObject } from './writes.ts';

/** An artifact store below a prefix of a bucket of Cloud Storage. */
export class GcsStore extends ObjectStore {
  /** @param url `gs://<bucket>/<prefix>`. Asks Google nothing. @throws UserError for any other URL */
  static open(url: string, options: GcsOptions): GcsStore {
    const { bucket, key: folder } = parseGcsUrl(url);
    const session = new GcsSession(bucket, options);
    const service = {
      system: 'Google Cloud',
      ports: options,
      urlOf: (key: string) => session.urlOf(key),
      size: async (key: string) => (await factsOf(session, key))?.size ?? null,
      open: async (key: string) => (await openObject(session, key)).body,
      fitsWhole: (bytes: number) => bytes <= WHOLE_BYTES,
      putWhole: putObject.bind(null, session),
      upload: uploadStream.bind(null, session),
    };
    return new GcsStore(service, folder);
  }
}
