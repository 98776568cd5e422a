import { createAwsClients } from '../../clouds/aws/clients.ts';
import { readImage } from '../../clouds/aws/ecr-image.ts';
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import type { ImageName } from '../../core/image/reference.ts';

/** What a tag points to in ECR, asked as the checks of a plan ask for it; null if there is no such image. */
export async function ecrDigest(
  name: ImageName,
  tag: string,
  clients = createAwsClients({ region: parseEcrHost(name.registry)?.region ?? null }),
): Promise<string | null> {
  const registry = parseEcrHost(name.registry);
  if (registry === null) return null;
  const image = await readImage({ ...name, tag, digest: null }, registry, clients);
  return image?.imageId?.imageDigest ?? null;
}
