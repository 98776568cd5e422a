import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { contentDigest } from '../../../../src/core/archive/content-tree.ts';
import {
  download,
  isRemote,
  isRemoteArchive,
  remoteArchive,
  type RemoteFiles,
} from '../../../../src/core/archive/remote-model.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { tarGzOf, temporaryFolder, userErrorOf } from './helpers.ts';

const ARCHIVE = 's3://jobs/job-1/output/model.tar.gz';

/** An object store with these objects; each write of an object makes a version of it. */
function storeOf(objects: Record<string, Uint8Array>) {
  const opened: { url: string; version: string | null }[] = [];
  const versionOf = (bytes: Uint8Array) => sha256(bytes).slice(0, 8);
  const remote: RemoteFiles = {
    list: (url) =>
      Promise.resolve(
        Object.entries(objects)
          .filter(([own]) => own === url || own.startsWith(url.endsWith('/') ? url : `${url}/`))
          .map(([own, bytes]) => ({
            url: own,
            path: own === url ? (own.split('/').at(-1) ?? '') : own.slice(url.replace(/\/?$/, '/').length),
            size: bytes.length,
          })),
      ),
    open: (url, version) => {
      opened.push({ url, version });
      const bytes = objects[url] ?? new Uint8Array();
      if (version !== null && version !== versionOf(bytes)) {
        return Promise.reject(new UserError(`${url} was replaced while it was being read.`));
      }
      return Promise.resolve({
        body: Readable.from([Buffer.from(bytes)], { objectMode: false }),
        version: versionOf(bytes),
      });
    },
  };
  return { remote, opened, objects, versionOf };
}

const NOT_CANCELLED = new AbortController().signal;
const read = (remote: RemoteFiles, url = ARCHIVE) => remoteArchive(remote, url, 'model-path', NOT_CANCELLED);
const get = (remote: RemoteFiles, url: string, folder: string) =>
  download(remote, url, folder, { where: 'model-path', signal: NOT_CANCELLED });

it.each([
  ['s3://bucket/model.tar.gz', true, true],
  ['S3://bucket/model.TGZ', true, true],
  ['s3://bucket/model/', true, false],
  ['s3:/bucket', false, false],
  ['/s3://x', false, false],
])('%s is remote: %s, an archive: %s', (url, remote, archive) => {
  expect(isRemote(url)).toBe(remote);
  expect(isRemoteArchive(url)).toBe(archive);
});

describe('an archive in an object store', () => {
  it('is read once for its content, and says where it lies', async () => {
    const bytes = await tarGzOf([{ name: 'a', content: 'a' }]);
    const { remote, opened, versionOf } = storeOf({ [ARCHIVE]: bytes });
    const source = await read(remote);
    expect(source.ready).toBe(true);
    expect(contentDigest(source.tree)).toMatch(/^[0-9a-f]{64}$/);
    const facts = { url: ARCHIVE, version: versionOf(bytes), bytes: bytes.length, sha256: sha256(bytes) };
    expect(source.origin).toEqual(facts);
    expect(opened).toEqual([{ url: ARCHIVE, version: null }]);
  });

  it('is read again only as the version that it was', async () => {
    const bytes = await tarGzOf([{ name: 'a', content: 'a' }]);
    const { remote, opened, objects } = storeOf({ [ARCHIVE]: bytes });
    const source = await read(remote);
    expect((await buffer(source.pack('gzip'))).equals(bytes)).toBe(true);
    expect(opened[1]?.version).toBe(source.origin?.version);
    objects[ARCHIVE] = await tarGzOf([{ name: 'a', content: 'b' }]);
    await expect(buffer(source.pack('gzip'))).rejects.toThrow('was replaced while it was being read');
    await expect(source.read('a')).rejects.toThrow('was replaced while it was being read');
  });

  it('that is not there is said under the name of the input', async () => {
    const error = await userErrorOf(read(storeOf({ [`${ARCHIVE}.sha256`]: new Uint8Array(1) }).remote));
    expect(error.message).toContain(`model-path: "${ARCHIVE}" does not exist. Check the URL.`);
  });

  it('that is none is refused', async () => {
    const { remote } = storeOf({ [ARCHIVE]: Buffer.from('<html>no such thing</html>') });
    expect((await userErrorOf(read(remote))).message).toContain('neither a gzip nor a tar archive');
  });
});

describe('anything else in an object store', () => {
  it('is downloaded with its folders', async () => {
    const { remote } = storeOf({
      's3://b/m/a.bin': Buffer.from('a'),
      's3://b/m/sub/c d é.bin': Buffer.from('c'),
      // As the console makes folders.
      's3://b/m/sub/': Buffer.alloc(0),
    });
    const folder = await temporaryFolder();
    expect(await get(remote, 's3://b/m/', folder)).toBe(folder);
    expect(await readFile(join(folder, 'a.bin'), 'utf8')).toBe('a');
    expect(await readFile(join(folder, 'sub', 'c d é.bin'), 'utf8')).toBe('c');
  });

  it('may be one object', async () => {
    const { remote } = storeOf({ 's3://b/model.onnx': Buffer.from('onnx') });
    const folder = await temporaryFolder();
    expect(await get(remote, 's3://b/model.onnx', folder)).toBe(join(folder, 'model.onnx'));
  });

  it.each(['..', 'a/../../x', './a', 'a//b'])('is refused with the name %s', async (name) => {
    const { remote } = storeOf({ [`s3://b/m/${name}`]: Buffer.from('x') });
    const error = await userErrorOf(get(remote, 's3://b/m/', await temporaryFolder()));
    expect(error.message).toContain('which is not a valid file name');
  });

  it('that is not there is said', async () => {
    const error = await userErrorOf(get(storeOf({}).remote, 's3://b/m/', await temporaryFolder()));
    expect(error.message).toContain('model-path: "s3://b/m/" does not exist');
  });

  it('stops where the run is cancelled', async () => {
    const { remote } = storeOf({ 's3://b/m/a': Buffer.from('a') });
    const signal = AbortSignal.abort();
    const options = { where: 'model-path', signal };
    await expect(download(remote, 's3://b/m/', await temporaryFolder(), options)).rejects.toThrow();
  });
});
