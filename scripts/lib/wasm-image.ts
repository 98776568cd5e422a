/**
 * Starts the WASM runtime, and writes what its memory then holds. A process of its own, with nothing of this machine in
 * sight: the image has to be the same wherever it is made.
 *
 *     node scripts/lib/wasm-image.ts DIR     the folder of the runtime, which the image is put into
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { WASM_FILES } from '../../src/adapters/onnx/pinned.ts';
import type { WasmMemory } from '../../src/adapters/onnx/wasm-api.ts';
import { IMAGE_FILE, imageOf } from '../../src/adapters/onnx/wasm-image.ts';
import { readFiles, requireOrt, start } from '../../src/adapters/onnx/wasm-runtime.ts';

/** What a web page would see: the module takes the language and the number of cores from it. */
const NAVIGATOR = { language: 'en-US', languages: ['en-US'], hardwareConcurrency: 1 };

/** @param directory where the files of the runtime are */
export function writeImage(directory: string): void {
  execFileSync(process.execPath, [import.meta.filename, directory], { env: {}, stdio: 'inherit' });
}

async function makeImage(directory: string): Promise<Buffer> {
  Object.defineProperty(globalThis, 'navigator', { value: NAVIGATOR });
  const init = initOf(readFileSync(join(directory, WASM_FILES.module), 'utf8'));
  const { module } = await readFiles(directory);
  let before: Uint8Array | undefined;
  let memory: WasmMemory | undefined;
  await start(requireOrt(directory), module, (exports, own) => {
    const work = exports[init] as (...args: unknown[]) => unknown;
    memory = own;
    const observed = (...args: unknown[]) => {
      before = contentOf(own);
      return work(...args);
    };
    return { ...exports, [init]: observed };
  });
  if (before === undefined || memory === undefined) throw new Error(`The WASM runtime did not call ${init}.`);
  return imageOf(init, before, contentOf(memory));
}

function contentOf({ buffer }: WasmMemory): Uint8Array {
  return Uint8Array.from(new Uint8Array(buffer));
}

/** The export that the module calls OrtInit: its build gave it a short name. */
function initOf(module: string): string {
  const name = /\._OrtInit=\w+\.(\w+)/.exec(module)?.[1];
  if (name === undefined) throw new Error(`${WASM_FILES.module} names no _OrtInit.`);
  return name;
}

const [, script, directory] = process.argv;
if (script === import.meta.filename && directory !== undefined) {
  writeFileSync(join(directory, IMAGE_FILE), await makeImage(directory));
}
