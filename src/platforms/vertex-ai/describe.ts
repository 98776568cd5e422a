/** Describes an endpoint without changing anything. */
import type { CandidateInfo, EndpointDescription } from '../../core/targets.ts';
import { describeKept } from '../../deployment/kept/describe.ts';
import { infoOf } from '../../deployment/kept/versions.ts';
import type { CandidateState } from '../../deployment/observed.ts';
import { predictUrl } from './invoke.ts';
import type { VertexTargetOptions } from './options.ts';
import type { EndpointResource, ModelVersion, Resources } from './resources.ts';
import { servingOf } from './serving.ts';
import { versionsOf, type Version } from './versions.ts';

export interface Seen {
  /** null if there is none. */
  readonly endpoint: EndpointResource | null;
  readonly models: readonly ModelVersion[];
  readonly candidates: readonly CandidateState[];
}

export function describeEndpoint(
  endpoint: string,
  seen: Seen,
  resources: Resources,
  { place, hosts }: Pick<VertexTargetOptions, 'place' | 'hosts'>,
): EndpointDescription {
  const { endpoint: found } = seen;
  const versions = versionsOf(seen.models, found);
  const serving = servingOf(found);
  const urlOf = (name: string) => predictUrl({ name: resources.endpointName(name) }, place, hosts);
  const candidates = seen.candidates.flatMap((candidate) =>
    candidateOf(candidate, versions, urlOf(candidate.name)),
  );
  const isServing = serving.state !== 'absent';
  return describeKept({
    endpoint,
    serving,
    versions,
    candidates,
    isServing,
    detail:
      serving.state === 'mixed'
        ? `Several models answer the requests of ${endpoint} by its traffic split.`
        : '',
    url: found === null || !isServing ? null : predictUrl(found, place, hosts),
    arn: found === null || !isServing ? null : resources.endpointName(endpoint),
  });
}

function candidateOf(
  { name, version: id, ours, state, expiresAt }: CandidateState,
  versions: readonly Version[],
  url: string,
): CandidateInfo[] {
  const version = versions.find((known) => known.id === id);
  if (!ours || version === undefined || state === 'going') return [];
  const date = new Date(Number.isFinite(expiresAt) ? expiresAt : 0).toISOString();
  return [{ ...infoOf(version), name, url, expiresAt: date, state }];
}
