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
    for (const [, name = '', version = ''] of text.matchAll(
      /^\s*([\w.-]+)(?:\[[^\]]*\])?\s*==\s*([\w.+-]+)/gm,
    )) {
      const key = name.toLowerCase().replaceAll('_', '-');
      if (!pins.has(key)) pins.set(key, { file, version });
    }
  }
  return pins;
}
