/**
 * Azure Resource Manager: resources by their IDs, and operations that go on after the answer.
 * https://learn.microsoft.com/azure/azure-resource-manager/management/async-operations
 */
import { UpstreamError } from '../../core/errors.ts';
import { errorIn, type AzureError } from './error-kinds.ts';
import { AzureFailure, isMissing, type AzureRequest } from './errors.ts';
import { sendToAzure, type AzureCall, type AzureHttpOptions } from './http.ts';
import type { AzureTokens } from './tokens.ts';

export interface ArmOptions extends AzureHttpOptions {
  readonly tokens: Pick<AzureTokens, 'token'>;
  /** Without a slash at its end; another one for the sovereign clouds, and for tests. */
  readonly endpoint?: string;
}

/** What is asked of one resource, or of a collection of them. */
export interface ArmRequest extends Omit<AzureRequest, 'on'> {
  /** `/subscriptions/…/resourceGroups/…/providers/…`, its names as URLs write them (`armId`). */
  readonly id: string;
  /** A date, with `-preview` behind some. */
  readonly apiVersion: string;
  readonly query?: Readonly<Record<string, string>>;
}

/** What a change that goes on is asked about. */
export interface Begun<Resource> {
  /** As it was when the answer was written: of an update, that is what was there before. */
  readonly resource: Resource | null;
  /** null if it is done already. */
  readonly operation: ArmOperation | null;
}

export type OperationState =
  | { readonly state: 'under-way'; readonly percent: number }
  | { readonly state: 'succeeded' }
  | { readonly state: 'failed' | 'canceled'; readonly error: AzureError };

const ENDPOINT = 'https://management.azure.com';

/**
 * A change under way. The address to ask is a URL of some kilobytes, signed with a certificate: whoever has it may
 * ask too, so nothing may print it.
 */
export class ArmOperation {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  get url(): string {
    return this.#url;
  }

  toJSON(): string {
    return 'an operation of Azure';
  }
}

/** An ID of parts that are names, or kinds of things, in turn: each is written as URLs write it. */
export function armId(...parts: readonly string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`;
}

export class Arm {
  readonly #options: ArmOptions;
  readonly #endpoint: string;

  constructor(options: ArmOptions) {
    this.#options = options;
    this.#endpoint = options.endpoint ?? ENDPOINT;
  }

  /** null if there is no such resource. @throws AzureFailure */
  find<Resource>(request: ArmRequest): Promise<Resource | null> {
    return unlessMissing(this.get<Resource>(request));
  }

  /** All of a collection, over its pages; null if what it is a part of is not there. */
  findAll<Resource>(request: ArmRequest): Promise<Resource[] | null> {
    return unlessMissing(this.list<Resource>(request));
  }

  /** @throws AzureFailure, `missing` if there is no such resource */
  async get<Resource>(request: ArmRequest): Promise<Resource> {
    return (await jsonOf(await this.#send('GET', request))) as Resource;
  }

  /** All of a collection, over its pages. */
  async list<Resource>(request: ArmRequest): Promise<Resource[]> {
    const found: Resource[] = [];
    let response = await this.#send('GET', request);
    for (;;) {
      const page = (await jsonOf(response)) as { value?: Resource[]; nextLink?: string | null };
      found.push(...(page.value ?? []));
      if (!page.nextLink) return found;
      response = await this.#sendTo(this.#ours(page.nextLink, request), 'GET', request);
    }
  }

  /** Makes a resource, or writes over all of it. */
  async put<Resource>(request: ArmRequest, body: unknown): Promise<Begun<Resource>> {
    return this.#begin('PUT', request, body);
  }

  async patch<Resource>(request: ArmRequest, body: unknown): Promise<Begun<Resource>> {
    return this.#begin('PATCH', request, body);
  }

  /** @returns null if there was no such resource */
  async delete(request: ArmRequest): Promise<Begun<null> | null> {
    try {
      const response = await this.#send('DELETE', request);
      await response.body?.cancel();
      // 204: there was none. https://learn.microsoft.com/azure/azure-resource-manager/management/delete-resource-group#how-delete-works
      if (response.status === 204) return null;
      return { resource: null, operation: this.#operationIn(response, request) };
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  /** An action of a resource that answers at once, such as `getLogs`. */
  async post<Answer>(request: ArmRequest, body: unknown): Promise<Answer> {
    return (await jsonOf(await this.#send('POST', request, body))) as Answer;
  }

  /** @throws AzureFailure if it cannot be asked; that the operation failed is an answer */
  async stateOf(operation: ArmOperation, request: AzureRequest): Promise<OperationState> {
    const response = await this.#sendTo(operation.url, 'GET', request);
    const { status = '', percentComplete, error } = (await jsonOf(response)) as Status;
    if (status === 'Succeeded') return { state: 'succeeded' };
    if (status !== 'Failed' && status !== 'Canceled') {
      return { state: 'under-way', percent: percentComplete ?? 0 };
    }
    const said = errorIn(response.status, response.headers, JSON.stringify({ error: error ?? {} }));
    return { state: status === 'Failed' ? 'failed' : 'canceled', error: said };
  }

  async #begin<Resource>(
    method: 'PUT' | 'PATCH',
    request: ArmRequest,
    body: unknown,
  ): Promise<Begun<Resource>> {
    const response = await this.#send(method, request, body);
    const operation = this.#operationIn(response, request);
    return { resource: (await jsonOf(response)) as Resource | null, operation };
  }

  #send(method: AzureCall['method'], request: ArmRequest, body?: unknown): Promise<Response> {
    const url = new URL(this.#endpoint + request.id);
    url.searchParams.set('api-version', request.apiVersion);
    for (const [name, value] of Object.entries(request.query ?? {})) url.searchParams.set(name, value);
    return this.#sendTo(url.href, method, { ...request, on: request.id }, body);
  }

  async #sendTo(
    url: string,
    method: AzureCall['method'],
    request: Omit<AzureRequest, 'on'> & { readonly on?: string; readonly id?: string },
    body?: unknown,
  ): Promise<Response> {
    const { tokens } = this.#options;
    const call: AzureCall = {
      ...request,
      on: request.on ?? request.id ?? '',
      method,
      url,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      headers: async () => ({
        accept: 'application/json',
        'content-type': 'application/json',
        authorization: `Bearer ${await tokens.token(`${this.#endpoint}/.default`)}`,
      }),
    };
    return sendToAzure(call, this.#options);
  }

  /** 200 may have one too: an update that goes on. */
  #operationIn(response: Response, request: ArmRequest): ArmOperation | null {
    const url = response.headers.get('azure-asyncoperation');
    return url === null ? null : new ArmOperation(this.#ours(url, request));
  }

  /** A token goes to Azure, and to nobody whom an answer names. */
  #ours(url: string, { operation }: ArmRequest): string {
    const { origin } = new URL(url, this.#endpoint);
    if (origin === new URL(this.#endpoint).origin) return new URL(url, this.#endpoint).href;
    throw new UpstreamError(
      'Azure',
      `${operation}: Azure's answer leads to ${origin}, which is not Azure's own address.`,
    );
  }
}

interface Status {
  readonly status?: string;
  readonly percentComplete?: number;
  readonly error?: unknown;
}

/** null for an answer without a body, and for one that is `null`, as a DELETE's. */
async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text.trim() === '') return null;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new UpstreamError(
      'Azure',
      'Azure did not answer with JSON; check whether there is a proxy in between.',
      {
        cause,
      },
    );
  }
}

async function unlessMissing<Found>(asked: Promise<Found>): Promise<Found | null> {
  try {
    return await asked;
  } catch (error) {
    // That there is no such group, or no such workspace, is another message than that this one thing is not there.
    if (isMissing(error) && (error as AzureFailure).code !== 'ResourceGroupNotFound') return null;
    throw error;
  }
}
