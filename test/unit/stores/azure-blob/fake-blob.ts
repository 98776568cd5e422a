/** A server that answers like Azure Blob where the test says so, and keeps blobs otherwise. */
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface FakeAnswer {
  readonly status: number;
  readonly code?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
  /** It is done, and the connection breaks before the answer. */
  readonly lost?: boolean;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface Blob {
  readonly bytes: Buffer;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface FakeBlob {
  readonly url: string;
  readonly blobs: Map<string, Blob>;
  readonly requests: FakeRequest[];
  /** What to answer in the place of the usual; null for the usual. */
  script: (request: FakeRequest) => FakeAnswer | null;
  /** Loses the answer to the first request for which it is true; it is carried out. */
  lose: (request: FakeRequest) => boolean;
  stop(): Promise<void>;
}

export async function startFakeBlob(): Promise<FakeBlob> {
  const blobs = new Map<string, Blob>();
  const blocks = new Map<string, Map<string, Buffer>>();
  const requests: FakeRequest[] = [];

  const usual = (request: FakeRequest): FakeAnswer => {
    const { method, path, query, headers, body } = request;
    const blob = blobs.get(path);
    const md5 = headers['content-md5'];
    if (md5 !== undefined && md5 !== createHash('md5').update(body).digest('base64')) {
      return { status: 400, code: 'Md5Mismatch' };
    }
    if (method === 'HEAD' || method === 'GET')
      return blob ? found(blob) : { status: 404, code: 'BlobNotFound' };
    const comp = query.get('comp');
    const waiting = blocks.get(path) ?? new Map<string, Buffer>();
    if (comp === 'block') {
      blocks.set(path, waiting.set(query.get('blockid') ?? '', body));
      return { status: 201 };
    }
    const isTaken = blob !== undefined && headers['if-none-match'] === '*';
    if (comp === 'blocklist') {
      const ids = [...body.toString().matchAll(/<Latest>([^<]*)<\/Latest>/g)].map(([, id = '']) => id);
      const parts = ids.map((id) => waiting.get(id));
      if (isTaken) return { status: 409, code: 'BlobAlreadyExists' };
      if (parts.includes(undefined)) return { status: 400, code: 'InvalidBlockList' };
      write(path, Buffer.concat(parts as Buffer[]), headers);
    } else {
      if (isTaken) return { status: 409, code: 'BlobAlreadyExists' };
      write(path, body, headers);
    }
    return { status: 201 };
  };

  /** Whatever is written throws away the parts that are in no list. */
  function write(path: string, bytes: Buffer, headers: IncomingMessage['headers']): void {
    const metadata = Object.entries(headers).filter(([name]) => name.startsWith('x-ms-meta-'));
    blobs.set(path, { bytes, metadata: Object.fromEntries(metadata) as Record<string, string> });
    blocks.delete(path);
  }

  function found({ bytes, metadata }: Blob): FakeAnswer {
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    return {
      status: 200,
      headers: { ...metadata, etag, 'content-length': String(bytes.length) },
      body: bytes,
    };
  }

  const handle = async (incoming: IncomingMessage): Promise<FakeAnswer> => {
    const url = new URL(incoming.url ?? '/', 'http://blob');
    const { method = '', headers } = incoming;
    const path = decodeURIComponent(url.pathname);
    const request = { method, path, query: url.searchParams, headers, body: await buffer(incoming) };
    requests.push(request);
    const answer = fake.script(request) ?? usual(request);
    if (!fake.lose(request)) return answer;
    fake.lose = () => false;
    return { ...answer, lost: true };
  };

  const server = createServer((incoming, response) => {
    void handle(incoming).then(({ status, code = '', headers = {}, body, lost = false }) => {
      if (lost) {
        incoming.socket.destroy();
        return;
      }
      const xml = `<?xml version="1.0"?><Error><Code>${code}</Code><Message>Said ${code}.</Message></Error>`;
      response.writeHead(status, { ...(code === '' ? {} : { 'x-ms-error-code': code }), ...headers });
      response.end(incoming.method === 'HEAD' ? undefined : (body ?? (code === '' ? undefined : xml)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeBlob = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    blobs,
    requests,
    script: () => null,
    lose: () => false,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;
}
