/** An image of ECR, as a plan looks at it and as a tag is resolved: by the one call that docs/iam allows. */
import type { Image } from '@aws-sdk/client-ecr';
import type { EcrRegistry } from '../../core/image/ecr.ts';
import { mediaTypes } from '../../core/image/manifest.ts';
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
