/**
 * Which images the platforms accept. SageMaker takes Docker schema 2 only, Lambda one manifest of either kind.
 * https://docs.aws.amazon.com/lambda/latest/dg/images-create.html (single-architecture images, both manifest formats)
 */
import type { Problem } from '../errors.ts';
import { isIndex, isSingleManifest, mediaTypeNames, mediaTypes } from './manifest.ts';
import { samePlatform } from './platform.ts';
import type { PublishedImage } from './published-image.ts';

export type ForTarget = 'sagemaker' | 'lambda' | 'generic';

const TARGET_NAMES: Readonly<Record<ForTarget, string>> = {
  sagemaker: 'SageMaker',
  lambda: 'Lambda',
  generic: 'a container platform',
};

const ONE_MANIFEST_FIX =
  'Build it for one platform without attestations: docker buildx build --platform linux/amd64 --provenance=false --sbom=false --output type=docker,oci-mediatypes=false.';
const DOCKER_TYPES_FIX =
  'Build it with Docker media types: docker buildx build --provenance=false --sbom=false --output type=docker,oci-mediatypes=false, or podman build --format docker.';

/** Why the platform would refuse this image; empty where it would not. Each problem names what to do. */
export function undeployable(image: PublishedImage, target: ForTarget, platform: string): Problem[] {
  return [
    ...manifestProblems(image.manifest.mediaType, target),
    ...platformProblems(image, target, platform),
  ];
}

function manifestProblems(mediaType: string, target: ForTarget): Problem[] {
  const where = 'manifest';
  const kind = `It is ${mediaTypeNames[mediaType] ?? 'of an unknown kind'} (${mediaType})`;
  if (!isIndex(mediaType) && !isSingleManifest(mediaType)) {
    return [{ where, message: `${kind}, not an image.`, fix: ONE_MANIFEST_FIX }];
  }
  if (target === 'generic') return [];
  const needed =
    target === 'sagemaker' ? `a Docker schema 2 manifest (${mediaTypes.dockerManifest})` : 'one manifest';
  if (isIndex(mediaType)) {
    return [
      { where, message: `${kind}; ${TARGET_NAMES[target]} accepts ${needed} only.`, fix: ONE_MANIFEST_FIX },
    ];
  }
  if (target === 'sagemaker' && mediaType !== mediaTypes.dockerManifest) {
    return [{ where, message: `${kind}; SageMaker accepts ${needed} only.`, fix: DOCKER_TYPES_FIX }];
  }
  return [];
}

function platformProblems(image: PublishedImage, target: ForTarget, platform: string): Problem[] {
  if (image.platforms.some((own) => samePlatform(own, platform))) return [];
  const found = image.platforms.length === 0 ? 'no platform' : image.platforms.join(', ');
  return [
    {
      where: 'platform',
      message: `It is built for ${found}, not for ${platform}; ${TARGET_NAMES[target]} could not start it.`,
      fix: `Build it with --platform ${platform} (and a base image that exists for ${platform}), or set the input platform.`,
    },
  ];
}

/** What the inputs alone tell: platforms that the target does not run at all. */
export function platformInputProblems(target: ForTarget, platform: string): Problem[] {
  if (target === 'generic' || ['linux/amd64', 'linux/arm64'].some((known) => samePlatform(known, platform))) {
    return [];
  }
  return [
    {
      where: 'platform',
      message: `"${platform}" does not run on ${TARGET_NAMES[target]}.`,
      fix: 'Use linux/amd64, or linux/arm64 for Graviton; or set for-target: generic.',
    },
  ];
}
