import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import { placeInStore } from '../../../../src/core/stores.ts';
import { parseBlobUrl } from '../../../../src/stores/azure-blob/address.ts';
import { createAzureBlobRemote } from '../../../../src/stores/azure-blob/azure-blob-remote.ts';
import { AzureBlobStore } from '../../../../src/stores/azure-blob/azure-blob-store.ts';
import { openBlobUrl } from '../../../../src/stores/azure-blob/open-blob.ts';
import { partBytesFor } from '../../../../src/stores/azure-blob/upload.ts';
import { startEntra, type FakeEntra } from '../../../fakes/azure/entra.ts';
import { fakeSignIn, type FakeSignIn } from '../../../fakes/azure/sign-in.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';
import { startFakeBlob, type FakeAnswer, type FakeBlob, type FakeRequest } from './fake-blob.ts';

const MIB = 1024 * 1024;
const URL_OF_STORE = 'https://acme.blob.core.windows.net/models/churn';
let blob: FakeBlob;
let entra: FakeEntra;
let signIn: FakeSignIn;

beforeAll(async () => {
  blob = await startFakeBlob();
  entra = await startEntra(() => signIn.clock.now().getTime());
  entra.secrets.add('s3cret');
});
afterAll(async () => {
  await blob.stop();
  await entra.close();
});
beforeEach(() => {
  signIn = signInWith();
});
afterEach(() => {
  blob.script = () => null;
  blob.lose = () => false;
  blob.blobs.clear();
  blob.requests.length = 0;
});

function signInWith(more: Parameters<typeof fakeSignIn>[1] = {}): FakeSignIn {
  const { clientId, tenantId, url: authorityHost } = entra;
  const of = { clientId, tenantId, authorityHost, clientSecret: 's3cret', blobEndpoint: blob.url };
  return fakeSignIn(of, more);
}

const open = (url = URL_OF_STORE) => AzureBlobStore.open(url, signIn);
const streamOf = (bytes: Buffer) => Readable.from([bytes], { objectMode: false });
const answer = (when: (request: FakeRequest) => boolean, what: FakeAnswer) => {
  blob.script = (request) => (when(request) ? what : null);
};
const errorOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );
const isWrite = ({ method, query }: FakeRequest) => method === 'PUT' && query.get('comp') !== 'block';

describe('put and open', () => {
  it.each([0, 5, 8 * MIB, 8 * MIB + 1, 20 * MIB])('%i bytes', async (size) => {
    const store = open();
    const bytes = randomBytes(size);
    expect(await store.put('a/b', streamOf(bytes))).toBe(true);
    expect((await buffer(await store.open('a/b'))).equals(bytes)).toBe(true);
    expect(await store.size('a/b')).toBe(size);
    const sent = blob.requests.length;
    expect(await store.put('a/b', streamOf(bytes))).toBe(false);
    expect(blob.requests.slice(sent).map(({ method }) => method)).toEqual(['HEAD']);
    expect(blob.requests.some(({ query }) => query.get('comp') === 'block')).toBe(size > 8 * MIB);
  });

  it('sends a token and the md5 of each part, and asks for nothing to be overwritten', async () => {
    await open().put('a', streamOf(randomBytes(9 * MIB)));
    const writes = blob.requests.filter(({ method }) => method === 'PUT');
    expect(writes.map(({ headers }) => headers.authorization)).toEqual(
      Array(3).fill(`Bearer ${entra.tokens.at(-1) ?? ''}`),
    );
    expect(writes.slice(0, 2).every(({ headers }) => headers['content-md5'] !== undefined)).toBe(true);
    expect(writes[2]?.headers['if-none-match']).toBe('*');
    expect(entra.requests.length).toBeGreaterThan(0);
  });

  it('replaces only where it is asked to', async () => {
    const store = open();
    await store.put('a', 'one');
    expect(await store.put('a', 'two')).toBe(false);
    expect(await store.put('a', 'two', { replace: true })).toBe(true);
    expect((await buffer(await store.open('a'))).toString()).toBe('two');
  });

  it('records a value once', async () => {
    const store = open();
    const digest = await store.record({ a: 1 });
    expect(await store.record({ a: 1 })).toBe(digest);
    const changed = { bytes: Buffer.from('{"a":2}'), metadata: {} };
    blob.blobs.set(`/models/churn/releases/${digest}.json`, changed);
    await expect(store.record({ a: 1 })).rejects.toThrow('was changed after it was written');
  });

  it('says how far a large one is', async () => {
    const log = new MemoryLogger();
    signIn = signInWith();
    signIn.clock.advance(0);
    const store = AzureBlobStore.open(URL_OF_STORE, { ...signIn, log });
    blob.script = () => {
      signIn.clock.advance(6000);
      return null;
    };
    await store.put('a', streamOf(randomBytes(9 * MIB)));
    expect(log.text).toMatch(/Sent .* to https:\/\/acme\.blob\.core\.windows\.net\/models\/churn\/a: /);
  });
});

describe('an answer that is lost', () => {
  it.each([
    ['Put Blob', 5],
    ['Put Block List', 9 * MIB],
  ])('of a %s: the one that is sent again knows its own blob', async (_, size) => {
    blob.lose = isWrite;
    expect(await open().put('a', streamOf(randomBytes(size)))).toBe(true);
    expect(blob.requests.filter(isWrite)).toHaveLength(2);
    expect(signIn.clock.sleeps).toEqual([1000]);
  });

  it('and another run that was faster in the meantime is not taken for it', async () => {
    const store = open();
    answer(isWrite, { status: 500 });
    signIn.clock.onSleep = () => {
      blob.script = () => null;
      blob.blobs.set('/models/churn/a', {
        bytes: Buffer.from('x'),
        metadata: { 'x-ms-meta-mldeploywrite': 'other' },
      });
    };
    expect(await store.put('a', 'x')).toBe(false);
  });
});

describe('another run that writes at the same time', () => {
  const theirs = { bytes: Buffer.from('theirs'), metadata: {} };

  it.each([
    [409, 'BlobAlreadyExists'],
    [412, 'ConditionNotMet'],
    [400, 'InvalidBlockList'],
  ])('is found by %i %s', async (status, code) => {
    blob.script = ({ query }) => {
      if (query.get('comp') !== 'blocklist') return null;
      blob.blobs.set('/models/churn/a', theirs);
      return { status, code };
    };
    expect(await open().put('a', streamOf(randomBytes(9 * MIB)))).toBe(false);
    expect(blob.blobs.get('/models/churn/a')).toBe(theirs);
  });

  it('is an error where there is no blob afterwards', async () => {
    answer(({ query }) => query.get('comp') === 'blocklist', { status: 400, code: 'InvalidBlockList' });
    const error = await errorOf(open().put('a', streamOf(randomBytes(9 * MIB))));
    expect(error.message).toContain('Somebody else wrote https://acme.blob.core.windows.net/models/churn/a');
  });

  it('and sends parts of the same blob has IDs of its own', async () => {
    const bytes = randomBytes(9 * MIB);
    await Promise.all([open().put('a', streamOf(bytes)), open().put('b', streamOf(bytes))]);
    const ids = blob.requests.map(({ query }) => query.get('blockid')).filter((id) => id !== null);
    expect(new Set(ids).size).toBe(4);
    expect(new Set(ids.map((id) => id.length)).size).toBe(1);
  });
});

describe('errors', () => {
  it.each<[string, FakeAnswer, string]>([
    [
      'no role',
      { status: 403, code: 'AuthorizationPermissionMismatch' },
      'is not allowed Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write. Give it the role Storage Blob Data Contributor on the container models; see docs/azure.md.',
    ],
    [
      'a missing container',
      { status: 404, code: 'ContainerNotFound' },
      'There is no container "models" at https://acme.blob.core.windows.net. Check its name, or create it first.',
    ],
    [
      'a token that is none',
      { status: 401, code: 'InvalidAuthenticationInfo' },
      'does not accept the credentials',
    ],
    [
      'a wrong md5',
      { status: 400, code: 'Md5Mismatch' },
      'Azure refused the request. (Put Blob on https://acme.',
    ],
  ])('%s', async (_, what, message) => {
    answer(({ method }) => method === 'PUT', what);
    const error = await errorOf(open().put('a', 'x'));
    expect(error.message).toContain(message);
    expect(error.message).not.toContain(entra.tokens.at(-1) ?? 'no token');
    expect(blob.requests.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('of a missing container are told where a HEAD has no words', async () => {
    answer(({ method }) => method === 'HEAD', { status: 404, code: 'ContainerNotFound' });
    expect((await errorOf(open().size('a'))).message).toContain('There is no container "models"');
  });

  it('that may pass are tried five times, and no longer', async () => {
    answer(({ method }) => method === 'PUT', { status: 503, code: 'ServerBusy' });
    const error = await errorOf(open().put('a', 'x'));
    expect(error).toMatchObject({ kind: 'throttled', mayPass: true });
    expect(signIn.clock.sleeps).toEqual([1000, 2000, 4000, 8000]);
  });

  it('of the data leave no blob', async () => {
    const failing = async function* () {
      yield randomBytes(9 * MIB);
      throw new UserError('the file changed');
    };
    await expect(open().put('a', Readable.from(failing(), { objectMode: false }))).rejects.toThrow(
      'the file changed',
    );
    expect(blob.blobs.size).toBe(0);
  });

  it('are a cancellation where the run was cancelled', async () => {
    signIn = signInWith({ signal: AbortSignal.abort() });
    expect(await errorOf(open().size('a'))).toBeInstanceOf(CancelledError);
  });

  it('of what is not there name its URL', async () => {
    expect((await errorOf(open().open('a'))).message).toBe(
      'There is no https://acme.blob.core.windows.net/models/churn/a. Check the URL or the digest.',
    );
    expect(await open().size('a')).toBeNull();
  });
});

describe('a URL', () => {
  it.each([
    ['https://acme.blob.core.windows.net/models?sv=2024&sig=abc', 'has a query or a fragment behind it'],
    ['https://acme.blob.core.windows.net/', 'names no container: ""'],
    ['https://acme.blob.core.windows.net/A', 'names no container: "A"'],
    ['https://acme.example.com/models', '"acme.example.com" is not a blob service'],
    ['https://acme.blob.core.windows.net.example.com/models', 'is not a blob service'],
    ['https://acme.blob.core.windows.net/models/100%', 'has a % that begins no character'],
  ])('%s is refused', (url, message) => {
    expect(() => open(url)).toThrow(message);
    expect(() => open(url)).not.toThrow(/sig=/);
  });

  it.each([
    ['https://acme.blob.core.windows.net/models', 'https://acme.blob.core.windows.net', ''],
    ['https://acme.z12.blob.storage.azure.net/models/a', 'https://acme.z12.blob.storage.azure.net', 'a'],
    [
      'https://acme.blob.core.usgovcloudapi.net/$web/a%20b/c',
      'https://acme.blob.core.usgovcloudapi.net',
      'a b/c',
    ],
  ])('%s is taken', (url, service, key) => {
    expect(parseBlobUrl(url)).toMatchObject({ service, key });
  });

  it('leads back to what it names, whatever its characters are', async () => {
    const store = open();
    const key = 'models/x/files/a b/é モデル+%.txt';
    await store.put(key, 'odd');
    expect((await buffer(await openBlobUrl(store.urlOf(key), signIn))).toString()).toBe('odd');
    await expect(openBlobUrl(store.url, signIn)).rejects.toThrow('is a folder. Give the URL of one blob.');
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
    const clear = { ...signIn, environment: { ...signIn.environment, blobEndpoint: 'http://10.0.0.1/acme' } };
    expect(() => AzureBlobStore.open(URL_OF_STORE, clear)).toThrow('does not begin with https://');
  });
});

describe('reading by URL', () => {
  const page = (names: string, next = '') =>
    `\uFEFF<?xml version="1.0"?><EnumerationResults><Blobs>${names}</Blobs><NextMarker>${next}</NextMarker></EnumerationResults>`;
  const item = (name: string, size: number, more = '') =>
    `<Blob><Name>${name}</Name><Properties><Content-Length>${size}</Content-Length>${more}</Properties></Blob>`;

  it('lists what is below a prefix, over pages, without neighbours and folders', async () => {
    const pages = [
      page(item('out/a &amp; b.txt', 3) + item('output', 1), 'next&amp;marker'),
      page(item('out/sub', 0, '<ResourceType>directory</ResourceType>') + item('out/sub/c', 5)),
    ];
    blob.script = ({ query }) => (query.has('marker') ? ok(pages[1]) : ok(pages[0]));
    const listed = await createAzureBlobRemote(signIn).list('https://acme.blob.core.windows.net/models/out/');
    expect(listed).toEqual([
      { path: 'a & b.txt', url: 'https://acme.blob.core.windows.net/models/out/a%20%26%20b.txt', size: 3 },
      { path: 'sub/c', url: 'https://acme.blob.core.windows.net/models/out/sub/c', size: 5 },
    ]);
    expect(blob.requests[1]?.query.get('marker')).toBe('next&marker');
  });

  it('a name that XML cannot hold is written otherwise', async () => {
    const odd =
      '<Blob><Name Encoded="true">a%01b</Name><Properties><Content-Length>1</Content-Length></Properties></Blob>';
    blob.script = () => ok(page(odd));
    const [file] = await createAzureBlobRemote(signIn).list('https://acme.blob.core.windows.net/models');
    expect(file?.path).toBe('a\u0001b');
  });

  it('something else than a list is no empty folder', async () => {
    blob.script = () => ok('<html>a proxy</html>');
    const listed = createAzureBlobRemote(signIn).list('https://acme.blob.core.windows.net/models');
    await expect(listed).rejects.toThrow('did not answer with a list');
  });

  it('what was replaced meanwhile is not mixed with it', async () => {
    const store = open();
    await store.put('a', 'one');
    const remote = createAzureBlobRemote(signIn);
    const { version } = await remote.open(store.urlOf('a'), null);
    expect(version).not.toBe('');
    answer(({ headers }) => headers['if-match'] === version, { status: 412, code: 'ConditionNotMet' });
    await expect(remote.open(store.urlOf('a'), version)).rejects.toThrow(
      'was replaced while it was being read',
    );
  });

  const ok = (body = ''): FakeAnswer => ({ status: 200, body });
});

it('parts are large enough for 50,000 of them', () => {
  expect(partBytesFor(0)).toBe(8 * MIB);
  const terabyte = 1024 ** 4;
  expect(Math.ceil(terabyte / partBytesFor(terabyte))).toBeLessThanOrEqual(50_000);
});
