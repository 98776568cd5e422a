/**
 * Which files of `dist/core` one action needs. The bundle is an entry with a function for each action, and chunks that load
 * each other by number; what a function does not lead to is never read in that action's steps.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A function of the entry that loads an action, a server or a process: `const smokeTestAction=async()=>(…);` */
const ENTRY = /\bconst (\w+?)(?:Action)?=async\(\)=>\(await [^;]*?__nccwpck_require__\.e\(\d+\)[^;]*;/g;
const CHUNK = /\.e\((\d+)\)/g;
/** Files that are read by their names, and not as modules. */
const BY_NAME = ['ort.wasm.bundle.min.mjs', 'ort-wasm-simd-threaded.wasm', 'chart.umd.min.js'];
const ALWAYS = ['index.js', 'package.json', 'licenses.txt'];

/**
 * @param core the folder dist/core
 * @param entries names of functions in src/bundle.ts, such as `smokeTest`; what all of them share is added
 * @returns names of files, sorted
 * @throws Error for a function that the entry does not have
 */
export function partsOf(core: string, entries: readonly string[]): string[] {
  const index = readFileSync(join(core, 'index.js'), 'utf8');
  const loaders = new Map([...index.matchAll(ENTRY)].map(([code, name = '']) => [name, code]));
  const missing = entries.filter((entry) => !loaders.has(entry));
  if (missing.length > 0) {
    throw new Error(
      `dist/core/index.js has no ${missing.join(', ')}; it has ${[...loaders.keys()].join(', ')}.`,
    );
  }
  const others = [...loaders].filter(([name]) => name !== 'specs' && !entries.includes(name));
  const own = others.reduce((text, [, code]) => text.replace(code, ''), index);
  const found = new Set(ALWAYS);
  const waiting = [own];
  // The list grows while it is gone through.
  for (const text of waiting) {
    for (const file of BY_NAME.filter((name) => text.includes(name))) found.add(file);
    for (const [, id] of text.matchAll(CHUNK)) {
      const file = `${id ?? ''}.index.js`;
      if (found.has(file)) continue;
      found.add(file);
      waiting.push(readFileSync(join(core, file), 'utf8'));
    }
  }
  return [...found].sort();
}
