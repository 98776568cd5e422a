import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack, type Header } from 'tar-stream';
import { afterEach } from 'vitest';
import type { Root } from '../../../../src/core/archive/walk.ts';
import { UserError } from '../../../../src/core/errors.ts';

const folders: string[] = [];

afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

/** An empty folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ml-deploy-test-'));
  folders.push(folder);
  return folder;
}

/** Writes files, by path; a path that ends in `*` is executable. */
export async function write(
  folder: string,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name.replace(/\*$/, ''));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, content);
    if (name.endsWith('*')) await chmod(path, 0o755);
  }
}

/** A folder with these files. */
export async function folderWith(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await temporaryFolder();
  await write(folder, files);
  return folder;
}

export function modelRoot(path: string): Root {
  return { where: 'model-path', shown: path, path, base: '/', prefix: '' };
}

export function codeRoot(path: string): Root {
  return { where: 'code-path', shown: path, path, base: '/', prefix: 'code/' };
}

type Entry = Partial<Header> & { readonly name: string; readonly content?: string };

/** A tar of any entries, however bad. */
export async function tarOf(entries: readonly Entry[]): Promise<Buffer> {
  const tar = pack();
  for (const { content = '', ...header } of entries) tar.entry(header, content);
  tar.finalize();
  return buffer(Readable.from(tar as AsyncIterable<Buffer>));
}

export async function tarGzOf(entries: readonly Entry[]): Promise<Buffer> {
  return gzipSync(await tarOf(entries));
}

export function streamOf(bytes: Uint8Array): Readable {
  return Readable.from([bytes]);
}

/** The UserError that a promise ends with. */
export async function userErrorOf(promise: Promise<unknown>): Promise<UserError> {
  const error: unknown = await promise.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof UserError) return error;
  throw new Error(`expected a UserError, got ${String(error)}`);
}

/** Every file below a folder, hidden ones too, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory());
  return files.map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1)).sort();
}
