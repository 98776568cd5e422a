import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import type { ImageName } from '../../core/image/reference.ts';
import { isMissing } from '../../clouds/aws/errors.ts';
import { createAwsClients } from '../../clouds/aws/clients.ts';

/** What a tag points to in ECR; null where there is no such image. */
export async function ecrDigest({ registry, repository }: ImageName, tag: string): Promise<string | null> {
  const place = parseEcrHost(registry);
  if (place === null) return null;
  const clients = createAwsClients({ region: place.region });
  const ecr = await clients.ecr();
  const imageIds = [{ imageTag: tag }];
  try {
    const { imageDetails = [] } = await clients.call(
      { operation: 'ecr:DescribeImages', on: `${registry}/${repository}:${tag}` },
      () => ecr.describeImages({ registryId: place.account, repositoryName: repository, imageIds }),
    );
    return imageDetails[0]?.imageDigest ?? null;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
