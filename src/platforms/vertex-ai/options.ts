import type { GoogleRest } from '../../clouds/google/rest.ts';
import type { Clock, Logger, RunContext } from '../../core/ports.ts';
import type { Hosts, Place } from './resources.ts';

export interface VertexTargetOptions {
  readonly rest: GoogleRest;
  readonly place: Place;
  readonly hosts: Hosts;
  /** Whether an endpoint that ml-deploy did not make may be taken over. */
  readonly adopt: boolean;
  /** A teardown may remove an endpoint that was taken over. */
  readonly removesAdopted: boolean;
  /** Values of the container's environment; the plan has their digests only. */
  readonly environment: ReadonlyMap<string, string>;
  /** What their digests are keyed with; null where they are not. */
  readonly environmentKey: string | null;
  /** Labels of the user, for every resource that is made. */
  readonly tags: ReadonlyMap<string, string>;
  readonly environmentName: string | null;
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

export const TARGET = 'vertex-ai';
export const TITLE = 'Vertex AI';
/** A deployment takes minutes, and a project has 600 requests a minute (https://docs.cloud.google.com/vertex-ai/docs/quotas). */
export const POLL_MS = 10_000;
/** How long a version that was replaced stays deployed where nobody says. */
export const KEEP_WARM_MINUTES = 60;
/** For so long nobody deploys a version and gives it no traffic. */
export const UNUSED_MS = 3_600_000;
/** For so long a list may not show a change. */
export const LAG_MS = 30_000;
