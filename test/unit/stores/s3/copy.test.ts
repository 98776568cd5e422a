import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { UpstreamError, UserError } from '../../../../src/core/errors.ts';
import { copyObject, type CopyOptions } from '../../../../src/stores/s3/copy.ts';
import { S3Session } from '../../../../src/stores/s3/session.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { ETAG, startFakeS3, type FakeRequest, type FakeS3 } from './fake-s3.ts';

const KEY = 'models/ab c/model.tar.gz';
const BYTES = randomBytes(1000);
const SOURCE = { url: 's3://jobs/job 1/ö+?/model.tar.gz', version: ETAG, bytes: BYTES.length };
let s3: FakeS3;

beforeAll(async () => {
  s3 = await startFakeS3();
});
afterAll(() => s3.stop());
beforeEach(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  s3.objects.set('/jobs/job 1/ö+?/model.tar.gz', BYTES);
});
afterEach(() => {
  vi.unstubAllEnvs();
  s3.script = () => null;
  s3.objects.clear();
  s3.requests.length = 0;
});

let progress: number;
async function copy(options: Partial<CopyOptions> = {}, source = SOURCE, tags = new Map<string, string>()) {
  progress = 0;
  const session = await S3Session.open('bucket', {
    region: 'eu-central-1',
    endpoint: s3.url,
    clock: new FakeClock(),
    tags,
  });
  const onSent = (bytes: number) => void (progress += bytes);
  return copyObject(session, KEY, source, { replace: false, onSent, ...options });
}
const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );
const answer = (when: (request: FakeRequest) => boolean, status: number, code: string) => {
  s3.script = (request) => (when(request) ? { status, code } : null);
};
const isCopy = ({ headers }: FakeRequest) => headers['x-amz-copy-source'] !== undefined;

describe.each([
  ['in one call', {}],
  ['in parts', { largest: 10, partBytes: 300 }],
])('a copy %s', (name, size) => {
  const inParts = name === 'in parts';

  it('has the bytes, though none came here', async () => {
    expect(await copy(size, SOURCE, new Map([['team', 'churn']]))).toBe(true);
    expect(s3.objects.get(`/bucket/${KEY}`)?.equals(BYTES)).toBe(true);
    expect(progress).toBe(BYTES.length);
    expect(s3.requests.filter(isCopy)).toHaveLength(inParts ? 4 : 1);
    expect(s3.requests.some(({ method, body }) => method === 'PUT' && body.length > 0)).toBe(false);
    const tagged = s3.requests.filter(({ headers }) => headers['x-amz-tagging'] === 'team=churn');
    expect(tagged).toHaveLength(1);
  });

  it('writes over nothing, unless it is to replace it', async () => {
    s3.objects.set(`/bucket/${KEY}`, Buffer.from('other'));
    expect(await copy(size)).toBe(false);
    expect(s3.objects.get(`/bucket/${KEY}`)?.toString()).toBe('other');
    expect(await copy({ ...size, replace: true })).toBe(true);
    expect(s3.objects.get(`/bucket/${KEY}`)?.equals(BYTES)).toBe(true);
  });

  it.each([false, true])('fails where the source is another one by now (replace: %s)', async (replace) => {
    const error = await errorOf(copy({ ...size, replace }, { ...SOURCE, version: '"older"' }));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toContain('model.tar.gz was replaced while it was being read');
    expect(s3.objects.has(`/bucket/${KEY}`)).toBe(false);
  });

  it('is null where the server cannot copy', async () => {
    answer(isCopy, 501, 'NotImplemented');
    expect(await copy(size)).toBeNull();
  });

  it('names what the identity needs', async () => {
    answer(isCopy, 403, 'AccessDenied');
    const error = await errorOf(copy(size));
    expect(error.message).toMatch(/do not allow s3:PutObject .*s3:GetObject/);
  });

  it.runIf(inParts)('is the other run’s where that one ended its upload', async () => {
    answer(({ query }) => query.has('partNumber'), 404, 'NoSuchUpload');
    s3.objects.set(`/bucket/${KEY}`, Buffer.from('other'));
    expect(await copy(size)).toBe(false);
    s3.objects.delete(`/bucket/${KEY}`);
    expect(await errorOf(copy(size))).toBeInstanceOf(Error);
  });

  it('says where to look where S3 cannot be reached', async () => {
    const session = await S3Session.open('bucket', {
      region: 'eu-central-1',
      endpoint: 'http://127.0.0.1:9',
      config: { maxAttempts: 1 },
    });
    const options = { replace: false, onSent: () => undefined, ...size };
    const error = await errorOf(copyObject(session, KEY, SOURCE, options));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toMatch(/^AWS cannot be reached\. Check aws-region.*ECONNREFUSED/);
  });

  it('ends its upload where it fails', async () => {
    answer(isCopy, 400, 'InvalidRequest');
    expect(await errorOf(copy(size))).toBeInstanceOf(UpstreamError);
    expect(s3.requests.filter(({ method }) => method === 'DELETE')).toHaveLength(inParts ? 1 : 0);
  });
});
