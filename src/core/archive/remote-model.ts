/** A model that is in an object store, such as the output of a training job. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UserError } from '../errors.ts';
import { objectStoreOf } from '../stores.ts';
import { archiveSourceOf } from './archive-source.ts';
import type { ModelSource } from './source.ts';
import { mapParallel } from '../map-parallel.ts';

export interface RemoteFile {
  /** Relative to the URL that was listed; the last part of it if that names one object. */
  readonly path: string;
  readonly url: string;
  /** In bytes. */
  readonly size: number;
}

/** Reads from object stores by URL. */
export interface RemoteFiles {
  /** The object of that URL, or everything below it. */
  list(url: string): Promise<RemoteFile[]>;
  /** @param version what `open` gave before, if the object must still be the same; null for any. */
  open(url: string, version: string | null): Promise<{ readonly body: Readable; readonly version: string }>;
}

const PARALLEL_DOWNLOADS = 4;

export function isRemote(location: string): boolean {
  return objectStoreOf(location) !== null;
}

export function isRemoteArchive(url: string): boolean {
  return /\.(tar\.gz|tgz)$/i.test(url);
}

/** An archive there: it is read to know its content, and taken over byte for byte, without a copy on this machine. */
export async function remoteArchive(
  remote: RemoteFiles,
  url: string,
  where: string,
  signal: AbortSignal | undefined,
): Promise<ModelSource> {
  const file = (await remote.list(url)).find((listed) => listed.url === url);
  if (file === undefined) throw nothingAt(url, where);
  let version: string | null = null;
  const open = async () => {
    const opened = await remote.open(url, version);
    version = opened.version;
    return opened.body;
  };
  const stored = () => ({ url, version: version ?? '' });
  return archiveSourceOf({ shown: url, size: file.size, open, stored }, where, signal);
}

/**
 * Downloads an object, or everything below a prefix, into a folder, which is made.
 * @returns the path of the file, or the folder.
 */
export async function download(
  remote: RemoteFiles,
  url: string,
  folder: string,
  { where, signal }: { readonly where: string; readonly signal: AbortSignal | undefined },
): Promise<string> {
  const listed = await remote.list(url);
  const single = listed.find((file) => file.url === url);
  const files = single === undefined ? listed.filter((file) => !file.path.endsWith('/')) : [single];
  if (files.length === 0) throw nothingAt(url, where);
  await mapParallel(files, PARALLEL_DOWNLOADS, async (file) => {
    const path = join(folder, safe(file.path, url));
    await mkdir(dirname(path), { recursive: true });
    const { body } = await remote.open(file.url, null);
    await pipeline(body, createWriteStream(path), { ...(signal === undefined ? {} : { signal }) });
  });
  return single === undefined ? folder : join(folder, basename(single.path));
}

function safe(path: string, url: string): string {
  if (!path.split('/').some((part) => part === '..' || part === '.' || part === '')) return path;
  throw new UserError(`"${url}" has an object "${path}", which is not a valid file name. Rename it.`);
}

function nothingAt(url: string, where: string): UserError {
  return UserError.of([{ where, message: `"${url}" does not exist.`, fix: 'Check the URL.' }]);
}
