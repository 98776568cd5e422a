import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { storeOfArchive } from '../../../src/core/stores.ts';
import { openStore, openUrl } from '../../../src/stores/open-store.ts';
import { placeInStore } from '../../../src/core/stores.ts';
import { filesBelow, folderWith, temporaryFolder, userErrorOf } from '../core/archive/helpers.ts';

const DIGEST = 'a'.repeat(64);

describe('openStore', () => {
  it('opens a folder that is not there yet, without making it', async () => {
    const folder = await temporaryFolder();
    const store = await openStore(pathToFileURL(join(folder, 'new')).href);
    expect(store.url).toBe(`${pathToFileURL(join(folder, 'new')).href}/`);
    expect(await filesBelow(folder)).toEqual([]);
    await store.put('a', 'x');
    expect(await filesBelow(folder)).toEqual(['new/a']);
  });

  it('refuses a file', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, '');
    expect((await userErrorOf(openStore(pathToFileURL(path).href))).message).toContain('is a file');
    expect((await userErrorOf(openStore(`${pathToFileURL(path).href}/deeper`))).message).toContain(
      'part of its path',
    );
  });

  it.each([
    ['s3://Bucket/prefix', 'names no bucket'],
    ['s3:///prefix', 'names no bucket'],
    ['s3://arn:aws:s3:eu-west-1:123456789012:accesspoint/x', 'access point'],
    ['https://host/x', 'an artifact store is in S3, Cloud Storage, Azure Blob or a folder'],
    ['just/a/path', 'an artifact store is in S3, Cloud Storage, Azure Blob or a folder'],
    ['file://host/share', 'no host'],
    ['file:///a%2Fb', 'names no file of this machine'],
  ])('refuses %s', async (url, message) => {
    const error = await userErrorOf(openStore(url));
    expect(error.message).toContain(message);
    expect(error.message).toContain(url);
  });
});

describe('openUrl', () => {
  it('opens URLs, absolute paths and relative ones', async () => {
    const folder = await folderWith({ 'a b.txt': 'x' });
    for (const location of [
      pathToFileURL(join(folder, 'a b.txt')).href,
      join(folder, 'a b.txt'),
      'a b.txt',
    ]) {
      expect(await text(await openUrl(location, folder))).toBe('x');
    }
  });

  it('says what it cannot open', async () => {
    const folder = await temporaryFolder();
    expect((await userErrorOf(openUrl('nope', folder))).message).toContain(join(folder, 'nope'));
    expect((await userErrorOf(openUrl(folder))).message).toContain('is a folder');
    expect((await userErrorOf(openUrl('https://host/k'))).message).toContain(
      'in S3, Cloud Storage, Azure Blob or a folder',
    );
    expect((await userErrorOf(openUrl('s3://bucket/'))).message).toContain('is a folder');
    expect((await userErrorOf(openUrl('file://host/k'))).message).toContain('no host');
  });
});

describe('storeOfArchive', () => {
  it.each([
    [`file:///s/models/${DIGEST}/model.tar.gz`, 'file:///s/'],
    [`file:///a%20b/s/models/${DIGEST}/model.tar`, 'file:///a%20b/s/'],
    [`/a b/models/${DIGEST}/model.tar.gz`, 'file:///a%20b/'],
    [`s3://bucket/prefix/models/${DIGEST}/model.tar.gz`, 's3://bucket/prefix/'],
    [`s3://bucket/models/${DIGEST}/model.tar.gz`, 's3://bucket/'],
    [`file:///s/models/${DIGEST}/other.tar.gz`, null],
    [`s3://bucket/prefix/models/${DIGEST}/files/`, 's3://bucket/prefix/'],
    [`s3://bucket/prefix/models/${DIGEST}/files`, null],
    ['file:///s/models/short/model.tar.gz', null],
    ['/tmp/model.tar.gz', null],
  ])('%s lies in %s', (archive, store) => {
    expect(storeOfArchive(archive)).toBe(store);
  });
});

describe('placeInStore', () => {
  it.each([
    ['model.tar.gz', 'manifest.json'],
    ['model.tar', 'manifest-tar.json'],
    ['files/', 'manifest-files.json'],
  ])('knows the manifest of %s', (name, manifest) => {
    expect(placeInStore(`s3://bucket/models/${DIGEST}/${name}`)).toEqual({
      store: 's3://bucket/',
      digest: DIGEST,
      manifest: `models/${DIGEST}/${manifest}`,
    });
  });
});
