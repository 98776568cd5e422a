import type { AwsClients } from '../../clouds/aws/clients.ts';
import type { Clock, Logger, RunContext } from '../../core/ports.ts';
import { OWN_TAGS } from '../../deployment/kept/tags.ts';

export interface LambdaTargetOptions {
  readonly clients: AwsClients;
  /** The only account that this may run in; null where any may be. */
  readonly account: string | null;
  /** Whether a function that ml-deploy did not make may be taken over. */
  readonly adopt: boolean;
  /** Values of the function's environment; the plan has their digests only. */
  readonly environment: ReadonlyMap<string, string>;
  /** What their digests are keyed with; null where they are not. */
  readonly environmentKey: string | null;
  /** Tags of the user, for every resource that is made. */
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

export const TARGET = 'lambda';
export const TITLE = 'Lambda';
/** An update of a function takes seconds. */
export const POLL_MS = 3000;

/** Tags that mark what is ours. */
export const TAG = {
  ...OWN_TAGS,
  /** What is in front of the function, or is about to be: written before anything of it is made. */
  door: 'ml-deploy:door',
  /** Where callers reach it; written when that is open. */
  url: 'ml-deploy:url',
  /** The rule that warms it up is there, or is about to be. */
  warmUp: 'ml-deploy:warm-up',
} as const;
