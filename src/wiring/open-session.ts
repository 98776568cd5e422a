/** Opens ONNX models with what the runner's machine has. */
import { join } from 'node:path';
import type { OpenSession, RuntimeChoice } from '../core/model-session.ts';
import type { Ports } from '../core/ports.ts';
import { outside } from '../core/redaction/outside.ts';
import type { Toolbox } from '../runner/toolbox.ts';

/** The runtime is loaded with the first model: most steps open none. */
export function sessionOpener(
  { log, redactor }: Pick<Ports<never>, 'log' | 'redactor'>,
  { exec, settings }: Pick<Toolbox, 'exec' | 'settings'>,
): OpenSession {
  return async (model, options) => {
    const { createSessionOpener } = await import('../adapters/onnx/open-session.ts');
    const open = createSessionOpener({ ...placesOf(settings), exec, log });
    return outside(open, redactor)(model, options);
  };
}

/**
 * Opens models that are run. One that may never end gets a process of its own, which a time limit and the step's
 * cancellation end; any other runs here, without the start of a second process.
 */
export function processOpener(
  { log, redactor, signal }: Pick<Ports<never>, 'log' | 'redactor' | 'signal'>,
  { exec, settings }: Pick<Toolbox, 'exec' | 'settings'>,
  runMs: number,
): OpenSession {
  const openHere = sessionOpener({ log, redactor }, { exec, settings });
  return async (model, options) => {
    const { mayNeverEnd } = await import('../adapters/onnx/process/may-never-end.ts');
    if (!mayNeverEnd(model)) return openHere(model, options);
    const { createProcessOpener } = await import('../adapters/onnx/process/open-in-process.ts');
    const script = join(settings.bundleDir, '..', 'model-process', 'index.js');
    const env = settings.lastingEnvironment;
    const places = { ...placesOf(settings), script, env };
    const open = outside(createProcessOpener({ ...places, runMs, signal, exec, log }), redactor);
    return open(model, options);
  };
}

/** Begins to load the WASM runtime if a model will run on it: it gets ready while cases and models are read. */
export async function readWasmAhead(
  { settings }: Pick<Toolbox, 'settings'>,
  choice: RuntimeChoice,
): Promise<void> {
  const { readWasmAhead } = await import('../adapters/onnx/read-wasm-ahead.ts');
  const toolCacheDir = settings.toolCache ?? undefined;
  readWasmAhead(choice, { ...placesOf(settings), toolCacheDir, arch: process.arch });
}

function placesOf({ bundleDir, toolCache }: Toolbox['settings']) {
  return { moduleRoots: [bundleDir], ...(toolCache === null ? {} : { toolCacheDir: toolCache }) };
}
