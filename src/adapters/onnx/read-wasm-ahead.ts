/** In a file of its own: what opens a model is loaded meanwhile. */
import type { RuntimeChoice } from '../../core/model-session.ts';
import { findNative, type NativeSearch } from './native-runtime.ts';
import { findWasm, readAhead } from './wasm-runtime.ts';

/** If the files of the runtime are missing, it is for whoever opens a model to say so. */
export function readWasmAhead(choice: RuntimeChoice, search: NativeSearch): void {
  if (choice === 'native') return;
  if (choice === 'auto' && findNative(search).pinned.length > 0) return;
  const directory = findWasm(search.moduleRoots);
  if (directory !== undefined) readAhead(directory);
}
