/** The WASM runtime is compiled before it is wanted. */
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import { WASM_FILES } from '../../../../src/adapters/onnx/pinned.ts';
import { readWasmAhead } from '../../../../src/adapters/onnx/read-wasm-ahead.ts';
import { wasm } from '../../../../src/adapters/onnx/wasm-api.ts';
import { fixture, openerOptions, REPOSITORY } from './support.ts';

const WASM_DIST = join(REPOSITORY, 'node_modules/onnxruntime-web/dist');

let home: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'wasm-ahead-'));
});

afterAll(() => {
  rmSync(home, { recursive: true });
});

/** With node_modules in its path, so that the test runner leaves the files alone. */
function copiedWasm(name: string): string {
  const directory = join(home, name, 'node_modules/dist');
  mkdirSync(directory, { recursive: true });
  for (const file of Object.values(WASM_FILES)) copyFileSync(join(WASM_DIST, file), join(directory, file));
  return directory;
}

function openThere(bytes: Uint8Array, directory: string, label = 'model.onnx') {
  return createSessionOpener(openerOptions({ moduleRoots: [directory] }))(bytes, { label, runtime: 'wasm' });
}

describe('reading ahead', () => {
  const search = { toolCacheDir: undefined, arch: 'x64' };

  it('is for what is opened afterwards', async () => {
    const directory = copiedWasm('ahead');
    readWasmAhead('wasm', { ...search, moduleRoots: [directory] });
    const session = await openThere(fixture('gemm'), directory);
    expect(session.runtime).toBe('wasm');
    await session.close();
  });

  it('leaves it to whoever opens a model to say what is wrong', async () => {
    const directory = copiedWasm('damaged');
    writeFileSync(join(directory, WASM_FILES.binary), 'no module');
    readWasmAhead('wasm', { ...search, moduleRoots: [directory] });
    await expect(openThere(fixture('gemm'), directory)).rejects.toThrow(
      /WASM runtime in .* cannot be loaded/,
    );
  });

  it('looks for no runtime where native is asked for, and needs none', () => {
    readWasmAhead('native', { ...search, moduleRoots: [home] });
    readWasmAhead('auto', { ...search, moduleRoots: [home] });
    expect(() => readWasmAhead('wasm', { ...search, moduleRoots: [home] })).not.toThrow();
  });

  it('leaves the engine as it was', async () => {
    const { instantiate } = wasm;
    await (await openThere(fixture('gemm'), copiedWasm('other'))).close();
    expect(wasm.instantiate).toBe(instantiate);
  });
});
