/** Google's APIs by their REST interface: JSON in, JSON out, each request with a token. https://cloud.google.com/apis/docs/overview */
import { UpstreamError } from '../../core/errors.ts';
import type { CloudCall, SendOptions } from '../send.ts';
import { isMissing, type GoogleRequest } from './errors.ts';
import { sendToGoogle } from './http.ts';

export interface GoogleRestOptions extends SendOptions {
  readonly tokens: { token(): Promise<string> };
}

export interface RestRequest extends GoogleRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Without its query. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: unknown;
  /** Asked for as it is; JSON if absent. */
  readonly attempts?: number;
}

/** A call whose body and answer are not JSON of the API's own. */
export interface RawRequest extends Omit<RestRequest, 'body' | 'query'> {
  readonly body: Uint8Array | string;
  readonly contentType: string;
  readonly accepts?: readonly number[];
}

export class GoogleRest {
  readonly #options: GoogleRestOptions;

  constructor(options: GoogleRestOptions) {
    this.#options = options;
  }

  /** @throws GoogleFailure */
  async call<Answer>(request: RestRequest): Promise<Answer> {
    const { method, body, url, query = {} } = request;
    const target = new URL(url);
    for (const [name, value] of Object.entries(query))
      for (const each of [value].flat()) target.searchParams.append(name, each);
    const call: CloudCall & GoogleRequest = {
      ...named(request),
      method,
      url: target.href,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: () => this.#headers(body === undefined ? null : 'application/json'),
    };
    return parsed(await (await sendToGoogle(call, this.#options)).text()) as Answer;
  }

  /** null if there is no such thing. @throws GoogleFailure */
  async find<Answer>(request: RestRequest): Promise<Answer | null> {
    try {
      return await this.call<Answer>(request);
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** All of a collection, over its pages. @param member of the answers that holds the things */
  async list<Item>(request: RestRequest, member: string): Promise<Item[]> {
    const found: Item[] = [];
    let token: string | undefined;
    do {
      const query = { ...request.query, ...(token === undefined ? {} : { pageToken: token }) };
      const page = await this.call<Readonly<Record<string, unknown>>>({ ...request, query });
      found.push(...((page[member] ?? []) as Item[]));
      token = page.nextPageToken === '' ? undefined : (page.nextPageToken as string | undefined);
    } while (token !== undefined);
    return found;
  }

  /** Its body is not read yet. @throws GoogleFailure */
  async raw(request: RawRequest, signal: AbortSignal): Promise<Response> {
    const { contentType, body, method, url, accepts = [] } = request;
    const call = { ...named(request), method, url, body, accepts, headers: () => this.#headers(contentType) };
    return sendToGoogle(call, { ...this.#options, signal });
  }

  async #headers(contentType: string | null): Promise<Record<string, string>> {
    const authorization = `Bearer ${await this.#options.tokens.token()}`;
    return { accept: 'application/json', authorization, ...(contentType && { 'content-type': contentType }) };
  }
}

function named({ operation, on, needs, role, attempts }: GoogleRequest & { readonly attempts?: number }) {
  return {
    operation,
    on,
    ...(needs && { needs }),
    ...(role !== undefined && { role }),
    ...(attempts !== undefined && { attempts }),
  };
}

function parsed(text: string): unknown {
  if (text.trim() === '') return {};
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    const message = 'Google Cloud answered with something else than JSON; is there a proxy in between?';
    throw new UpstreamError('Google Cloud', message, { cause });
  }
}
