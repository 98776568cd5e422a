import type { CloudTargetOptions } from '../../deployment/target-options.ts';
import type { Resources, Place } from './resources.ts';
import type { Scoring } from './score.ts';

export interface AzureMlTargetOptions extends CloudTargetOptions {
  readonly resources: Resources;
  readonly scoring: Scoring;
  readonly place: Place;
}

export const TARGET = 'azure-ml';
export const TITLE = 'Azure ML';
/** REC: `x-ms-ratelimit-remaining-resource-requests` was 24. */
export const POLL_MS = 15_000;
/**
 * A GET can show the earlier traffic even after the update has succeeded
 * (https://github.com/Azure/azure-dev/issues/3881). Nobody says for how long: we wait this long after it was sent.
 */
export const LAG_MS = 180_000;
