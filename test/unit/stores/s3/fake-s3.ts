/** A server that answers like S3 where the test says so, and keeps objects otherwise. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface FakeAnswer {
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface FakeS3 {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  readonly requests: FakeRequest[];
  /** What to answer in the place of the usual; null for the usual. */
  script: (request: FakeRequest) => FakeAnswer | null;
  stop(): Promise<void>;
}

/** Of every object. */
export const ETAG = '"e"';

export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  const parts = new Map<number, Buffer>();
  const requests: FakeRequest[] = [];
  const fake = { script: (_: FakeRequest): FakeAnswer | null => null };
  const usual = ({ method, path, query, headers, body }: FakeRequest): FakeAnswer => {
    const existing = objects.get(path);
    if (method === 'GET' && query.has('uploads'))
      return { status: 200, body: '<ListMultipartUploadsResult/>' };
    if (method === 'POST' && query.has('uploads'))
      return { status: 200, body: '<R><UploadId>upload-1</UploadId></R>' };
    const copied = headers['x-amz-copy-source'];
    if (typeof copied === 'string') {
      const whole = objects.get(`/${decodeURIComponent(copied)}`);
      if (whole === undefined) return { status: 404, code: 'NoSuchKey' };
      const isSame = headers['x-amz-copy-source-if-match'] === ETAG;
      const isFree = existing === undefined || headers['if-none-match'] !== '*';
      if (!isSame || !isFree) return { status: 412, code: 'PreconditionFailed' };
      const range = /^bytes=(\d+)-(\d+)$/.exec(String(headers['x-amz-copy-source-range'] ?? ''));
      if (range === null) objects.set(path, whole);
      else parts.set(Number(query.get('partNumber')), whole.subarray(Number(range[1]), Number(range[2]) + 1));
      return { status: 200, body: '<R><ETag>e</ETag></R>' };
    }
    if (query.has('partNumber')) parts.set(Number(query.get('partNumber')), body);
    else if (method === 'HEAD' && path.split('/').filter(Boolean).length < 2) return { status: 200 };
    else if (method === 'HEAD' || method === 'GET')
      return existing ? { status: 200, body: existing } : { status: 404, code: 'NoSuchKey' };
    else if (method === 'DELETE') return { status: 204 };
    else if (existing !== undefined && headers['if-none-match'] === '*')
      return { status: 412, code: 'PreconditionFailed' };
    else if (method === 'PUT') objects.set(path, body);
    else
      objects.set(
        path,
        Buffer.concat([...parts.keys()].sort((a, b) => a - b).map((n) => parts.get(n) ?? body)),
      );
    return { status: 200, headers: { etag: ETAG }, body: method === 'POST' ? '<R><ETag>e</ETag></R>' : '' };
  };
  const server = createServer((incoming, outgoing) => {
    void buffer(incoming).then((body) => {
      const { pathname, searchParams: query } = new URL(incoming.url ?? '/', 'http://s3');
      const { method = '', headers } = incoming;
      const request = { method, path: decodeURIComponent(pathname), query, headers, body };
      requests.push(request);
      const scripted = fake.script(request);
      const answer: FakeAnswer = scripted ?? usual(request);
      const { status, code, message = code } = answer;
      const error =
        code === undefined ? '' : `<Error><Code>${code}</Code><Message>${message ?? ''}</Message></Error>`;
      const said = code === undefined ? (answer.body ?? '') : error;
      outgoing.writeHead(status, { ...answer.headers, 'content-length': Buffer.byteLength(said) });
      outgoing.end(method === 'HEAD' ? undefined : said);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return Object.assign(fake, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  });
}
