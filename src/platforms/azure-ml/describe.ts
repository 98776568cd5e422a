/** Describes an endpoint without changing anything. */
import type { CandidateInfo, EndpointDescription } from '../../core/targets.ts';
import { describeKept } from '../../deployment/kept/describe.ts';
import { infoOf } from '../../deployment/kept/versions.ts';
import type { Serving } from '../../deployment/observed.ts';
import type { EndpointResource } from './endpoint.ts';
import { readWaiting } from './ledger.ts';
import type { AzureMlTargetOptions } from './options.ts';
import type { Seen } from './reads.ts';
import { servingOf } from './serving.ts';
import { versionsOf, type Version } from './versions.ts';

export function describeAzure(
  name: string,
  seen: Seen,
  { clock }: Pick<AzureMlTargetOptions, 'clock'>,
): EndpointDescription {
  const { endpoint } = seen;
  const now = clock.now();
  const serving = servingOf(endpoint, now);
  const versions = versionsOf(seen, now);
  const candidates = endpoint === null ? [] : candidatesOf(name, endpoint, versions);
  const isServing = serving.version !== null;
  return describeKept({
    endpoint: name,
    serving,
    versions,
    candidates,
    isServing,
    detail: detailOf(name, serving),
    url: isServing ? (endpoint?.properties.scoringUri ?? null) : null,
    arn: typeof endpoint?.id === 'string' ? endpoint.id : null,
  });
}

function detailOf(endpoint: string, { state, towards }: Serving): string {
  if (state === 'moving')
    return `Azure ML is changing ${endpoint}${towards === null ? '' : `, towards ${towards}`}.`;
  return state === 'mixed' ? `Several versions answer the requests of ${endpoint} by its traffic.` : '';
}

function candidatesOf(
  name: string,
  { tags, properties }: EndpointResource,
  versions: readonly Version[],
): CandidateInfo[] {
  return readWaiting(name, tags ?? {}).flatMap((waiting) => {
    const version = versions.find(({ id }) => id === waiting.version);
    if (version === undefined) return [];
    const expiresAt = new Date(waiting.until).toISOString();
    const { provisioningState: state } = version.found.properties;
    return [{ ...infoOf(version), name: waiting.name, url: properties.scoringUri ?? '', expiresAt, state }];
  });
}
