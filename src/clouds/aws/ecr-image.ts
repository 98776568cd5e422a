/** An image of ECR, as a plan looks at it and as a tag is resolved: by the one call that docs/iam allows. */
import type { Image } from '@aws-sdk/client-ecr';
import type { EcrRegistry } from '../../core/image/ecr.ts';
import { UpstreamError } from '../../core/errors.ts';
import { mediaTypes, typeOfManifest } from '../../core/image/manifest.ts';
import { describeImage, type PublishedImage } from '../../core/image/published-image.ts';
import type { ImageReference } from '../../core/image/reference.ts';
import type { AwsClients } from './clients.ts';
import { isMissing } from './errors.ts';

/**
 * One call gives digest and media type, and never more than one manifest of a list.
 * https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html
 */
export async function readImage(
  { repository, tag, digest }: ImageReference,
  { account, region }: EcrRegistry,
  clients: AwsClients,
  abortSignal?: AbortSignal,
): Promise<Image | null> {
  const ecr = await clients.ecr(region);
  try {
    const { images = [] } = await clients.call('ecr:BatchGetImage', async () =>
      ecr.batchGetImage(
        {
          registryId: account,
          repositoryName: repository,
          imageIds: [digest === null ? { imageTag: tag ?? '' } : { imageDigest: digest }],
          acceptedMediaTypes: Object.values(mediaTypes),
        },
        abortSignal === undefined ? {} : { abortSignal },
      ),
    );
    return images[0] ?? null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** An image's config, by the URL that ECR gives for it. */
export async function readBlob(
  { repository }: Pick<ImageReference, 'repository'>,
  { account, region }: EcrRegistry,
  layerDigest: string,
  clients: AwsClients,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const ecr = await clients.ecr(region);
  const { downloadUrl = '' } = await clients.call(
    { operation: 'ecr:GetDownloadUrlForLayer', on: repository },
    (http) =>
      ecr.getDownloadUrlForLayer({ registryId: account, repositoryName: repository, layerDigest }, http),
  );
  const answer = await fetch(downloadUrl, { signal });
  if (answer.ok) return new Uint8Array(await answer.arrayBuffer());
  throw new UpstreamError(
    'ECR',
    `ECR does not hand out the config of the image in ${repository} (status ${answer.status}).`,
  );
}

/** An image with its config, by two calls; null if it is not there. */
export async function publishedImage(
  reference: ImageReference,
  registry: EcrRegistry,
  clients: AwsClients,
  signal: AbortSignal,
): Promise<PublishedImage | null> {
  const image = await readImage(reference, registry, clients, signal);
  const { imageManifest, imageId } = image ?? {};
  if (imageManifest === undefined) return null;
  const mediaType = image?.imageManifestMediaType ?? typeOfManifest(imageManifest);
  const manifest = { mediaType, digest: imageId?.imageDigest ?? '', bytes: Buffer.from(imageManifest) };
  return describeImage(manifest, (digest) => readBlob(reference, registry, digest, clients, signal));
}
