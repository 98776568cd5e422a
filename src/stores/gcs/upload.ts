/**
 * Objects in one request if they are small, and by a session of an upload if they are not: part after part, each
 * taken up if the service says that it stopped. https://cloud.google.com/storage/docs/performing-resumable-uploads
 */
import type { Readable } from 'node:stream';
import { GoogleFailure } from '../../clouds/google/errors.ts';
import type { BufferPool } from '../../core/buffer-pool.ts';
import { UpstreamError } from '../../core/errors.ts';
import type { Part } from '../parts.ts';
import { PART_BYTES, sendStream } from '../send-stream.ts';
import { crc32c, crc32cText } from './crc32c.ts';
import { factsIn, WRITTEN_BY, type ObjectFacts } from './reads.ts';
import type { GcsSession } from './session.ts';
import { CONTENT_TYPE, insertQuery, putObject, unlessThere, type WriteMode } from './writes.ts';

/** A session takes any number of parts, so none has to grow. */
const MOST_PARTS = Number.POSITIVE_INFINITY;
/** How often a part is taken up again. */
const ATTEMPTS = 5;
const FIRST_PAUSE_MS = 1000;
/** Resume Incomplete: the service wants more. */
const RESUME = 308;

export interface UploadOptions extends WriteMode {
  /** At most as many bytes will come. */
  readonly maxBytes: number;
  readonly onSent: (bytes: number) => void;
}

/** From this size on an object is sent in parts. */
export const WHOLE_BYTES = PART_BYTES;

/** Returns false if the object was there already. The stream is used up or destroyed. */
export async function uploadStream(
  session: GcsSession,
  key: string,
  source: Readable,
  options: UploadOptions,
): Promise<boolean> {
  return sendStream(
    source,
    { ...options, mostParts: MOST_PARTS },
    {
      whole: (bytes) => putObject(session, key, bytes, options),
      inParts: (parts, pool) =>
        unlessThere(session, key, options, async (name, onRepeat) => {
          const upload = new Upload(session, key, await begin(session, key, name, options), onRepeat);
          await upload.send(parts, pool, options.onSent);
        }),
    },
  );
}

/** The address of a session: whoever has it may write the object, without any token. */
async function begin(session: GcsSession, key: string, name: string, mode: WriteMode): Promise<string> {
  const response = await session.call({
    operation: 'objects.insert',
    method: 'POST',
    key,
    path: session.path('', insertQuery('resumable', key, mode), '/upload'),
    headers: { 'content-type': 'application/json; charset=UTF-8', 'x-upload-content-type': CONTENT_TYPE },
    body: JSON.stringify({ metadata: { [WRITTEN_BY]: name } }),
  });
  await response.body?.cancel();
  const url = session.ownUrl(response.headers.get('location'));
  if (url !== null) {
    session.options.hide(url);
    return url;
  }
  const message = `Cloud Storage gave no address of its own to send ${session.urlOf(key)} to. Check HTTPS_PROXY and STORAGE_EMULATOR_HOST.`;
  throw new UpstreamError('Google Cloud', message, { page: 'google-unavailable' });
}

/** How far a session is: so many bytes are there, or the object is. */
type Progress = { readonly there: number } | { readonly object: ObjectFacts };

class Upload {
  readonly #session: GcsSession;
  readonly #key: string;
  readonly #url: string;
  readonly #onRepeat: () => void;

  constructor(session: GcsSession, key: string, url: string, onRepeat: () => void) {
    this.#session = session;
    this.#key = key;
    this.#url = url;
    this.#onRepeat = onRepeat;
  }

  async send(parts: AsyncGenerator<Part>, pool: BufferPool, onSent: (bytes: number) => void): Promise<void> {
    let sent = 0;
    let sum = 0;
    for await (const { bytes, isLast } of parts) {
      sum = crc32c(bytes, sum);
      const object = await this.#part(bytes, sent, isLast ? crc32cText(sum) : null);
      sent += bytes.length;
      onSent(bytes.length);
      pool.give(bytes);
      if (object !== null) await this.#check(object, crc32cText(sum));
    }
  }

  /** @param sum of the whole object with its last part, else null. Returns the object once it is there. */
  async #part(bytes: Buffer, start: number, sum: string | null): Promise<ObjectFacts | null> {
    const end = start + bytes.length;
    let from = start;
    for (let attempt = 1; ;) {
      const progress = await this.#once(bytes.subarray(from - start), from, sum, attempt);
      if ('object' in progress) return progress.object;
      if (progress.there === end && sum === null) return null;
      // No progress is what an attempt that failed leaves, too.
      if (progress.there <= from) attempt++;
      if (attempt > ATTEMPTS || progress.there < start || progress.there > end) {
        const message = `Cloud Storage took ${progress.there} bytes of ${this.#session.urlOf(this.#key)}, and no more. Run this step again.`;
        throw new UpstreamError('Google Cloud', message, { page: 'google-unavailable', mayPass: true });
      }
      from = progress.there;
    }
  }

  /** Sends bytes; if that breaks off, asks how far it came. */
  async #once(bytes: Buffer, from: number, sum: string | null, attempt: number): Promise<Progress> {
    const end = from + bytes.length;
    const total = sum === null ? '*' : String(end);
    const range = bytes.length === 0 ? '*' : `${from}-${end - 1}`;
    const checked = sum === null ? {} : { 'x-goog-hash': `crc32c=${sum}` };
    try {
      return await this.#put(bytes, { ...checked, 'content-range': `bytes ${range}/${total}` }, 1);
    } catch (error) {
      if (!(error instanceof GoogleFailure && error.mayPass) || attempt >= ATTEMPTS) throw error;
      const { clock, signal } = this.#session.options;
      await clock.sleep(FIRST_PAUSE_MS * 2 ** (attempt - 1), signal);
      this.#onRepeat();
      return this.#put(Buffer.alloc(0), { 'content-range': 'bytes */*' }, ATTEMPTS);
    }
  }

  async #put(bytes: Buffer, headers: Readonly<Record<string, string>>, attempts: number): Promise<Progress> {
    const response = await this.#session.call({
      operation: 'objects.insert',
      method: 'PUT',
      key: this.#key,
      path: this.#url,
      headers,
      body: bytes,
      attempts,
      accepts: [RESUME],
    });
    const text = await response.text();
    if (response.status !== RESUME) return { object: factsIn(text) };
    // No range: nothing is there yet.
    const last = /-(\d+)$/.exec(response.headers.get('range') ?? '')?.[1];
    return { there: last === undefined ? 0 : Number(last) + 1 };
  }

  /** The service compares the sum by itself if it knows the header; an object that is damaged all the same is removed. */
  async #check({ crc32c: kept, generation }: ObjectFacts, sum: string): Promise<void> {
    if (kept === '' || kept === sum) return;
    const path = this.#session.path(this.#key, { ifGenerationMatch: generation });
    await this.#session.call({ operation: 'objects.delete', method: 'DELETE', key: this.#key, path });
    const url = this.#session.urlOf(this.#key);
    const message = `${url} arrived damaged, and was removed again: its crc32c is ${kept}, and ${sum} was sent. Run this step again.`;
    throw new UpstreamError('Google Cloud', message, { page: 'google-unavailable', mayPass: true });
  }
}
