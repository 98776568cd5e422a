/**
 * A stand-in for the cache service of GitHub Actions, version 2: as much of it as BuildKit uses. GitHub's own is not
 * open source; this follows BuildKit's client. https://github.com/tonistiigi/go-actions-cache/blob/master/api.md
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface ActionsCache {
  /** What the runner puts into the environment of an action. */
  readonly env: Readonly<Record<string, string>>;
  /** Keys of the entries that are whole, oldest first. */
  keys(): string[];
  /** How often an entry was found. */
  hits(): number;
  stop(): Promise<void>;
}

interface Entry {
  readonly key: string;
  readonly version: string;
  bytes: Buffer;
  done: boolean;
}

type Answer = Readonly<Record<string, unknown>>;

/** Not signed: BuildKit reads the scopes, and only GitHub checks the signature. */
function token(): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const scopes = JSON.stringify([{ Scope: 'refs/heads/main', Permission: 3 }]);
  const now = Math.floor(Date.now() / 1000);
  const claims = { ac: scopes, nbf: now - 60, exp: now + 6 * 3600 };
  return `${part({ alg: 'HS256', typ: 'JWT' })}.${part(claims)}.c2lnbmF0dXJl`;
}

export async function startActionsCache(): Promise<ActionsCache> {
  const service = new Service(token());
  const server = createServer((request, response) => {
    service.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  service.url = url;
  return {
    env: {
      ACTIONS_RUNTIME_TOKEN: service.token,
      ACTIONS_RESULTS_URL: url,
      ACTIONS_CACHE_SERVICE_V2: 'True',
    },
    keys: () => service.entries.filter(({ done }) => done).map(({ key }) => key),
    hits: () => service.hits,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

class Service {
  readonly entries: Entry[] = [];
  readonly token: string;
  readonly #blocks = new Map<string, Buffer>();
  url = '';
  hits = 0;

  constructor(own: string) {
    this.token = own;
  }

  async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(request);
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const [, operation] = /\.CacheService\/(\w+)$/.exec(pathname) ?? [];
    const [, number] = /^\/blob\/(\d+)$/.exec(pathname) ?? [];
    if (operation !== undefined) this.#call(operation, body, request, response);
    else if (number === undefined) response.writeHead(404).end();
    else this.#blob(Number(number), searchParams, body, request, response);
  }

  #call(operation: string, body: Buffer, request: IncomingMessage, response: ServerResponse): void {
    if (request.headers.authorization !== `Bearer ${this.token}`) {
      response.writeHead(401).end();
      return;
    }
    const input = JSON.parse(body.toString('utf8')) as Record<string, unknown>;
    const operations: Readonly<Record<string, () => Answer>> = {
      CreateCacheEntry: () => this.#create(String(input.key), String(input.version)),
      FinalizeCacheEntryUpload: () => this.#finish(String(input.key)),
      GetCacheEntryDownloadURL: () => this.#find(input.restore_keys as string[], String(input.version)),
    };
    const answer = operations[operation]?.() ?? { ok: false };
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  #create(key: string, version: string): Answer {
    if (this.entries.some((entry) => entry.key === key && entry.version === version)) return { ok: false };
    this.entries.push({ key, version, bytes: Buffer.alloc(0), done: false });
    return { ok: true, signed_upload_url: `${this.url}blob/${this.entries.length - 1}` };
  }

  #finish(key: string): Answer {
    const index = this.entries.findIndex((entry) => entry.key === key && !entry.done);
    const entry = this.entries[index];
    if (entry === undefined) return { ok: false };
    entry.done = true;
    return { ok: true, entry_id: String(index) };
  }

  /** The newest whose key starts with one of these, the first of them first. */
  #find(keys: readonly string[], version: string): Answer {
    for (const wanted of keys) {
      const index = this.entries.findLastIndex(
        (entry) => entry.done && entry.version === version && entry.key.startsWith(wanted),
      );
      if (index < 0) continue;
      this.hits++;
      const matched_key = this.entries[index]?.key;
      return { ok: true, signed_download_url: `${this.url}blob/${index}`, matched_key };
    }
    return { ok: false };
  }

  /** https://learn.microsoft.com/rest/api/storageservices/put-block-list, and what goes with it */
  #blob(
    number: number,
    query: URLSearchParams,
    body: Buffer,
    { method, headers }: IncomingMessage,
    response: ServerResponse,
  ): void {
    const entry = this.entries[number];
    const facts = { 'x-ms-request-id': 'test', 'x-ms-version': '2024-01-01', etag: '"0x1"' };
    if (entry === undefined) response.writeHead(404, facts).end();
    else if (method === 'PUT') {
      const block = `${number} ${query.get('blockid') ?? ''}`;
      if (query.get('comp') === 'block') this.#blocks.set(block, body);
      else if (query.get('comp') === 'blocklist') entry.bytes = this.#joined(number, body.toString('utf8'));
      else entry.bytes = body;
      response.writeHead(201, facts).end();
    } else {
      const range = String(headers['x-ms-range'] ?? headers.range ?? 'bytes=0-');
      const [, from = '0', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(range) ?? [];
      const part = entry.bytes.subarray(Number(from), to === '' ? undefined : Number(to) + 1);
      response.writeHead(206, { ...facts, 'content-length': String(part.length) }).end(part);
    }
  }

  #joined(number: number, list: string): Buffer {
    const ids = [...list.matchAll(/<(?:Latest|Uncommitted|Committed)>([^<]*)</g)].map(([, id = '']) => id);
    return Buffer.concat(ids.map((id) => this.#blocks.get(`${number} ${id}`) ?? Buffer.alloc(0)));
  }
}
