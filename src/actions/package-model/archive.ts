/** Puts the model into the store, once. */
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream';
import { inspectArchive } from '../../core/archive/archive-source.ts';
import { contentDigest } from '../../core/archive/content-tree.ts';
import { archiveKeys, type StoredForm } from '../../core/archive/archive-keys.ts';
import {
  MANIFEST_SCHEMA,
  manifestText,
  parseManifest,
  type ArchiveManifest,
  type OnnxContent,
} from '../../documents/manifest.ts';
import type { Compression, ModelSource } from '../../core/archive/source.ts';
import { PACKER } from '../../core/archive/pack.ts';
import { Meter } from '../../core/archive/streams.ts';
import { messageOf, UpstreamError, UserError } from '../../core/errors.ts';
import type { DeclaredSignature } from '../../core/onnx-reader.ts';
import type { Writer } from '../../documents/writer.ts';
import type { ArtifactStore } from '../../core/stores.ts';
import { storeFiles } from './files.ts';
import type { Bytes, Place } from './place.ts';

/** What belongs to an archive besides its files. */
export interface Description {
  readonly framework: string;
  readonly frameworkVersion: string | null;
  readonly signature: DeclaredSignature | null;
  readonly onnx?: OnnxContent;
  readonly writers?: readonly Writer[];
}

/** SageMaker takes an uncompressed model as files below a prefix; on a disk one tar is more practical. */
export function formOf(store: ArtifactStore, compression: Compression): StoredForm {
  if (compression === 'gzip') return 'gzip';
  return store.url.startsWith('file:') ? 'tar' : 'files';
}

/** The URL for a deployment: an archive's, or a folder's with a slash at its end. */
export function modelUrl({ store, digest, form }: Pick<Place, 'store' | 'digest' | 'form'>): string {
  const url = store.urlOf(archiveKeys(digest, form).archive);
  return form === 'files' ? `${url}/` : url;
}

/** The manifest of a model that the store has; null if the model or a manifest that fits it is missing. */
export async function storedManifest({ store, digest, form }: Place): Promise<ArchiveManifest | null> {
  const keys = archiveKeys(digest, form);
  // For separate files, the manifest is written after the last of them.
  const bytes = form === 'files' ? null : await store.size(keys.archive);
  if (form !== 'files' && bytes === null) return null;
  if (!(await store.exists(keys.manifest))) return null;
  const manifest = parseManifest(await text(await store.open(keys.manifest)), digest);
  if (manifest?.compression !== compressionOf(form)) return null;
  if (bytes !== null && manifest.bytes !== bytes) return null;
  if (form !== 'files') await store.tidy?.(keys.archive);
  return manifest;
}

function compressionOf(form: StoredForm): Compression {
  return form === 'gzip' ? 'gzip' : 'none';
}

/** Packs the model while sending it to the store. Complete objects that exist already stay as they are. */
export async function storeModel(
  place: Place,
  source: ModelSource,
  description: Description,
): Promise<ArchiveManifest> {
  const { store, digest, form } = place;
  const manifest: ArchiveManifest = {
    schema: MANIFEST_SCHEMA,
    digest,
    ...(form === 'files' ? await storeFiles(place, source) : await storeArchive(place, source)),
    compression: compressionOf(form),
    ...description,
    packer: source.ready ? 'given' : PACKER,
    files: source.tree,
  };
  await store.put(archiveKeys(digest, form).manifest, manifestText(manifest), { replace: true });
  return manifest;
}

async function storeArchive(place: Place, source: ModelSource): Promise<Bytes> {
  const { store, digest, form } = place;
  const isThere = await store.exists(archiveKeys(digest, form).archive);
  return (isThere ? await leftBehind(place) : null) ?? (await pack(place, source, isThere));
}

/**
 * An archive without a usable manifest: a run was cut off between the two, or the manifest was damaged. Records may
 * name the archive's bytes already, and another version of Node would compress to different ones, so it is kept
 * if it holds what its name says.
 */
async function leftBehind(place: Place): Promise<Bytes | null> {
  const { store, digest, form, log } = place;
  const key = archiveKeys(digest, form).archive;
  const url = store.urlOf(key);
  const problem = await inspect(place, key);
  if (typeof problem !== 'string') {
    log.info(`${url} is intact, but its manifest is missing or damaged; only the manifest is written again.`);
    await store.tidy?.(key);
    return problem;
  }
  log.warning(`${url} is damaged and is packed again: ${problem}`);
  return null;
}

/** What the stored archive is, or a sentence about what is wrong with it. */
async function inspect({ store, digest, signal }: Place, key: string): Promise<Bytes | string> {
  try {
    const { tree, sha256, bytes } = await inspectArchive(await store.open(key), { label: 'It', signal });
    const actual = contentDigest(tree);
    return actual === digest ? { sha256, bytes } : `Its content has the digest ${actual}.`;
  } catch (error) {
    if (error instanceof UserError) return messageOf(error);
    throw error;
  }
}

/** @param replace whether the archive that is there is damaged; one that another run writes meanwhile is not replaced */
async function pack(place: Place, source: ModelSource, replace: boolean): Promise<Bytes> {
  const { store, digest, form } = place;
  const key = archiveKeys(digest, form).archive;
  const compression = compressionOf(form);
  const copied = await copyFrom(place, source, replace);
  if (copied !== null) return copied;
  const meter = new Meter();
  let done = 0;
  const packed = source.pack(compression, (share) => (done = share));
  // A failure of the packing is on `meter` as well, for the store.
  pipeline(packed, meter, () => undefined);
  const options = { replace, maxBytes: source.maxBytes(compression), share: () => done };
  if (await store.put(key, meter, options)) return { sha256: meter.sha256, bytes: meter.bytes };
  return ofAnother(place, key);
}

/** Null if the archive has to come through this machine. */
async function copyFrom(place: Place, { origin }: ModelSource, replace: boolean): Promise<Bytes | null> {
  const { store, digest, form } = place;
  const key = archiveKeys(digest, form).archive;
  const done = origin === null ? null : await store.copy?.(key, origin, { replace });
  if (origin === null || done === null || done === undefined) return null;
  return done ? { sha256: origin.sha256, bytes: origin.bytes } : ofAnother(place, key);
}

/** Another run was faster; its bytes count. */
async function ofAnother(place: Place, key: string): Promise<Bytes> {
  const stored = await inspect(place, key);
  if (typeof stored !== 'string') return stored;
  throw new UpstreamError(
    'the artifact store',
    `${place.store.urlOf(key)} was just written, and is damaged: ${stored}`,
  );
}
