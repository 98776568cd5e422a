import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectArchive } from '../../../../src/core/archive/archive-source.ts';
import { unpackArchive } from '../../../../src/core/archive/unpack.ts';
import { CancelledError, UpstreamError } from '../../../../src/core/errors.ts';
import { filesBelow, streamOf, tarGzOf, tarOf, temporaryFolder, userErrorOf } from './helpers.ts';

const unpack = async (bytes: Uint8Array, options = {}) =>
  unpackArchive(streamOf(bytes), join(await temporaryFolder(), 'new'), options);

describe('unpackArchive', () => {
  it('writes files, and takes "./", folders and doubled slashes as they are meant', async () => {
    const folder = await temporaryFolder();
    const tar = await tarGzOf([
      { name: './', type: 'directory' },
      { name: './model.onnx', content: 'm', mode: 0o664 },
      { name: 'code', type: 'directory' },
      { name: 'code//run.sh', content: 'r', mode: 0o775 },
      { name: 'empty' },
    ]);
    const { tree } = await unpackArchive(streamOf(tar), folder);
    expect(tree.map(({ path, mode, size }) => [path, mode, size])).toEqual([
      ['code/run.sh', '755', 1],
      ['empty', '644', 0],
      ['model.onnx', '644', 1],
    ]);
    expect(await readFile(join(folder, 'model.onnx'), 'utf8')).toBe('m');
    expect((await stat(join(folder, 'code/run.sh'))).mode & 0o777).toBe(0o755);
    expect((await stat(join(folder, 'model.onnx'))).mode & 0o777).toBe(0o644);
  });

  it('reads a stream that comes in small pieces', async () => {
    const tar = await tarGzOf([{ name: 'a', content: 'x'.repeat(5000) }]);
    const stream = new PassThrough();
    for (const byte of tar) stream.write(Buffer.from([byte]));
    stream.end();
    const { tree } = await unpackArchive(stream, await temporaryFolder());
    expect(tree[0]?.size).toBe(5000);
  });

  it.each([
    ['an absolute path', { name: '/etc/passwd' }, 'points outside the folder'],
    ['a path upwards', { name: '../x' }, 'points outside the folder'],
    ['a path upwards further on', { name: 'a/../../x' }, 'points outside the folder'],
    ['a path upwards for Windows', { name: 'a\\..\\..\\x' }, 'points outside the folder'],
    ['a drive', { name: 'C:\\x' }, 'points outside the folder'],
    ['a folder upwards', { name: '../x', type: 'directory' as const }, 'points outside the folder'],
    ['a link', { name: 'x', type: 'symlink' as const, linkname: '/etc' }, 'which is a symlink'],
    ['a hard link', { name: 'x', type: 'link' as const, linkname: 'a' }, 'which is a link'],
    ['a device', { name: 'x', type: 'character-device' as const }, 'which is a character-device'],
    ['a named pipe', { name: 'x', type: 'fifo' as const }, 'which is a fifo'],
    ['a file without a name', { name: './.', content: 'x' }, 'a file without a name'],
  ])('refuses %s, and writes nothing outside', async (_, entry, message) => {
    const parent = await temporaryFolder();
    const tar = await tarGzOf([{ name: 'a', content: 'a' }, entry]);
    const error = await userErrorOf(unpackArchive(streamOf(tar), join(parent, 'in', 'new')));
    expect(error.message).toContain(message);
    expect(await filesBelow(parent)).toEqual(['in/new/a']);
  });

  it('refuses a sparse file', async () => {
    const tar = await tarOf([{ name: 'x', content: 'x', pax: { 'GNU.sparse.major': '1' } }]);
    expect((await userErrorOf(unpack(tar))).message).toContain('a sparse file');
  });

  it.each([
    [
      'a file below a file',
      [
        { name: 'a', content: 'x' },
        { name: 'a/b', content: 'y' },
      ],
      'has "a" both as a file and as a folder',
    ],
    [
      'a file where a folder is',
      [
        { name: 'a/b', content: 'y' },
        { name: 'a', content: 'x' },
      ],
      'has "a" both as a file and as a folder',
    ],
    [
      'a folder where a file is',
      [
        { name: 'a', content: 'x' },
        { name: 'a/', type: 'directory' as const },
      ],
      'has "a" both as a file and as a folder',
    ],
    [
      'a file where an empty folder is',
      [
        { name: 'a', type: 'directory' as const },
        { name: 'a', content: 'x' },
      ],
      'has "a" both as a file and as a folder',
    ],
    [
      'a folder below a file',
      [
        { name: 'a', content: 'x' },
        { name: 'a/b', type: 'directory' as const },
      ],
      'has "a" both as a file and as a folder',
    ],
    [
      'a name that is too long',
      [{ name: `a/${'é'.repeat(128)}`, content: 'x' }],
      'has a name of more than 255 bytes',
    ],
    [
      'a path that is too long',
      [{ name: 'abcdefg/'.repeat(400) + 'x', content: 'x' }],
      'has a path of more than 3072 bytes',
    ],
  ])('refuses what cannot be unpacked, also where it is only read: %s', async (_, entries, message) => {
    const tar = await tarOf(entries);
    expect((await userErrorOf(unpack(tar))).message).toContain(message);
    expect((await userErrorOf(inspectArchive(streamOf(tar), { label: 'It' }))).message).toContain(message);
  });

  it('takes the longest names, and a folder that is named twice', async () => {
    const tar = await tarOf([
      { name: 'a/', type: 'directory' },
      { name: `a/${'é'.repeat(127)}`, content: 'x' },
      { name: 'a', type: 'directory' },
    ]);
    expect((await unpack(tar)).tree).toHaveLength(1);
  });

  it('refuses a path that stands twice', async () => {
    const tar = await tarGzOf([
      { name: 'a', content: '1' },
      { name: './a', content: '2' },
    ]);
    expect((await userErrorOf(unpack(tar))).message).toContain('has "a" twice');
  });

  it('refuses to go through a file as if it were a folder', async () => {
    const tar = await tarGzOf([
      { name: 'a', content: '1' },
      { name: 'a/b', content: '2' },
    ]);
    expect((await userErrorOf(unpack(tar))).message).toContain('cannot be unpacked');
  });

  it('refuses to overwrite', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a'), 'mine');
    const tar = await tarGzOf([{ name: 'a', content: 'theirs' }]);
    expect((await userErrorOf(unpackArchive(streamOf(tar), folder))).message).toContain('cannot be unpacked');
    expect(await readFile(join(folder, 'a'), 'utf8')).toBe('mine');
  });

  it('keeps to its limits', async () => {
    const tar = await tarGzOf([
      { name: 'a', content: 'x'.repeat(10_000) },
      { name: 'b', content: 'x' },
    ]);
    expect((await userErrorOf(unpack(tar, { limits: { entries: 1 } }))).message).toContain(
      'more than 1 entries',
    );
    expect((await userErrorOf(unpack(tar, { limits: { bytes: 9000 } }))).message).toContain(
      'larger than 9000',
    );
    await expect(unpack(tar, { limits: { entries: 2, bytes: 20_000 } })).resolves.toBeDefined();
  });

  it('stops when the run is cancelled', async () => {
    const tar = await tarGzOf([{ name: 'a', content: 'a' }]);
    await expect(unpack(tar, { signal: AbortSignal.abort() })).rejects.toThrow(CancelledError);
  });

  it('passes on what the source says', async () => {
    const folder = await temporaryFolder();
    const stream = new PassThrough();
    stream.write((await tarGzOf([{ name: 'a', content: 'x'.repeat(3000) }])).subarray(0, 20));
    setImmediate(() => stream.destroy(new UpstreamError('S3', 'the connection was lost')));
    await expect(unpackArchive(stream, folder)).rejects.toThrow('the connection was lost');
  });

  it('says where it cannot write', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), '');
    const tar = await tarGzOf([{ name: 'a', content: 'a' }]);
    const error = await userErrorOf(unpackArchive(streamOf(tar), join(folder, 'file')));
    expect(error.message).toContain('cannot be unpacked');
  });
});

describe('data that is no archive', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'is empty'],
    ['a web page', Buffer.from('<html>'), 'neither a gzip nor a tar archive'],
    ['gzip of something else', gzipSync('hello '.repeat(500)), 'truncated or damaged'],
    ['a gzip header alone', gzipSync('x').subarray(0, 10), 'truncated or damaged'],
    ['an empty gzip', gzipSync(''), 'truncated or damaged'],
  ])('is refused: %s', async (_, bytes, message) => {
    const error = await userErrorOf(unpack(bytes, { label: 'm.tar.gz' }));
    expect(error.message).toContain('m.tar.gz');
    expect(error.message).toContain(message);
  });

  it('is let go of', async () => {
    const stream = new PassThrough();
    stream.write('<html>'.repeat(1000));
    await userErrorOf(unpackArchive(stream, await temporaryFolder()));
    expect(stream.destroyed).toBe(true);
  });

  it('is refused wherever it was cut off', async () => {
    const random = Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) % 251));
    const tar = await tarOf([
      { name: 'a', content: 'x' },
      { name: 'b', content: random.toString('latin1') },
    ]);
    const gzip = gzipSync(tar);
    const cuts = [1, 9, 100, 511, 512, 700, 1024, 1536, 2000, tar.length - 1024, tar.length - 1025];
    for (const bytes of [tar, gzip]) {
      for (const cut of cuts.filter((n) => n < bytes.length)) {
        const error = await userErrorOf(unpack(bytes.subarray(0, cut)));
        expect(error.message).toMatch(/truncated or damaged|neither a gzip nor a tar/);
      }
    }
  });

  it('is refused where a byte was flipped', async () => {
    const gzip = gzipSync(await tarOf([{ name: 'a', content: 'x'.repeat(500) }]));
    gzip[gzip.length - 6]! ^= 0xff;
    expect((await userErrorOf(unpack(gzip))).message).toContain('truncated or damaged');
  });
});
