import type { Clock, Logger, RunContext } from '../../core/ports.ts';
import type { Owner } from '../../deployment/kept/tags.ts';
import type { Resources, Place } from './resources.ts';
import type { Scoring } from './score.ts';

export interface AzureMlTargetOptions extends Owner {
  readonly resources: Resources;
  readonly scoring: Scoring;
  readonly place: Place;
  /** Whether an endpoint that ml-deploy did not make may be taken over. */
  readonly adopt: boolean;
  /** Whether one that was taken over may be removed. */
  readonly removesAdopted: boolean;
  /** Values of the container's environment; the plan has their digests only. */
  readonly environment: ReadonlyMap<string, string>;
  /** What their digests are keyed with; null where they are not. */
  readonly environmentKey: string | null;
  readonly context: Pick<RunContext, 'repository' | 'commit' | 'runId'>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Logger;
  /** For each wait, in milliseconds. */
  readonly timeoutMs: number;
  /** Between two looks, in milliseconds; null for the wait's own. */
  readonly pollMs: number | null;
  readonly keepVersions: number;
}

export const TARGET = 'azure-ml';
export const TITLE = 'Azure ML';
/** REC: `x-ms-ratelimit-remaining-resource-requests` was 24. */
export const POLL_MS = 15_000;
export const CANDIDATE_MS = 6 * 60 * 60 * 1000;
/**
 * A GET may show the traffic of before even after the update has succeeded (https://github.com/Azure/azure-dev/issues/3881).
 * For how long, nobody says: this much after it was sent.
 */
export const LAG_MS = 180_000;
