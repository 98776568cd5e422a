/**
 * The WASM runtime: the same operators on every platform, without a native library.
 *
 * onnxruntime-web's "wasm bundle" is one module that imports nothing, beside one .wasm file. Both are read from a
 * directory at run time, and nothing of them goes through a bundler, which would mangle the .wasm file and the module's
 * own URL. The binary is handed over as bytes, so the runtime has nothing to fetch.
 */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { messageOf, UserError } from '../../core/errors.ts';
import { createQueue, type LoadedRuntime, type OrtModule } from './ort.ts';
import { ORT_VERSION, WASM_FILES } from './pinned.ts';

const loading = new Map<string, Promise<LoadedRuntime>>();

/** The first of the roots, or of the node_modules/onnxruntime-web above them, that holds both files. */
export function findWasm(roots: readonly string[]): string | undefined {
  return roots
    .flatMap(candidates)
    .find((directory) => Object.values(WASM_FILES).every((file) => existsSync(join(directory, file))));
}

/**
 * Loads the runtime once for each directory: a module can be initialised only once.
 *
 * @throws UserError if the files are missing or are of another version.
 */
export function loadWasm(directory: string): Promise<LoadedRuntime> {
  const known = loading.get(directory);
  if (known !== undefined) return known;
  const loaded = load(directory);
  loading.set(directory, loaded);
  return loaded;
}

async function load(directory: string): Promise<LoadedRuntime> {
  const [ort, binary] = await readFiles(directory);
  const { web } = ort.env.versions;
  if (web !== ORT_VERSION) {
    throw new UserError(
      `The WASM runtime in ${directory} is version ${web}; this project needs ${ORT_VERSION}.`,
    );
  }
  ort.env.logLevel = 'fatal';
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = binary;
  return { ort, exclusively: createQueue() };
}

async function readFiles(directory: string): Promise<[OrtModule, Uint8Array]> {
  const path = join(directory, WASM_FILES.module);
  try {
    // require() of an ES module (Node 24). An import() would be rewritten on its way: tsc wraps the address of every
    // computed one (rewriteRelativeImportExtensions), after which a bundler no longer leaves it alone.
    const ort = createRequire(path)(path) as OrtModule;
    return [ort, await readFile(join(directory, WASM_FILES.binary))];
  } catch (error) {
    throw new UserError(`The WASM runtime in ${directory} cannot be loaded: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function candidates(root: string): string[] {
  return [
    root,
    ...ancestors(root).map((directory) => join(directory, 'node_modules', 'onnxruntime-web', 'dist')),
  ];
}

function ancestors(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...ancestors(parent)];
}
