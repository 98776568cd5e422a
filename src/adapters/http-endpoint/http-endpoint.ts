/** Any URL that takes a POST, as an endpoint. */
import { CancelledError, UpstreamError } from '../../core/errors.ts';
import type { EndpointInvoker, InvokeAnswer } from '../../core/targets.ts';
import { inWords } from './network-errors.ts';

export interface HttpEndpointOptions {
  /** From the request's first byte to the answer's last, in milliseconds. */
  readonly timeoutMs?: number;
  /** The largest answer that is read, in bytes. */
  readonly maxBytes?: number;
}

/** SageMaker's own limit for an answer; others rarely allow more. */
const TIMEOUT_MS = 60_000;
const MAX_BYTES = 64 * 1024 * 1024;

/** Where a request can be shown: without credentials and query, which may hold a key. */
export function shownUrl(url: string): string {
  const { origin, pathname } = new URL(url);
  return `${origin}${pathname}`;
}

export function httpEndpoint(url: string, options: HttpEndpointOptions = {}): EndpointInvoker {
  const { timeoutMs = TIMEOUT_MS, maxBytes = MAX_BYTES } = options;
  const shown = shownUrl(url);
  return {
    url: shown,
    async invoke(body, contentType, signal) {
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        return await post(url, body, contentType, AbortSignal.any([signal, timeout]), maxBytes);
      } catch (error) {
        if (signal.aborted) throw new CancelledError();
        if (error instanceof AnswerTooLarge) {
          throw new UpstreamError('endpoint', `${shown} sends more than ${maxBytes} bytes.`, {
            cause: error,
          });
        }
        const what = timeout.aborted ? `did not answer within ${timeoutMs / 1000} s` : inWords(error);
        throw new UpstreamError('endpoint', `${shown} ${what}.`, { cause: error });
      }
    },
  };
}

async function post(
  url: string,
  body: Uint8Array | string,
  contentType: string,
  signal: AbortSignal,
  maxBytes: number,
): Promise<InvokeAnswer> {
  const started = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': contentType, accept: 'application/json' },
    body: typeof body === 'string' ? body : Uint8Array.from(body),
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
  };
}

class AnswerTooLarge extends Error {}

/** Leaving the loop early closes the connection, so that the rest is never sent. */
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
