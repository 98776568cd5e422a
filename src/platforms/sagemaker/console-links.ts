/** Where people look at an endpoint. Each partition of AWS has a console of its own. */
import type { ConsoleLink } from '../../core/targets.ts';

/** The first that a region's name begins with. https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html */
const CONSOLES: readonly (readonly [string, string])[] = [
  ['cn-', 'console.amazonaws.cn'],
  ['us-gov-', 'console.amazonaws-us-gov.com'],
  ['', 'console.aws.amazon.com'],
];

export function consoleLinks(endpoint: string, region: string): ConsoleLink[] {
  const host = CONSOLES.find(([prefix]) => region.startsWith(prefix))?.[1] ?? '';
  const page = (service: string, path: string) =>
    `https://${region}.${host}/${service}/home?region=${region}#${path}`;
  return [
    { title: 'Endpoint', url: page('sagemaker', `/endpoints/${endpoint}`) },
    { title: 'Log', url: page('cloudwatch', `logsV2:log-groups/log-group/${twice(logGroup(endpoint))}`) },
  ];
}

function logGroup(endpoint: string): string {
  return `/aws/sagemaker/Endpoints/${endpoint}`;
}

/** CloudWatch's console wants names encoded twice, with a $ for the second percent sign. */
function twice(name: string): string {
  return encodeURIComponent(encodeURIComponent(name)).replaceAll('%', '$');
}
