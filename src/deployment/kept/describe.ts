/** What can be said of an endpoint whose versions are kept side by side. */
import type { CandidateInfo, EndpointDescription } from '../../core/targets.ts';
import type { Finding } from '../../documents/plan.ts';
import type { Serving } from '../observed.ts';
import { sayShares } from '../rollout/marker.ts';
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
  /** What only the platform knows to say of a state; '' for nothing. */
  readonly detail: string;
  readonly url: string | null;
  readonly arn: string | null;
}

/**
 * What a plan says of the endpoint as it is.
 * @param but what is on its way, if it is not at rest
 * @param name of the version, for people
 */
export function standingFinding(
  endpoint: string,
  { state, version }: Serving,
  but: string,
  name = version,
): Finding {
  if (version === null) return { level: 'ok', message: `${endpoint} does not serve yet.` };
  if (state === 'serving') return { level: 'ok', message: `${endpoint} serves ${name}.` };
  return { level: 'warning', message: `${endpoint} serves ${name}, and ${but}.` };
}

export function describeKept(seen: Described): EndpointDescription {
  const { endpoint, serving, versions, candidates, isServing, url, arn } = seen;
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
    detail: detailOf(seen),
    url,
    arn,
    live: find(serving.version),
    previous: find(previousOf(shown.map(stateOf), serving.version)?.version ?? null),
    candidates,
    versions: shown.map(infoOf),
  };
}

function detailOf({ serving, candidates, detail }: Described): string {
  if (serving.state === 'shifting') return sayShares(serving) ?? '';
  if (serving.state === 'absent' && candidates.length > 0) return 'Nothing serves yet; a candidate waits.';
  return detail;
}
