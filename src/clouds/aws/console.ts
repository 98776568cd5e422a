/** Addresses in the AWS console. */
import { partitionOf } from './partitions.ts';

/** @param fragment what follows the `#`; null for a partition whose console has no public address */
export function consoleUrl(region: string, service: string, fragment: string): string | null {
  const { console: host } = partitionOf(region);
  return host === null ? null : `https://${region}.${host}/${service}/home?region=${region}#${fragment}`;
}

/** The log group of that name. */
export function logGroupUrl(region: string, group: string): string | null {
  return consoleUrl(region, 'cloudwatch', `logsV2:log-groups/log-group/${twice(group)}`);
}

/** CloudWatch's console wants names encoded twice, with a $ for the second percent sign. */
function twice(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$');
}
