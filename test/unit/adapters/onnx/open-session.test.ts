import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toolCachePackage } from '../../../../src/adapters/onnx/native-runtime.ts';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import type { RuntimeChoice } from '../../../../src/core/model-session.ts';
import { caseOf, fixture, openerOptions, REPOSITORY } from './support.ts';

const WASM_DIST = join(REPOSITORY, 'node_modules/onnxruntime-web/dist');
const NATIVE = join(REPOSITORY, 'node_modules/onnxruntime-node');

let home: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'onnx-open-'));
});

afterEach(() => {
  rmSync(home, { recursive: true });
});

/** A package that looks like onnxruntime-node of some version, and throws when it is loaded. */
function fakePackage(directory: string, version: string): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(join(directory, 'package.json'), JSON.stringify({ version, main: 'index.js' }));
  writeFileSync(join(directory, 'index.js'), 'throw new Error("ld-linux.so is missing\\nand more");');
}

function realPackage(directory: string): void {
  mkdirSync(dirname(directory), { recursive: true });
  symlinkSync(NATIVE, directory);
}

async function opened(
  runtime: RuntimeChoice,
  changes: Parameters<typeof openerOptions>[0],
): Promise<{ runtime: string; messages: readonly string[] }> {
  const options = openerOptions(changes);
  const session = await createSessionOpener(options)(fixture('gemm'), { label: 'gemm.onnx', runtime });
  expect((await session.run(caseOf('gemm').feeds)).y?.dims).toEqual([3, 4]);
  await session.close();
  return { runtime: session.runtime, messages: options.messages };
}

describe('auto', () => {
  it('takes the pinned version from a node_modules above', async () => {
    realPackage(join(home, 'node_modules/onnxruntime-node'));
    const moduleRoots = [join(home, 'dist/core')];
    expect(await opened('auto', { moduleRoots })).toEqual({ runtime: 'native', messages: [] });
  });

  it('takes the pinned version from the tool cache', async () => {
    realPackage(toolCachePackage(home, 'x64'));
    const where = { moduleRoots: [home], toolCacheDir: home, arch: 'x64' };
    expect((await opened('auto', where)).runtime).toBe('native');
  });

  it('takes WASM where there is no native runtime', async () => {
    const moduleRoots = [copiedWasm()];
    expect(await opened('auto', { moduleRoots, toolCacheDir: home })).toEqual({
      runtime: 'wasm',
      messages: [],
    });
  });

  it('takes WASM where another version is installed, and says so', async () => {
    fakePackage(join(home, 'node_modules/onnxruntime-node'), '1.29.0');
    const { runtime, messages } = await opened('auto', { moduleRoots: [copiedWasm()] });
    expect(runtime).toBe('wasm');
    expect(messages).toEqual([expect.stringMatching(/onnxruntime-node is version 1\.29\.0, not 1\.30\.0/)]);
  });

  it('takes WASM where the binding does not load, and says why', async () => {
    fakePackage(join(home, 'node_modules/onnxruntime-node'), '1.30.0');
    const { runtime, messages } = await opened('auto', { moduleRoots: [copiedWasm()] });
    expect(runtime).toBe('wasm');
    expect(messages).toEqual([expect.stringMatching(/does not load, using WASM: ld-linux\.so is missing$/)]);
  });

  it('takes the tool cache where the nearer package does not load', async () => {
    fakePackage(join(home, 'node_modules/onnxruntime-node'), '1.30.0');
    realPackage(toolCachePackage(join(home, 'cache'), 'x64'));
    const where = { moduleRoots: [home], toolCacheDir: join(home, 'cache'), arch: 'x64' };
    expect((await opened('auto', where)).runtime).toBe('native');
  });
});

describe('native', () => {
  it('takes an installed one without starting anything', async () => {
    expect((await opened('native', {})).runtime).toBe('native');
  });

  it('is an error where the binding does not load', async () => {
    fakePackage(join(home, 'node_modules/onnxruntime-node'), '1.30.0');
    await expect(opened('native', { moduleRoots: [copiedWasm()] })).rejects.toThrow(
      /The native ONNX Runtime 1\.30\.0 does not load on this machine: ld-linux\.so is missing .*"runtime: wasm"/,
    );
  });

  it('fetches where another version is installed', async () => {
    fakePackage(join(home, 'node_modules/onnxruntime-node'), '1.29.0');
    const started: string[] = [];
    const exec = (program: string): Promise<never> => {
      started.push(program);
      return Promise.reject(new Error('no such program'));
    };
    const where = {
      moduleRoots: [home],
      toolCacheDir: join(home, 'cache'),
      exec,
      platform: 'linux',
      arch: 'x64',
    };
    await expect(opened('native', where)).rejects.toThrow(/npm.* cannot be started: no such program/);
    expect(started).toEqual(['npm']);
  });
});

describe('wasm', () => {
  it('is taken even where the native one is installed', async () => {
    expect((await opened('wasm', {})).runtime).toBe('wasm');
  });

  it('needs nothing but its two files, and no network', async () => {
    const fetching = globalThis.fetch;
    globalThis.fetch = () => Promise.reject(new Error('nothing may be fetched'));
    try {
      expect((await opened('wasm', { moduleRoots: [copiedWasm()] })).runtime).toBe('wasm');
    } finally {
      globalThis.fetch = fetching;
    }
  });

  it('is an error where its files are missing', async () => {
    await expect(opened('wasm', { moduleRoots: [home] })).rejects.toThrow(
      /files of the WASM runtime are in none of/,
    );
  });

  it('is an error where its files are of another version', async () => {
    writeFileSync(
      join(home, 'ort.wasm.bundle.min.mjs'),
      'export const env = { versions: { web: "1.29.0" }, wasm: {} };',
    );
    writeFileSync(join(home, 'ort-wasm-simd-threaded.wasm'), '');
    await expect(opened('wasm', { moduleRoots: [home] })).rejects.toThrow(
      /is version 1\.29\.0; .* needs 1\.30\.0/,
    );
  });
});

it('looks at the model before it looks for a runtime', async () => {
  const open = createSessionOpener(openerOptions({ moduleRoots: [home] }));
  await expect(open(new Uint8Array(0), { label: 'm.onnx', runtime: 'native' })).rejects.toThrow(
    'm.onnx is empty',
  );
});

/**
 * What the build does: the two files, and nothing else, in a directory under the home. With node_modules in its path,
 * so that the test runner leaves them alone.
 */
function copiedWasm(): string {
  const directory = join(home, 'node_modules/dist');
  mkdirSync(directory, { recursive: true });
  for (const file of ['ort.wasm.bundle.min.mjs', 'ort-wasm-simd-threaded.wasm']) {
    copyFileSync(join(WASM_DIST, file), join(directory, file));
  }
  return directory;
}
