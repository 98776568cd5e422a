/** How the registries of Amazon ECR are called. */
import type { EcrRegistry } from '../../core/image/ecr.ts';
import { partitionOf } from './partitions.ts';

/** By the credential helper of AWS: https://github.com/awslabs/amazon-ecr-credential-helper/blob/main/ecr-login/api/client.go */
const HOST = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9][a-z0-9-]*)\.(.+)$/;

/** What a host name says; null for a registry that is not ECR's. */
export function parseEcrHost(host: string): EcrRegistry | null {
  const [, account, region, suffix] = HOST.exec(host) ?? [];
  if (account === undefined || region === undefined) return null;
  const partition = partitionOf(region);
  return suffix === partition.suffix || suffix === partition.dualStack ? { host, account, region } : null;
}

/** https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html, https://docs.aws.amazon.com/general/latest/gr/ecr.html */
export function ecrRegistryOf(account: string, region: string): EcrRegistry {
  return { account, region, host: `${account}.dkr.ecr.${region}.${partitionOf(region).suffix}` };
}
