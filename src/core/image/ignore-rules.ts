/** Which files of a build context are left out: .dockerignore, read as Docker reads it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import dockerignore from '@balena/dockerignore';

export interface IgnoreRules {
  /** Absolute path of the file that the rules come from; null if there is none. */
  readonly file: string | null;
  /** `path` is relative to the context, with forward slashes. */
  readonly ignores: (path: string) => boolean;
  /** Whether a file below an ignored folder may be let in again, so the folder has to be looked through. */
  readonly mayReenter: (folder: string) => boolean;
}

/**
 * The ignore file that belongs to a Dockerfile: `<Dockerfile>.dockerignore` before `.dockerignore` of the context.
 * https://docs.docker.com/build/concepts/context/#filename-and-location
 */
export async function readIgnoreRules(context: string, dockerfile: string): Promise<IgnoreRules> {
  for (const file of [`${dockerfile}.dockerignore`, join(context, '.dockerignore')]) {
    const source = await readIfThere(file);
    if (source !== null) return { file, ...parseIgnoreRules(source) };
  }
  return { file: null, ignores: () => false, mayReenter: () => false };
}

export function parseIgnoreRules(source: string): Omit<IgnoreRules, 'file'> {
  const lines = source
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#') && line.trim() !== '');
  // The library ignores case unless told otherwise; Docker does not.
  const matcher = dockerignore.default({ ignorecase: false }).add(lines.map(literalSigns));
  const exceptions = lines.filter((line) => line.trim().startsWith('!')).map(exceptionPath);
  return {
    ignores: (path) => matcher.ignores(path),
    mayReenter: (folder) =>
      exceptions.some((path) => /[*?[\\]/.test(path) || `${path}/`.startsWith(`${folder}/`)),
  };
}

/** These mean themselves in a pattern, but the library hands them to a regular expression as they are. */
function literalSigns(line: string): string {
  return line.replace(/\\.|[+(){}|]/g, (sign) => (sign.length > 1 ? sign : `\\${sign}`));
}

function exceptionPath(line: string): string {
  return line
    .trim()
    .slice(1)
    .trim()
    .replace(/^(\.?\/)+|\/+$/g, '');
}

async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
