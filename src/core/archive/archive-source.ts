/** A model that is an archive already: it is read to know its content, and stored byte for byte. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { UserError } from '../errors.ts';
import type { StoredObject } from '../stores.ts';
import { contentTree, treeBytes, type ContentTree, type TreeFile } from './content-tree.ts';
import { credentialIn, credentialNamed, needsLook, privateKey, type Credential } from './credentials.ts';
import { hashBytes } from './hash-file.ts';
import type { ModelSource } from './source.ts';
import { changed } from './pack.ts';
import { readArchive, type ReadArchiveOptions } from './read-archive.ts';
import { Meter, stopIfCancelled } from './streams.ts';
import type { Root } from './walk.ts';

export interface ArchiveFacts {
  readonly tree: ContentTree;
  /** Files of credentials in it, with what they are. */
  readonly credentials: readonly (Credential & { readonly path: string })[];
  /** Of the archive's own bytes. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Where an archive's bytes come from; each call gives them from the start. */
export interface ArchiveBytes {
  /** As the user wrote it. */
  readonly shown: string;
  /** In bytes. */
  readonly size: number;
  open(): Promise<Readable>;
  /** Known once it was opened: where it is in an object store, and what the store calls its bytes. */
  stored?(): Omit<StoredObject, 'bytes'>;
}

/** Reads an archive to its end, writing nothing. @throws UserError as `readArchive` does. */
export async function inspectArchive(source: Readable, options: ReadArchiveOptions): Promise<ArchiveFacts> {
  const meter = new Meter();
  // A failure of the source is on `meter` as well, where the reader finds it.
  pipeline(source, meter, () => undefined);
  const files: TreeFile[] = [];
  const credentials: (Credential & { path: string })[] = [];
  await readArchive(meter, options, async (entry, content) => {
    const { path, size } = entry;
    const kept: Uint8Array[] = [];
    const looked = needsLook(path, size) ? copyInto(kept, content) : content;
    const { sha256, isLfsPointer, isPrivateKey } = await hashBytes(looked, options.signal);
    if (isLfsPointer) throw new UserError(`${options.label} has "${path}", which is a Git LFS pointer.`);
    const found = isPrivateKey ? privateKey(path) : credentialNamed(path);
    const credential = found ?? (kept.length > 0 ? credentialIn(path, Buffer.concat(kept)) : null);
    if (credential !== null) credentials.push({ ...credential, path });
    files.push({ ...entry, sha256 });
  });
  return { tree: contentTree(files), credentials, sha256: meter.sha256, bytes: meter.bytes };
}

async function* copyInto(kept: Uint8Array[], content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) {
    kept.push(Buffer.from(chunk));
    yield chunk;
  }
}

/** An archive is stored byte for byte, so nothing can be left out of it. */
function refuseCredentials(label: string, { credentials }: ArchiveFacts): void {
  if (credentials.length === 0) return;
  const found = credentials.map(({ path, what }) => `"${path}" ${what}`).join('; ');
  const options = credentials.map(({ path }) => `--exclude='${path}'`).join(' ');
  throw new UserError(
    `${label} contains credentials, which anybody who can read the archive could read: ${found}. ` +
      `Pack it again without them (tar ${options}), and replace credentials that were already shared.`,
  );
}

/** An archive on this machine. @throws UserError for one that cannot be used. */
export async function archiveSource(root: Root, signal: AbortSignal | undefined): Promise<ModelSource> {
  const { size } = await stat(root.path);
  const open = async () => Promise.resolve(createReadStream(root.path));
  return archiveSourceOf({ shown: root.shown, size, open }, root.where, signal);
}

/** @param where the input that names it. @throws UserError for an archive that cannot be used. */
export async function archiveSourceOf(
  archive: ArchiveBytes,
  where: string,
  signal: AbortSignal | undefined,
): Promise<ModelSource> {
  const options = { label: `${where} "${archive.shown}"`, signal };
  const facts = await inspectArchive(await archive.open(), options);
  const { tree, sha256, bytes } = facts;
  refuseCredentials(options.label, facts);
  if (treeBytes(tree) === 0) throw new UserError(`${options.label} contains only empty files.`);
  return {
    tree,
    leftOut: [],
    ready: true,
    origin: archive.stored === undefined ? null : { ...archive.stored(), bytes, sha256 },
    pack: (_, onProgress) =>
      Readable.from(sameBytes(archive, sha256, signal, onProgress), { objectMode: false }),
    maxBytes: () => archive.size,
    read: (path) => readEntry(archive, path, options),
    stream: () => {
      throw new Error('An archive is stored as it is, not file by file.');
    },
  };
}

async function* sameBytes(
  archive: ArchiveBytes,
  sha256: string,
  signal: AbortSignal | undefined,
  onProgress?: (share: number) => void,
): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of (await archive.open()) as AsyncIterable<Buffer>) {
    stopIfCancelled(signal);
    hash.update(chunk);
    onProgress?.((bytes += chunk.length) / archive.size);
    yield chunk;
  }
  if (hash.digest('hex') !== sha256) throw changed(archive.shown);
}

async function readEntry(
  archive: ArchiveBytes,
  path: string,
  options: ReadArchiveOptions,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  await readArchive(await archive.open(), options, async (entry, content) => {
    for await (const chunk of content) {
      if (entry.path === path) chunks.push(chunk);
    }
  });
  return Buffer.concat(chunks);
}
