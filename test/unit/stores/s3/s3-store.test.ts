import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CancelledError, UpstreamError, UserError } from '../../../../src/core/errors.ts';
import { S3Store } from '../../../../src/stores/s3/s3-store.ts';
import { combineCrc64, crc64, crc64Text } from '../../../../src/stores/s3/crc64.ts';
import { Lanes } from '../../../../src/stores/lanes.ts';
import { progressLines } from '../../../../src/stores/progress.ts';
import { partBytesFor } from '../../../../src/stores/s3/upload.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';
import { startFakeS3, type FakeAnswer, type FakeRequest, type FakeS3 } from './fake-s3.ts';

const MIB = 1024 * 1024;
let s3: FakeS3;

beforeAll(async () => {
  s3 = await startFakeS3();
});
afterAll(() => s3.stop());
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
});
afterEach(() => {
  vi.unstubAllEnvs();
  s3.script = () => null;
  s3.objects.clear();
  s3.requests.length = 0;
});

const open = (options: Parameters<typeof S3Store.open>[1] = {}) =>
  S3Store.open('s3://bucket/prefix', {
    region: 'eu-central-1',
    endpoint: s3.url,
    clock: new FakeClock(),
    ...options,
  });
const streamOf = (bytes: Buffer) => Readable.from([bytes], { objectMode: false });
const answer = (when: (request: FakeRequest) => boolean, what: FakeAnswer) => {
  s3.script = (request) => (when(request) ? what : null);
};
const errorOf = async (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );

describe('put and open', () => {
  it.each([0, 5, 8 * MIB, 8 * MIB + 1, 20 * MIB])('%i bytes', async (size) => {
    const store = await open();
    const bytes = randomBytes(size);
    expect(await store.put('a/b', streamOf(bytes))).toBe(true);
    expect((await buffer(await store.open('a/b'))).equals(bytes)).toBe(true);
    expect(await store.put('a/b', streamOf(bytes))).toBe(false);
    expect(s3.requests.some(({ query }) => query.has('partNumber'))).toBe(size > 8 * MIB);
  });

  it('sends the CRC64NVME of the whole and of each part', async () => {
    const bytes = randomBytes(9 * MIB);
    await (await open()).put('a', streamOf(bytes));
    const [first] = s3.requests.filter(({ query }) => query.get('partNumber') === '1');
    expect(first?.headers['x-amz-checksum-crc64nvme']).toBe(
      crc64Text(await crc64(bytes.subarray(0, 8 * MIB))),
    );
    const ended = s3.requests.find(({ method, query }) => method === 'POST' && query.has('uploadId'));
    expect(ended?.headers['x-amz-checksum-crc64nvme']).toBe(crc64Text(await crc64(bytes)));
  });

  it('replaces only where it is asked to', async () => {
    const store = await open();
    await store.put('a', 'one');
    expect(await store.put('a', 'two')).toBe(false);
    expect(await store.put('a', 'two', { replace: true })).toBe(true);
    expect((await buffer(await store.open('a'))).toString()).toBe('two');
  });

  it('records a value once', async () => {
    const store = await open();
    const digest = await store.record({ a: 1 });
    expect(await store.record({ a: 1 })).toBe(digest);
    s3.objects.set(`/bucket/prefix/releases/${digest}.json`, Buffer.from('{"a":2}'));
    await expect(store.record({ a: 1 })).rejects.toThrow('was changed after it was written');
  });
});

describe('another run that writes at the same time', () => {
  it.each([412, 409])('is found by %i, and our upload is ended', async (status) => {
    const store = await open();
    s3.script = ({ method, query }) => {
      if (method !== 'POST' || !query.has('uploadId')) return null;
      s3.objects.set('/bucket/prefix/a', Buffer.from('theirs'));
      return { status, code: 'Conflict' };
    };
    expect(await store.put('a', streamOf(randomBytes(9 * MIB)))).toBe(false);
    expect(s3.requests.some(({ method }) => method === 'DELETE')).toBe(true);
  });

  it('may end our upload as a leftover', async () => {
    const store = await open();
    s3.script = ({ query }) => {
      if (!query.has('partNumber')) return null;
      s3.objects.set('/bucket/prefix/a', Buffer.from('theirs'));
      return { status: 404, code: 'NoSuchUpload' };
    };
    expect(await store.put('a', streamOf(randomBytes(9 * MIB)))).toBe(false);
  });

  it('is an error where there is no object afterwards', async () => {
    answer(({ query }) => query.has('partNumber'), { status: 404, code: 'NoSuchUpload' });
    const error = await errorOf((await open()).put('a', streamOf(randomBytes(9 * MIB))));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toContain('Somebody else ended the upload');
  });
});

describe('errors', () => {
  it.each<[string, FakeAnswer, string]>([
    [
      'another region',
      { status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'us-west-2' } },
      'is in us-west-2, not in eu-central-1. Set aws-region',
    ],
    ['a missing bucket', { status: 404, code: 'NoSuchBucket' }, 'There is no bucket "bucket"'],
    [
      'no permission',
      { status: 403, code: 'AccessDenied' },
      'do not allow s3:PutObject on arn:aws:s3:::bucket/prefix/a.',
    ],
    [
      'no permission for the key',
      {
        status: 403,
        code: 'AccessDenied',
        message: 'User: x is not authorized to perform: kms:GenerateDataKey on resource: y',
      },
      'do not allow kms:GenerateDataKey',
    ],
    [
      'credentials that are over',
      { status: 400, code: 'ExpiredToken' },
      'The AWS credentials have expired. Request them again in this job',
    ],
    ['tags', { status: 400, code: 'InvalidTag' }, 'S3 refused the tags'],
  ])('%s', async (_, what, message) => {
    answer(({ method }) => method === 'PUT', what);
    const error = await errorOf((await open()).put('a', 'x'));
    expect(error.message).toContain(message);
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('of S3 itself are of S3', async () => {
    answer(({ method }) => method === 'PUT', { status: 400, code: 'EntityTooLarge' });
    expect(await errorOf((await open()).put('a', 'x'))).toBeInstanceOf(UpstreamError);
  });

  it('of a part end the upload', async () => {
    answer(({ query }) => query.get('partNumber') === '2', { status: 403, code: 'AccessDenied' });
    await expect((await open()).put('a', streamOf(randomBytes(20 * MIB)))).rejects.toThrow('s3:PutObject');
    expect(s3.requests.some(({ method }) => method === 'DELETE')).toBe(true);
    expect(s3.objects.size).toBe(0);
  });

  it('of the data end the upload', async () => {
    const failing = async function* () {
      yield randomBytes(9 * MIB);
      throw new UserError('the file changed');
    };
    const data = Readable.from(failing(), { objectMode: false });
    await expect((await open()).put('a', data)).rejects.toThrow('the file changed');
    expect(s3.requests.some(({ method }) => method === 'DELETE')).toBe(true);
  });

  it('name both rights where HEAD is refused, which says nothing', async () => {
    answer(({ method }) => method === 'HEAD', { status: 403 });
    const { message } = await errorOf((await open()).size('a'));
    expect(message).toContain(
      's3:GetObject on arn:aws:s3:::bucket/prefix/a, s3:ListBucket on arn:aws:s3:::bucket',
    );
  });

  it.each([
    [400, 'ExpiredToken', 'The AWS credentials have expired.'],
    [403, 'InvalidAccessKeyId', 'AWS does not accept the credentials of this job.'],
    [400, 'AuthorizationHeaderMalformed', 'is in us-west-2, not in eu-central-1'],
  ])('are told by the words of another request where HEAD answers %i for %s', async (status, code, said) => {
    const headers = { 'x-amz-bucket-region': 'us-west-2' };
    s3.script = () => ({ status, code, headers });
    expect((await errorOf((await open()).size('a'))).message).toContain(said);
    expect(s3.requests.map(({ method }) => method)).toEqual(['HEAD', 'GET']);
    expect(s3.requests[1]?.headers.range).toBe('bytes=0-0');
  });

  it('are a cancellation where the run was cancelled', async () => {
    const error = await errorOf((await open({ signal: AbortSignal.abort() })).size('a'));
    expect(error).toBeInstanceOf(CancelledError);
  });
});

it('gives new objects their key and tags', async () => {
  await (await open({ kmsKeyId: 'k', tags: new Map([['a b', 'c=d']]) })).put('a', 'x');
  const headers = s3.requests.at(-1)?.headers;
  expect(headers).toMatchObject({
    'x-amz-server-side-encryption': 'aws:kms',
    'x-amz-server-side-encryption-aws-kms-key-id': 'k',
    'x-amz-tagging': 'a%20b=c%3Dd',
  });
});

it('ends leftovers of this very object only', async () => {
  const uploads = [
    ['prefix/a', 'u1'],
    ['prefix/ab', 'u2'],
  ].map(([key, id]) => `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`);
  const body = `<ListMultipartUploadsResult>${uploads.join('')}</ListMultipartUploadsResult>`;
  answer(({ query }) => query.has('uploads'), { status: 200, body });
  await (await open()).tidy('a');
  const ended = s3.requests.filter(({ method }) => method === 'DELETE');
  expect(ended.map(({ query }) => query.get('uploadId'))).toEqual(['u1']);
});

describe('parts', () => {
  it.each([
    [0, 8],
    [50 * 1024 * MIB, 8],
    [500 * 1024 * MIB, 54],
  ])('of %i bytes have %i MiB', (bytes, mebibytes) => {
    expect(partBytesFor(bytes)).toBe(mebibytes * MIB);
    expect(bytes / partBytesFor(bytes)).toBeLessThan(10_000);
  });

  it('have checksums that can be joined', async () => {
    const [a, b] = [randomBytes(1234), randomBytes(77)];
    expect(combineCrc64(await crc64(a), await crc64(b), b.length)).toBe(await crc64(Buffer.concat([a, b])));
    expect(combineCrc64(0n, await crc64(b), b.length)).toBe(await crc64(b));
    expect((await crc64(Buffer.from('123456789'))).toString(16)).toBe('ae8b14860a799888');
  });

  it('stop at the first failure', async () => {
    const lanes = new Lanes(2);
    await lanes.run(() => Promise.reject(new Error('one')));
    await expect(lanes.run(() => Promise.resolve())).rejects.toThrow('one');
    await expect(lanes.all()).rejects.toThrow('one');
  });
});

it('says every few seconds how far it is', () => {
  const clock = new FakeClock();
  const log = new MemoryLogger();
  let share = 0;
  const sent = progressLines({ log, clock }, 's3://b/k', () => share);
  sent(1_000_000);
  expect(log.lines).toEqual([]);
  clock.advance(10_000);
  share = 0.25;
  sent(19_000_000);
  expect(log.text).toBe('Sent 20.0 MB to s3://b/k: 2.0 MB/s, 25 % done, 30 s left');
});
