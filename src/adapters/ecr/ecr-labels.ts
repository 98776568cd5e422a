import { createAwsClients } from '../../clouds/aws/clients.ts';
import { publishedImage } from '../../clouds/aws/ecr-image.ts';
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { parseReference } from '../../core/image/reference.ts';

/** The labels of an image in ECR; empty if it is not there. @param uri `host/name@digest` */
export async function ecrLabels(
  uri: string,
  signal: AbortSignal,
  clients = createAwsClients({ region: parseEcrHost(uri.split('/')[0] ?? '')?.region ?? null }),
): Promise<ReadonlyMap<string, string>> {
  const reference = parseReference(uri, 'image-uri');
  const registry = parseEcrHost(reference.registry);
  const image = registry === null ? null : await publishedImage(reference, registry, clients, signal);
  return image?.labels ?? new Map<string, string>();
}
