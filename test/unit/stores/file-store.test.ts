import { chmod, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../../src/core/canonical-json.ts';
import { UpstreamError, UserError } from '../../../src/core/errors.ts';
import { storeKeys } from '../../../src/core/stores.ts';
import { explainFileError } from '../../../src/stores/file/file-errors.ts';
import { FileStore } from '../../../src/stores/file/file-store.ts';
import { filesBelow, temporaryFolder, userErrorOf } from '../core/archive/helpers.ts';

const KEY = 'models/abc/model.tar.gz';

async function newStore() {
  const root = join(await temporaryFolder(), 'with space é', 'store');
  return { root, store: new FileStore(root) };
}

describe('put', () => {
  it.each([
    ['a text', () => 'hello'],
    ['bytes', () => new TextEncoder().encode('hello')],
    ['a stream', () => Readable.from(['hel', 'lo'])],
  ])('writes %s whole, and nothing else', async (_, data) => {
    const { root, store } = await newStore();
    expect(await store.exists(KEY)).toBe(false);
    expect(await store.size(KEY)).toBeNull();
    expect(await store.put(KEY, data())).toBe(true);
    expect(await text(await store.open(KEY))).toBe('hello');
    expect(await store.size(KEY)).toBe(5);
    expect(await store.exists(KEY)).toBe(true);
    expect(await filesBelow(root)).toEqual([KEY]);
  });

  it('overwrites nothing, and lets go of the stream', async () => {
    const { root, store } = await newStore();
    await store.put(KEY, 'first');
    const before = await stat(join(root, KEY));
    const stream = Readable.from(['second']);
    expect(await store.put(KEY, stream)).toBe(false);
    expect(stream.destroyed).toBe(true);
    const after = await stat(join(root, KEY));
    expect([after.ino, after.mtimeMs]).toEqual([before.ino, before.mtimeMs]);
    expect(await readFile(join(root, KEY), 'utf8')).toBe('first');
  });

  it('replaces where it is told to', async () => {
    const { root, store } = await newStore();
    await store.put(KEY, 'damaged');
    expect(await store.put(KEY, 'good', { replace: true })).toBe(true);
    expect(await readFile(join(root, KEY), 'utf8')).toBe('good');
    expect(await filesBelow(root)).toEqual([KEY]);
  });

  it('lets one of many writers win', async () => {
    const { root, store } = await newStore();
    const writers = Array.from({ length: 12 }, (_, i) => store.put(KEY, Readable.from([`writer ${i}`])));
    const won = (await Promise.all(writers)).map((wrote, i) => (wrote ? i : null)).filter((i) => i !== null);
    expect(won).toHaveLength(1);
    expect(await readFile(join(root, KEY), 'utf8')).toBe(`writer ${won[0]}`);
    expect(await filesBelow(root)).toEqual([KEY]);
  });

  it('leaves nothing behind where the stream fails, and passes its error on', async () => {
    const { root, store } = await newStore();
    const failing = async function* () {
      yield 'some';
      throw new UserError('the source is gone');
    };
    await expect(store.put(KEY, Readable.from(failing()))).rejects.toThrow('the source is gone');
    expect(await filesBelow(root)).toEqual([]);
  });

  it('says that the disk is full, and leaves nothing behind', async () => {
    const { root, store } = await newStore();
    const failing = async function* () {
      yield 'some';
      throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' });
    };
    const result = store.put(KEY, Readable.from(failing()));
    await expect(result).rejects.toThrow(UpstreamError);
    await expect(result).rejects.toThrow(/There is no space left for ".*model\.tar\.gz"/);
    expect(await filesBelow(root)).toEqual([]);
  });

  it('explains a path that goes through a file', async () => {
    const { root, store } = await newStore();
    await mkdir(root, { recursive: true });
    await writeFile(join(root, 'models'), '');
    expect((await userErrorOf(store.put(KEY, 'x'))).message).toContain('a part of its path is a file');
  });

  it('explains a folder where a file should be', async () => {
    const { root, store } = await newStore();
    await mkdir(join(root, KEY), { recursive: true });
    expect((await userErrorOf(store.put(KEY, 'x'))).message).toContain('is a folder, but must be a file');
    expect((await userErrorOf(store.open(KEY))).message).toContain('is a folder, but must be a file');
  });

  it('explains a folder that it may not write to', async ({ skip }) => {
    skip(process.getuid?.() === 0, 'skipped: the superuser may write everywhere');
    const { root, store } = await newStore();
    await mkdir(root, { recursive: true });
    await chmod(root, 0o500);
    expect((await userErrorOf(store.put(KEY, 'x'))).message).toContain('may not use');
  });

  it.each(['../x', '/x', 'a//b', 'a/./b', '', 'a\\b'])('takes no key that is none: %j', async (key) => {
    const { store } = await newStore();
    await expect(store.put(key, 'x')).rejects.toThrow('not a valid key of an artifact store');
    expect(() => store.urlOf(key)).toThrow('not a valid key of an artifact store');
  });
});

describe('open', () => {
  it('says at once that there is no such object', async () => {
    const { store } = await newStore();
    expect((await userErrorOf(store.open(KEY))).message).toContain('The file store has no "');
  });
});

describe('urls', () => {
  it('are file URLs, encoded', async () => {
    const { root, store } = await newStore();
    expect(store.url).toBe(`${pathToFileURL(root).href}/`);
    expect(store.url).toContain('with%20space%20%C3%A9');
    expect(store.urlOf(KEY)).toBe(store.url + KEY);
  });

  it('do not depend on a slash at the end', async () => {
    expect(new FileStore('/a/b/').url).toBe('file:///a/b/');
    expect(new FileStore('/a/b').url).toBe('file:///a/b/');
  });
});

describe('record', () => {
  it('writes canonical JSON under its digest, once', async () => {
    const { root, store } = await newStore();
    const digest = await store.record({ b: 1, a: [null, 'x'] });
    expect(digest).toBe(sha256('{"a":[null,"x"],"b":1}'));
    expect(await readFile(join(root, storeKeys.release(digest)), 'utf8')).toBe(
      canonicalJson({ a: [null, 'x'], b: 1 }),
    );
    expect(await store.record({ a: [null, 'x'], b: 1 })).toBe(digest);
    expect(await filesBelow(root)).toEqual([storeKeys.release(digest)]);
  });

  it('refuses where the stored record was changed', async () => {
    const { root, store } = await newStore();
    const digest = await store.record({ a: 1 });
    await writeFile(join(root, storeKeys.release(digest)), '{"a":2}');
    const result = store.record({ a: 1 });
    await expect(result).rejects.toThrow(UpstreamError);
    await expect(result).rejects.toThrow('was changed after it was written');
  });
});

describe('explainFileError', () => {
  it.each(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR'])(
    'blames the configuration for %s',
    (code) => {
      const cause = Object.assign(new Error(code), { code });
      const error = explainFileError(cause, '/p');
      expect(error).toBeInstanceOf(UserError);
      expect((error as Error).cause).toBe(cause);
      expect((error as Error).message).toContain('"/p"');
    },
  );

  it.each(['ENOSPC', 'EDQUOT', 'EIO'])('blames the disk for %s', (code) => {
    expect(explainFileError(Object.assign(new Error(code), { code }), '/p')).toBeInstanceOf(UpstreamError);
  });

  it('leaves any other error as it is', () => {
    const error = new TypeError('x');
    expect(explainFileError(error, '/p')).toBe(error);
  });
});

it('works through a link to its folder', async () => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'real'));
  await symlink('real', join(folder, 'link'));
  await new FileStore(join(folder, 'link')).put(KEY, 'x');
  expect(await filesBelow(join(folder, 'real'))).toEqual([KEY]);
});
