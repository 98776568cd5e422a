/**
 * HTTP to this machine. Node's own client with an agent of ours, because a proxy that the job is told to use must never
 * are between a step and 127.0.0.1.
 */
import { Agent, request, type IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:net';

export const LOOPBACK = '127.0.0.1';

export interface LoopbackRequest {
  readonly port: number;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly signal: AbortSignal;
  /** Reuses connections; only for requests that may be sent twice. */
  readonly agent?: Agent;
  /** Called if a request is sent again. */
  readonly onRetry?: () => void;
}

export interface LoopbackAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** @throws the socket's error (`code` such as ECONNREFUSED), or the signal's reason. */
export async function loopbackRequest(options: LoopbackRequest): Promise<LoopbackAnswer> {
  const { reused, answer } = send(options);
  try {
    return await answer;
  } catch (error) {
    // A kept connection may be closed by the server at the very moment that it is used again.
    if (options.agent && reused() && (error as NodeJS.ErrnoException).code === 'ECONNRESET') {
      options.onRetry?.();
      return send(options).answer;
    }
    throw error;
  }
}

function send({ port, method, path, headers = {}, body = '', signal, agent }: LoopbackRequest) {
  const length = String(Buffer.byteLength(body));
  const { promise, resolve, reject } = Promise.withResolvers<LoopbackAnswer>();
  const outgoing = request(
    {
      host: LOOPBACK,
      port,
      method,
      path,
      signal,
      agent: agent ?? new Agent(),
      headers: { ...headers, 'content-length': length },
    },
    (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () =>
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        }),
      );
    },
  );
  outgoing.on('error', reject);
  outgoing.end(body);
  return { reused: () => outgoing.reusedSocket, answer: promise };
}

const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection was closed without an answer',
  EPIPE: 'the connection was closed before the request was sent',
  HPE_INVALID_CONSTANT: 'the process there does not speak HTTP',
};

/** What a socket's error means. */
export function explainSocketError(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined) return message;
  return WORDS[code] ?? (code.startsWith('HPE_') ? 'the process there does not speak HTTP' : message);
}

/** Whether a port of 127.0.0.1 can be listened on at this moment. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, LOOPBACK, () => probe.close(() => resolve(true)));
  });
}
