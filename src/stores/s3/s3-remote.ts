import type { RemoteFiles } from '../../core/archive/remote-model.ts';
import { filesBelow } from '../files-below.ts';
import { parseS3Url } from './address.ts';
import type { S3Options } from './options.ts';
import { listObjects, openObject } from './reads.ts';
import { S3Session } from './session.ts';

/** Reads objects by their s3:// URLs. */
export function createS3Remote(options: S3Options): RemoteFiles {
  const sessions = new Map<string, Promise<S3Session>>();
  const sessionOf = (bucket: string) => {
    const session = sessions.get(bucket) ?? S3Session.open(bucket, options);
    sessions.set(bucket, session);
    return session;
  };
  return {
    list: async (url) => {
      const { bucket, key } = parseS3Url(url);
      const session = await sessionOf(bucket);
      return filesBelow(await listObjects(session, key), key, (found) => session.urlOf(found));
    },
    open: async (url, version) => {
      const { bucket, key } = parseS3Url(url);
      const { body, etag } = await openObject(await sessionOf(bucket), key, version);
      return { body, version: etag };
    },
  };
}
