/** Writing to Cloud Storage. Keys are whole here: the store's prefix is in them. */
import { randomUUID } from 'node:crypto';
import { GoogleFailure } from '../../clouds/google/errors.ts';
import { crc32c, crc32cText } from './crc32c.ts';
import { FACTS, factsOf, WRITTEN_BY } from './reads.ts';
import type { GcsSession } from './session.ts';

/** Writes happen only if there is no object, unless they are to replace one. */
export interface WriteMode {
  readonly replace: boolean;
}

export const CONTENT_TYPE = 'application/octet-stream';

/** The query of a write; generation 0 is that of no object. https://cloud.google.com/storage/docs/request-preconditions */
export function insertQuery(
  uploadType: string,
  name: string,
  { replace }: WriteMode,
): Record<string, string> {
  return { uploadType, name, fields: FACTS, ...(replace ? {} : { ifGenerationMatch: '0' }) };
}

/** In one request: what it is, and its content. Returns false if it was there already. */
export async function putObject(
  session: GcsSession,
  key: string,
  bytes: Buffer,
  mode: WriteMode,
): Promise<boolean> {
  return unlessThere(session, key, mode, async (name, onRepeat) => {
    const facts = { name: key, crc32c: crc32cText(crc32c(bytes)), metadata: { [WRITTEN_BY]: name } };
    const boundary = `ml-deploy-${name}`;
    const response = await session.call({
      operation: 'objects.insert',
      method: 'POST',
      key,
      path: session.path('', insertQuery('multipart', key, mode), '/upload'),
      headers: { 'content-type': `multipart/related; boundary=${boundary}` },
      body: multipart(boundary, JSON.stringify(facts), bytes),
      onRepeat,
    });
    await response.body?.cancel();
  });
}

/** https://cloud.google.com/storage/docs/json_api/v1/objects/insert (multipart) */
function multipart(boundary: string, facts: string, bytes: Buffer): Buffer {
  const head = `--${boundary}\r\ncontent-type: application/json; charset=UTF-8\r\n\r\n${facts}\r\n--${boundary}\r\ncontent-type: ${CONTENT_TYPE}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]);
}

/**
 * Runs a conditional write. An answer may be lost on its way: the write that is sent again then finds its own object, which
 * it knows by the name that it wrote with it.
 */
export async function unlessThere(
  session: GcsSession,
  key: string,
  { replace }: WriteMode,
  write: (name: string, onRepeat: () => void) => Promise<void>,
): Promise<boolean> {
  const name = randomUUID();
  let sendings = 1;
  try {
    await write(name, () => {
      sendings++;
    });
    return true;
  } catch (error) {
    if (!(error instanceof GoogleFailure) || !OVERTAKEN.has(error.status)) throw error;
    if (error.status === 412 && !replace && sendings === 1) return false;
    const facts = await factsOf(session, key);
    if (facts?.writtenBy === name) return true;
    if (error.status === 412 && !replace) return false;
    throw error;
  }
}

/** A condition that is not met; and the session of an upload that is over, because its object is there. */
const OVERTAKEN: ReadonlySet<number> = new Set([404, 410, 412]);
