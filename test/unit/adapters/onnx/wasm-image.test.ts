/** The WASM runtime that starts from its image, as the bundle has it, gives what one gives that starts by itself. */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeImage } from '../../../../scripts/lib/wasm-image.ts';
import { createSessionOpener } from '../../../../src/adapters/onnx/open-session.ts';
import { WASM_FILES } from '../../../../src/adapters/onnx/pinned.ts';
import { readWasmAhead } from '../../../../src/adapters/onnx/read-wasm-ahead.ts';
import { IMAGE_FILE } from '../../../../src/adapters/onnx/wasm-image.ts';
import { wasm } from '../../../../src/adapters/onnx/wasm-api.ts';
import { fixture, fixtureCases, open, openerOptions, releasedModels, REPOSITORY } from './support.ts';

const WASM_DIST = join(REPOSITORY, 'node_modules/onnxruntime-web/dist');

let home: string;
let withImage: string;

beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'wasm-image-'));
  withImage = copiedWasm('whole');
  writeImage(withImage);
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

describe('a runtime with an image', () => {
  it.each(fixtureCases())('runs $name as one without', async ({ name, feeds }) => {
    const there = await openThere(fixture(name), withImage);
    const here = await open(fixture(name), 'wasm');
    expect(there.signature).toEqual(here.signature);
    expect(await there.run(feeds)).toEqual(await here.run(feeds));
    await Promise.all([there.close(), here.close()]);
  });

  it.each(releasedModels())('opens %s', async (_, bytes) => {
    const there = await openThere(bytes, withImage);
    const here = await open(bytes, 'wasm');
    expect(there.signature).toEqual(here.signature);
    await Promise.all([there.close(), here.close()]);
  });

  it('says of a model that it refuses what one without says', async () => {
    await expect(openThere(fixture('refused_operator'), withImage, 'm.onnx')).rejects.toThrow(
      'm.onnx uses the operator Magic',
    );
  });

  it('leaves the engine as it was', async () => {
    const { instantiate } = wasm;
    await (await openThere(fixture('gemm'), copiedWasm('other'))).close();
    expect(wasm.instantiate).toBe(instantiate);
  });
});

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
});

describe('an image', () => {
  it('is the same wherever it is made', () => {
    const again = copiedWasm('again');
    writeImage(again);
    const [first, second] = [withImage, again].map((directory) => readFileSync(join(directory, IMAGE_FILE)));
    expect(first?.equals(second ?? Buffer.alloc(0))).toBe(true);
  });

  it('that is cut off is an error', async () => {
    const directory = copiedWasm('short');
    const whole = readFileSync(join(withImage, IMAGE_FILE));
    writeFileSync(join(directory, IMAGE_FILE), whole.subarray(0, whole.length - 1));
    await expect(openThere(fixture('gemm'), directory)).rejects.toThrow(
      /WASM runtime in .* cannot be loaded: ort-wasm-memory\.bin is damaged/,
    );
  });
});
