/** Reading from Azure Blob. Keys are whole here: the store's prefix is in them. */
import { Readable } from 'node:stream';
import { AzureFailure, isMissing } from '../../clouds/azure/errors.ts';
import { UserError } from '../../core/errors.ts';
import { blobsIn, type ListedBlob } from './listing.ts';
import type { BlobSession } from './session.ts';

export interface OpenedBlob {
  readonly body: Readable;
  readonly etag: string;
}

/** What is known of a blob without its content. */
export interface BlobFacts {
  /** In bytes. */
  readonly size: number;
  /** What the write that made it called itself; '' if it was not ours. */
  readonly writtenBy: string;
}

/** In a blob's metadata: which write made it. Names of metadata are names of C#. */
export const WRITTEN_BY = 'x-ms-meta-mldeploywrite';

/** null if there is no such blob. @throws UserError if there is no such container */
export async function factsOf(session: BlobSession, key: string): Promise<BlobFacts | null> {
  try {
    const { headers } = await session.call({
      operation: 'Get Blob Properties',
      method: 'HEAD',
      key,
      needs: 'read',
    });
    const size = Number(headers.get('content-length') ?? 0);
    return { size, writtenBy: headers.get(WRITTEN_BY) ?? '' };
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** @param etag what the blob has to be still; null for any. @throws UserError if there is no such blob. */
export async function openBlob(
  session: BlobSession,
  key: string,
  etag: string | null = null,
): Promise<OpenedBlob> {
  try {
    const response = await session.call({
      operation: 'Get Blob',
      method: 'GET',
      key,
      needs: 'read',
      headers: etag === null ? {} : { 'if-match': etag },
    });
    const body = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body);
    return { body, etag: response.headers.get('etag') ?? '' };
  } catch (error) {
    throw placed(error, session.urlOf(key));
  }
}

function placed(error: unknown, url: string): unknown {
  if (!(error instanceof AzureFailure)) return error;
  const options = { cause: error, page: 'azure-refused' } as const;
  if (error.kind === 'missing') {
    return new UserError(`There is no ${url}. Check the URL or the digest.`, options);
  }
  if (error.status !== 412) return error;
  return new UserError(`${url} was replaced while it was being read. Run this step again.`, {
    cause: error,
    page: 'artifact-changed',
  });
}

/** Every blob whose name begins like this. */
export async function listBlobs(session: BlobSession, prefix: string): Promise<ListedBlob[]> {
  const blobs: ListedBlob[] = [];
  let marker = '';
  do {
    const response = await session.call({
      operation: 'List Blobs',
      method: 'GET',
      key: '',
      needs: 'read',
      query: {
        restype: 'container',
        comp: 'list',
        prefix,
        ...(marker === '' ? {} : { marker }),
      },
    });
    const page = blobsIn(await response.text());
    blobs.push(...page.blobs);
    marker = page.next;
  } while (marker !== '');
  return blobs;
}
