/** Paths that inputs name and that cannot be read: what is wrong, what they are relative to, and what is there instead. */
import { readdir } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { errorCode, whyUnreadable, type Problem } from './errors.ts';
import { suggestion } from './spec/input.ts';

/** Names of a folder that are shown. */
const SHOWN = 10;

/** @param base absolute; what `given` is relative to: mostly the workspace */
export async function pathProblem(
  where: string,
  given: string,
  base: string,
  error: unknown,
): Promise<Problem> {
  const found = await whyNotRead(given, base, error);
  return { where, ...found, message: `"${given}" ${found.message}` };
}

/** The rest of a sentence that begins with the path, and what to do if that is known. */
async function whyNotRead(given: string, base: string, error: unknown): Promise<Omit<Problem, 'where'>> {
  const message = whyUnreadable(error);
  if (!['ENOENT', 'ENOTDIR'].includes(errorCode(error))) return { message };
  const path = resolve(base, given);
  const fromBase = relative(base, path);
  const isBelow = fromBase !== '' && fromBase.split(sep)[0] !== '..' && !isAbsolute(fromBase);
  if (!isBelow) return { message, ...(isAbsolute(given) ? {} : { fix: `It is relative to ${base}.` }) };
  const folder = await nearestFolder(dirname(path), base);
  if (folder === null) return { message };
  if (folder.path === base && folder.names.length === 0)
    return {
      message: 'does not exist, because the workspace is empty.',
      fix: 'Run actions/checkout before this step.',
    };
  const missing = relative(folder.path, path).split(sep)[0] ?? '';
  const near = suggestion(missing, folder.names);
  if (isAbsolute(given)) return { message, fix: `${folder.path} has ${list(folder.names)}.${near}` };
  const inside = relative(base, folder.path);
  const place =
    inside === '' ? `which has ${list(folder.names)}` : `where ${inside} has ${list(folder.names)}`;
  return { message, fix: `It is relative to ${base}, ${place}.${near}` };
}

interface Folder {
  readonly path: string;
  readonly names: readonly string[];
}

/** The folder itself, or the first above it that is there; null if not even the base can be listed. */
async function nearestFolder(path: string, base: string): Promise<Folder | null> {
  for (let at = path; ; at = dirname(at)) {
    try {
      return { path: at, names: (await readdir(at)).sort() };
    } catch {
      if (at === base || at === dirname(at)) return null;
    }
  }
}

/** What git and this action keep for themselves helps nobody to find a file. */
function list(all: readonly string[]): string {
  const names = all.filter((name) => !name.startsWith('.'));
  if (names.length === 0) return 'no files';
  const shown = names.slice(0, SHOWN).join(', ');
  return names.length > SHOWN ? `${shown} and ${names.length - SHOWN} more` : shown;
}
