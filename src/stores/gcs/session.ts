/** What every request to Cloud Storage goes through: the address, the token, and errors that are explained. */
import { UserError } from '../../core/errors.ts';
import { googleEndpoint } from '../../clouds/google/endpoints.ts';
import { GoogleFailure } from '../../clouds/google/errors.ts';
import { sendToGoogle, type GoogleCall } from '../../clouds/google/http.ts';
import { googleTokensOf, type GoogleTokens } from '../../clouds/google/tokens.ts';
import type { GcsOptions } from './options.ts';

/** Part of a large object over a slow line. */
const WRITE_MS = 600_000;

export interface GcsCall extends Pick<GoogleCall, 'body' | 'onRepeat' | 'accepts' | 'attempts'> {
  /** The method of the JSON API: `objects.get`. https://cloud.google.com/storage/docs/json_api/v1 */
  readonly operation: 'objects.get' | 'objects.insert' | 'objects.list' | 'objects.delete';
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Whole, with the store's prefix; '' for the bucket itself. */
  readonly key: string;
  /** Below the service's address, with its query, or the whole address of an upload's session. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export class GcsSession {
  readonly bucket: string;
  readonly options: GcsOptions;
  readonly #tokens: GoogleTokens;
  /** Where requests go; another place than Google's for fake-gcs-server, or behind a gateway. */
  readonly #service: string;

  constructor(bucket: string, options: GcsOptions) {
    this.bucket = bucket;
    this.options = options;
    this.#tokens = googleTokensOf(options);
    this.#service = googleEndpoint(options.environment, 'storage');
  }

  urlOf(key: string): string {
    return `gs://${this.bucket}/${key}`;
  }

  /** `/storage/v1/b/<bucket>/o`, and below it an object, whose name is one part of the path, slashes and all. */
  path(key: string, query: Readonly<Record<string, string>>, upload = ''): string {
    const object = key === '' ? '' : `/${encodeURIComponent(key)}`;
    const place = `${upload}/storage/v1/b/${encodeURIComponent(this.bucket)}/o${object}`;
    return `${place}?${new URLSearchParams(query).toString()}`;
  }

  /** The address that an answer names; null if it is not the service's own: what is sent there is a model. */
  ownUrl(location: string | null): string | null {
    if (location === null || !URL.canParse(location, this.#service)) return null;
    const url = new URL(location, this.#service);
    return url.origin === new URL(this.#service).origin ? url.href : null;
  }

  /** @throws GoogleFailure; UserError if there is no such bucket */
  async call({ operation, key, path, headers = {}, ...rest }: GcsCall): Promise<Response> {
    const request: GoogleCall = {
      ...rest,
      operation: `storage.${operation}`,
      on: this.urlOf(key),
      url: new URL(path, this.#service).href,
      needs: [`storage.${operation === 'objects.insert' ? 'objects.create' : operation}`],
      role: `Storage Object ${rest.method === 'GET' ? 'Viewer' : 'User'} on the bucket ${this.bucket}`,
      timeoutMs: rest.method === 'GET' ? null : WRITE_MS,
      headers: async () => ({ ...headers, ...(await this.#tokens.headers()) }),
    };
    try {
      return await sendToGoogle(request, this.options);
    } catch (error) {
      throw this.#placeError(error) ?? error;
    }
  }

  /** What is wrong with the place that is asked for; null if nothing is. */
  #placeError(error: unknown): UserError | null {
    if (!(error instanceof GoogleFailure) || error.kind !== 'missing') return null;
    if (!/bucket does not exist/i.test(error.said)) return null;
    return new UserError(`There is no bucket "${this.bucket}". Check its name, or create it first.`, {
      cause: error,
      page: 'google-refused',
    });
  }
}
