import type { AwsClients } from '../../clouds/aws/clients.ts';
import { OWN_TAGS } from '../../deployment/kept/tags.ts';
import type { CloudTargetOptions } from '../../deployment/target-options.ts';

export interface LambdaTargetOptions extends CloudTargetOptions {
  readonly clients: AwsClients;
  /** The only account that this may run in; null where any may be. */
  readonly account: string | null;
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
