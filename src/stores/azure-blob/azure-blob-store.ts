/** An artifact store below a prefix of a container of Azure Blob. */
import { Readable } from 'node:stream';
import { recordIn } from '../../core/record.ts';
import { checkKey, type ArtifactStore, type PutOptions } from '../../core/stores.ts';
import { progressLines } from '../progress.ts';
import { parseBlobUrl } from './address.ts';
import type { AzureBlobOptions } from './options.ts';
import { factsOf, openBlob } from './reads.ts';
import { BlobSession } from './session.ts';
import { partBytesFor, uploadStream } from './upload.ts';
import { putBlob } from './writes.ts';

export class AzureBlobStore implements ArtifactStore {
  readonly url: string;
  readonly #session: BlobSession;
  readonly #prefix: string;

  private constructor(session: BlobSession, prefix: string) {
    this.#session = session;
    this.#prefix = prefix;
    this.url = session.urlOf(prefix);
  }

  /**
   * @param url `https://<account>.blob.core.windows.net/<container>/<prefix>`. Asks Azure nothing.
   * @throws UserError for any other URL
   */
  static open(url: string, options: AzureBlobOptions): AzureBlobStore {
    const { key, ...address } = parseBlobUrl(url);
    const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
    return new AzureBlobStore(new BlobSession(address, options), prefix);
  }

  async exists(key: string): Promise<boolean> {
    return (await this.size(key)) !== null;
  }

  async size(key: string): Promise<number | null> {
    return (await factsOf(this.#session, this.#keyOf(key)))?.size ?? null;
  }

  async put(
    key: string,
    data: Readable | Uint8Array | string,
    { replace = false, maxBytes = 0, share }: PutOptions = {},
  ): Promise<boolean> {
    const whole = this.#keyOf(key);
    if (!(data instanceof Readable)) {
      const bytes = Buffer.from(data as Uint8Array);
      if (bytes.length <= partBytesFor(bytes.length))
        return putBlob(this.#session, whole, bytes, { replace });
      const stream = Readable.from([bytes], { objectMode: false });
      return this.put(key, stream, { replace, maxBytes: bytes.length });
    }
    const onSent = progressLines(this.#session.options, this.urlOf(key), share ?? null);
    try {
      if (!replace && (await this.exists(key))) return false;
      return await uploadStream(this.#session, whole, data, { replace, maxBytes, onSent });
    } finally {
      data.destroy();
    }
  }

  async open(key: string): Promise<Readable> {
    return (await openBlob(this.#session, this.#keyOf(key))).body;
  }

  urlOf(key: string): string {
    return this.#session.urlOf(this.#keyOf(key));
  }

  async record(value: unknown): Promise<string> {
    return recordIn(this, value, { system: 'Azure', show: (key) => this.urlOf(key) });
  }

  #keyOf(key: string): string {
    checkKey(key);
    return this.#prefix + key;
  }
}
