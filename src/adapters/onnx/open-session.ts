/** Opens ONNX models, on the native runtime or on the WASM one. */

import { messageOf, UserError } from '../../core/errors.ts';
import type { OpenSession, RuntimeChoice, SessionRuntime } from '../../core/model-session.ts';
import type { ReadBeside } from '../../core/onnx-reader.ts';
import type { Exec, Logger } from '../../core/ports.ts';
import { embedExternalData } from './external-data.ts';
import { findNative, loadNative } from './native-runtime.ts';
import { readOnnxModel } from './onnx-model.ts';
import type { LoadedRuntime } from './ort.ts';
import { ORT_VERSION } from './pinned.ts';
import { createSession, type OnnxSession } from './session.ts';
import { refuseUnusable } from './signature.ts';
import { findWasm, loadWasm } from './wasm-runtime.ts';

export interface SessionOpenerOptions {
  /**
   * Directories in and above which a node_modules is looked for; the WASM files may also are in one of them itself.
   * The directory of the running code is the one to give.
   */
  readonly moduleRoots: readonly string[];
  /** The runner's tool cache; undefined if there is none. */
  readonly toolCacheDir?: string | undefined;
  /** Starts npm if `runtime: native` has to fetch the package. */
  readonly exec: Exec;
  readonly log: Pick<Logger, 'info' | 'debug'>;
  /** Node's names, by default of this machine. */
  readonly platform?: string;
  readonly arch?: string;
}

const nothingBeside: ReadBeside = () => Promise.resolve(null);

interface Chosen {
  readonly runtime: SessionRuntime;
  readonly loaded: LoadedRuntime;
}

/**
 * `auto` takes the native runtime if the pinned version is installed and loads, the WASM one otherwise. `native`
 * fetches the pinned version into the tool cache if it is not installed. `wasm` takes the WASM one.
 */
export function createSessionOpener(
  options: SessionOpenerOptions,
): (...args: Parameters<OpenSession>) => Promise<OnnxSession> {
  return async (bytes, { label, runtime, beside = nothingBeside }) => {
    // Before a runtime is loaded, let alone fetched: the file may be at fault already.
    const model = readOnnxModel(bytes, label);
    refuseUnusable(label, model);
    const whole = await embedExternalData(bytes, label, beside);
    const chosen = await choose(options, runtime);
    return createSession({ ...chosen, label, model }, whole);
  };
}

async function choose(options: SessionOpenerOptions, choice: RuntimeChoice): Promise<Chosen> {
  if (choice === 'wasm') return wasm(options);
  if (choice === 'native') return native(options);
  return installed(options) ?? wasm(options);
}

async function wasm({ moduleRoots }: SessionOpenerOptions): Promise<Chosen> {
  const directory = findWasm(moduleRoots);
  if (directory === undefined) {
    throw new UserError(`The files of the WASM runtime are in none of ${moduleRoots.join(', ')}, nor above.`);
  }
  return { runtime: 'wasm', loaded: await loadWasm(directory) };
}

/** The first installed native runtime that loads; says in the log why it is not another one. */
function installed(options: SessionOpenerOptions): Chosen | undefined {
  const { pinned, others } = findNative(withDefaults(options));
  for (const other of others) options.log.debug(`ONNX Runtime: ${other}.`);
  for (const directory of pinned) {
    try {
      return { runtime: 'native', loaded: loadNative(directory) };
    } catch (error) {
      options.log.info(`ONNX Runtime: ${directory} does not load, using WASM: ${firstLine(error)}`);
    }
  }
  return undefined;
}

async function native(options: SessionOpenerOptions): Promise<Chosen> {
  const [directory = await fetchPackage(options)] = findNative(withDefaults(options)).pinned;
  try {
    return { runtime: 'native', loaded: loadNative(directory) };
  } catch (error) {
    throw new UserError(
      `The native ONNX Runtime ${ORT_VERSION} does not load on this machine: ${firstLine(error)} ` +
        'It needs glibc 2.28 or newer on Linux. Use "runtime: wasm", which runs everywhere.',
      { cause: error },
    );
  }
}

/** Fetches what `runtime: native` needs if it is not installed. */
export async function prepareNative(options: SessionOpenerOptions): Promise<void> {
  if (findNative(withDefaults(options)).pinned.length === 0) await fetchPackage(options);
}

async function fetchPackage(options: SessionOpenerOptions): Promise<string> {
  // Imported only here: most runs never unpack anything.
  const { fetchNative } = await import('./native-package.ts');
  return fetchNative(withDefaults(options));
}

function withDefaults(options: SessionOpenerOptions) {
  const { platform = process.platform, arch = process.arch, toolCacheDir } = options;
  return { ...options, toolCacheDir, platform, arch };
}

function firstLine(error: unknown): string {
  return messageOf(error).split('\n', 1)[0] ?? '';
}
