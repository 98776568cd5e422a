/** A small registry over real HTTP, for what reads images back. It speaks as much of the protocol as the tests ask. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { ImageName } from '../../../../src/core/image/reference.ts';

type Handler = (request: IncomingMessage, response: ServerResponse, body: Buffer) => boolean;

export interface Stored {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

export const USER = { username: 'olga', password: 'open sesame' };
const BASIC = `Basic ${Buffer.from(`${USER.username}:${USER.password}`).toString('base64')}`;

export class RegistryServer {
  auth: 'none' | 'basic' | 'bearer' = 'none';
  /** The connections of this many requests are cut off. */
  drops = 0;
  /** Comes before everything else; returns whether it answered. */
  intercept: Handler = () => false;
  refreshToken = 'refresh-1';
  readonly manifests = new Map<string, Stored>();
  readonly blobs = new Map<string, Buffer>();
  /** `METHOD path` of each request that was not dropped. */
  readonly seen: string[] = [];
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<RegistryServer> {
    const server = createServer();
    const registry = new RegistryServer(server);
    server.on('request', (request, response) => void registry.#answer(request, response));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return registry;
  }

  get host(): string {
    return `127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get image(): ImageName {
    return { registry: this.host, repository: 'acme/churn' };
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Stores a manifest with an image config under a tag; returns its digest. */
  addImage(tag: string, mediaType: string, config: object = { os: 'linux', architecture: 'amd64' }): string {
    const configBytes = Buffer.from(JSON.stringify(config));
    this.blobs.set(digestOf(configBytes), configBytes);
    return this.addManifest(tag, mediaType, {
      schemaVersion: 2,
      mediaType,
      config: { digest: digestOf(configBytes), size: configBytes.length },
      layers: [{ digest: `sha256:${'1'.repeat(64)}`, size: 1000 }],
    });
  }

  addManifest(tag: string, mediaType: string, document: object): string {
    const bytes = Buffer.from(JSON.stringify(document));
    const digest = digestOf(bytes);
    this.manifests.set(tag, { mediaType, bytes });
    this.manifests.set(digest, { mediaType, bytes });
    return digest;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.drops > 0) {
      this.drops -= 1;
      request.socket.destroy();
      return;
    }
    const body = await buffer(request);
    const url = new URL(request.url ?? '/', `http://${this.host}`);
    this.seen.push(`${request.method} ${url.pathname}`);
    if (this.intercept(request, response, body)) return;
    if (url.pathname === '/token') this.#token(request, response, url, body);
    else if (!this.#authorized(request)) this.#challenge(response);
    else this.#api(request, response, url.pathname, body);
  }

  #authorized({ headers }: IncomingMessage): boolean {
    if (this.auth === 'none') return true;
    return headers.authorization === (this.auth === 'basic' ? BASIC : 'Bearer token-1');
  }

  #challenge(response: ServerResponse): void {
    const bearer = `Bearer realm="http://${this.host}/token",service="registry, test",scope="repository:acme/churn:pull"`;
    const header = this.auth === 'basic' ? 'Basic realm="registry"' : bearer;
    json(response, 401, { errors: [{ code: 'UNAUTHORIZED' }] }, { 'www-authenticate': header });
  }

  #token(request: IncomingMessage, response: ServerResponse, url: URL, body: Buffer): void {
    const form = new URLSearchParams(body.toString());
    const scope = url.searchParams.get('scope') ?? form.get('scope') ?? '';
    const allowed =
      request.headers.authorization === BASIC || form.get('refresh_token') === this.refreshToken;
    this.seen.push(`scope ${scope}`);
    if (allowed) json(response, 200, { access_token: 'token-1' });
    else json(response, 401, { details: 'incorrect username or password' });
  }

  #api(request: IncomingMessage, response: ServerResponse, path: string, body: Buffer): void {
    const [, kind, reference = ''] = /^\/v2\/acme\/churn\/(manifests|blobs)\/(.+)$/.exec(path) ?? [];
    if (path === '/v2/') {
      json(response, 200, {}, { 'docker-distribution-api-version': 'registry/2.0' });
      return;
    }
    if (kind === 'manifests' && request.method === 'PUT') {
      const mediaType = request.headers['content-type'] ?? '';
      this.manifests.set(reference, { mediaType, bytes: body });
      response.writeHead(201, { 'docker-content-digest': digestOf(body) }).end();
      return;
    }
    const manifest = kind === 'manifests' ? this.manifests.get(reference) : undefined;
    const blob = kind === 'blobs' ? this.blobs.get(reference) : undefined;
    if (manifest && request.headers.accept?.includes(manifest.mediaType)) {
      const headers = {
        'content-type': manifest.mediaType,
        'docker-content-digest': digestOf(manifest.bytes),
      };
      response.writeHead(200, headers).end(manifest.bytes);
    } else if (blob) response.writeHead(200).end(blob);
    else json(response, 404, { errors: [{ code: 'MANIFEST_UNKNOWN', message: 'manifest unknown' }] });
  }
}

export function json(response: ServerResponse, status: number, body: object, headers: object = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
