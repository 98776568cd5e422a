import { isIndex, isSingleManifest, platformsOfIndex, readConfig, readManifest } from './manifest.ts';
import type { ImageName } from './reference.ts';
import type { FetchedManifest, Registry } from './registry.ts';

/** An image as it is in a registry, read back from there. */
export interface PublishedImage {
  readonly manifest: FetchedManifest;
  /** `os/architecture[/variant]`; one for a single manifest, several for an index, none for what is no image. */
  readonly platforms: readonly string[];
  /** Compressed size of config and layers; null for an index. */
  readonly bytes: number | null;
  /** The media types of its layers; empty for an index. */
  readonly layers: readonly string[];
  /** Empty for an index. */
  readonly labels: ReadonlyMap<string, string>;
}

/** Reads an image by tag or digest; null if it is not there. */
export async function readImage(
  registry: Registry,
  name: ImageName,
  reference: string,
): Promise<PublishedImage | null> {
  const manifest = await registry.manifest(name, reference);
  if (manifest === null) return null;
  return describeImage(manifest, (digest) => registry.blob(name, digest));
}

/** @param blob fetches the image's config by its digest */
export async function describeImage(
  manifest: FetchedManifest,
  blob: (digest: string) => Promise<Uint8Array>,
): Promise<PublishedImage> {
  const none = { manifest, platforms: [], bytes: null, layers: [], labels: new Map<string, string>() };
  if (isIndex(manifest.mediaType)) return { ...none, platforms: platformsOfIndex(manifest.bytes) };
  if (!isSingleManifest(manifest.mediaType)) return none;
  const { configDigest, bytes, layers } = readManifest(manifest.bytes);
  const { platform, labels } = readConfig(await blob(configDigest));
  return { manifest, platforms: platform === null ? [] : [platform], bytes, layers, labels };
}
