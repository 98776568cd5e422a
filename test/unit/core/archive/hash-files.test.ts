import { chmod, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hashFiles as hashFilesOf, type NamedSource } from '../../../../src/core/archive/hash-files.ts';
import { sha256 } from '../../../../src/core/canonical-json.ts';
import { CancelledError } from '../../../../src/core/errors.ts';
import { folderWith, temporaryFolder } from './helpers.ts';

const POINTER = 'version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 10\n';

const named = (paths: readonly string[]) => paths.map((source) => ({ source, path: basename(source) }));

/** With other threads however few files there are. */
const hashFiles = (
  files: readonly NamedSource[],
  options: { signal: AbortSignal | undefined; threads: number },
) => hashFilesOf(files, { ...options, fewFiles: 0 });

async function manyFiles(count: number) {
  const contents = Array.from({ length: count }, (_, i) => `content ${i}`);
  const folder = await folderWith(Object.fromEntries(contents.map((text, i) => [`f${i}`, text])));
  return { contents, paths: contents.map((_, i) => join(folder, `f${i}`)) };
}

describe.each([1, 3])('with %i threads', (threads) => {
  it('keeps the order, and finds what is wrong', async () => {
    const { contents, paths } = await manyFiles(450);
    await writeFile(paths[7] ?? '', POINTER);
    await chmod(paths[8] ?? '', 0o755);
    const results = await hashFiles(named([...paths, '/nowhere/at/all']), { signal: undefined, threads });
    expect(results[0]).toEqual(
      expect.objectContaining({ size: 9, sha256: sha256(contents[0] ?? ''), isLfsPointer: false }),
    );
    expect(results.slice(9, 450).map((r) => 'sha256' in r && r.sha256)).toEqual(
      contents.slice(9).map((text) => sha256(text)),
    );
    expect(results[7]).toEqual(expect.objectContaining({ isLfsPointer: true }));
    expect(results[8]).toEqual(expect.objectContaining({ mode: 0o100755 }));
    expect(results[450]).toEqual({ error: expect.objectContaining({ code: 'ENOENT' }) as Error });
  });

  it('reads large files whole', async () => {
    const folder = await temporaryFolder();
    const content = Buffer.alloc(20 * 1024 * 1024 + 3, 'abcdefg');
    const paths = ['a', 'b', 'c'].map((name) => join(folder, name));
    await Promise.all(paths.map((path) => writeFile(path, content)));
    const results = await hashFiles(named(paths), { signal: undefined, threads });
    for (const result of results) {
      expect(result).toEqual(expect.objectContaining({ size: content.length, sha256: sha256(content) }));
    }
  });

  it('tells the files to look at by their name in the archive and by their content', async () => {
    const { paths } = await manyFiles(450);
    await writeFile(paths[3] ?? '', '{"type": "authorized_user", "refresh_token": "1//x"}');
    await writeFile(paths[4] ?? '', `{"x": "${'y'.repeat(65 * 1024)}", "refresh_token": "1//x"}`);
    const files = named(paths).map(({ source, path }) => ({ source, path: `a/${path}.json` }));
    const marked = async (all: typeof files) => {
      const results = await hashFiles(all, { signal: undefined, threads });
      return results.flatMap((r, i) => ('mayBeCredential' in r && r.mayBeCredential ? [i] : []));
    };
    expect(await marked(files)).toEqual([3]);
    expect(await marked(named(paths))).toEqual([]);
  });

  it('hashes small files, large ones and those that cannot be read in one go', async () => {
    const { contents, paths } = await manyFiles(150);
    const sizes = [256 * 1024, 256 * 1024 + 1, 1024 * 1024, 1024 * 1024 + 1];
    const large = sizes.map((size) => Buffer.alloc(size, 'abcdefg'));
    const folder = await temporaryFolder();
    await Promise.all(large.map((content, i) => writeFile(join(folder, `l${i}`), content)));
    const all = [...large.map((_, i) => join(folder, `l${i}`)), folder, ...paths];
    const results = await hashFiles(named(all), { signal: undefined, threads });
    const told = results.map((result) => ('sha256' in result ? result.sha256 : result.error));
    expect(told.slice(0, 4)).toEqual(large.map((content) => sha256(content)));
    expect(told[4]).toEqual(expect.objectContaining({ code: 'EISDIR' }));
    expect(told.slice(5)).toEqual(contents.map((text) => sha256(text)));
  });

  it('stops when the run is cancelled', async () => {
    const { paths } = await manyFiles(450);
    const controller = new AbortController();
    const hashing = hashFiles(named(paths), { signal: controller.signal, threads });
    controller.abort();
    await expect(hashing).rejects.toThrow(CancelledError);
  });
});
