/**
 * Vertex AI, Cloud Monitoring and Cloud Logging as a client meets them. Each request has to be one of Google's own schema, with
 * a token; each permission that was used is written down. It answers a `fetch`, or on a loopback port for other clients.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { FakeClock } from '../clock.ts';
import { AIPLATFORM } from './aiplatform.ts';
import { GoogleError } from './google-error.ts';
import { addOtherPeople } from './other-people.ts';
import { logEntries, predict, timeSeries, type Container } from './prediction.ts';
import { matchMethod, type Matched } from './shapes.ts';
import { World, type Json, type Settings } from './world.ts';

export interface Asked {
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly query: string;
  readonly body: Buffer;
  /** Of the API, such as `projects.locations.endpoints.patch`; '' where there is no such method. */
  readonly name: string;
  status: number;
}

interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export const TOKEN = 'ya29.token-of-the-job';
const MOST_ASKED = 4000;
const RAW = 'projects.locations.endpoints.rawPredict';

export class FakeGoogle {
  readonly world: World;
  readonly asked: Asked[] = [];
  readonly permissions = new Set<string>();
  /** Requests and answers that Google's schema does not have. */
  readonly invalid: string[] = [];
  /** What Cloud Storage has, by `bucket/name`: the crc32c of each object. */
  readonly objects = new Map<string, string>();
  /** Whether a permission is given. */
  allows: (permission: string) => boolean = () => true;
  /** Before a request is carried out; what it throws is what the client meets. */
  before: (asked: Asked) => void | Promise<void> = () => undefined;
  /** When it was carried out; what it throws is what the client meets. */
  after: (asked: Asked) => void = () => undefined;
  /** Whether a token opens the APIs. */
  opens: (token: string) => boolean = (token) => token === TOKEN;
  /** The answer to the first request for which it is true is lost; the request is carried out. */
  lose: (asked: Asked) => boolean = () => false;
  container: Container = () => ({ status: 200, body: '{"predictions":[0]}' });
  readonly #checkOthers: () => void;
  #turn = 0;
  #server: Server | null = null;

  constructor(settings: Partial<Settings> & { readonly neighbours?: 'none' } = {}) {
    const { neighbours, ...rest } = settings;
    this.world = new World(rest);
    this.#checkOthers = neighbours === 'none' ? () => undefined : addOtherPeople(this.world);
  }

  /** Its time is the clock's. */
  follow(clock: FakeClock): void {
    this.#clock = clock;
    this.#tick();
  }

  #clock: FakeClock | null = null;

  #tick(): void {
    if (this.#clock !== null) this.world.now = this.#clock.now().getTime();
    this.world.settle();
  }

  readonly fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const { method = 'GET', headers, body } = init;
    const bytes = body == null ? Buffer.alloc(0) : Buffer.from(body as string | Uint8Array);
    const url = new URL(input instanceof Request ? input.url : input);
    const {
      status,
      headers: extra,
      body: answer,
    } = await this.#handle(method, url, new Headers(headers), bytes);
    return new Response(textOf(answer), {
      status,
      headers: { 'content-type': 'application/json', ...extra },
    });
  };

  /** @returns its address */
  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      const url = new URL(request.url ?? '/', 'http://google');
      const headers = new Headers(request.headers as Record<string, string>);
      void buffer(request)
        .then((body) => this.#handle(request.method ?? 'GET', url, headers, body))
        .then(
          ({ status, headers: extra, body }) => {
            // For processes that live in its time (test/e2e/time-hook.mjs).
            const time = { 'x-fake-time': this.world.stamp };
            response.writeHead(status, { 'content-type': 'application/json', ...time, ...extra });
            response.end(textOf(body));
          },
          () => request.socket.destroy(),
        );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    this.#server = server;
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  /** @throws Error where something was asked that Google does not know, or others' things were touched */
  async close(): Promise<void> {
    const server = this.#server;
    if (server !== null)
      await new Promise((resolve) => {
        server.closeAllConnections();
        server.close(resolve);
      });
    if (this.invalid.length > 0) throw new Error(`Not valid by Google's schema:\n${this.invalid.join('\n')}`);
    this.#checkOthers();
  }

  async #handle(method: string, url: URL, headers: Headers, body: Buffer): Promise<Answer> {
    this.#tick();
    // Google's own client asks about operations there.
    const path = url.pathname.replace(/^\/ui\//, '/v1/');
    const matched = matchMethod(method, path.replaceAll('%40', '@'));
    const asked: Asked = { method, path, query: url.search, body, name: matched?.name ?? '', status: 0 };
    this.asked.push(asked);
    // A run that never ends sends for ever.
    if (this.asked.length > MOST_ASKED) throw new Error('Nobody asks as often.');
    await this.before(asked);
    this.#tick();
    const answer = await this.#answer(matched, url, headers, body);
    asked.status = answer.status;
    this.after(asked);
    if (this.lose(asked)) {
      this.lose = () => false;
      throw Object.assign(new TypeError('fetch failed'), {
        cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }),
      });
    }
    return answer;
  }

  async #answer(matched: Matched | null, url: URL, headers: Headers, body: Buffer): Promise<Answer> {
    try {
      if (!this.opens((headers.get('authorization') ?? '').replace(/^Bearer /, '')))
        throw new GoogleError('UNAUTHENTICATED', 'Request had invalid authentication credentials.');
      const bucket = /^\/storage\/v1\/b\/([^/]+)\/o$/.exec(url.pathname)?.[1];
      if (bucket !== undefined) return this.#listObjects(bucket, url.searchParams.get('prefix') ?? '');
      if (matched === null) throw new GoogleError('NOT_FOUND', `There is no method at ${url.pathname}`);
      const value =
        matched.name === RAW || body.length === 0 ? undefined : (JSON.parse(body.toString()) as Json);
      const problems = matched.problems(url.searchParams, value);
      this.invalid.push(...problems);
      if (problems.length > 0) throw new GoogleError('INVALID_ARGUMENT', problems.join(' '));
      return await this.#carryOut(matched, url, value ?? {}, body);
    } catch (error) {
      if (!(error instanceof GoogleError)) throw error;
      return { status: error.status, body: error.body };
    }
  }

  /** Its permission is not of the roles that are recorded: it comes with the bucket's. */
  #listObjects(bucket: string, prefix: string): Answer {
    if (!this.allows('storage.objects.list'))
      throw new GoogleError('PERMISSION_DENIED', `${bucket}: storage.objects.list access is denied.`);
    const found = [...this.objects].filter(([name]) => name.startsWith(`${bucket}/${prefix}`));
    const items = found.map(([name, crc32c]) => ({ name: name.slice(bucket.length + 1), size: '1', crc32c }));
    return { status: 200, body: { items } };
  }

  async #carryOut(
    matched: Matched,
    { searchParams: query }: URL,
    value: Json,
    body: Buffer,
  ): Promise<Answer> {
    const { names, name } = matched;
    this.#checkProject(names);
    const permit = (permission: string) => this.#permit(permission);
    if (name === RAW) return this.#predict(names[2] ?? '', body);
    const handler = AIPLATFORM[name];
    const answer =
      handler !== undefined
        ? handler(this.world, { names, query, body: value, permit })
        : this.#other(name, query, value);
    this.invalid.push(...matched.answerProblems(answer));
    return { status: 200, body: answer };
  }

  async #predict(id: string, body: Buffer): Promise<Answer> {
    this.#permit('aiplatform.endpoints.predict');
    const endpoint = this.world.endpoint(id);
    const { turn, container } = { turn: this.#turn, container: this.container };
    // 37 and 100 have no common divisor: over a hundred requests each share is exact.
    this.#turn = (this.#turn + 37) % 100;
    const { status, headers, body: answer } = await predict(this.world, endpoint, { body, turn, container });
    return { status, headers, body: answer };
  }

  #other(name: string, query: URLSearchParams, value: Json): Json {
    if (name === 'projects.timeSeries.list') {
      this.#permit('monitoring.timeSeries.list');
      return timeSeries(this.world, query);
    }
    this.#permit('logging.logEntries.list');
    return logEntries(this.world, value);
  }

  /** By its ID or its number; entries.list has it in its body. */
  #checkProject(names: readonly string[]): void {
    const { project, number, location } = this.world.settings;
    const [own = project, place = location] = names;
    if ((own !== project && own !== number) || place !== location)
      throw new GoogleError('PERMISSION_DENIED', `Permission denied on resource project ${own}.`);
  }

  #permit(permission: string): void {
    this.permissions.add(permission);
    if (this.allows(permission)) return;
    const { project, location } = this.world.settings;
    const on = `//aiplatform.googleapis.com/projects/${project}/locations/${location}`;
    throw new GoogleError(
      'PERMISSION_DENIED',
      `Permission '${permission}' denied on resource '${on}' (or it may not exist).`,
    );
  }
}

function textOf(body: unknown): string {
  return typeof body === 'string' ? body : JSON.stringify(body);
}
