/**
 * One request to a cloud that is asked by requests of our own: sent again if the cloud is busy, fails, or the connection
 * breaks, after the pause that it asks for. Which errors there are, and how they are worded, each cloud says for itself.
 */
import { CancelledError, messageOf, type UpstreamError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';

export interface SendOptions {
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly signal: AbortSignal;
  /** For tests. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface CloudCall {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'PATCH' | 'DELETE';
  /** Whole, with its query. */
  readonly url: string;
  /** Asked for before each sending: a token may end meanwhile. */
  readonly headers: () => Promise<Readonly<Record<string, string>>>;
  readonly body?: Uint8Array | string;
  /** From the first byte sent to the last one read, in milliseconds; null for as long as something moves. */
  readonly timeoutMs?: number | null;
  /** How often it is sent, at most. */
  readonly attempts?: number;
  /** Called before it is sent again: the call before may have been done all the same. */
  readonly onRepeat?: () => void;
  /** Statuses from 300 on that are answers all the same. */
  readonly accepts?: readonly number[];
}

/** What a cloud makes of what went wrong. */
export interface Dialect<Call extends CloudCall> {
  /** @param body the beginning of what the answer holds */
  readonly refusal: (
    call: Call,
    response: Pick<Response, 'status' | 'headers'>,
    body: string,
  ) => UpstreamError;
  /** No answer came. @param reason in a few words */
  readonly silence: (call: Call, reason: string, cause: unknown) => UpstreamError;
}

/** Tells our requests from others in the logs of a cloud. */
const USER_AGENT = 'ml-deploy';
const ATTEMPTS = 5;
const TIMEOUT_MS = 60_000;
const FIRST_PAUSE_MS = 1000;
/** A service that asks for more is asked by whoever waits for its state. */
const LONGEST_PAUSE_MS = 60_000;
/** More of an error is no message. */
const MOST_ERROR_BYTES = 64 * 1024;

/** As https://cloud.google.com/storage/docs/retry-strategy and Azure's clients have it. */
const BUSY: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

/**
 * The answer, whose status is below 300 or accepted; its body is not read yet.
 * @throws UpstreamError of the cloud for every other answer, and if none came; CancelledError
 */
export async function sendTo<Call extends CloudCall>(
  dialect: Dialect<Call>,
  call: Call,
  options: SendOptions,
): Promise<Response> {
  const { attempts = ATTEMPTS, onRepeat } = call;
  for (let attempt = 1; ; attempt++) {
    const result = await once(dialect, call, options);
    if (result.ok) return result.response;
    if (!result.again || attempt >= attempts) throw result.failure;
    await options.clock.sleep(result.pauseMs ?? pauseAfter(attempt), options.signal);
    onRepeat?.();
  }
}

type Result =
  | { readonly ok: true; readonly response: Response }
  | {
      readonly ok: false;
      readonly failure: UpstreamError;
      readonly again: boolean;
      /** What the cloud asks for; null if it asks for nothing. */
      readonly pauseMs: number | null;
    };

async function once<Call extends CloudCall>(
  dialect: Dialect<Call>,
  call: Call,
  options: SendOptions,
): Promise<Result> {
  const { method, url, body, timeoutMs = TIMEOUT_MS, accepts = [] } = call;
  const headers = await call.headers();
  const { signal, clock, fetch = globalThis.fetch } = options;
  const limit = timeoutMs === null ? [] : [AbortSignal.timeout(timeoutMs)];
  try {
    const response = await fetch(url, {
      method,
      headers: { 'user-agent': USER_AGENT, ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
      // A redirection would carry the token to another host.
      redirect: 'manual',
      signal: AbortSignal.any([signal, ...limit]),
    });
    const { status } = response;
    if (status < 300 || accepts.includes(status)) return { ok: true, response };
    return {
      ok: false,
      failure: dialect.refusal(call, response, await beginningOf(response)),
      again: BUSY.has(status),
      pauseMs: askedPause(response.headers, clock.now()),
    };
  } catch (error) {
    if (signal.aborted) throw new CancelledError();
    const failure = dialect.silence(call, reasonOf(error), error);
    return { ok: false, failure, again: isTransient(error), pauseMs: null };
  }
}

/** Grows, without a random part: a run has one request at a time that waits. */
function pauseAfter(attempt: number): number {
  return FIRST_PAUSE_MS * 2 ** (attempt - 1);
}

/** `Retry-After` has seconds or a date; Azure's own headers have milliseconds. */
export function askedPause(headers: Pick<Headers, 'get'>, now: Date): number | null {
  const milliseconds = headers.get('retry-after-ms') ?? headers.get('x-ms-retry-after-ms');
  if (milliseconds !== null && /^\d+$/.test(milliseconds)) return bounded(Number(milliseconds));
  const text = headers.get('retry-after');
  if (text === null) return null;
  if (/^\d+$/.test(text)) return bounded(Number(text) * 1000);
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : bounded(date - now.getTime());
}

function bounded(milliseconds: number): number {
  return Math.min(Math.max(milliseconds, 0), LONGEST_PAUSE_MS);
}

/** The body of an answer; null if it is larger than `mostBytes`, whose rest is not read. */
export async function bodyOf(response: Pick<Response, 'body'>, mostBytes: number): Promise<Buffer | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > mostBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function beginningOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size >= MOST_ERROR_BYTES) break;
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Failures that the next attempt may not meet. An unknown host or a bad certificate stays what it is. */
const TRANSIENT =
  /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_(SOCKET|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT))$/;

function isTransient(error: unknown): boolean {
  const inner = innermost(error);
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  return TRANSIENT.test(code) || (error instanceof Error && error.name === 'TimeoutError');
}

/** fetch puts the reason one level down: "fetch failed", caused by a socket's error. */
function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error;
}

function reasonOf(error: unknown): string {
  const inner = innermost(error);
  return messageOf(inner) || messageOf(error);
}
