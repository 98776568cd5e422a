/**
 * The start of the WASM runtime, done once when the bundle is built. Before its first model the runtime registers some
 * thousand operators: a quarter of a second, most of it for compiling code that runs this one time. All that is left of
 * it is in the module's memory, and is the same every time. So the build keeps the memory as it is after the first
 * model, and a start puts it into place instead of doing the work (docs/decisions/0001-two-onnx-runtimes.md).
 */

import type { ChangeExports, WasmMemory } from './wasm-api.ts';

/** The file, beside those of the runtime. */
export const IMAGE_FILE = 'ort-wasm-memory.bin';

const PAGE_BYTES = 4096;

interface Header {
  /** The export of the module that does the work: OrtInit, under the name that its build gave it. */
  readonly init: string;
  /** From which byte to which the memory holds something; all the rest is zero. The contents follow one another. */
  readonly runs: readonly (readonly [number, number])[];
}

/** The exports, of which the one that does the work restores the memory instead. */
export function restoring(image: Uint8Array): ChangeExports {
  const start = image.indexOf(NEWLINE) + 1;
  const { init, runs } = JSON.parse(Buffer.from(image.subarray(0, start)).toString()) as Header;
  const bytes = runs.reduce((sum, [from, to]) => sum + to - from, start);
  if (image.length !== bytes) throw new Error(`${IMAGE_FILE} is damaged.`);
  const restore = ({ buffer }: WasmMemory): number => {
    const memory = new Uint8Array(buffer);
    let at = start;
    for (const [from, to] of runs) {
      memory.set(image.subarray(at, at + to - from), from);
      at += to - from;
    }
    return NO_ERROR;
  };
  return (exports, memory) => ({ ...exports, [init]: () => restore(memory) });
}

/**
 * @param init the export that does the work
 * @param before the memory when it is called
 * @param after the memory after the first model
 */
export function imageOf(init: string, before: Uint8Array, after: Uint8Array): Buffer {
  const runs: [number, number][] = [];
  for (let from = 0; from < after.length; from += PAGE_BYTES) {
    const to = from + PAGE_BYTES;
    // What was there before and is not afterwards has to go as well.
    if (isZero(after.subarray(from, to)) && isZero(before.subarray(from, to))) continue;
    const last = runs.at(-1);
    if (last?.[1] === from) last[1] = to;
    else runs.push([from, to]);
  }
  const header = JSON.stringify({ init, runs } satisfies Header);
  return Buffer.concat([Buffer.from(`${header}\n`), ...runs.map(([from, to]) => after.subarray(from, to))]);
}

const NEWLINE = 0x0a;
/** What OrtInit returns. */
const NO_ERROR = 0;

function isZero(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0);
}
