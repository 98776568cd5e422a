import { execFileSync } from 'node:child_process';
import { appendFile, chmod, rm, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { contentDigest } from '../../../../src/core/archive/content-tree.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { unpackArchive } from '../../../../src/core/archive/unpack.ts';
import { CancelledError } from '../../../../src/core/errors.ts';
import { folderWith, modelRoot, temporaryFolder, userErrorOf } from './helpers.ts';

const open = (path: string) => openModel(modelRoot(path), null, undefined);
const LONG = `${'d'.repeat(120)}/${'é'.repeat(60)}/${'f'.repeat(200)}`;
const FILES = { 'model.onnx': 'm', 'bin/run*': '#!', [LONG]: 'long', 'a\nb': 'break', é: 'e', empty: '' };

describe('packFiles', () => {
  it('gives the same bytes for the same content, in any order, at any time, by anybody', async () => {
    const one = await folderWith(FILES);
    const two = await folderWith(Object.fromEntries(Object.entries(FILES).reverse()));
    await utimes(join(two, 'model.onnx'), 1, 1);
    await chmod(join(two, 'model.onnx'), 0o666);
    await chmod(join(two, 'bin/run'), 0o700);
    const first = await buffer((await open(one)).pack('gzip'));
    const second = await buffer((await open(two)).pack('gzip'));
    expect(first.equals(second)).toBe(true);
  });

  it('differs where the executable bit does', async () => {
    const plain = await open(await folderWith({ a: 'x' }));
    const executable = await open(await folderWith({ 'a*': 'x' }));
    expect(contentDigest(plain.tree)).not.toBe(contentDigest(executable.tree));
  });

  it('writes a gzip header without time and operating system', async () => {
    const bytes = await buffer((await open(await folderWith({ a: 'x' }))).pack('gzip'));
    expect(bytes.subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff');
  });

  it('holds the same tar with and without compression', async () => {
    const source = await open(await folderWith(FILES));
    expect(gunzipSync(await buffer(source.pack('gzip'))).equals(await buffer(source.pack('none')))).toBe(
      true,
    );
  });

  it.each(['gzip', 'none'] as const)('can be unpacked to the same tree (%s)', async (compression) => {
    const source = await open(await folderWith({ ...FILES, big: Buffer.alloc(3_000_000, 'abc') }));
    const folder = join(await temporaryFolder(), 'new');
    const unpacked = await unpackArchive(source.pack(compression), folder);
    expect(unpacked.tree).toEqual(source.tree);
    expect(unpacked.digest).toBe(contentDigest(source.tree));
    expect((await open(folder)).tree).toEqual(source.tree);
  });

  it('is an archive for tar, with owner 0 and a fixed time', async ({ skip }) => {
    skip(!hasTar(), 'skipped: tar is not installed');
    const folder = await temporaryFolder();
    await writeFile(
      join(folder, 'm.tar.gz'),
      await buffer((await open(await folderWith(FILES))).pack('gzip')),
    );
    const list = execFileSync('tar', ['-tvzf', join(folder, 'm.tar.gz'), '--utc', '--quoting-style=escape']);
    const lines = list.toString().trim().split('\n');
    expect(lines).toHaveLength(Object.keys(FILES).length);
    expect(lines.every((line) => line.includes(' 0/0 ') && line.includes(' 1980-02-01 00:00 '))).toBe(true);
    expect(lines.find((line) => line.endsWith('bin/run'))).toMatch(/^-rwxr-xr-x/);
    expect(list.toString()).toContain('f'.repeat(200));
    expect(list.toString()).toContain('a\\nb');
  });
});

describe('a file that changes after its digest was taken', () => {
  it.each([
    ['grows', (path: string) => appendFile(path, 'more')],
    ['shrinks', (path: string) => truncate(path, 1)],
    ['changes without another size', (path: string) => writeFile(path, 'zzzz')],
  ])('is refused where it %s', async (_, change) => {
    const folder = await folderWith({ a: 'aaaa', b: 'bbbb' });
    for (const compression of ['gzip', 'none'] as const) {
      await writeFile(join(folder, 'b'), 'bbbb');
      const source = await open(folder);
      await change(join(folder, 'b'));
      const error = await userErrorOf(buffer(source.pack(compression)));
      expect(error.message).toContain('changed while it was being packed, so nothing was written');
    }
  });

  it('is refused where it is gone', async () => {
    const folder = await folderWith({ a: 'a', b: 'b' });
    const source = await open(folder);
    await rm(join(folder, 'b'));
    expect((await userErrorOf(buffer(source.pack('gzip')))).message).toContain('b" does not exist');
  });
});

it('stops when the run is cancelled', async () => {
  const controller = new AbortController();
  const source = await openModel(modelRoot(await folderWith({ a: 'a' })), null, controller.signal);
  controller.abort();
  await expect(buffer(source.pack('gzip'))).rejects.toThrow(CancelledError);
});

function hasTar(): boolean {
  try {
    return execFileSync('tar', ['--version']).includes('GNU tar');
  } catch {
    return false;
  }
}
