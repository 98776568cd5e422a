import type { AwsClients } from '../../clouds/aws/clients.ts';
import { OWN_TAGS } from '../../deployment/kept/tags.ts';
import type { CloudTargetOptions } from '../../deployment/target-options.ts';

export interface LambdaTargetOptions extends CloudTargetOptions {
  readonly clients: AwsClients;
  /** The only account that this may run in; null if any may be. */
  readonly account: string | null;
}

export const TARGET = 'lambda';
export const TITLE = 'Lambda';
/** An update of a function takes seconds. */
export const POLL_MS = 3000;

/** Tags that mark what is ours. */
export const TAG = {
  ...OWN_TAGS,
  /** The version that served when ml-deploy took the function over; absent on one that it made. */
  adopted: 'ml-deploy:adopted',
  /** What is in front of the function, or is about to be: written before any part of it is created. */
  door: 'ml-deploy:door',
  /** The address for callers; written when it is open. */
  url: 'ml-deploy:url',
  /** Whether the rule that keeps it warm exists, or is about to. */
  warmUp: 'ml-deploy:warm-up',
} as const;
