import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import { objectStoreOf, placeInStore, STORE_URL } from '../../../../src/core/stores.ts';
import { parseGcsUrl } from '../../../../src/stores/gcs/address.ts';
import { crc32c, crc32cText } from '../../../../src/stores/gcs/crc32c.ts';
import { createGcsRemote } from '../../../../src/stores/gcs/gcs-remote.ts';
import { GcsStore } from '../../../../src/stores/gcs/gcs-store.ts';
import { openGcsUrl } from '../../../../src/stores/gcs/open-object.ts';
import { WRITTEN_BY } from '../../../../src/stores/gcs/reads.ts';
import { fakeGoogleSignIn, type FakeGoogleSignIn } from '../../../fakes/google/sign-in.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';
import {
  BUCKET,
  refusal,
  plainCrc32c,
  startFakeGcs,
  type FakeAnswer,
  type FakeGcs,
  type FakeRequest,
} from './fake-gcs.ts';

const MIB = 1024 * 1024;
const TOKEN = 'ya29.token-of-the-job';
const URL_OF_STORE = `gs://${BUCKET}/churn`;
let gcs: FakeGcs;
let signIn: FakeGoogleSignIn;

beforeAll(async () => {
  gcs = await startFakeGcs(new Set([TOKEN]));
});
afterAll(() => gcs.stop());
beforeEach(() => {
  signIn = signInWith();
});
afterEach(() => {
  gcs.script = () => null;
  gcs.lose = () => false;
  gcs.keeps = Number.POSITIVE_INFINITY;
  gcs.damage = false;
  gcs.objects.clear();
  gcs.requests.length = 0;
});

function signInWith(more: Parameters<typeof fakeGoogleSignIn>[1] = {}): FakeGoogleSignIn {
  return fakeGoogleSignIn({ accessToken: TOKEN, endpoints: { storage: gcs.url } }, more);
}

const open = (url = URL_OF_STORE) => GcsStore.open(url, signIn);
const streamOf = (bytes: Buffer) => Readable.from([bytes], { objectMode: false });
const answer = (when: (request: FakeRequest) => boolean, what: FakeAnswer) => {
  gcs.script = (request) => (when(request) ? what : null);
};
const errorOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );
const isWrite = ({ method }: FakeRequest) => method === 'POST' || method === 'PUT';
const isPart = ({ query }: FakeRequest) => query.has('upload_id');
/** Of the last part: it says how much there is. */
const isLastPart = (request: FakeRequest) =>
  isPart(request) && /\/\d+$/.test(request.headers['content-range'] ?? '');
const isMultipart = ({ query }: FakeRequest) => query.get('uploadType') === 'multipart';

describe('put and open', () => {
  it.each([0, 5, 8 * MIB, 8 * MIB + 1, 20 * MIB])('%i bytes', async (size) => {
    const store = open();
    const bytes = randomBytes(size);
    expect(await store.put('a/b', streamOf(bytes))).toBe(true);
    expect((await buffer(await store.open('a/b'))).equals(bytes)).toBe(true);
    expect(await store.size('a/b')).toBe(size);
    const sent = gcs.requests.length;
    expect(await store.put('a/b', streamOf(bytes))).toBe(false);
    expect(gcs.requests.slice(sent).map(({ method }) => method)).toEqual(['GET']);
    expect(gcs.requests.some(isPart)).toBe(size > 8 * MIB);
  });

  it('asks for nothing to be overwritten, and sends the token to nobody who needs none', async () => {
    await open().put('a', streamOf(randomBytes(9 * MIB)));
    const writes = gcs.requests.filter(isWrite);
    expect(writes[0]?.query.get('ifGenerationMatch')).toBe('0');
    expect(writes[0]?.headers.authorization).toBe(`Bearer ${TOKEN}`);
    expect(writes.filter(isPart)).toHaveLength(2);
    expect(gcs.objects.get('churn/a')?.metadata[WRITTEN_BY]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('hides the address of an upload, which opens it to anybody', async () => {
    await open().put('a', streamOf(randomBytes(9 * MIB)));
    const session = gcs.requests.find(isPart);
    const path = `/upload/storage/v1/b/${BUCKET}/o?upload_id=${session?.query.get('upload_id') ?? ''}`;
    expect(signIn.hidden).toContain(`${gcs.url}${path}`);
    answer(isPart, { status: 403, body: 'no' });
    const { message } = await errorOf(open().put('b', streamOf(randomBytes(9 * MIB))));
    expect(message).toContain(`(storage.objects.insert on gs://${BUCKET}/churn/b: 403`);
    expect(message).not.toMatch(/upload_id|session-/);
  });

  it('replaces only where it is asked to', async () => {
    const store = open();
    await store.put('a', 'one');
    expect(await store.put('a', 'two')).toBe(false);
    expect(await store.put('a', 'two', { replace: true })).toBe(true);
    expect(await store.put('a', streamOf(randomBytes(9 * MIB)), { replace: true })).toBe(true);
    expect(await store.size('a')).toBe(9 * MIB);
  });

  it('records a value once', async () => {
    const store = open();
    const digest = await store.record({ a: 1 });
    expect(await store.record({ a: 1 })).toBe(digest);
    gcs.write(`churn/releases/${digest}.json`, Buffer.from('{"a":2}'));
    await expect(store.record({ a: 1 })).rejects.toThrow('was changed after it was written');
  });

  it('says how far a large one is', async () => {
    const log = new MemoryLogger();
    const store = GcsStore.open(URL_OF_STORE, { ...signIn, log });
    gcs.script = () => {
      signIn.clock.advance(6000);
      return null;
    };
    await store.put('a', streamOf(randomBytes(9 * MIB)));
    expect(log.text).toMatch(/Sent .* to gs:\/\/acme-models\/churn\/a: /);
  });
});

describe('an upload that breaks off', () => {
  it.each([
    ['in its first part', 1],
    ['in a later part', 2],
    ['in its last part', 3],
  ])('%s goes on where the service says that it stopped', async (_, number) => {
    const bytes = randomBytes(20 * MIB);
    let seen = 0;
    gcs.lose = (request) => isPart(request) && ++seen === number;
    expect(await open().put('a', streamOf(bytes))).toBe(true);
    expect(gcs.objects.get('churn/a')?.bytes.equals(bytes)).toBe(true);
    expect(signIn.clock.sleeps).toEqual([1000]);
  });

  it('sends the rest of a part of which only some was kept', async () => {
    const bytes = randomBytes(10 * MIB);
    gcs.keeps = 3 * MIB;
    expect(await open().put('a', streamOf(bytes))).toBe(true);
    expect(gcs.objects.get('churn/a')?.bytes.equals(bytes)).toBe(true);
    const ranges = gcs.requests.filter(isPart).map(({ headers }) => headers['content-range']);
    expect(ranges.slice(0, 2)).toEqual(['bytes 0-8388607/*', `bytes ${3 * MIB}-8388607/*`]);
  });

  it('ends where the service takes nothing more', async () => {
    answer(isPart, { status: 308 });
    const error = await errorOf(open().put('a', streamOf(randomBytes(9 * MIB))));
    expect(error.message).toContain('Cloud Storage took 0 bytes of gs://acme-models/churn/a, and no more.');
    expect(gcs.requests.filter(isPart)).toHaveLength(5);
  });

  it('ends after five times', async () => {
    answer((request) => isPart(request) && request.body.length > 0, { status: 503 });
    const error = await errorOf(open().put('a', streamOf(randomBytes(9 * MIB))));
    expect(error).toMatchObject({ kind: 'unavailable', mayPass: true });
    expect(signIn.clock.sleeps).toEqual([1000, 2000, 4000, 8000]);
  });

  it('leaves no damaged object behind', async () => {
    gcs.damage = true;
    const error = await errorOf(open().put('a', streamOf(randomBytes(9 * MIB))));
    expect(error.message).toContain('gs://acme-models/churn/a arrived damaged, and was removed again');
    expect(gcs.objects.size).toBe(0);
  });

  it.each(['https://elsewhere.example/upload?upload_id=1', undefined])(
    'is not sent to %s',
    async (location) => {
      answer(({ query }) => query.get('uploadType') === 'resumable', {
        status: 200,
        headers: location === undefined ? {} : { location },
      });
      const error = await errorOf(open().put('a', streamOf(randomBytes(9 * MIB))));
      expect(error.message).toContain('gave no address of its own');
    },
  );
});

describe('an answer that is lost', () => {
  it.each([
    ['of one request', 5, isMultipart],
    ['of the last part', 9 * MIB, isLastPart],
  ])('%s: the one that is sent again knows its own object', async (_, size, which) => {
    gcs.lose = which;
    expect(await open().put('a', streamOf(randomBytes(size)))).toBe(true);
    expect(gcs.objects.size).toBe(1);
  });

  it('where it was to replace one', async () => {
    const store = open();
    await store.put('a', 'one');
    gcs.lose = isLastPart;
    expect(await store.put('a', streamOf(randomBytes(9 * MIB)), { replace: true })).toBe(true);
  });

  it('and another run that was faster in the meantime is not taken for it', async () => {
    answer(isMultipart, { status: 500 });
    signIn.clock.onSleep = () => {
      gcs.script = () => null;
      gcs.write('churn/a', Buffer.from('theirs'), { [WRITTEN_BY]: 'other' });
    };
    expect(await open().put('a', 'x')).toBe(false);
    expect(gcs.objects.get('churn/a')?.bytes.toString()).toBe('theirs');
  });
});

describe('another run that writes at the same time', () => {
  it.each([
    ['in one request', 5, isMultipart],
    ['when the upload begins', 9 * MIB, ({ query }: FakeRequest) => query.get('uploadType') === 'resumable'],
    ['when the upload ends', 9 * MIB, isLastPart],
  ])('is found %s', async (_, size, when) => {
    gcs.script = (request) => {
      if (when(request)) gcs.write('churn/a', Buffer.from('theirs'));
      return null;
    };
    expect(await open().put('a', streamOf(randomBytes(size)))).toBe(false);
    expect(gcs.objects.get('churn/a')?.bytes.toString()).toBe('theirs');
  });

  it('two at once leave one object, which is that of one of them', async () => {
    const [first, second] = [randomBytes(9 * MIB), randomBytes(9 * MIB)];
    const done = await Promise.all([open().put('a', streamOf(first)), open().put('a', streamOf(second))]);
    expect([...done].sort()).toEqual([false, true]);
    const winner = done[0] ? first : second;
    expect(gcs.objects.get('churn/a')?.bytes.equals(winner)).toBe(true);
  });
});

describe('errors', () => {
  it.each<[string, FakeAnswer, string]>([
    [
      'no role',
      refusal(
        403,
        'forbidden',
        'x@y does not have storage.objects.create access to the Google Cloud Storage object.',
      ),
      'is not allowed storage.objects.create. Give it the role Storage Object User on the bucket acme-models; see docs/google.md.',
    ],
    [
      'a missing bucket',
      refusal(404, 'notFound', 'The specified bucket does not exist.'),
      'There is no bucket "acme-models". Check its name, or create it first.',
    ],
    [
      'a token that is none',
      refusal(401, 'authError', 'Invalid Credentials'),
      'does not accept the credentials',
    ],
    [
      'a wrong sum',
      refusal(400, 'invalid', 'Provided CRC32C does not match.'),
      'Google Cloud refused the request. (storage.objects.insert on gs://acme-models/churn/a: 400 invalid:',
    ],
  ])('%s', async (_, what, message) => {
    answer(isMultipart, what);
    const error = await errorOf(open().put('a', 'x'));
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(TOKEN);
    expect(gcs.requests.filter(isMultipart)).toHaveLength(1);
  });

  it('of a missing bucket are told by a read too', async () => {
    await expect(open('gs://elsewhere/x').size('a')).rejects.toThrow('There is no bucket "elsewhere"');
  });

  it('that may pass are tried five times, and no longer', async () => {
    answer(isMultipart, refusal(429, 'rateLimitExceeded', 'Slow down.'));
    const error = await errorOf(open().put('a', 'x'));
    expect(error).toMatchObject({ kind: 'throttled', mayPass: true });
    expect(signIn.clock.sleeps).toEqual([1000, 2000, 4000, 8000]);
  });

  it('of the data leave no object', async () => {
    const failing = async function* () {
      yield randomBytes(9 * MIB);
      throw new UserError('the file changed');
    };
    await expect(open().put('a', Readable.from(failing(), { objectMode: false }))).rejects.toThrow(
      'the file changed',
    );
    expect(gcs.objects.size).toBe(0);
  });

  it('are a cancellation where the run was cancelled', async () => {
    signIn = signInWith({ signal: AbortSignal.abort() });
    expect(await errorOf(open().size('a'))).toBeInstanceOf(CancelledError);
  });

  it('of what is not there name its URL', async () => {
    expect((await errorOf(open().open('a'))).message).toBe(
      'There is no gs://acme-models/churn/a. Check the URL or the digest.',
    );
    expect(await open().size('a')).toBeNull();
  });
});

describe('a URL', () => {
  it.each([
    ['gs://', 'names no bucket: ""'],
    ['gs://A/x', 'names no bucket: "A"'],
    ['gs://a..b/x', 'names no bucket: "a..b"'],
  ])('%s is refused', (url, message) => {
    expect(() => open(url)).toThrow(message);
  });

  it.each([
    ['gs://acme.example.com', 'acme.example.com', ''],
    ['gs://acme_models//a', 'acme_models', 'a'],
    ['gs://acme/a b/100%', 'acme', 'a b/100%'],
  ])('%s is taken', (url, bucket, key) => {
    expect(parseGcsUrl(url)).toEqual({ bucket, key });
    expect(objectStoreOf(url)).toBe('gcs');
    expect(STORE_URL.pattern.test(url)).toBe(true);
  });

  it('leads back to what it names, whatever its characters are', async () => {
    const store = open();
    const key = 'models/x/files/a b/é モデル+%41?#.txt';
    await store.put(key, 'odd');
    expect((await buffer(await openGcsUrl(store.urlOf(key), signIn))).toString()).toBe('odd');
    expect([...gcs.objects.keys()]).toEqual([`churn/${key}`]);
    await expect(openGcsUrl(store.url, signIn)).rejects.toThrow('is a folder. Give the URL of one object.');
  });

  it('of a model says in which store it lies', () => {
    const digest = 'ab'.repeat(32);
    const store = open();
    expect(placeInStore(store.urlOf(`models/${digest}/model.tar.gz`))).toMatchObject({
      store: store.url,
      digest,
    });
  });

  it('of a service that would get the token in the clear is refused', () => {
    const endpoints = { storage: 'http://10.0.0.1:4443' };
    const clear = { ...signIn, environment: { ...signIn.environment, endpoints } };
    expect(() => GcsStore.open(URL_OF_STORE, clear)).toThrow('does not begin with https://');
  });
});

describe('reading by URL', () => {
  it('lists what is below a prefix, without neighbours and folders', async () => {
    for (const name of ['out/a & b.txt', 'output', 'out/', 'out/sub/c']) gcs.write(name, Buffer.from(name));
    const listed = await createGcsRemote(signIn).list(`gs://${BUCKET}/out/`);
    expect(listed).toEqual([
      { path: 'a & b.txt', url: `gs://${BUCKET}/out/a & b.txt`, size: 13 },
      { path: 'sub/c', url: `gs://${BUCKET}/out/sub/c`, size: 9 },
    ]);
  });

  it('lists over pages', async () => {
    const page = (name: string, nextPageToken?: string) => ({
      status: 200,
      body: { items: [{ name, size: '1' }], nextPageToken },
    });
    gcs.script = ({ query }) => (query.get('pageToken') === 'n&xt' ? page('b') : page('a', 'n&xt'));
    const listed = await createGcsRemote(signIn).list(`gs://${BUCKET}`);
    expect(listed.map(({ path }) => path)).toEqual(['a', 'b']);
  });

  it('something else than a list is no empty folder', async () => {
    gcs.script = () => ({ status: 200, body: '<html>a proxy</html>' });
    await expect(createGcsRemote(signIn).list(`gs://${BUCKET}`)).rejects.toThrow('the answer is not JSON');
  });

  it('what was replaced meanwhile is not mixed with it', async () => {
    const store = open();
    await store.put('a', 'one');
    const remote = createGcsRemote(signIn);
    const { version, body } = await remote.open(store.urlOf('a'), null);
    expect((await buffer(body)).toString()).toBe('one');
    expect(version).not.toBe('');
    gcs.write('churn/a', Buffer.from('two'));
    await expect(remote.open(store.urlOf('a'), version)).rejects.toThrow(
      'was replaced while it was being read',
    );
  });
});

describe('crc32c', () => {
  it('of the sample that every description has', () => {
    expect(crc32c(Buffer.from('123456789')).toString(16)).toBe('e3069283');
  });

  it.each([0, 1, 7, 8, 9, 100, 1023])('of %i bytes, in one piece and in two', (size) => {
    const bytes = randomBytes(size);
    const cut = Math.floor(size / 3);
    expect(crc32cText(crc32c(bytes))).toBe(plainCrc32c(bytes));
    expect(crc32c(bytes.subarray(cut), crc32c(bytes.subarray(0, cut)))).toBe(crc32c(bytes));
  });
});
