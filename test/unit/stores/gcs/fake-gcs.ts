/**
 * A server that answers like Cloud Storage where the test says so, and keeps objects otherwise.
 * https://cloud.google.com/storage/docs/json_api/v1/objects, https://cloud.google.com/storage/docs/performing-resumable-uploads
 */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface FakeAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string | object;
}

export interface FakeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

export interface FakeObject {
  readonly bytes: Buffer;
  readonly generation: number;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Session {
  readonly name: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly condition: string | null;
  bytes: Buffer;
}

export interface FakeGcs {
  readonly url: string;
  /** By name, of the one bucket. */
  readonly objects: Map<string, FakeObject>;
  readonly requests: FakeRequest[];
  /** What to answer in the place of the usual; null for the usual. */
  script: (request: FakeRequest) => FakeAnswer | null;
  /** Loses the answer to the first request for which it is true; it is carried out. */
  lose: (request: FakeRequest) => boolean;
  /** How many bytes of a part that is not the last one are kept, at most; a multiple of 256 KiB. */
  keeps: number;
  /** Damages what is kept of an upload in parts. */
  damage: boolean;
  write(name: string, bytes: Buffer, metadata?: Readonly<Record<string, string>>): FakeObject;
  stop(): Promise<void>;
}

export const BUCKET = 'acme-models';
const QUANTUM = 256 * 1024;

const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

/** Byte by byte, and so unlike the one that is tested. */
export function plainCrc32c(bytes: Buffer): string {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crc >>> 8) ^ (TABLE[(crc ^ byte) & 0xff] ?? 0);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE((crc ^ 0xffffffff) >>> 0);
  return sum.toString('base64');
}

/** @param opens the tokens that open it */
export async function startFakeGcs(opens: ReadonlySet<string>): Promise<FakeGcs> {
  const objects = new Map<string, FakeObject>();
  const sessions = new Map<string, Session>();
  const requests: FakeRequest[] = [];
  let generation = 1000;

  const write = (name: string, bytes: Buffer, metadata = {}): FakeObject => {
    const object = { bytes, metadata, generation: ++generation };
    objects.set(name, object);
    return object;
  };
  const resource = (name: string, { bytes, metadata, generation: number }: FakeObject) => ({
    name,
    size: String(bytes.length),
    generation: String(number),
    crc32c: plainCrc32c(bytes),
    metadata,
  });
  const conditionFails = (name: string, condition: string | null): boolean =>
    condition !== null && condition !== String(objects.get(name)?.generation ?? 0);

  const usual = (request: FakeRequest): FakeAnswer => {
    const { method, path, query, headers } = request;
    if (path.startsWith('/upload/') && query.has('upload_id')) return part(request);
    if (!opens.has((headers.authorization ?? '').replace('Bearer ', ''))) {
      return refusal(401, 'authError', 'Invalid Credentials');
    }
    if (path === `/upload/storage/v1/b/${BUCKET}/o`) return insert(request);
    const [, bucket, name] = /^\/storage\/v1\/b\/([^/]+)\/o(?:\/(.+))?$/.exec(path) ?? [];
    if (bucket !== BUCKET) return refusal(404, 'notFound', 'The specified bucket does not exist.');
    if (name === undefined) return list(query);
    const object = objects.get(name);
    if (object === undefined) return refusal(404, 'notFound', `No such object: ${bucket}/${name}`);
    if (conditionFails(name, query.get('ifGenerationMatch'))) return notMet();
    if (method === 'DELETE') {
      objects.delete(name);
      return { status: 204 };
    }
    if (query.get('alt') !== 'media') return { status: 200, body: resource(name, object) };
    return { status: 200, headers: { 'x-goog-generation': String(object.generation) }, body: object.bytes };
  };

  const list = (query: URLSearchParams): FakeAnswer => {
    const prefix = query.get('prefix') ?? '';
    const items = [...objects].filter(([name]) => name.startsWith(prefix));
    return { status: 200, body: { items: items.map(([name, object]) => resource(name, object)) } };
  };

  const insert = ({ query, headers, body }: FakeRequest): FakeAnswer => {
    const condition = query.get('ifGenerationMatch');
    if (query.get('uploadType') === 'resumable') {
      const { metadata = {} } = JSON.parse(body.toString()) as { metadata?: Record<string, string> };
      const name = query.get('name') ?? '';
      if (conditionFails(name, condition)) return notMet();
      const id = `session-${sessions.size}`;
      sessions.set(id, { name, metadata, condition, bytes: Buffer.alloc(0) });
      return {
        status: 200,
        headers: { location: `${fake.url}/upload/storage/v1/b/${BUCKET}/o?upload_id=${id}` },
      };
    }
    const boundary = /boundary=(.+)$/.exec(headers['content-type'] ?? '')?.[1] ?? '';
    const [, facts = '', content = ''] = body.toString('latin1').split(`--${boundary}`);
    const { name, crc32c, metadata } = JSON.parse(
      Buffer.from(facts.split('\r\n\r\n')[1] ?? '', 'latin1').toString(),
    ) as {
      name: string;
      crc32c: string;
      metadata: Record<string, string>;
    };
    const begin = content.indexOf('\r\n\r\n') + 4;
    const bytes = Buffer.from(content.slice(begin, -2), 'latin1');
    if (plainCrc32c(bytes) !== crc32c) return refusal(400, 'invalid', 'Provided CRC32C does not match.');
    if (conditionFails(name, condition)) return notMet();
    return { status: 200, body: resource(name, write(name, bytes, metadata)) };
  };

  const part = ({ query, headers, body }: FakeRequest): FakeAnswer => {
    const session = sessions.get(query.get('upload_id') ?? '');
    if (session === undefined) return { status: 404, body: 'Not Found' };
    const [, range = '', total = ''] =
      /^bytes ([\d-]+|\*)\/(\d+|\*)$/.exec(headers['content-range'] ?? '') ?? [];
    if (range === '' || (range !== '*' && Number(range.split('-')[0]) !== session.bytes.length)) {
      return refusal(400, 'invalid', 'Invalid Content-Range.');
    }
    if (total === '*' && body.length % QUANTUM !== 0)
      return refusal(400, 'invalid', 'Not a multiple of 256 KiB.');
    const kept = total === '*' ? body.subarray(0, fake.keeps) : body;
    session.bytes = Buffer.concat([session.bytes, kept]);
    if (total === '*' || session.bytes.length < Number(total)) {
      const there = session.bytes.length;
      return { status: 308, headers: there === 0 ? {} : { range: `bytes=0-${there - 1}` } };
    }
    const bytes = fake.damage ? Buffer.concat([session.bytes.subarray(1), Buffer.from('x')]) : session.bytes;
    const sum = /crc32c=(.*)/.exec(String(headers['x-goog-hash'] ?? ''))?.[1];
    if (!fake.damage && sum !== plainCrc32c(bytes))
      return refusal(400, 'invalid', 'Provided CRC32C does not match.');
    if (conditionFails(session.name, session.condition)) return notMet();
    sessions.delete(query.get('upload_id') ?? '');
    return { status: 200, body: resource(session.name, write(session.name, bytes, session.metadata)) };
  };

  const handle = async (incoming: IncomingMessage): Promise<FakeAnswer> => {
    const url = new URL(incoming.url ?? '/', 'http://gcs');
    const { method = '', headers } = incoming;
    const path = decodeURIComponent(url.pathname);
    const request = { method, path, query: url.searchParams, headers, body: await buffer(incoming) };
    requests.push(request);
    const answer = fake.script(request) ?? usual(request);
    if (!fake.lose(request)) return answer;
    fake.lose = () => false;
    incoming.socket.destroy();
    return answer;
  };
  const server = createServer((incoming, response) => {
    void handle(incoming).then(({ status, headers = {}, body = '' }) => {
      const content = Buffer.isBuffer(body) || typeof body === 'string' ? body : JSON.stringify(body);
      response.writeHead(status, headers);
      response.end(content);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const fake: FakeGcs = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    requests,
    script: () => null,
    lose: () => false,
    keeps: Number.POSITIVE_INFINITY,
    damage: false,
    write,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return fake;
}

export function refusal(code: number, reason: string, message: string): FakeAnswer {
  return {
    status: code,
    body: { error: { code, message, errors: [{ domain: 'global', reason, message }] } },
  };
}

function notMet(): FakeAnswer {
  return refusal(412, 'conditionNotMet', 'At least one of the pre-conditions you specified did not hold.');
}
