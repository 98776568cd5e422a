import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fetchNative, type FetchOptions } from '../../../../src/adapters/onnx/native-package.ts';
import { findNative } from '../../../../src/adapters/onnx/native-runtime.ts';
import { NATIVE_PACKAGES, ORT_VERSION } from '../../../../src/adapters/onnx/pinned.ts';
import { UpstreamError, UserError } from '../../../../src/core/errors.ts';
import type { Exec } from '../../../../src/core/ports.ts';
import { REPOSITORY } from './support.ts';

const NODE_FILES = {
  'package/package.json': JSON.stringify({ version: ORT_VERSION, main: 'dist/index.js' }),
  'package/dist/index.js': 'code',
  'package/bin/napi-v6/linux/x64/onnxruntime_binding.node': 'linux',
  'package/bin/napi-v6/linux/x64/libonnxruntime.so.1': 'library',
  'package/bin/napi-v6/win32/x64/onnxruntime.dll': 'windows',
  'package/script/install.js': 'downloads CUDA',
  'package/dist/../../../escaped.js': 'evil',
};
const COMMON_FILES = { 'package/package.json': '{}', 'package/dist/cjs/index.js': 'common' };

let home: string;
let tarballs: Record<string, Buffer>;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'onnx-fetch-'));
  tarballs = {
    'onnxruntime-node': await tarball(NODE_FILES),
    'onnxruntime-common': await tarball(COMMON_FILES),
  };
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

async function tarball(files: Record<string, string>): Promise<Buffer> {
  const archive = pack();
  for (const [name, content] of Object.entries(files)) archive.entry({ name }, content);
  archive.finalize();
  return gzipSync(await buffer(archive));
}

/** An npm that packs the tarballs above. */
function npm(calls: (readonly string[])[] = []): Exec {
  return (program, args) => {
    calls.push([program, ...args]);
    const destination = args[args.indexOf('--pack-destination') + 1]!;
    for (const [name, content] of Object.entries(tarballs)) {
      writeFileSync(join(destination, `${name}-${ORT_VERSION}.tgz`), content);
    }
    return Promise.resolve({ exitCode: 0, stdout: '', stderr: '' });
  };
}

function options(changes: Partial<FetchOptions> = {}): FetchOptions {
  return {
    toolCacheDir: home,
    platform: 'linux',
    arch: 'x64',
    exec: npm(),
    log: { info: () => undefined },
    packages: Object.entries(tarballs).map(([name, content]) => ({
      name,
      integrity: `sha512-${createHash('sha512').update(content).digest('base64')}`,
    })),
    ...changes,
  };
}

function filesIn(directory: string): string[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(directory.length + 1)
        .split(sep)
        .join('/'),
    )
    .sort();
}

describe('fetching the native runtime', () => {
  it('keeps what this platform needs, where the loader finds it', async () => {
    const calls: (readonly string[])[] = [];
    const directory = await fetchNative(options({ exec: npm(calls) }));
    expect(findNative({ moduleRoots: [], toolCacheDir: home, arch: 'x64' }).pinned).toEqual([directory]);
    expect(filesIn(home)).toEqual(
      [
        'onnxruntime-common/dist/cjs/index.js',
        'onnxruntime-common/package.json',
        'onnxruntime-node/bin/napi-v6/linux/x64/libonnxruntime.so.1',
        'onnxruntime-node/bin/napi-v6/linux/x64/onnxruntime_binding.node',
        'onnxruntime-node/dist/index.js',
        'onnxruntime-node/package.json',
      ].map((path) => `onnxruntime-node/1.30.0/x64/node_modules/${path}`),
    );
    expect(calls).toHaveLength(1);
    expect(calls[0]?.slice(0, 4)).toEqual([
      'npm',
      'pack',
      'onnxruntime-node@1.30.0',
      'onnxruntime-common@1.30.0',
    ]);
    expect(calls[0]).toContain('--ignore-scripts');
  });

  it('works when two do it at once', async () => {
    const [one, two] = await Promise.all([fetchNative(options()), fetchNative(options())]);
    expect(one).toBe(two);
    expect(readFileSync(join(one, 'dist/index.js'), 'utf8')).toBe('code');
    expect(readdirSync(join(home, 'onnxruntime-node/1.30.0'))).toEqual(['x64']);
  });

  it('refuses a package that is not the published one, and leaves nothing behind', async () => {
    tarballs['onnxruntime-node'] = await tarball({ ...NODE_FILES, 'package/dist/index.js': 'other code' });
    const pinned = options();
    tarballs['onnxruntime-node'] = await tarball(NODE_FILES);
    const fetching = fetchNative(pinned);
    await expect(fetching).rejects.toThrow(UserError);
    await expect(fetching).rejects.toThrow(
      /onnxruntime-node@1\.30\.0 that npm fetched is not the published one/,
    );
    expect(filesIn(home)).toEqual([]);
    expect(readdirSync(join(home, 'onnxruntime-node/1.30.0'))).toEqual([]);
  });

  it('says when there is no npm', async () => {
    const fetching = fetchNative(options({ exec: () => Promise.reject(new Error('ENOENT')) }));
    await expect(fetching).rejects.toThrow(UserError);
    await expect(fetching).rejects.toThrow(/cannot be started: ENOENT Install Node\.js with npm/);
  });

  it('passes on what npm says', async () => {
    const exec: Exec = () =>
      Promise.resolve({ exitCode: 1, stdout: '', stderr: 'npm error network timeout\n' });
    const fetching = fetchNative(options({ exec }));
    await expect(fetching).rejects.toThrow(UpstreamError);
    await expect(fetching).rejects.toMatchObject({ system: 'npm', detail: 'npm error network timeout' });
  });

  it('says when npm gives no package', async () => {
    const exec: Exec = () => Promise.resolve({ exitCode: 0, stdout: '', stderr: '' });
    await expect(fetchNative(options({ exec }))).rejects.toThrow(
      /npm could not download the package onnxruntime-node/,
    );
  });

  it('says when something else stands in its place', async () => {
    const content = join(home, 'onnxruntime-node/1.30.0/x64');
    await fetchNative(options());
    rmSync(join(content, 'node_modules/onnxruntime-node/package.json'));
    await expect(fetchNative(options())).rejects.toThrow(/cannot be put into .*x64.* remove it/);
    expect(existsSync(content)).toBe(true);
  });

  it('starts nothing for a platform without a native runtime, or without a tool cache', async () => {
    const exec: Exec = () => Promise.reject(new Error('started'));
    await expect(fetchNative(options({ exec, platform: 'darwin', arch: 'x64' }))).rejects.toThrow(
      'There is no native ONNX Runtime for darwin-x64. Use "runtime: wasm".',
    );
    await expect(fetchNative(options({ exec, toolCacheDir: undefined }))).rejects.toThrow(
      'There is no tool cache',
    );
  });
});

describe('the pinned packages', () => {
  interface Lock {
    readonly packages: Readonly<Record<string, { version: string; integrity: string }>>;
  }
  const lock = JSON.parse(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8')) as Lock;

  it.each(NATIVE_PACKAGES)('$name is what package-lock.json has', ({ name, integrity }) => {
    expect(lock.packages[`node_modules/${name}`]).toMatchObject({ version: ORT_VERSION, integrity });
  });

  it('onnxruntime-web is of the same version', () => {
    expect(lock.packages['node_modules/onnxruntime-web']?.version).toBe(ORT_VERSION);
  });
});
