/** What a registry says an image is: one manifest, or an index of several. */
import { messageOf, UpstreamError } from '../errors.ts';
import { isObject, type JsonObject } from '../json-object.ts';
import { formatPlatform } from './platform.ts';

export const mediaTypes = {
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerIndex: 'application/vnd.docker.distribution.manifest.list.v2+json',
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
} as const;

/** What stands behind each media type, in words. */
export const mediaTypeNames: Readonly<Record<string, string>> = {
  [mediaTypes.dockerManifest]: 'a Docker schema 2 manifest',
  [mediaTypes.dockerIndex]: 'a Docker manifest list',
  [mediaTypes.ociManifest]: 'an OCI manifest',
  [mediaTypes.ociIndex]: 'an OCI index',
};

export function isIndex(mediaType: string): boolean {
  return mediaType === mediaTypes.dockerIndex || mediaType === mediaTypes.ociIndex;
}

export function isSingleManifest(mediaType: string): boolean {
  return mediaType === mediaTypes.dockerManifest || mediaType === mediaTypes.ociManifest;
}

interface Descriptor {
  readonly digest?: unknown;
  readonly size?: unknown;
  readonly platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string };
}

interface ManifestDocument {
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly manifests?: readonly Descriptor[];
}

/** @throws UpstreamError where the bytes are no JSON object. */
function parseDocument(bytes: Uint8Array, what: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (isObject(parsed)) return parsed;
    throw new TypeError('it is not an object');
  } catch (cause) {
    throw new UpstreamError(
      'registry',
      `The ${what} that the registry gave is not JSON: ${messageOf(cause)}.`,
      {
        cause,
      },
    );
  }
}

/** The config's digest and the compressed size of a single manifest. @throws UpstreamError where it has no config. */
export function readManifest(bytes: Uint8Array): { configDigest: string; bytes: number } {
  const document: ManifestDocument = parseDocument(bytes, 'manifest');
  const digest = document.config?.digest;
  if (typeof digest !== 'string') {
    throw new UpstreamError('registry', 'The manifest that the registry gave names no image config.');
  }
  const sizes = [document.config, ...(document.layers ?? [])].map((part) => Number(part?.size ?? 0));
  return { configDigest: digest, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

/** The platforms of an index, without its attestations (which BuildKit files under unknown/unknown). */
export function platformsOfIndex(bytes: Uint8Array): string[] {
  const document: ManifestDocument = parseDocument(bytes, 'index');
  return (document.manifests ?? [])
    .flatMap(({ platform }) => (platform?.os && platform.architecture ? [platform] : []))
    .filter((platform) => platform.os !== 'unknown')
    .map(({ os = '', architecture = '', variant }) => formatPlatform({ os, architecture, variant }));
}

/** The platform of an image config; null where it names none, as with artifacts that are no images. */
export function platformOfConfig(bytes: Uint8Array): string | null {
  const config = parseDocument(bytes, 'image config');
  const { os, architecture, variant } = config;
  if (typeof os !== 'string' || typeof architecture !== 'string') return null;
  return formatPlatform({ os, architecture, ...(typeof variant === 'string' ? { variant } : {}) });
}
