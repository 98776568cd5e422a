/** Reading from Cloud Storage. Keys are whole here: the store's prefix is in them. */
import { Readable } from 'node:stream';
import { GoogleFailure, isMissing } from '../../clouds/google/errors.ts';
import { UserError } from '../../core/errors.ts';
import type { GcsSession } from './session.ts';

export interface OpenedObject {
  readonly body: Readable;
  readonly generation: string;
}

/** What is known of an object without its content. https://cloud.google.com/storage/docs/json_api/v1/objects#resource */
export interface ObjectFacts {
  /** In bytes. */
  readonly size: number;
  /** What the write that made it called itself; '' if it was not ours. */
  readonly writtenBy: string;
  /** Each write of a name makes another one. */
  readonly generation: string;
  /** Base64 of four bytes; '' if it is unknown. */
  readonly crc32c: string;
}

export interface ListedObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
}

/** In an object's metadata: which write made it. */
export const WRITTEN_BY = 'ml-deploy-write';
export const FACTS = 'size,generation,crc32c,metadata';

/** null if there is no such object. @throws UserError if there is no such bucket */
export async function factsOf(session: GcsSession, key: string): Promise<ObjectFacts | null> {
  const path = session.path(key, { fields: FACTS });
  try {
    const response = await session.call({ operation: 'objects.get', method: 'GET', key, path });
    return factsIn(await response.text());
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

export function factsIn(text: string): ObjectFacts {
  const { size, generation, crc32c, metadata } = fieldsIn(text);
  const writtenBy = isFields(metadata) ? metadata[WRITTEN_BY] : undefined;
  return {
    size: Number(size ?? 0),
    generation: textOf(generation),
    crc32c: textOf(crc32c),
    writtenBy: textOf(writtenBy),
  };
}

/** @param generation what the object has to be still; null for any. @throws UserError if there is no such object. */
export async function openObject(
  session: GcsSession,
  key: string,
  generation: string | null = null,
): Promise<OpenedObject> {
  const condition = generation === null ? {} : { ifGenerationMatch: generation };
  const path = session.path(key, { alt: 'media', ...condition });
  let response: Response;
  try {
    response = await session.call({ operation: 'objects.get', method: 'GET', key, path });
  } catch (error) {
    throw placed(error, session.urlOf(key));
  }
  const found = response.headers.get('x-goog-generation') ?? '';
  const body = response.body === null ? Readable.from([]) : Readable.fromWeb(response.body);
  // A gateway, or a server that only speaks Google's language, may know no conditions of reads.
  if (generation === null || generation === found) return { body, generation: found };
  body.destroy();
  throw replaced(session.urlOf(key));
}

function placed(error: unknown, url: string): unknown {
  if (!(error instanceof GoogleFailure)) return error;
  if (error.kind === 'missing') {
    return new UserError(`There is no ${url}. Check the URL or the digest.`, {
      cause: error,
      page: 'google-refused',
    });
  }
  return error.status === 412 ? replaced(url, error) : error;
}

function replaced(url: string, cause?: unknown): UserError {
  return new UserError(`${url} was replaced while it was being read. Run this step again.`, {
    cause,
    page: 'artifact-changed',
  });
}

/** Every object whose name begins like this. */
export async function listObjects(session: GcsSession, prefix: string): Promise<ListedObject[]> {
  const objects: ListedObject[] = [];
  let pageToken = '';
  do {
    const query = {
      prefix,
      fields: 'items(name,size),nextPageToken',
      ...(pageToken === '' ? {} : { pageToken }),
    };
    const path = session.path('', query);
    const response = await session.call({ operation: 'objects.list', method: 'GET', key: '', path });
    const page = fieldsIn(await response.text());
    const items = Array.isArray(page.items) ? page.items.filter(isFields) : [];
    objects.push(...items.map(({ name, size }) => ({ key: textOf(name), size: Number(size ?? 0) })));
    pageToken = textOf(page.nextPageToken);
  } while (pageToken !== '');
  // A folder that the console made is an object without content.
  return objects.filter(({ key }) => !key.endsWith('/'));
}

type Fields = Readonly<Record<string, unknown>>;

/** @throws UserError for a page of a proxy, which would be an empty folder otherwise */
function fieldsIn(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text);
    if (isFields(value)) return value;
  } catch {
    // Reported below.
  }
  throw new UserError(
    'Something other than Cloud Storage answered: the answer is not JSON. Check HTTPS_PROXY and STORAGE_EMULATOR_HOST.',
    { page: 'google-unavailable' },
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
