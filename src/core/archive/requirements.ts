/** The versions that a model's own files pin. */
import { readSmall } from './small-file.ts';
import type { ModelSource } from './source.ts';

export const REQUIREMENTS = ['requirements.txt', 'code/requirements.txt'];

export interface Pin {
  readonly file: string;
  readonly version: string;
}

/** Each package that is pinned by `==`, by its name in lower case; the first file that does so counts. */
export async function packageVersions(source: ModelSource): Promise<ReadonlyMap<string, Pin>> {
  const pins = new Map<string, Pin>();
  for (const file of REQUIREMENTS) {
    const text = (await readSmall(source, file)) ?? '';
    for (const [name, version] of pinsIn(text)) if (!pins.has(name)) pins.set(name, { file, version });
  }
  return pins;
}

/** Each package that a requirements.txt pins by `==`, by its name in lower case; the first line that does so counts. */
export function pinsIn(text: string): ReadonlyMap<string, string> {
  const pins = new Map<string, string>();
  const lines = text.matchAll(/^\s*([\w.-]+)(?:\[[^\]]*\])?\s*==\s*([\w.+-]+)/gm);
  for (const [, name = '', version = ''] of lines) {
    const key = packageName(name);
    if (!pins.has(key)) pins.set(key, version);
  }
  return pins;
}

/** https://peps.python.org/pep-0503/ */
export const packageName = (name: string) => name.toLowerCase().replaceAll(/[-_.]+/g, '-');
