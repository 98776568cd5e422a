import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inspectArchive } from '../../../../src/core/archive/archive-source.ts';
import { contentDigest } from '../../../../src/core/archive/content-tree.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { CancelledError } from '../../../../src/core/errors.ts';
import { CREDENTIALS, HARMLESS } from '../../../fixtures/credentials.ts';
import {
  codeRoot,
  folderWith,
  modelRoot,
  streamOf,
  tarGzOf,
  tarOf,
  temporaryFolder,
  userErrorOf,
} from './helpers.ts';

async function file(name: string, bytes: Uint8Array): Promise<string> {
  const path = join(await temporaryFolder(), name);
  await writeFile(path, bytes);
  return path;
}
const open = (path: string) => openModel(modelRoot(path), null, undefined);

describe('a model that is an archive already', () => {
  it('has the digest of its content, and keeps its bytes', async () => {
    const bytes = await tarGzOf([
      { name: './sub', type: 'directory' },
      { name: './sub/b', content: 'b', mode: 0o755 },
      { name: './a', content: 'a' },
    ]);
    const path = await file('model.tar.gz', bytes);
    const source = await open(path);
    expect(source.ready).toBe(true);
    const folder = await open(await folderWith({ a: 'a', 'sub/b*': 'b' }));
    expect(contentDigest(source.tree)).toBe(contentDigest(folder.tree));
    expect((await buffer(source.pack('gzip'))).equals(bytes)).toBe(true);
    expect(Buffer.from(await source.read('sub/b')).toString()).toBe('b');
  });

  it.each(Object.entries(CREDENTIALS))('is refused with %s in it', async (name, content) => {
    const bytes = await tarGzOf([
      { name: 'model.bin', content: 'm' },
      { name: `./code/${name}`, content },
    ]);
    const { message } = await userErrorOf(open(await file('m.tgz', bytes)));
    expect(message).toContain(`"code/${name}" holds `);
    expect(message).toContain(`tar --exclude='code/${name}'`);
  });

  it('is taken with files that only have the names of credentials', async () => {
    const entries = Object.entries(HARMLESS).map(([name, content]) => ({ name, content }));
    expect((await open(await file('m.tgz', await tarGzOf(entries)))).tree).toHaveLength(entries.length);
  });

  it('is known as .tgz too', async () => {
    expect((await open(await file('m.TGZ', await tarGzOf([{ name: 'a', content: 'a' }])))).ready).toBe(true);
  });

  it('is refused where it changes before it is stored', async () => {
    const path = await file('m.tgz', await tarGzOf([{ name: 'a', content: 'a' }]));
    const source = await open(path);
    await writeFile(path, await tarGzOf([{ name: 'a', content: 'b' }]));
    expect((await userErrorOf(buffer(source.pack('gzip')))).message).toContain('changed while');
  });

  it.each([
    ['a link in it', () => tarGzOf([{ name: 'l', type: 'symlink', linkname: 'a' }]), '--dereference'],
    ['nothing in it', () => tarGzOf([]), 'contains only empty files'],
    ['no gzip', async () => Buffer.from('text'), 'not its first bytes'],
    ['no tar', async () => gzipSync('x'.repeat(2000)), 'truncated or damaged'],
    [
      'a Git LFS pointer in it',
      () => tarGzOf([{ name: 'm.pt', content: 'version https://git-lfs.github.com/spec/v1\noid x' }]),
      'Git LFS pointer',
    ],
  ])('is refused with %s', async (_, make, message) => {
    const error = await userErrorOf(open(await file('model.tar.gz', await make())));
    expect(error.message).toContain(message);
    expect(error.message).toContain('model-path');
  });

  it('takes no code-path', async () => {
    const path = await file('m.tgz', await tarGzOf([{ name: 'a', content: 'a' }]));
    const code = codeRoot(await folderWith({ x: 'x' }));
    const error = await userErrorOf(openModel(modelRoot(path), code, undefined));
    expect(error.message).toContain('which is already an archive');
  });

  it('is not meant where gzip is just how one file is written', async () => {
    const source = await open(await file('model.pkl.gz', gzipSync('x')));
    expect(source.ready).toBe(false);
    expect(source.tree.map(({ path }) => path)).toEqual(['model.pkl.gz']);
  });

  it('is refused without compression, rather than packed into another one', async () => {
    const error = await userErrorOf(
      open(await file('model.tar', await tarOf([{ name: 'a', content: 'a' }]))),
    );
    expect(error.message).toContain('an uncompressed archive');
  });

  it('does not mean a folder of that name', async () => {
    const folder = await folderWith({ 'model.tar.gz/a': 'a' });
    expect((await open(join(folder, 'model.tar.gz'))).tree.map(({ path }) => path)).toEqual(['a']);
  });
});

describe('inspectArchive', () => {
  it('gives the content and what the bytes are', async () => {
    const bytes = await tarGzOf([{ name: 'a', content: 'a' }]);
    const facts = await inspectArchive(streamOf(bytes), { label: 'x' });
    expect(facts.sha256).toBe(sha256(bytes));
    expect(facts.bytes).toBe(bytes.length);
    expect(facts.tree).toEqual([{ path: 'a', mode: '644', size: 1, sha256: sha256('a') }]);
  });

  it('counts what comes after the archive too', async () => {
    const bytes = Buffer.concat([await tarOf([{ name: 'a', content: 'a' }]), Buffer.alloc(8192)]);
    const facts = await inspectArchive(streamOf(bytes), { label: 'x' });
    expect(facts.sha256).toBe(sha256(bytes));
  });

  it('stops when the run is cancelled', async () => {
    const stream = streamOf(await tarGzOf([{ name: 'a', content: 'a' }]));
    const result = inspectArchive(stream, { label: 'x', signal: AbortSignal.abort() });
    await expect(result).rejects.toThrow(CancelledError);
  });

  it('says what it was about', async () => {
    const path = await file('x', Buffer.from('nonsense'));
    const error = await userErrorOf(inspectArchive(streamOf(await readFile(path)), { label: 'The thing' }));
    expect(error.message).toMatch(/^The thing is neither/);
  });
});
