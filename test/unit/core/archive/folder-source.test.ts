import { spawnSync } from 'node:child_process';
import { chmod, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { contentDigest } from '../../../../src/core/archive/content-tree.ts';
import { openModel } from '../../../../src/core/archive/model-source.ts';
import { CancelledError } from '../../../../src/core/errors.ts';
import { exclusionOfPath } from '../../../../src/core/archive/exclusions.ts';
import { CREDENTIALS, HARMLESS, KEY } from '../../../fixtures/credentials.ts';
import { codeRoot, folderWith, modelRoot, temporaryFolder, userErrorOf, write } from './helpers.ts';

const open = (path: string) => openModel(modelRoot(path), null, undefined);
const pathsOf = async (path: string) => (await open(path)).tree.map((file) => file.path);

describe('a folder', () => {
  it('is listed sorted, with modes, sizes and hashes', async () => {
    const { tree } = await open(await folderWith({ 'b/x*': 'hello', a: '' }));
    expect(tree).toEqual([
      {
        path: 'a',
        mode: '644',
        size: 0,
        sha256: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
      {
        path: 'b/x',
        mode: '755',
        size: 5,
        sha256: '2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824',
      },
    ]);
  });

  it('takes names with a line break, letters of any script, and spaces', async () => {
    const names = ['a\nb', 'é', 'モデル.bin', 'with space', "it's", '-rf'];
    const folder = await folderWith(Object.fromEntries(names.map((name) => [name, name])));
    expect(await pathsOf(folder)).toEqual([...names].sort());
  });

  it('leaves out clutter and secrets, and says so', async () => {
    const folder = await folderWith({
      'model.bin': 'm',
      '__pycache__/a.pyc': 'x',
      'src/__pycache__/b.pyc': 'x',
      '.env': 'TOKEN=1',
      'keys/id_rsa': 'k',
      'keys/readme': 'r',
    });
    const { tree, leftOut } = await open(folder);
    expect(tree.map((file) => file.path)).toEqual(['keys/readme', 'model.bin']);
    expect(leftOut).toEqual(
      expect.arrayContaining([
        { path: '__pycache__', reason: 'clutter' },
        { path: 'src/__pycache__', reason: 'clutter' },
        { path: '.env', reason: 'secret' },
        { path: 'keys/id_rsa', reason: 'secret' },
      ]),
    );
    expect(leftOut).toHaveLength(4);
  });

  it('takes 5,000 small files', async () => {
    const files = Array.from({ length: 5000 }, (_, i) => [`d${i % 50}/f${i}`, String(i)] as const);
    const source = await open(await folderWith(Object.fromEntries(files)));
    expect(source.tree).toHaveLength(5000);
    expect((await buffer(source.pack('none'))).length).toBe(5000 * 1024 + 1024);
  });

  it('names every problem at once', async () => {
    const folder = await folderWith({
      a: 'a',
      pointer: 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n',
    });
    const outside = await folderWith({ x: 'x' });
    await symlink(outside, join(folder, 'out'));
    await symlink('nowhere', join(folder, 'dangling'));
    const error = await userErrorOf(open(folder));
    expect(error.problems).toHaveLength(2);
    expect(error.message).toContain(`out" is a link to "${outside}", outside the model's folder`);
    expect(error.message).toContain('dangling" is a broken link');
  });

  it('refuses a named pipe', async ({ skip }) => {
    const folder = await folderWith({ a: 'a' });
    const made = spawnSync('mkfifo', [join(folder, 'pipe')]);
    if (made.error) skip('there is no mkfifo on this machine');
    expect((await userErrorOf(open(folder))).message).toContain('pipe" is a named pipe');
  });

  it('refuses a socket', async () => {
    const folder = await folderWith({ a: 'a' });
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 's'), resolve));
    try {
      expect((await userErrorOf(open(folder))).message).toContain('s" is a socket, not a file');
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('refuses a Git LFS pointer', async () => {
    const folder = await folderWith({
      'model.pt': 'version https://git-lfs.github.com/spec/v1\noid sha256:1\n',
    });
    expect((await userErrorOf(open(folder))).message).toMatch(/model\.pt" is a Git LFS pointer.*lfs: true/);
  });

  it.each([
    ['nothing', {}, 'it contains no file at all'],
    ['only what is left out', { '.env': 'x' }, 'it contains only .env, left out'],
    ['only empty files', { a: '', b: '' }, 'every file is empty (a, b)'],
  ])('refuses a folder with %s', async (_, files, message) => {
    expect((await userErrorOf(open(await folderWith(files)))).message).toContain(message);
  });

  it('refuses a path that does not exist', async () => {
    const error = await userErrorOf(open('/nowhere/at/all'));
    expect(error.message).toContain('model-path: "/nowhere/at/all" does not exist.');
  });

  it('names a file that it may not read', async ({ skip }) => {
    const folder = await folderWith({ a: 'a', b: 'b' });
    await chmod(join(folder, 'b'), 0);
    skip(process.getuid?.() === 0, 'skipped: the superuser may read everything');
    expect((await userErrorOf(open(folder))).message).toContain('may not be read');
  });

  it('stops when the run is cancelled', async () => {
    const folder = await folderWith({ a: 'a' });
    await expect(openModel(modelRoot(folder), null, AbortSignal.abort())).rejects.toThrow(CancelledError);
  });
});

describe('links', () => {
  it('are followed where they stay inside', async () => {
    const folder = await folderWith({ 'real/x': 'x' });
    await symlink('real/x', join(folder, 'file-link'));
    await symlink('real', join(folder, 'folder-link'));
    const source = await open(folder);
    expect(source.tree.map((file) => file.path)).toEqual(['file-link', 'folder-link/x', 'real/x']);
    expect(new Set(source.tree.map((file) => file.sha256)).size).toBe(1);
  });

  it('give the same digest as copies', async () => {
    const linked = await folderWith({ a: 'x' });
    await symlink('a', join(linked, 'b'));
    const copied = await folderWith({ a: 'x', b: 'x' });
    expect(contentDigest((await open(linked)).tree)).toBe(contentDigest((await open(copied)).tree));
  });

  it('may be the model path itself', async () => {
    const folder = await folderWith({ 'm/a': 'x' });
    await symlink('m', join(folder, 'current'));
    expect(await pathsOf(join(folder, 'current'))).toEqual(['a']);
  });

  it('do not bring in a secret', async () => {
    const folder = await folderWith({ a: 'a', '.env': 'TOKEN=1' });
    await symlink('.env', join(folder, 'settings'));
    const { tree, leftOut } = await open(folder);
    expect(tree.map((file) => file.path)).toEqual(['a']);
    expect(leftOut).toContainEqual({ path: 'settings', reason: 'secret' });
  });

  it.each([['.'], ['..'], ['self']])('are refused where they go in a circle: %s', async (target) => {
    const folder = await folderWith({ 'sub/a': 'a' });
    await symlink(target, join(folder, 'sub', 'self'));
    expect((await userErrorOf(open(folder))).message).toMatch(/self" is a .*link.*(which contains|circle)/);
  });

  it('are refused where they lead to a folder that only begins with the same name', async () => {
    const parent = await folderWith({ 'model/a': 'a', 'model-2/b': 'b' });
    await symlink('../model-2/b', join(parent, 'model', 'b'));
    expect((await userErrorOf(open(join(parent, 'model')))).message).toContain('outside the model');
  });
});

describe('credentials', () => {
  it.each(Object.entries(CREDENTIALS))('%s is left out, wherever it lies', async (path, text) => {
    const folder = await folderWith({ 'model.bin': 'm', [path]: text, [`code/${path}`]: text });
    const source = await open(folder);
    expect(source.tree.map((file) => file.path)).toEqual(['model.bin']);
    expect(new Set(source.leftOut.map(({ reason }) => reason))).toEqual(new Set(['secret']));
  });

  it('a certificate and other files of such names are packed', async () => {
    const files = Object.entries(HARMLESS).filter(([path]) => exclusionOfPath(path) === null);
    expect(files.length).toBeGreaterThan(9);
    expect(await pathsOf(await folderWith(Object.fromEntries(files)))).toHaveLength(files.length);
  });
});

describe('a single file', () => {
  it('is the whole model, under its own name', async () => {
    const folder = await folderWith({ 'deep/model.onnx': 'x' });
    expect(await pathsOf(join(folder, 'deep', 'model.onnx'))).toEqual(['model.onnx']);
  });

  it('is refused where it is a secret, and taken where it only has the name of one', async () => {
    const folder = await folderWith({ id_rsa: KEY, 'model.pem': KEY, 'ca.pem': HARMLESS['ca.pem'] ?? '' });
    for (const name of ['id_rsa', 'model.pem']) {
      expect((await userErrorOf(open(join(folder, name)))).message).toContain('nothing to pack');
    }
    expect(await pathsOf(join(folder, 'ca.pem'))).toEqual(['ca.pem']);
  });
});

describe('code-path', () => {
  it('goes below code/', async () => {
    const model = await folderWith({ 'model.bin': 'm' });
    const code = await folderWith({ 'inference.py': 'p', 'lib/x.py': 'x' });
    const { tree } = await openModel(modelRoot(model), codeRoot(code), undefined);
    expect(tree.map((file) => file.path)).toEqual(['code/inference.py', 'code/lib/x.py', 'model.bin']);
  });

  it('may lie in the model already', async () => {
    const model = await folderWith({ 'model.bin': 'm', 'code/inference.py': 'p' });
    const { tree } = await openModel(modelRoot(model), codeRoot(join(model, 'code')), undefined);
    expect(tree.map((file) => file.path)).toEqual(['code/inference.py', 'model.bin']);
  });

  it('is refused where it would replace a file of the model', async () => {
    const model = await folderWith({ 'model.bin': 'm', 'code/inference.py': 'old' });
    const code = await folderWith({ 'inference.py': 'new' });
    const error = await userErrorOf(openModel(modelRoot(model), codeRoot(code), undefined));
    expect(error.message).toContain('would both be "code/inference.py"');
  });

  it('is refused where it is empty', async () => {
    const model = await folderWith({ 'model.bin': 'm' });
    const error = await userErrorOf(
      openModel(modelRoot(model), codeRoot(await temporaryFolder()), undefined),
    );
    expect(error.message).toContain('code-path');
  });
});

describe('read', () => {
  it('gives a file, and refuses one that changed', async () => {
    const folder = await folderWith({ a: 'one' });
    const source = await open(folder);
    expect(Buffer.from(await source.read('a')).toString()).toBe('one');
    await writeFile(join(folder, 'a'), 'two');
    expect((await userErrorOf(source.read('a'))).message).toContain('changed while it was being packed');
    await write(folder, { b: 'x' });
    await expect(source.read('b')).rejects.toThrow('not in the content tree');
  });
});
