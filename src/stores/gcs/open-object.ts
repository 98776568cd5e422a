import type { Readable } from 'node:stream';
import { UserError } from '../../core/errors.ts';
import { parseGcsUrl } from './address.ts';
import type { GcsOptions } from './options.ts';
import { openObject } from './reads.ts';
import { GcsSession } from './session.ts';

/** @throws UserError if there is no such object */
export async function openGcsUrl(url: string, options: GcsOptions): Promise<Readable> {
  const { bucket, key } = parseGcsUrl(url);
  if (key === '' || key.endsWith('/'))
    throw new UserError(`"${url}" is a folder. Give the URL of one object.`);
  return (await openObject(new GcsSession(bucket, options), key)).body;
}
