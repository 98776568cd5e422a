/**
 * Reads images back from any registry. https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
import { sha256 } from '../../core/canonical-json.ts';
import { clip } from '../../core/clip.ts';
import { UpstreamError, UserError } from '../../core/errors.ts';
import { mediaTypes } from '../../core/image/manifest.ts';
import { formatReference, type ImageName } from '../../core/image/reference.ts';
import type { FetchedManifest, Registry } from '../../core/image/registry.ts';
import { apiRoot } from './address.ts';
import { Authorization, refused, type Access } from './authorization.ts';
import type { FindCredentials } from './credentials.ts';
import { request, type HttpAnswer, type HttpOptions, type HttpRequest } from './http.ts';

export interface RegistryOptions {
  readonly credentials: FindCredentials;
  readonly signal: AbortSignal;
  readonly fetch?: typeof globalThis.fetch;
  /** Called with each password and token before it is sent, because a registry may quote it. */
  readonly onSecret?: (value: string) => void;
  /** Milliseconds before a dropped request is sent again. */
  readonly retryDelayMs?: number;
}

const ACCEPT = Object.values(mediaTypes).join(', ');

export function createRegistry(options: RegistryOptions): Registry {
  const client = new RegistryClient(options);
  return {
    manifest: (name, reference) => client.manifest(name, reference),
    blob: (name, digest) => client.blob(name, digest),
    tag: (name, tag, manifest) => client.tag(name, tag, manifest),
  };
}

class RegistryClient {
  readonly #http: HttpOptions;
  readonly #find: FindCredentials;
  readonly #authorization: Authorization;

  constructor({
    credentials,
    signal,
    onSecret = () => undefined,
    fetch = globalThis.fetch,
    retryDelayMs = 500,
  }: RegistryOptions) {
    this.#http = { fetch, signal, retryDelayMs };
    this.#find = credentials;
    this.#authorization = new Authorization(credentials, this.#http, onSecret);
  }

  async manifest(name: ImageName, reference: string): Promise<FetchedManifest | null> {
    const url = `${apiRoot(name)}${name.repository}/manifests/${reference}`;
    const answer = await this.#send(name, 'pull', { url, headers: { accept: ACCEPT } });
    if (answer.status === 404) return await this.#missing(name, answer);
    await this.#expect(answer, [200], name, `read ${show(name, reference)}`);
    const digest = `sha256:${sha256(answer.bytes)}`;
    const claimed = answer.headers.get('docker-content-digest') ?? digest;
    const asked = reference.startsWith('sha256:') ? reference : digest;
    if (claimed !== digest || asked !== digest) {
      const wanted = asked === digest ? claimed : asked;
      throw damaged(name, `the manifest of ${show(name, reference)}`, wanted, digest);
    }
    return { mediaType: mediaTypeOf(answer), digest, bytes: answer.bytes };
  }

  async blob(name: ImageName, digest: string): Promise<Uint8Array> {
    const url = `${apiRoot(name)}${name.repository}/blobs/${digest}`;
    const answer = await this.#send(name, 'pull', { url });
    await this.#expect(answer, [200], name, `read the blob ${digest} of ${show(name)}`);
    const actual = `sha256:${sha256(answer.bytes)}`;
    if (actual !== digest) throw damaged(name, 'a blob', digest, actual);
    return answer.bytes;
  }

  async tag(name: ImageName, tag: string, manifest: FetchedManifest): Promise<void> {
    const answer = await this.#send(name, 'pull,push', {
      url: `${apiRoot(name)}${name.repository}/manifests/${tag}`,
      method: 'PUT',
      headers: { 'content-type': manifest.mediaType },
      body: manifest.bytes,
    });
    await this.#expect(answer, [200, 201], name, `set the tag ${show(name, tag)}`);
  }

  async #send(name: ImageName, access: Access, what: HttpRequest): Promise<HttpAnswer> {
    const known = this.#authorization.header(name, access);
    const first = await request(withAuthorization(what, known), this.#http);
    if (first.status !== 401) return first;
    const header = await this.#authorization.answer(first, name, access);
    return request(withAuthorization(what, header), this.#http);
  }

  /** "Not found" counts only from a registry: a web server says it too. */
  async #missing(name: ImageName, answer: HttpAnswer): Promise<null> {
    if (registryErrors(answer) !== null) return null;
    const root = await request({ url: apiRoot(name) }, this.#http);
    const isRegistry = root.status === 200 || root.headers.has('docker-distribution-api-version');
    if (isRegistry || (root.status === 401 && root.headers.has('www-authenticate'))) return null;
    throw new UpstreamError(
      name.registry,
      `${name.registry} does not look like a registry: ${apiRoot(name)} answers with status ${root.status}. Check the input registry.`,
    );
  }

  async #expect(answer: HttpAnswer, good: readonly number[], name: ImageName, doing: string): Promise<void> {
    if (good.includes(answer.status)) return;
    const said = registryErrors(answer) ?? '';
    if (answer.status === 401) throw refused(name, await this.#find(name));
    if (answer.status === 403) {
      throw new UserError(
        `${name.registry} does not allow this login to ${doing}${said ? ` (${said})` : ''}. Give it the permission to read and write the repository ${name.repository}.`,
      );
    }
    const detail = said || clip(Buffer.from(answer.bytes).toString('utf8'), 500);
    const because = said ? `: ${said}` : '';
    const message = `${name.registry} answered with status ${answer.status} to the request to ${doing}${because}.`;
    throw new UpstreamError(name.registry, message, { detail });
  }
}

function withAuthorization(what: HttpRequest, header: string | null): HttpRequest {
  return header === null ? what : { ...what, headers: { ...what.headers, authorization: header } };
}

function mediaTypeOf(answer: HttpAnswer): string {
  return (answer.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
}

/** A registry's own words for its errors; null if the answer is not in a registry's form. */
function registryErrors(answer: HttpAnswer): string | null {
  try {
    const body = JSON.parse(Buffer.from(answer.bytes).toString('utf8')) as { errors?: unknown };
    if (!Array.isArray(body.errors)) return null;
    return (body.errors as { code?: string; message?: string }[])
      .map(({ code = '', message = '' }) => [code, message].filter((part) => part !== '').join(': '))
      .join('; ');
  } catch {
    return null;
  }
}

function show(name: ImageName, reference = ''): string {
  const isDigest = reference.startsWith('sha256:');
  return formatReference({ ...name, tag: isDigest ? null : reference, digest: isDigest ? reference : null });
}

function damaged(name: ImageName, what: string, expected: string, actual: string): UpstreamError {
  const message = `${name.registry} gave ${what} with the wrong bytes: expected ${expected}, got ${actual}. A proxy in between may have changed them.`;
  return new UpstreamError(name.registry, message);
}
