/** What can be said of an endpoint whose versions are kept side by side. */
import type { CandidateInfo, EndpointDescription } from '../../core/targets.ts';
import type { Serving } from '../observed.ts';
import { previousOf } from '../versions.ts';
import { infoOf, stateOf, type KeptVersion } from './versions.ts';

export interface Described {
  readonly endpoint: string;
  readonly serving: Serving;
  /** As `inTurn` orders them. */
  readonly versions: readonly KeptVersion[];
  readonly candidates: readonly CandidateInfo[];
  /** Something takes requests. */
  readonly isServing: boolean;
  readonly detail: string;
  readonly url: string | null;
  readonly arn: string | null;
}

export function describeKept(seen: Described): EndpointDescription {
  const { endpoint, serving, versions, candidates, isServing, detail, url, arn } = seen;
  const shown = versions.filter(
    ({ id, turn, notes }) => turn !== Infinity || notes.withdrawnAt !== null || id === serving.version,
  );
  const find = (id: string | null) => {
    const found = shown.find((version) => version.id === id);
    return found === undefined ? null : infoOf(found);
  };
  return {
    endpoint,
    status: isServing ? 'serving' : candidates.length > 0 ? 'not-serving' : 'absent',
    detail,
    url,
    arn,
    live: find(serving.version),
    previous: find(previousOf(shown.map(stateOf), serving.version)?.version ?? null),
    candidates,
    versions: shown.map(infoOf),
  };
}
