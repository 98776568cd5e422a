/** Which images a platform accepts. The rules of each are in its record. */
import type { Problem } from '../errors.ts';
import { isIndex, isSingleManifest, mediaTypeNames, mediaTypes } from './manifest.ts';
import { samePlatform } from './platform.ts';
import type { PublishedImage } from './published-image.ts';

/** What an image has to be, so a platform starts it. */
export interface ImageRules {
  /** Who asks for it, in messages: such as `SageMaker`. */
  readonly title: string;
  /** One manifest of Docker schema 2, one of either kind, or an index as well. */
  readonly manifest: 'docker' | 'single' | 'any';
  /** The `os/architecture` that it has machines for; null if that is not known. */
  readonly platforms: readonly string[] | null;
  /** The media types of layers that it takes; null if that is not known. */
  readonly layers: readonly string[] | null;
  /** The model is in the image, because nothing brings it there later. */
  readonly modelInside: boolean;
  /** The service that pulls, if the repository's own policy has to allow it; null if the user's role does. */
  readonly pulledBy: string | null;
}

/** If nothing is known of the platform. */
export const GENERIC_IMAGES: ImageRules = {
  title: 'the platform',
  manifest: 'any',
  platforms: null,
  layers: null,
  modelInside: false,
  pulledBy: null,
};

const ONE_MANIFEST_FIX =
  'Build it for one platform without attestations: docker buildx build --platform linux/amd64 --provenance=false --sbom=false --output type=docker,oci-mediatypes=false.';
const DOCKER_TYPES_FIX =
  'Build it with Docker media types: docker buildx build --provenance=false --sbom=false --output type=docker,oci-mediatypes=false, or podman build --format docker.';

/** Why the platform would refuse this image; empty if it would not. Each problem names what to do. */
export function undeployable(image: PublishedImage, rules: ImageRules, platform: string): Problem[] {
  return [
    ...manifestProblems(image.manifest.mediaType, rules),
    ...layerProblems(image.layers, rules),
    ...platformProblems(image, rules, platform),
  ];
}

function layerProblems(layers: readonly string[], { title, layers: taken }: ImageRules): Problem[] {
  const others = taken === null ? [] : layers.filter((type) => !taken.includes(type));
  return others.map((type) => ({
    where: 'layers',
    message: `It has layers of the type "${type}"; ${title} accepts only layers compressed with gzip.`,
    fix: 'Build it with --output type=docker,oci-mediatypes=false,compression=gzip,force-compression=true.',
  }));
}

function manifestProblems(mediaType: string, rules: ImageRules): Problem[] {
  const where = 'manifest';
  const kind = `It is ${mediaTypeNames[mediaType] ?? 'of an unknown kind'} (${mediaType})`;
  if (!isIndex(mediaType) && !isSingleManifest(mediaType)) {
    return [{ where, message: `${kind}, not an image.`, fix: ONE_MANIFEST_FIX }];
  }
  if (rules.manifest === 'any') return [];
  const needed =
    rules.manifest === 'docker'
      ? `a Docker schema 2 manifest (${mediaTypes.dockerManifest})`
      : 'one manifest';
  if (isIndex(mediaType)) {
    return [{ where, message: `${kind}; ${rules.title} accepts ${needed} only.`, fix: ONE_MANIFEST_FIX }];
  }
  if (rules.manifest === 'docker' && mediaType !== mediaTypes.dockerManifest) {
    return [{ where, message: `${kind}; ${rules.title} accepts ${needed} only.`, fix: DOCKER_TYPES_FIX }];
  }
  return [];
}

function platformProblems(image: PublishedImage, rules: ImageRules, platform: string): Problem[] {
  if (image.platforms.some((own) => samePlatform(own, platform))) return [];
  const found = image.platforms.length === 0 ? 'no platform' : image.platforms.join(', ');
  return [
    {
      where: 'platform',
      message: `It is built for ${found}, not for ${platform}; ${rules.title} could not start it.`,
      fix: `Build it with --platform ${platform} (and a base image that exists for ${platform}), or set the input platform.`,
    },
  ];
}

/** What the inputs alone tell: a platform of images that nothing there runs. */
export function platformInputProblems({ title, platforms }: ImageRules, platform: string): Problem[] {
  if (platforms === null || platforms.some((known) => samePlatform(known, platform))) return [];
  return [
    {
      where: 'platform',
      message: `"${platform}" does not run on ${title}.`,
      fix: `Use ${platforms.join(' or ')}; or set for-target: generic.`,
    },
  ];
}
