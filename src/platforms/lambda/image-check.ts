/** The serving image: that it exists, is of a kind that Lambda starts, and contains the planned model. */
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { readBlob, readImage } from '../../clouds/aws/ecr-image.ts';
import { isMissing } from '../../clouds/aws/errors.ts';
import type { AwsClients } from '../../clouds/aws/clients.ts';
import type { Problem } from '../../core/errors.ts';
import { undeployable } from '../../core/image/deployable.ts';
import { typeOfManifest } from '../../core/image/manifest.ts';
import { modelLabelProblems } from '../../core/image/model-label.ts';
import { describeImage } from '../../core/image/published-image.ts';
import { formatReference, parseReference, type ImageReference } from '../../core/image/reference.ts';
import type { EcrRegistry } from '../../core/image/ecr.ts';
import type { Finding } from '../../documents/plan.ts';
import { LAMBDA_IMAGES } from './image-rules.ts';

const WHERE = 'image-uri';

export interface CheckedImage {
  /** Pinned by digest. */
  readonly uri: string;
  readonly digest: string;
  /** As Lambda calls it. */
  readonly architecture: 'x86_64' | 'arm64';
  readonly findings: readonly Finding[];
}

/** @returns the image, or what is wrong with it; every problem is reported together with all others */
export async function checkImage(
  given: string,
  modelDigest: string,
  { clients, signal }: { readonly clients: AwsClients; readonly signal: AbortSignal },
): Promise<CheckedImage | { readonly problems: readonly Problem[] }> {
  const reference = parseReference(given, WHERE);
  const registry = parseEcrHost(reference.registry);
  const place = placeProblems(given, reference, registry, clients.region);
  if (place.length > 0 || registry === null) return { problems: place };
  const image = await readImage(reference, registry, clients, signal);
  const digest = image?.imageId?.imageDigest;
  const { imageManifest, imageManifestMediaType } = image ?? {};
  if (digest === undefined || imageManifest === undefined)
    return { problems: [problem(`there is no image ${given}.`, 'Push it, or correct image-uri.')] };
  const bytes = Buffer.from(imageManifest);
  const mediaType = imageManifestMediaType ?? typeOfManifest(imageManifest);
  const published = await describeImage({ mediaType, digest, bytes }, (blob) =>
    readBlob(reference, registry, blob, clients, signal),
  );
  const platform = published.platforms[0] ?? '';
  const wanted = LAMBDA_IMAGES.platforms?.includes(platform) === true ? platform : 'linux/amd64';
  const problems = [
    ...undeployable(published, LAMBDA_IMAGES, wanted),
    ...modelLabelProblems(published.labels, modelDigest),
  ].map(({ message, fix }) => problem(`${given}: ${message}`, fix ?? ''));
  if (problems.length > 0) return { problems };
  const uri = formatReference({ registry: reference.registry, repository: reference.repository, digest });
  const policy = await policyFinding(reference, registry, { clients, signal });
  return {
    uri,
    digest,
    architecture: platform === 'linux/arm64' ? 'arm64' : 'x86_64',
    findings: [
      {
        level: 'ok',
        message: `The image ${uri} is there, for ${platform}, and its label names the planned model.`,
      },
      ...policy,
    ],
  };
}

const problem = (message: string, fix: string): Problem => ({ where: WHERE, message, fix });

/** https://docs.aws.amazon.com/lambda/latest/dg/images-create.html: ECR, in the function's own region */
function placeProblems(
  given: string,
  { registry: host, tag, digest }: ImageReference,
  registry: EcrRegistry | null,
  region: string,
): Problem[] {
  if (registry === null)
    return [
      problem(
        `${host} is not a registry of ECR, and Lambda pulls from there only.`,
        'Push the image to ECR.',
      ),
    ];
  if (registry.region !== region)
    return [
      problem(
        `${given} lies in ${registry.region}, and the function in ${region}; Lambda pulls from its own region only.`,
        `Push it to ECR in ${region}.`,
      ),
    ];
  if (tag === null && digest === null)
    return [
      problem(
        `${given} has neither a tag nor a digest.`,
        'Give it with a digest, as in the output of push-image.',
      ),
    ];
  return [];
}

interface Asking {
  readonly clients: AwsClients;
  readonly signal: AbortSignal;
}

/** Lambda pulls the image itself, and the repository must allow it. Lambda sets that policy if the caller has the right to. */
async function policyFinding(
  { repository }: ImageReference,
  { account, region }: EcrRegistry,
  { clients }: Asking,
): Promise<Finding[]> {
  const ecr = await clients.ecr(region);
  try {
    const { policyText = '' } = await clients.call(
      { operation: 'ecr:GetRepositoryPolicy', on: repository },
      (http) => ecr.getRepositoryPolicy({ registryId: account, repositoryName: repository }, http),
    );
    if (policyText.includes(LAMBDA_IMAGES.pulledBy ?? '')) return [];
  } catch (error) {
    if (!isMissing(error)) {
      const why = error instanceof Error ? error.message : String(error);
      return [
        { level: 'not-checked', message: `Not checked: whether ${repository} lets Lambda pull. ${why}` },
      ];
    }
  }
  const message = `The policy of ${repository} does not name ${LAMBDA_IMAGES.pulledBy ?? ''}. Lambda adds it by itself only with ecr:SetRepositoryPolicy; push-image with create-repository sets it.`;
  return [{ level: 'warning', message }];
}
