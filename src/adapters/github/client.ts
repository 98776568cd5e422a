/** One way to call GitHub: errors sorted by whose fault they are, time limits, pages, and conditional requests. */
import { TransientError } from '../../core/approval/gate-host.ts';
import { clip } from '../../core/clip.ts';
import { CancelledError, messageOf, UpstreamError, UserError } from '../../core/errors.ts';

export const SYSTEM = 'GitHub';
const REQUEST_TIMEOUT_MS = 30_000;
const PAGE = 100;
/** 100 pages of 100; whatever needs more is not a list that a person reads. */
const MOST_PAGES = 100;

type Headers = Readonly<Record<string, string | number | undefined>>;

/** What we need of Octokit. */
export interface Requester {
  request(
    route: string,
    parameters: Readonly<Record<string, unknown>>,
  ): Promise<{ readonly status: number; readonly data: unknown; readonly headers: Headers }>;
}

export interface CallOptions<T> {
  /** What was tried, as in "GitHub could not <what>". */
  readonly what: string;
  /** What a status means that is no surprise here. */
  readonly on?: Readonly<Record<number, (said: string, cause: unknown) => T>>;
}

interface Answer {
  readonly data: unknown;
  readonly headers: Headers;
}

export class GitHubApi {
  readonly #requester: Requester;
  readonly #signal: AbortSignal;
  readonly #now: () => Date;
  readonly #seen = new Map<string, Answer & { readonly etag: string }>();

  /** `signal` ends reading at once; writing is always let through to its end. */
  constructor(requester: Requester, options: { readonly signal: AbortSignal; readonly now: () => Date }) {
    this.#requester = requester;
    this.#signal = options.signal;
    this.#now = options.now;
  }

  /** @throws UserError, UpstreamError, TransientError, CancelledError */
  async call<T>(
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    options: CallOptions<T> & { readonly read: (data: unknown) => T },
  ): Promise<T> {
    try {
      const { data } = await this.#request(route, parameters);
      return options.read(data);
    } catch (error) {
      return this.#sort(error, options);
    }
  }

  /**
   * Asks GraphQL. What is not there (NOT_FOUND) is null in the data; any other error is thrown.
   * @returns the data, as GitHub gave it
   */
  async query(query: string, variables: Readonly<Record<string, unknown>>, what: string): Promise<unknown> {
    const read = (answer: unknown) => dataOf(answer, what);
    return this.call('POST /graphql', { query, variables }, { what, read });
  }

  /** All pages of a list, or, if `enough` is given, those up to an item that is enough. */
  async list<T>(
    route: string,
    parameters: Readonly<Record<string, unknown>>,
    options: CallOptions<never> & {
      readonly item: (data: unknown) => T;
      readonly enough?: (item: T) => boolean;
    },
  ): Promise<T[]> {
    const items: T[] = [];
    for (let page = 1; page <= MOST_PAGES; page++) {
      const answer = await this.#request(route, { ...parameters, per_page: PAGE, page }).catch(
        (error: unknown) => this.#sort<never>(error, options),
      );
      if (!Array.isArray(answer.data)) throw unexpected(options.what, 'a list');
      items.push(...(answer.data as unknown[]).map(options.item));
      if (options.enough && items.some(options.enough)) return items;
      // A page that answers "not modified" may carry an old Link header, so a full page is always followed.
      const next = String(answer.headers.link ?? '').includes('rel="next"');
      if (answer.data.length < PAGE && !next) return items;
    }
    throw new UpstreamError(
      SYSTEM,
      `GitHub has more than ${MOST_PAGES * PAGE} entries: cannot ${options.what}.`,
    );
  }

  /**
   * Reading is conditional: an answer that has not changed costs nothing of the hourly limit.
   * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
   */
  async #request(route: string, parameters: Readonly<Record<string, unknown>>): Promise<Answer> {
    const reading = route.startsWith('GET ');
    const timeout = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const signal = reading ? AbortSignal.any([this.#signal, timeout]) : timeout;
    const key = `${route} ${JSON.stringify(parameters)}`;
    const seen = reading ? this.#seen.get(key) : undefined;
    const headers = seen === undefined ? {} : { headers: { 'if-none-match': seen.etag } };
    try {
      const answer = await this.#requester.request(route, { ...parameters, ...headers, request: { signal } });
      const etag = answer.headers.etag;
      if (reading && typeof etag === 'string') this.#seen.set(key, { ...answer, etag });
      return answer;
    } catch (error) {
      if (statusOf(error) === 304 && seen !== undefined) return seen;
      if (reading && this.#signal.aborted) throw new CancelledError();
      throw error;
    }
  }

  #sort<T>(error: unknown, { what, on = {} }: CallOptions<T>): T {
    const ours = [UserError, UpstreamError, CancelledError].some((kind) => error instanceof kind);
    if (ours) throw error;
    const status = statusOf(error);
    const said = saidBy(error);
    const retryAfterMs = this.#retryAfter(error, status);
    const handler = status === null || retryAfterMs !== undefined ? undefined : on[status];
    if (handler) return handler(said, error);
    if (status === null || status >= 500 || retryAfterMs !== undefined) {
      const message = `GitHub could not ${what} (${said}).`;
      const refused = retryAfterMs !== undefined;
      throw new TransientError(SYSTEM, message, {
        cause: error,
        retryAfterMs: retryAfterMs ?? null,
        refused,
      });
    }
    if (status === 401) throw tokenError(`GitHub does not accept the token (${said}).`, error);
    if (status === 403) throw tokenError(`The token cannot ${what} (${said}).`, error);
    throw new UpstreamError(SYSTEM, `GitHub refused to ${what} (HTTP ${status}: ${said}).`, { cause: error });
  }

  /** Milliseconds to wait for a rate limit, null if no time is given; undefined if it is none. */
  #retryAfter(error: unknown, status: number | null): number | null | undefined {
    if (status !== 429 && status !== 403) return undefined;
    const headers = headersOf(error);
    const seconds = Number(headers['retry-after']);
    if (headers['retry-after'] !== undefined && seconds >= 0) return seconds * 1000;
    const limited = String(headers['x-ratelimit-remaining']) === '0';
    const reset = Number(headers['x-ratelimit-reset']);
    if (limited && reset > 0) return Math.max(0, reset * 1000 - this.#now().getTime());
    return status === 429 || /rate limit/i.test(messageOf(error)) ? null : undefined;
  }
}

interface GraphQLAnswer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly type?: unknown; readonly message?: unknown }[];
}

/** GraphQL answers an error with 200. */
function dataOf(answer: unknown, what: string): unknown {
  const { data, errors = [] } = (answer ?? {}) as GraphQLAnswer;
  const other = errors.find(({ type }) => type !== 'NOT_FOUND');
  if (other !== undefined) {
    const said = saidBy(new Error(String(other.message)));
    const isLimit = other.type === 'RATE_LIMITED';
    const message = `GitHub could not ${what} (${said}).`;
    if (isLimit) throw new TransientError(SYSTEM, message, { retryAfterMs: null, refused: true });
    if (other.type === 'FORBIDDEN') throw tokenError(`The token cannot ${what} (${said}).`, null);
    throw new UpstreamError(SYSTEM, message);
  }
  if (data === undefined || data === null) throw unexpected(what, 'an answer with data');
  return data;
}

export function tokenError(message: string, cause: unknown): UserError {
  const fix =
    'Set the input token, or GITHUB_TOKEN, to a token that can; GITHUB_TOKEN needs "permissions: issues: write", for ' +
    'the modes request and resume "deployments: write" too, and for environment "actions: read".';
  return new UserError(`${message} ${fix}`, {
    cause,
    page: 'github',
    problems: [{ where: 'token', message, fix }],
  });
}

export function unexpected(what: string, wanted: string): UpstreamError {
  return new UpstreamError(SYSTEM, `GitHub did not return ${wanted} when asked to ${what}.`);
}

function statusOf(error: unknown): number | null {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === 'number' ? status : null;
}

function headersOf(error: unknown): Headers {
  return (error as { response?: { headers?: Headers } }).response?.headers ?? {};
}

/** The first line of what GitHub said, short enough for a sentence. */
function saidBy(error: unknown): string {
  return clip(messageOf(error).split('\n')[0] ?? '', 300).replace(/\.$/, '');
}
