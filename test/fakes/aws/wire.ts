/**
 * The way from an SDK client to the fake without a connection: for tests of thousands of calls. What the client's own
 * handler makes of a cut connection and of silence (ECONNRESET, TimeoutError) comes at once.
 */
import { Readable } from 'node:stream';
import type { Fate } from './server.ts';
import type { RawRequest } from './route.ts';

/** What the SDK's clients hand to their `requestHandler`. */
interface SdkRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface SdkAnswer {
  readonly response: { statusCode: number; headers: Record<string, string>; body: Readable };
}

export interface Wire {
  handle(request: SdkRequest): Promise<SdkAnswer>;
  destroy(): void;
}

interface Signed {
  readonly headers: Record<string, string>;
}

/** A signature of no worth, which says what it is for: the fake checks none, and real ones take time. */
export const scopeOnly = {
  sign: <T extends Signed>(
    request: T,
    { signingService = serviceOf(request) }: { signingService?: string } = {},
  ) => {
    request.headers.authorization = `Credential=key/date/region/${signingService}/aws4_request`;
    return Promise.resolve(request);
  },
};

/** Not every client says what it signs for, but each says who it is: `api/lambda#3.1.0`. */
function serviceOf({ headers }: Signed): string {
  const [, client = ''] = / api\/([\w-]+)#/.exec(headers['user-agent'] ?? '') ?? [];
  return client === 'apigatewayv2' || client === 'api-gateway' ? 'apigateway' : client;
}

export function wireTo(receive: (raw: RawRequest) => Promise<Fate>): Wire {
  return {
    handle: async (request) => {
      const fate = await receive(await rawOf(request));
      if (fate === 'cut') throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
      if (fate === 'silence') throw Object.assign(new Error('no answer in time'), { name: 'TimeoutError' });
      const body = request.method === 'HEAD' ? '' : fate.body;
      const headers = Object.fromEntries(
        Object.entries(fate.headers).map(([name, value]) => [name.toLowerCase(), value]),
      );
      return { response: { statusCode: fate.status, headers, body: Readable.from([Buffer.from(body)]) } };
    },
    destroy: () => undefined,
  };
}

async function rawOf({ method, path, query = {}, headers, body }: SdkRequest): Promise<RawRequest> {
  const url = new URL(path, 'http://fake');
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) url.searchParams.append(name, one ?? '');
  }
  const lower = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return { method, url, headers: lower, body: await bytesOf(body) };
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body === undefined || body === null) return Buffer.alloc(0);
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (body instanceof Readable) return Buffer.concat((await body.toArray()) as Buffer[]);
  throw new Error('The wire takes text, bytes and streams.');
}
