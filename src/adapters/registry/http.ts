/** One request to a registry, sent again if the connection was dropped or the registry was busy. */
import pRetry from 'p-retry';
import { CancelledError, messageOf, UpstreamError } from '../../core/errors.ts';

export interface HttpOptions {
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  /** Milliseconds before the first repetition; each further one waits twice as long. */
  readonly retryDelayMs: number;
}

export interface HttpRequest {
  readonly url: string;
  readonly method?: 'GET' | 'PUT' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly bytes: Uint8Array;
}

const RETRIES = 3;
const TIMEOUT_MS = 60_000;
/** Manifests have 4 MiB at most by the specification, configs are smaller; nothing larger is read here. */
const SIZE_LIMIT = 16 * 1024 * 1024;
const BUSY = new Set([429, 502, 503, 504]);
/** Failures that the next attempt may not meet. An unknown host or a bad certificate stays what it is. */
const TRANSIENT =
  /^(ECONNRESET|ECONNREFUSED|EPIPE|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH|UND_ERR_(SOCKET|CONNECT_TIMEOUT|HEADERS_TIMEOUT|BODY_TIMEOUT))$/;

class TransientError extends Error {
  readonly answer: HttpAnswer | null;

  constructor(message: string, answer: HttpAnswer | null, cause?: unknown) {
    super(message, { cause });
    this.answer = answer;
  }
}

/**
 * The answer, whatever its status; a registry that stays busy answers with that.
 * @throws UpstreamError if no answer came; CancelledError if the signal was aborted.
 */
export async function request(what: HttpRequest, options: HttpOptions): Promise<HttpAnswer> {
  try {
    return await pRetry(() => once(what, options), {
      retries: RETRIES,
      minTimeout: options.retryDelayMs,
      randomize: true,
      signal: options.signal,
      shouldRetry: ({ error }) => error instanceof TransientError,
    });
  } catch (error) {
    if (options.signal.aborted) throw new CancelledError();
    if (error instanceof TransientError && error.answer !== null) return error.answer;
    throw unreachable(what.url, error);
  }
}

async function once(what: HttpRequest, { fetch, signal }: HttpOptions): Promise<HttpAnswer> {
  let answer: HttpAnswer;
  try {
    const response = await fetch(what.url, {
      method: what.method ?? 'GET',
      headers: { ...what.headers },
      ...(what.body === undefined ? {} : { body: what.body }),
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    });
    answer = { status: response.status, headers: response.headers, bytes: await readBody(response) };
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    if (timedOut || TRANSIENT.test(codeOf(error))) throw new TransientError(reasonOf(error), null, error);
    throw error;
  }
  if (BUSY.has(answer.status)) throw new TransientError(`status ${answer.status}`, answer);
  return answer;
}

async function readBody(response: Response): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    if (size > SIZE_LIMIT) throw new Error(`the answer is larger than ${SIZE_LIMIT} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** fetch puts the reason one level down: "fetch failed", caused by a socket's error. */
function innermost(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? innermost(error.cause) : error;
}

function codeOf(error: unknown): string {
  const inner = innermost(error);
  return inner instanceof Error && 'code' in inner ? String(inner.code) : '';
}

function reasonOf(error: unknown): string {
  const inner = innermost(error);
  return messageOf(inner) || codeOf(error) || messageOf(error);
}

function unreachable(url: string, error: unknown): UpstreamError {
  const { host, protocol } = new URL(url);
  const hint = /certificate|SSL|TLS/i.test(reasonOf(error))
    ? ' Check its certificate, or set NODE_EXTRA_CA_CERTS to the authority that signed it.'
    : ' Check the name, and that this machine can reach it.';
  const said = `The registry ${host} did not answer over ${protocol.slice(0, -1)}: ${reasonOf(error)}.${hint}`;
  return new UpstreamError(host, said, { cause: error });
}
