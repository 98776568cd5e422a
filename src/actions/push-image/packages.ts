/** The versions that a build pins, for the label that a plan compares with what wrote a model. */
import { readFile, stat } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { PACKAGES_LABEL, packagesLabel } from '../../core/image/packages-label.ts';
import type { BuildFiles } from './build-files.ts';

const MOST_BYTES = 1024 * 1024;

/** A label, or none. Only files of the context that the Dockerfile names are read; a file that cannot be read says nothing. */
export async function packageLabels({ context, dockerfile }: BuildFiles): Promise<[string, string][]> {
  const text = await readText(dockerfile);
  const named = [...text.matchAll(/[\w./-]*requirements[\w.-]*\.txt/g)].map(([path]) =>
    resolve(context, path),
  );
  const inside = [...new Set(named)].filter((path) => !relative(context, path).startsWith('..'));
  const label = packagesLabel([text, ...(await Promise.all(inside.map(readText)))]);
  return label === '' ? [] : [[PACKAGES_LABEL, label]];
}

async function readText(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    return size > MOST_BYTES ? '' : await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
