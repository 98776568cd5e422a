/** Any URL that takes a POST, as an endpoint. */
import type { SignRequest } from '../../clouds/aws/sigv4.ts';
import { CancelledError, UpstreamError } from '../../core/errors.ts';
import { AnswerTooLargeError, type EndpointInvoker, type InvokeAnswer } from '../../core/targets.ts';
import { inWords } from './network-errors.ts';
import { platformTime } from './platform-time.ts';

export interface HttpEndpointOptions {
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly sign?: SignRequest;
  /** From the request's first byte to the answer's last, in milliseconds. */
  readonly timeoutMs?: number;
  /** The largest answer that is read, in bytes. */
  readonly maxBytes?: number;
}

/** SageMaker's own limit for an answer; others rarely allow more. */
const TIMEOUT_MS = 60_000;
/** Several times what SageMaker lets through; more is no prediction, and several may be read at once. */
const MAX_BYTES = 25 * 1024 * 1024;
/** Tells the requests of a test from real traffic in the logs of whatever is in between. */
const USER_AGENT = 'ml-deploy-smoke-test';

/** The address of a request as it can be shown: without credentials and query, which may hold a key. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

export function httpEndpoint(url: string, options: HttpEndpointOptions = {}): EndpointInvoker {
  const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES, headers = {}, sign } = options;
  const shown = shownUrl(url);
  return {
    url: shown,
    async invoke(body, contentType, signal) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const bytes = typeof body === 'string' ? Buffer.from(body) : body;
        const plain = { accept: ACCEPT, 'user-agent': USER_AGENT, ...headers, 'content-type': contentType };
        const sent = sign ? await sign({ url, headers: plain, body: bytes }) : plain;
        return await post(url, bytes, sent, AbortSignal.any([signal, timeout]), maxBytes);
      } catch (error) {
        if (error instanceof UpstreamError) throw error;
        if (signal.aborted) throw new CancelledError();
        if (error instanceof AnswerTooLarge) {
          throw new AnswerTooLargeError('endpoint', `${shown} sends more than ${maxBytes} bytes.`, {
            cause: error,
          });
        }
        const what = timeout.aborted ? `did not answer within ${timeoutMs / 1000} s` : inWords(error);
        throw new UpstreamError('endpoint', `${shown} ${what}.`, { cause: error });
      }
    },
  };
}

const ACCEPT = 'application/json';

async function post(
  url: string,
  body: Uint8Array,
  headers: Record<string, string>,
  signal: AbortSignal,
  maxBytes: number,
): Promise<InvokeAnswer> {
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers,
    body: Uint8Array.from(body),
    // A redirected POST arrives as a GET: better to show the status than to test another page.
    redirect: 'manual',
    signal,
  });
  return {
    status: response.status,
    contentType: response.headers.get('content-type') ?? '',
    body: await readUpTo(response.body, maxBytes),
    latencyMs: performance.now() - started,
    version: null,
    platformMs: platformTime(response.headers),
  };
}

class AnswerTooLarge extends Error {}

/** Leaving the loop early closes the connection, so the rest is never sent. */
async function readUpTo(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw new AnswerTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
