/** An artifact store in a folder of this machine, or of a share that it mounts. */
import { errorCode } from '../../core/errors.ts';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { recordIn } from '../../core/record.ts';
import type { ArtifactStore } from '../../core/stores.ts';
import { explainFileError } from './file-errors.ts';

/** What some network and user-space file systems answer to link(2). */
const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK']);

export class FileStore implements ArtifactStore {
  readonly url: string;
  readonly #root: string;

  /** @param root absolute path of a folder; it is made when something is put into it. */
  constructor(root: string) {
    this.#root = root;
    this.url = pathToFileURL(join(root, '/')).href;
  }

  async exists(key: string): Promise<boolean> {
    return (await this.size(key)) !== null;
  }

  async size(key: string): Promise<number | null> {
    const path = this.#pathOf(key);
    try {
      const stats = await stat(path);
      if (stats.isDirectory()) throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
      return stats.size;
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw explainFileError(error, path);
    }
  }

  async put(
    key: string,
    data: Readable | Uint8Array | string,
    { replace = false }: { readonly replace?: boolean } = {},
  ): Promise<boolean> {
    const path = this.#pathOf(key);
    // In the same folder, because a file can be moved into place only within one file system.
    const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
    try {
      if (!replace && (await this.exists(key))) return false;
      await mkdir(dirname(path), { recursive: true });
      await writeThrough(temporary, data);
      return await publish(temporary, path, replace);
    } catch (error) {
      throw explainFileError(error, path);
    } finally {
      if (data instanceof Readable) data.destroy();
      await rm(temporary, { force: true }).catch(() => undefined);
    }
  }

  async open(key: string): Promise<Readable> {
    return openFile(this.#pathOf(key));
  }

  urlOf(key: string): string {
    return pathToFileURL(this.#pathOf(key)).href;
  }

  async record(value: unknown): Promise<string> {
    return recordIn(this, value, { system: 'the file store', show: (key) => `"${this.#pathOf(key)}"` });
  }

  #pathOf(key: string): string {
    const parts = key.split('/');
    const isPlain = parts.every(
      (part) => part !== '' && part !== '.' && part !== '..' && !part.includes('\\'),
    );
    if (!isPlain) throw new Error(`"${key}" is not a valid key of an artifact store.`);
    return join(this.#root, ...parts);
  }
}

/** Opens before it returns, so a missing file is an error here and not later. @throws UserError, UpstreamError */
export async function openFile(path: string): Promise<Readable> {
  try {
    const file = await open(path);
    if (!(await file.stat()).isDirectory()) return file.createReadStream();
    await file.close();
    throw Object.assign(new Error('is a folder'), { code: 'EISDIR' });
  } catch (error) {
    throw explainFileError(error, path);
  }
}

/** Writes a new file and waits until the disk has it. */
async function writeThrough(path: string, data: Readable | Uint8Array | string): Promise<void> {
  const source = data instanceof Readable ? data : Readable.from([Buffer.from(data)]);
  await pipeline(source, createWriteStream(path, { flags: 'wx', flush: true }));
}

/** Gives a finished file its name. Returns false if another one has it. */
async function publish(temporary: string, path: string, replace: boolean): Promise<boolean> {
  if (replace) await rename(temporary, path);
  else if (!(await linkNew(temporary, path))) return false;
  await syncFolder(dirname(path));
  return true;
}

/** link(2) is the one call that gives a name only if it is free. */
async function linkNew(temporary: string, path: string): Promise<boolean> {
  try {
    await link(temporary, path);
    return true;
  } catch (error) {
    if (errorCode(error) === 'EEXIST') return false;
    if (!NO_LINKS.has(errorCode(error))) throw error;
  }
  // Without links two writers could both come here; keys are named by content, so either's file is right.
  if (await isThere(path)) return false;
  await rename(temporary, path);
  return true;
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** A new name is safe from a power cut once its folder is on disk; Windows has no such call. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  await using folder = await open(path);
  await folder.sync();
}
