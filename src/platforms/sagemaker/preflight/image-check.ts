/** The serving image: there, and of a kind and size that SageMaker starts. A tag is resolved to the digest behind it. */
import type { Image } from '@aws-sdk/client-ecr';
import { parseEcrHost } from '../../../clouds/aws/ecr-registry.ts';
import { formatBytes } from '../../../core/bytes.ts';
import {
  isIndex,
  mediaTypeNames,
  mediaTypes,
  readManifest,
  typeOfManifest,
} from '../../../core/image/manifest.ts';
import { formatReference, parseReference, type ImageReference } from '../../../core/image/reference.ts';
import { readImage } from '../../../clouds/aws/ecr-image.ts';
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import { isServingImage } from '../serving-images.ts';
import { attempt, notChecked, ok, problem, together, type Checked, type Patience } from './check.ts';

const WHERE = 'image-uri';
const REBUILD =
  'push-image with for-target: sagemaker builds it so; or docker buildx build --provenance=false --sbom=false --output type=docker,oci-mediatypes=false.';

/** Of an image unpacked, for serverless inference: docs/failures/image-size.md. Packed it has to be smaller all the more. */
const SERVERLESS_LIMIT = 10 * 1024 ** 3;
const TAKES = `serverless inference accepts images of up to 10 GiB (${formatBytes(SERVERLESS_LIMIT)}), unpacked`;

export interface ImageFacts {
  /** Pinned by digest, as the model will name it. */
  readonly uri: string;
  /** `sha256:…` */
  readonly digest: string;
  readonly mediaType: string;
}

interface Found {
  readonly checked: Checked;
  readonly facts: ImageFacts | null;
}

/** @param isServerless whether its size matters */
export async function checkImage(
  uri: string,
  isServerless: boolean,
  clients: AwsClients,
  patience: Patience,
): Promise<Found> {
  const reference = parseReference(uri, WHERE);
  const registry = parseEcrHost(reference.registry);
  if (registry === null) {
    const why = `${reference.registry} is not an ECR registry; SageMaker pulls from other registries only with an ImageConfig in "sagemaker: model-overrides".`;
    return { checked: notChecked(`the image ${uri}`, why), facts: null };
  }
  if (reference.tag === null && reference.digest === null) {
    const fix = 'Give it with a digest, as in the output of push-image.';
    return { checked: problem(WHERE, `${uri} has neither a tag nor a digest.`, fix), facts: null };
  }
  let facts: ImageFacts | null = null;
  const checked = await attempt(`the image ${uri}`, patience, async (abortSignal) => {
    const image = await readImage(reference, registry, clients, abortSignal);
    if (image === null) return missing(uri);
    facts = factsOf(reference, image);
    if (facts === null) return notChecked(`the image ${uri}`, 'ECR gave it without a digest.');
    const kind = judge(facts);
    return isServerless && kind.problems.length === 0 ? together([kind, judgeSize(facts.uri, image)]) : kind;
  });
  return { checked, facts };
}

function missing(uri: string): Checked {
  if (!isServingImage(uri)) {
    return problem(WHERE, `the image ${uri} does not exist.`, 'Push it, or correct image-uri.');
  }
  const fix = 'Use another version, or set image-uri to your own image.';
  return problem('framework-version', `AWS has no image ${uri}.`, fix);
}

function factsOf({ registry, repository }: ImageReference, image: Image): ImageFacts | null {
  const digest = image.imageId?.imageDigest;
  if (digest === undefined) return null;
  return {
    uri: formatReference({ registry, repository, digest }),
    digest,
    mediaType: image.imageManifestMediaType ?? typeOfManifest(image.imageManifest ?? ''),
  };
}

function judge({ uri, mediaType }: ImageFacts): Checked {
  if (mediaType === mediaTypes.dockerManifest)
    return ok(`The image ${uri} is there, with a Docker schema 2 manifest.`);
  if (mediaType === '') return together([notChecked(`the media type of ${uri}`, 'ECR did not return it.')]);
  const kind = mediaTypeNames[mediaType] ?? mediaType;
  const what = isIndex(mediaType) ? 'one image' : 'a Docker schema 2 manifest';
  return problem(WHERE, `${uri} is ${kind}; SageMaker starts ${what} only.`, REBUILD);
}

/** The sizes in the manifest, of which ECR's imageSizeInBytes is the sum: no call and no permission more than the look at it. */
function judgeSize(uri: string, { imageManifest = '' }: Image): Checked {
  const bytes = packedBytes(imageManifest);
  if (bytes === null) return notChecked(`how large ${uri} is`, `Its manifest does not say; ${TAKES}.`);
  const size = `${uri} has ${formatBytes(bytes)} packed`;
  if (bytes <= SERVERLESS_LIMIT) return ok(`The image ${size}; ${TAKES}.`);
  return problem(
    WHERE,
    `${size}; ${TAKES}.`,
    'Make it smaller, or use instance-type instead of serverless-memory-mb.',
  );
}

function packedBytes(manifest: string): number | null {
  try {
    return readManifest(Buffer.from(manifest)).bytes;
  } catch {
    return null;
  }
}
