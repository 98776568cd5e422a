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

/** What is behind each media type, in words. */
export const mediaTypeNames: Readonly<Record<string, string>> = {
  [mediaTypes.dockerManifest]: 'a Docker schema 2 manifest',
  [mediaTypes.dockerIndex]: 'a Docker manifest list',
  [mediaTypes.ociManifest]: 'an OCI manifest',
  [mediaTypes.ociIndex]: 'an OCI index',
};

/** What a manifest says itself to be, for when its registry does not; '' if neither does. */
export function typeOfManifest(manifest: string): string {
  try {
    const { mediaType } = JSON.parse(manifest) as { mediaType?: unknown };
    return typeof mediaType === 'string' ? mediaType : '';
  } catch {
    return '';
  }
}

export function isIndex(mediaType: string): boolean {
  return mediaType === mediaTypes.dockerIndex || mediaType === mediaTypes.ociIndex;
}

export function isSingleManifest(mediaType: string): boolean {
  return mediaType === mediaTypes.dockerManifest || mediaType === mediaTypes.ociManifest;
}

interface Descriptor {
  readonly mediaType?: unknown;
  readonly digest?: unknown;
  readonly size?: unknown;
  readonly platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string };
}

interface ManifestDocument {
  readonly config?: Descriptor;
  readonly layers?: readonly Descriptor[];
  readonly manifests?: readonly Descriptor[];
}

/** @throws UpstreamError if the bytes are no JSON object. */
function parseDocument(bytes: Uint8Array, what: string): JsonObject {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (isObject(parsed)) return parsed;
    throw new TypeError('it is not an object');
  } catch (cause) {
    throw new UpstreamError('registry', `The ${what} from the registry is not JSON: ${messageOf(cause)}.`, {
      cause,
    });
  }
}

export interface ManifestFacts {
  readonly configDigest: string;
  /** Compressed size of config and layers. */
  readonly bytes: number;
  /** The media types of the layers, each once; '' for a layer that names none. */
  readonly layers: readonly string[];
}

/** What a single manifest says. @throws UpstreamError if it has no config. */
export function readManifest(bytes: Uint8Array): ManifestFacts {
  const document: ManifestDocument = parseDocument(bytes, 'manifest');
  const digest = document.config?.digest;
  if (typeof digest !== 'string') {
    throw new UpstreamError('registry', 'The manifest from the registry names no image config.');
  }
  const layers = document.layers ?? [];
  const sizes = [document.config, ...layers].map((part) => Number(part?.size ?? 0));
  const types = layers.map(({ mediaType }) => (typeof mediaType === 'string' ? mediaType : ''));
  return {
    configDigest: digest,
    bytes: sizes.reduce((sum, size) => sum + size, 0),
    layers: [...new Set(types)],
  };
}

/** The platforms of an index, without its attestations (which BuildKit files under unknown/unknown). */
export function platformsOfIndex(bytes: Uint8Array): string[] {
  const document: ManifestDocument = parseDocument(bytes, 'index');
  return (document.manifests ?? [])
    .flatMap(({ platform }) => (platform?.os && platform.architecture ? [platform] : []))
    .filter((platform) => platform.os !== 'unknown')
    .map(({ os = '', architecture = '', variant }) => formatPlatform({ os, architecture, variant }));
}

export interface ConfigFacts {
  /** null if it names none, as with artifacts that are no images. */
  readonly platform: string | null;
  readonly labels: ReadonlyMap<string, string>;
}

/** What an image config says. @throws UpstreamError if the bytes are no JSON object. */
export function readConfig(bytes: Uint8Array): ConfigFacts {
  const document = parseDocument(bytes, 'image config');
  return { platform: platformOf(document), labels: labelsOf(document) };
}

function platformOf({ os, architecture, variant }: JsonObject): string | null {
  if (typeof os !== 'string' || typeof architecture !== 'string') return null;
  return formatPlatform({ os, architecture, ...(typeof variant === 'string' ? { variant } : {}) });
}

/** https://github.com/opencontainers/image-spec/blob/main/config.md (config.Labels) */
function labelsOf({ config }: JsonObject): ReadonlyMap<string, string> {
  const labels = isObject(config) && isObject(config.Labels) ? Object.entries(config.Labels) : [];
  return new Map(labels.flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])));
}
