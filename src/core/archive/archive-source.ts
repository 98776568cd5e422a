/** A model that is an archive already: it is read to know its content, and stored byte for byte. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline, Readable } from 'node:stream';
import { UserError } from '../errors.ts';
import { contentTree, treeBytes, type ContentTree, type TreeFile } from './content-tree.ts';
import { hashBytes } from './hash-file.ts';
import type { ModelSource } from './model-source.ts';
import { changed } from './pack.ts';
import { readArchive, type ReadArchiveOptions } from './read-archive.ts';
import { Meter, stopIfCancelled } from './streams.ts';
import type { Root } from './walk.ts';

export interface ArchiveFacts {
  readonly tree: ContentTree;
  /** Of the archive's own bytes. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Reads an archive to its end, writing nothing. @throws UserError as `readArchive` does. */
export async function inspectArchive(source: Readable, options: ReadArchiveOptions): Promise<ArchiveFacts> {
  const meter = new Meter();
  // A failure of the source is on `meter` as well, where the reader finds it.
  pipeline(source, meter, () => undefined);
  const files: TreeFile[] = [];
  await readArchive(meter, options, async (entry, content) => {
    const { sha256, isLfsPointer } = await hashBytes(content, options.signal);
    if (isLfsPointer)
      throw new UserError(`${options.label} has "${entry.path}", which is a Git LFS pointer.`);
    files.push({ ...entry, sha256 });
  });
  return { tree: contentTree(files), sha256: meter.sha256, bytes: meter.bytes };
}

/** @throws UserError for an archive that cannot be used. */
export async function archiveSource(root: Root, signal: AbortSignal | undefined): Promise<ModelSource> {
  const options = { label: `${root.where} "${root.shown}"`, signal };
  const { tree, sha256 } = await inspectArchive(createReadStream(root.path), options);
  if (treeBytes(tree) === 0) throw new UserError(`${options.label} has no file with anything in it.`);
  return {
    tree,
    leftOut: [],
    ready: true,
    pack: () => Readable.from(sameBytes(root.path, sha256, signal), { objectMode: false }),
    read: (path) => readEntry(root.path, path, options),
  };
}

async function* sameBytes(
  path: string,
  sha256: string,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    stopIfCancelled(signal);
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw changed(path);
}

async function readEntry(archive: string, path: string, options: ReadArchiveOptions): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await readArchive(createReadStream(archive), options, async (entry, content) => {
    for await (const chunk of content) {
      if (entry.path === path) chunks.push(chunk);
    }
  });
  return Buffer.concat(chunks);
}
