import type { Readable } from 'node:stream';
import { UserError } from '../../core/errors.ts';
import { parseBlobUrl } from './address.ts';
import type { AzureBlobOptions } from './options.ts';
import { openBlob } from './reads.ts';
import { BlobSession } from './session.ts';

/** @throws UserError if there is no such blob */
export async function openBlobUrl(url: string, options: AzureBlobOptions): Promise<Readable> {
  const { key, ...address } = parseBlobUrl(url);
  if (key === '' || key.endsWith('/')) throw new UserError(`"${url}" is a folder. Give the URL of one blob.`);
  return (await openBlob(new BlobSession(address, options), key)).body;
}
