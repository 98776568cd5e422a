import { isIndex, isSingleManifest, platformOfConfig, platformsOfIndex, readManifest } from './manifest.ts';
import type { ImageName } from './reference.ts';
import type { FetchedManifest, Registry } from './registry.ts';

/** An image as it stands in a registry, read back from there. */
export interface PublishedImage {
  readonly manifest: FetchedManifest;
  /** `os/architecture[/variant]`; one for a single manifest, several for an index, none for what is no image. */
  readonly platforms: readonly string[];
  /** Compressed size of config and layers; null for an index. */
  readonly bytes: number | null;
}

/** Reads an image by tag or digest; null where it is not there. */
export async function readImage(
  registry: Registry,
  name: ImageName,
  reference: string,
): Promise<PublishedImage | null> {
  const manifest = await registry.manifest(name, reference);
  if (manifest === null) return null;
  if (isIndex(manifest.mediaType)) {
    return { manifest, platforms: platformsOfIndex(manifest.bytes), bytes: null };
  }
  if (!isSingleManifest(manifest.mediaType)) return { manifest, platforms: [], bytes: null };
  const { configDigest, bytes } = readManifest(manifest.bytes);
  const platform = platformOfConfig(await registry.blob(name, configDigest));
  return { manifest, platforms: platform === null ? [] : [platform], bytes };
}
