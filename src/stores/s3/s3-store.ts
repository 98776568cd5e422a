/** An artifact store below a prefix of an S3 bucket. */
import { Readable } from 'node:stream';
import { recordIn } from '../../core/record.ts';
import { checkKey, type ArtifactStore, type PutOptions, type StoredObject } from '../../core/stores.ts';
import { parseS3Url } from './address.ts';
import { copyObject } from './copy.ts';
import type { S3Options } from './options.ts';
import { progressLines } from '../progress.ts';
import { openObject, sizeOf } from './reads.ts';
import { S3Session } from './session.ts';
import { partBytesFor, uploadStream } from './upload.ts';
import { abortUploads, listUploads, putObject } from './writes.ts';

export class S3Store implements ArtifactStore {
  readonly url: string;
  readonly #session: S3Session;
  readonly #prefix: string;

  private constructor(session: S3Session, prefix: string) {
    this.#session = session;
    this.#prefix = prefix;
    this.url = session.urlOf(prefix);
  }

  /** @param url `s3://bucket` or `s3://bucket/prefix`. Asks S3 nothing. @throws UserError for any other URL. */
  static async open(url: string, options: S3Options = {}): Promise<S3Store> {
    const { bucket, key } = parseS3Url(url);
    const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
    return new S3Store(await S3Session.open(bucket, options), prefix);
  }

  async exists(key: string): Promise<boolean> {
    return (await this.size(key)) !== null;
  }

  async size(key: string): Promise<number | null> {
    return sizeOf(this.#session, this.#keyOf(key));
  }

  async put(
    key: string,
    data: Readable | Uint8Array | string,
    { replace = false, maxBytes = 0, share }: PutOptions = {},
  ): Promise<boolean> {
    const whole = this.#keyOf(key);
    if (!(data instanceof Readable)) {
      const bytes = Buffer.from(data as Uint8Array);
      if (bytes.length <= partBytesFor(bytes.length)) {
        return putObject(this.#session, whole, bytes, { replace });
      }
      return this.put(key, Readable.from([bytes], { objectMode: false }), {
        replace,
        maxBytes: bytes.length,
      });
    }
    const onSent = progressLines(this.#session.options, this.urlOf(key), share ?? null);
    try {
      if (!replace && (await this.exists(key))) return false;
      return await uploadStream(this.#session, whole, data, { replace, maxBytes, onSent });
    } finally {
      data.destroy();
    }
  }

  async copy(
    key: string,
    source: StoredObject,
    { replace = false }: Pick<PutOptions, 'replace'> = {},
  ): Promise<boolean | null> {
    const onSent = progressLines(this.#session.options, this.urlOf(key), null);
    return copyObject(this.#session, this.#keyOf(key), source, { replace, onSent });
  }

  async open(key: string): Promise<Readable> {
    return (await openObject(this.#session, this.#keyOf(key))).body;
  }

  urlOf(key: string): string {
    return this.#session.urlOf(this.#keyOf(key));
  }

  async record(value: unknown): Promise<string> {
    return recordIn(this, value, { system: 'S3', show: (key) => this.urlOf(key) });
  }

  async tidy(key: string): Promise<void> {
    const whole = this.#keyOf(key);
    await abortUploads(this.#session, whole, await listUploads(this.#session, whole));
  }

  #keyOf(key: string): string {
    checkKey(key);
    return this.#prefix + key;
  }
}
