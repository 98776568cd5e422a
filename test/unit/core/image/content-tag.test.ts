import { chmod, mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CancelledError } from '../../../../src/core/errors.ts';
import { readBuildContext } from '../../../../src/core/image/build-context.ts';
import { contentTag, isContentTag, type ImageContent } from '../../../../src/core/image/content-tag.ts';
import { parseIgnoreRules, readIgnoreRules } from '../../../../src/core/image/ignore-rules.ts';

const signal = new AbortController().signal;
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'build-context-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(path: string, text = path): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

async function paths(): Promise<string[]> {
  const rules = await readIgnoreRules(folder, join(folder, 'Dockerfile'));
  return (await readBuildContext(folder, rules, signal)).entries.map(({ path }) => path);
}

describe('what is in a build context', () => {
  it('is everything, sorted, where nothing is ignored', async () => {
    await put('b.txt');
    await put('a/z.txt');
    await put('a.txt');
    expect(await paths()).toEqual(['a', 'a.txt', 'a/z.txt', 'b.txt']);
  });

  it('is what .dockerignore lets in, with exceptions below an ignored folder', async () => {
    for (const path of ['serve.py', 'code/requirements.txt', 'code/other.py', 'data/big.bin'])
      await put(path);
    await put('.dockerignore', '# only these\n*\n!serve.py\n!code/requirements.txt\n');
    expect(await paths()).toEqual(['code/requirements.txt', 'serve.py']);
  });

  it('follows the ignore file of the Dockerfile before that of the context', async () => {
    await put('a');
    await put('b');
    await put('.dockerignore', 'a');
    await put('Dockerfile.dockerignore', 'b\n*ignore');
    expect(await paths()).toEqual(['a']);
  });

  it('reads links as links, and stops when cancelled', async () => {
    await symlink('/nowhere', join(folder, 'link'));
    const rules = await readIgnoreRules(folder, join(folder, 'Dockerfile'));
    expect((await readBuildContext(folder, rules, signal)).entries).toEqual([
      { path: 'link', kind: 'link', target: '/nowhere' },
    ]);
    await expect(readBuildContext(folder, rules, AbortSignal.abort())).rejects.toThrow(CancelledError);
  });
});

describe('ignore rules', () => {
  // Cases of https://docs.docker.com/build/concepts/context/#syntax and of moby/patternmatcher's own tests.
  it.each([
    ['*/temp*', 'somedir/temporary.txt', true],
    ['*/temp*', 'temporary.txt', false],
    ['*/*/temp*', 'some/sub/temp', true],
    ['temp?', 'tempa', true],
    ['temp?', 'a/tempa', false],
    ['**/*.go', 'a/b/c.go', true],
    ['/foo/bar', 'foo/bar', true],
    ['foo/', 'foo/bar', true],
    ['Foo', 'foo', false],
    ['a(b)+{c}|d', 'a(b)+{c}|d', true],
    ['c++', 'c++', true],
    ['*.md\n!README*.md\nREADME-secret.md', 'README.md', false],
    ['*.md\n!README*.md\nREADME-secret.md', 'README-secret.md', true],
    ['#comment', '#comment', false],
  ])('%j on %s: ignored is %s', (source, path, ignored) => {
    expect(parseIgnoreRules(source).ignores(path)).toBe(ignored);
  });
});

describe('the content tag', () => {
  const base: ImageContent = {
    context: [],
    dockerfile: 'd1',
    args: new Map([
      ['A', '1'],
      ['B', '2'],
    ]),
    secretNames: ['token', 'key'],
    platform: 'linux/amd64',
    forTarget: 'sagemaker',
    modelDigest: null,
    hasModel: false,
  };

  async function tagOfFolder(): Promise<string> {
    const rules = await readIgnoreRules(folder, join(folder, 'Dockerfile'));
    return contentTag({ ...base, context: (await readBuildContext(folder, rules, signal)).entries });
  }

  it('has its form', () => {
    expect(contentTag(base)).toMatch(/^content-[0-9a-f]{16}$/);
    expect(isContentTag(contentTag(base))).toBe(true);
    expect(isContentTag('content-v1')).toBe(false);
  });

  it.each<[string, Partial<ImageContent>]>([
    ['the Dockerfile', { dockerfile: 'd2' }],
    ['an argument', { args: new Map([['A', '1']]) }],
    ['a secret’s name', { secretNames: ['token'] }],
    ['the platform', { platform: 'linux/arm64' }],
    ['the target', { forTarget: 'lambda' }],
    ['the model', { modelDigest: 'ab'.repeat(32) }],
    ['whether the model is inside', { hasModel: true }],
    ['the context', { context: [{ path: 'x', kind: 'folder' }] }],
  ])('changes with %s', (_, change) => {
    expect(contentTag({ ...base, ...change })).not.toBe(contentTag(base));
  });

  it('stays over the order of arguments and secrets', () => {
    const args = new Map([...base.args].reverse());
    expect(contentTag({ ...base, args, secretNames: ['key', 'token'] })).toBe(contentTag(base));
  });

  it('stays over times and group modes, and changes with bytes, names, links and the executable bit', async () => {
    await put('serve.py', 'print(1)');
    const seen = new Set([await tagOfFolder()]);
    await utimes(join(folder, 'serve.py'), 1, 1);
    await chmod(join(folder, 'serve.py'), 0o664);
    seen.add(await tagOfFolder());
    expect(seen.size).toBe(1);
    for (const change of [
      () => put('serve.py', 'print(2)'),
      () => chmod(join(folder, 'serve.py'), 0o755),
      () => rename(join(folder, 'serve.py'), join(folder, 'server.py')),
      () => symlink('server.py', join(folder, 'serve.py')),
      () => mkdir(join(folder, 'empty')),
    ]) {
      await change();
      seen.add(await tagOfFolder());
    }
    expect(seen.size).toBe(6);
  });

  it('does not change with a file that is ignored', async () => {
    await put('.dockerignore', '*.log\n.dockerignore');
    const before = await tagOfFolder();
    await put('x.log');
    expect(await tagOfFolder()).toBe(before);
  });
});
