import { basename } from 'node:path/posix';
import type { RemoteFiles } from '../../core/archive/remote-model.ts';
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
      const folder = key === '' || key.endsWith('/') ? key : `${key}/`;
      const objects = await listObjects(session, key);
      return objects
        .filter((object) => object.key === key || object.key.startsWith(folder))
        .map((object) => ({
          path: object.key === key ? basename(key) : object.key.slice(folder.length),
          url: session.urlOf(object.key),
          size: object.size,
        }))
        .filter((file) => file.path !== '');
    },
    open: async (url, version) => {
      const { bucket, key } = parseS3Url(url);
      const { body, etag } = await openObject(await sessionOf(bucket), key, version);
      return { body, version: etag };
    },
  };
}
