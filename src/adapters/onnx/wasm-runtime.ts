/**
 * The WASM runtime: the same operators on every platform, without a native library.
 *
 * onnxruntime-web's "wasm bundle" is one module that imports nothing, beside one .wasm file. Both are read from a
 * directory at run time, and nothing of them goes through a bundler, which would mangle the .wasm file and the module's
 * own URL. It is compiled here, so the runtime has nothing to fetch.
 */

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { messageOf, UserError } from '../../core/errors.ts';
import { createQueue, type LoadedRuntime, type OrtModule, SESSION_OPTIONS } from './ort.ts';
import { ORT_VERSION, WASM_FILES } from './pinned.ts';
import { wasm, type WasmModule, withModule } from './wasm-api.ts';

const compiling = new Map<string, Promise<WasmModule>>();
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
  return once(loading, directory, load);
}

/** Begins with what the engine does beside everything else, so that less is left for loadWasm, which says what is wrong. */
export function readAhead(directory: string): void {
  once(compiling, directory, compile).catch(() => undefined);
}

function once<T>(known: Map<string, Promise<T>>, key: string, make: (key: string) => Promise<T>): Promise<T> {
  const value = known.get(key) ?? make(key);
  known.set(key, value);
  return value;
}

async function load(directory: string): Promise<LoadedRuntime> {
  try {
    const ort = requireOrt(directory);
    const { web } = ort.env.versions;
    if (web !== ORT_VERSION) {
      throw new UserError(
        `The WASM runtime in ${directory} is version ${web}; this project needs ${ORT_VERSION}.`,
      );
    }
    await start(ort, await once(compiling, directory, compile));
    return { ort, exclusively: createQueue() };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`The WASM runtime in ${directory} cannot be loaded: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

/**
 * A function is validated when it is compiled, which is when it is called. Most never are, and to validate them all first
 * takes a tenth of a second of processor time. https://nodejs.org/api/v8.html#v8setflagsfromstringflags
 */
const LAZY = '--wasm-lazy-validation';

async function compile(directory: string): Promise<WasmModule> {
  setFlagsFromString(LAZY);
  return wasm.compile(await readFile(join(directory, WASM_FILES.binary)));
}

function requireOrt(directory: string): OrtModule {
  const path = join(directory, WASM_FILES.module);
  // require() of an ES module (Node 24). An import() would be rewritten on its way: tsc wraps the address of every
  // computed one (rewriteRelativeImportExtensions), after which a bundler no longer leaves it alone.
  return createRequire(path)(path) as OrtModule;
}

/** y = Identity(x), as ONNX: the smallest model that there is. */
const IDENTITY = 'CAg6LwoQCgF4EgF5IghJZGVudGl0eRIBZ1oLCgF4EgYKBAgBEgBiCwoBeRIGCgQIARIAQgQKABAN';

/** The runtime starts with its first model. */
async function start(ort: OrtModule, module: WasmModule): Promise<void> {
  const instead = new ArrayBuffer(1);
  ort.env.logLevel = 'fatal';
  ort.env.wasm.numThreads = 1;
  // Bytes, so that it has nothing to fetch; which, withModule decides.
  ort.env.wasm.wasmBinary = instead;
  await withModule(instead, module, async () => {
    const session = await ort.InferenceSession.create(Buffer.from(IDENTITY, 'base64'), {
      ...SESSION_OPTIONS,
    });
    await session.release();
  });
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
