import type { Readable } from 'node:stream';
import { UserError } from '../../core/errors.ts';
import { parseS3Url } from './address.ts';
import type { S3Options } from './options.ts';
import { openObject } from './reads.ts';
import { S3Session } from './session.ts';

/** @param url `s3://bucket/key`. @throws UserError if there is no such object. */
export async function openS3Url(url: string, options: S3Options = {}): Promise<Readable> {
  const { bucket, key } = parseS3Url(url);
  if (key === '' || key.endsWith('/'))
    throw new UserError(`"${url}" is a folder. Give the URL of one object.`);
  return (await openObject(await S3Session.open(bucket, options), key)).body;
}
