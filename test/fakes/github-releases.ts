/**
 * Releases of GitHub: the emulator, and in front of it what it lacks: digests of assets, releases that cannot be changed
 * once they are published, and connections that break.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { startGitHub } from './emulators.ts';

export interface ReleasesBed {
  readonly url: string;
  readonly repository: string;
  readonly token: string;
  /** Method and path of each request, in order. */
  readonly requests: string[];
  /** The repository's setting "Enable release immutability". */
  immutability: boolean;
  /** Breaks the connection of each request that it is true for, before anything was done. */
  breakWhen: ((request: string) => boolean) | null;
  /** Breaks the connection of the first request that it is true for, before or after it was done; then never again. */
  breakAt: { readonly request: RegExp; readonly when: 'before' | 'after' } | null;
  /** Of one repository, by default the first. */
  releases(of?: string): Promise<StoredRelease[]>;
  close(): Promise<void>;
}

export interface StoredRelease {
  readonly id: number;
  readonly tag_name: string;
  readonly name: string;
  readonly body: string;
  readonly draft: boolean;
  readonly prerelease: boolean;
  readonly immutable: boolean;
  readonly assets: readonly { readonly name: string; readonly size: number; readonly digest: string }[];
}

type Json = Record<string, unknown>;

/** @param others further repositories of the same server */
export async function startReleases(
  repository: string,
  others: readonly string[] = [],
): Promise<ReleasesBed> {
  const emulator = await startGitHub({ repository, others, users: [] });
  /** By id of the asset. */
  const digests = new Map<unknown, string>();
  const sealed = new Set<unknown>();
  const bed: ReleasesBed = {
    url: '',
    repository,
    token: emulator.token,
    requests: [],
    immutability: true,
    breakAt: null,
    breakWhen: null,
    releases: async (of = repository) => {
      const headers = { authorization: `token ${emulator.token}` };
      const answer = await fetch(`${bed.url}/repos/${of}/releases`, { headers });
      return (await answer.json()) as StoredRelease[];
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await emulator.close();
    },
  };
  const asGitHub = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(asGitHub);
    if (value === null || typeof value !== 'object') return value;
    const { ...json } = value as Json;
    if ('tag_name' in json) {
      if (json.draft === false && bed.immutability) sealed.add(json.id);
      json.immutable = sealed.has(json.id);
      json.upload_url = String(json.upload_url).replace(/^https?:\/\/[^/]+/, bed.url);
      json.assets = asGitHub(json.assets);
    } else if (digests.has(json.id) && 'content_type' in json) {
      json.digest = digests.get(json.id);
    }
    return json;
  };
  const breaks = (request: string, when: 'before' | 'after') => {
    const isNow = bed.breakAt?.when === when && bed.breakAt.request.test(request);
    if (isNow) bed.breakAt = null;
    return isNow;
  };
  const server = createServer((request, response) => {
    void (async () => {
      const { method = 'GET', url: path = '/' } = request;
      const name = `${method} ${path}`;
      bed.requests.push(name);
      const body = await buffer(request);
      if (breaks(name, 'before') || bed.breakWhen?.(name) === true) return response.destroy();
      const release = Number(/\/releases\/(\d+)/.exec(path)?.[1]);
      if (method !== 'GET' && sealed.has(release)) {
        response.writeHead(422, { 'content-type': 'application/json' });
        return response.end('{"message":"Cannot change an immutable release."}');
      }
      const { authorization = '', 'content-type': type = '' } = request.headers;
      const answer = await fetch(emulator.url + path, {
        method,
        headers: { authorization, ...(type === '' ? {} : { 'content-type': type }) },
        ...(body.length === 0 ? {} : { body: new Uint8Array(body) }),
      });
      const text = await answer.text();
      const json = (text === '' ? null : JSON.parse(text)) as Json | null;
      if (path.includes('/assets?') && json) {
        digests.set(json.id, `sha256:${createHash('sha256').update(body).digest('hex')}`);
      }
      if (breaks(name, 'after')) return response.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      return response.end(answer.status === 204 ? undefined : JSON.stringify(asGitHub(json)));
    })();
  });
  // Git works between two requests, on a busy machine for longer than the usual five seconds.
  server.keepAliveTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(bed, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
}
