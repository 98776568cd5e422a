/** An artifact store below a prefix of a bucket or container, whichever service keeps it. */
import { Readable } from 'node:stream';
import { recordIn } from '../core/record.ts';
import { checkKey, type ArtifactStore, type PutOptions } from '../core/stores.ts';
import { progressLines, type ProgressPorts } from './progress.ts';

/** What a service does with one object. Keys are whole: the store's prefix is in them. */
export interface ObjectService {
  /** In messages, such as `Azure`. */
  readonly system: string;
  readonly ports: ProgressPorts;
  urlOf(key: string): string;
  /** In bytes; null if there is no such object. */
  size(key: string): Promise<number | null>;
  /** @throws UserError if there is no such object */
  open(key: string): Promise<Readable>;
  /** Whether so many bytes go in one request. */
  fitsWhole(bytes: number): boolean;
  /** Both return false if the object was there already. */
  putWhole(key: string, bytes: Buffer, mode: { readonly replace: boolean }): Promise<boolean>;
  upload(key: string, source: Readable, options: ServiceUpload): Promise<boolean>;
}

export interface ServiceUpload {
  readonly replace: boolean;
  /** At most as many bytes will come. */
  readonly maxBytes: number;
  readonly onSent: (bytes: number) => void;
}

export class ObjectStore implements ArtifactStore {
  readonly url: string;
  readonly #service: ObjectService;
  readonly #prefix: string;

  /** @param folder that everything is below; '' for all of the bucket */
  constructor(service: ObjectService, folder: string) {
    this.#service = service;
    this.#prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
    this.url = service.urlOf(this.#prefix);
  }

  async exists(key: string): Promise<boolean> {
    return (await this.size(key)) !== null;
  }

  async size(key: string): Promise<number | null> {
    return this.#service.size(this.#keyOf(key));
  }

  async put(
    key: string,
    data: Readable | Uint8Array | string,
    { replace = false, maxBytes = 0, share }: PutOptions = {},
  ): Promise<boolean> {
    const service = this.#service;
    if (!(data instanceof Readable)) {
      const bytes = Buffer.from(data as Uint8Array);
      if (service.fitsWhole(bytes.length)) return service.putWhole(this.#keyOf(key), bytes, { replace });
      const stream = Readable.from([bytes], { objectMode: false });
      return this.put(key, stream, { replace, maxBytes: bytes.length });
    }
    const onSent = progressLines(service.ports, this.urlOf(key), share ?? null);
    try {
      if (!replace && (await this.exists(key))) return false;
      return await service.upload(this.#keyOf(key), data, { replace, maxBytes, onSent });
    } finally {
      data.destroy();
    }
  }

  async open(key: string): Promise<Readable> {
    return this.#service.open(this.#keyOf(key));
  }

  urlOf(key: string): string {
    return this.#service.urlOf(this.#keyOf(key));
  }

  async record(value: unknown): Promise<string> {
    return recordIn(this, value, { system: this.#service.system, show: (key) => this.urlOf(key) });
  }

  #keyOf(key: string): string {
    checkKey(key);
    return this.#prefix + key;
  }
}
