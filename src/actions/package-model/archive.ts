/** Puts the archive into the store, once. */
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream';
import { inspectArchive } from '../../core/archive/archive-source.ts';
import { contentDigest } from '../../core/archive/content-tree.ts';
import {
  archiveKeys,
  MANIFEST_SCHEMA,
  manifestText,
  parseManifest,
  type ArchiveManifest,
} from '../../core/archive/manifest.ts';
import type { Compression, ModelSource } from '../../core/archive/model-source.ts';
import { PACKER } from '../../core/archive/pack.ts';
import { Meter } from '../../core/archive/streams.ts';
import { messageOf, UpstreamError, UserError } from '../../core/errors.ts';
import type { ModelSignature } from '../../core/model-session.ts';
import type { Logger } from '../../core/ports.ts';
import type { ArtifactStore } from '../../core/stores.ts';

/** What an archive is about, beside its files. */
export interface Description {
  readonly framework: string;
  readonly frameworkVersion: string | null;
  readonly signature: ModelSignature | null;
}

export interface Place {
  readonly store: ArtifactStore;
  readonly digest: string;
  readonly compression: Compression;
  readonly log: Logger;
  readonly signal: AbortSignal;
}

type Bytes = Pick<ArchiveManifest, 'sha256' | 'bytes'>;

/** The manifest of an archive that the store has; null where the archive or a manifest that fits it is missing. */
export async function storedManifest({ store, digest, compression }: Place): Promise<ArchiveManifest | null> {
  const keys = archiveKeys(digest, compression);
  const bytes = await store.size(keys.archive);
  if (bytes === null || !(await store.exists(keys.manifest))) return null;
  const manifest = parseManifest(await text(await store.open(keys.manifest)), digest);
  return manifest?.bytes === bytes && manifest.compression === compression ? manifest : null;
}

/** Packs the model while it flows into the store. Whatever is there already and whole stays as it is. */
export async function storeArchive(
  place: Place,
  source: ModelSource,
  description: Description,
): Promise<ArchiveManifest> {
  const { store, digest, compression } = place;
  const keys = archiveKeys(digest, compression);
  const bytes = (await leftBehind(place)) ?? (await pack(place, source));
  const manifest: ArchiveManifest = {
    schema: MANIFEST_SCHEMA,
    digest,
    ...bytes,
    compression,
    ...description,
    packer: source.ready ? 'given' : PACKER,
    files: source.tree,
  };
  await store.put(keys.manifest, manifestText(manifest), { replace: true });
  return manifest;
}

/**
 * An archive without a usable manifest: a run was cut off between the two, or the manifest was damaged. Records may
 * name the archive's bytes already, and another version of Node would compress to different ones, so it is kept
 * where it holds what its name says.
 */
async function leftBehind(place: Place): Promise<Bytes | null> {
  const { store, digest, compression, log } = place;
  const key = archiveKeys(digest, compression).archive;
  if (!(await store.exists(key))) return null;
  const url = store.urlOf(key);
  const problem = await inspect(place, key);
  if (typeof problem !== 'string') {
    log.info(`${url} is whole, but its manifest is missing or damaged; only that is written again.`);
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

async function pack(place: Place, source: ModelSource): Promise<Bytes> {
  const { store, digest, compression } = place;
  const key = archiveKeys(digest, compression).archive;
  const replace = await store.exists(key);
  const meter = new Meter();
  // A failure of the packing is on `meter` as well, where the store finds it.
  pipeline(source.pack(compression), meter, () => undefined);
  if (await store.put(key, meter, { replace })) return { sha256: meter.sha256, bytes: meter.bytes };
  // Another run was faster; its bytes are the ones that count.
  const stored = await inspect(place, key);
  if (typeof stored !== 'string') return stored;
  throw new UpstreamError(
    'the artifact store',
    `${store.urlOf(key)} was just written, and is damaged: ${stored}`,
  );
}
