import type { GoogleRest } from '../../clouds/google/rest.ts';
import type { PlatformHost } from '../../core/platform.ts';
import type { CloudTargetOptions } from '../../deployment/target-options.ts';
import type { Hosts, Place } from './resources.ts';

export interface VertexTargetOptions extends CloudTargetOptions {
  readonly rest: GoogleRest;
  readonly place: Place;
  readonly hosts: Hosts;
  readonly openStore: PlatformHost['openStore'];
  readonly imageDigest: PlatformHost['imageDigest'];
}

export const TARGET = 'vertex-ai';
export const TITLE = 'Vertex AI';
/** A deployment takes minutes, and a project has 600 requests a minute (https://docs.cloud.google.com/vertex-ai/docs/quotas). */
export const POLL_MS = 10_000;
/** How long a replaced version stays deployed if no input says. */
export const KEEP_WARM_MINUTES = 60;
/** A version that has been deployed for longer without traffic was left behind. */
export const UNUSED_MS = 3_600_000;
/** How long a list may not show a change. */
export const LAG_MS = 30_000;
