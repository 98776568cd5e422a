/** What can go wrong with one call. */
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import type { ArtifactStore } from '../../src/core/stores.ts';
import type { DeploymentTarget } from '../../src/core/targets.ts';
import type { Call } from '../fakes/aws/calls.ts';
import type { FaultName, Injection } from '../fakes/aws/inject.ts';
import type { SageMakerBed } from '../platforms/sagemaker-bed.ts';
import { steady } from './scene.ts';

export const FAULTS = [
  'throttle',
  'error-500',
  'reset-after',
  'denied',
  'time-out',
  'kill-before',
  'kill-after',
] as const;
export type Fault = (typeof FAULTS)[number];

/** Which call: its name, and which one of that name (and of those that ask for the same), counted from 1. */
export interface Place {
  readonly name: string;
  readonly nth: number;
  /** What it asks for, as textOf has it; anything where absent. */
  readonly asks?: string;
}

/** What a call asks for, without the times in it. */
export function textOf({ input }: Call): string {
  return JSON.stringify(input).replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '');
}

const MAX_ATTEMPTS = 3;

/** A target whose calls meet the fault. A kill is a process that does nothing more from then on: no call, no note. */
export function targetWith(bed: SageMakerBed, fault: Fault, place: Place): DeploymentTarget {
  const life = { over: false };
  const die = () => {
    life.over = true;
    return 'drop' as const;
  };
  bed.aws.inject({ on: place.name, nth: place.nth, where: atPlace(place), ...orderOf(fault, die) });
  // As in production, but for the pauses between attempts. Who is dead tries nothing again.
  const maxAttempts = fault.startsWith('kill') ? 1 : MAX_ATTEMPTS;
  const config = { maxAttempts, retryStrategy: new ConfiguredRetryStrategy(maxAttempts, 1) };
  const alive = () => {
    if (life.over) throw new Error('This process was killed.');
  };
  const clock = steady(bed.ports.clock);
  return bed.targetWith({
    clients: bed.clients({ config, record: alive, recordDone: alive }),
    clock: {
      ...clock,
      sleep: async (milliseconds, signal) => {
        alive();
        await clock.sleep(milliseconds, signal);
      },
    },
    openStore: async (url: string): Promise<ArtifactStore> => {
      alive();
      return bed.options.openStore(url);
    },
  });
}

/** From the first that is struck, its like alone: the attempts of one call, and not others that are made beside it. */
function atPlace({ nth, asks }: Place): (call: Call) => boolean {
  let seen = 0;
  let struck = asks;
  return (call) => {
    if (struck !== undefined && textOf(call) !== struck) return false;
    seen += 1;
    if (seen === nth) struck = textOf(call);
    return true;
  };
}

function orderOf(fault: Fault, die: () => 'drop'): Partial<Injection> {
  if (fault === 'kill-before') return { before: die };
  if (fault === 'kill-after') return { after: die };
  if (fault === 'time-out') return { fault: 'timeout-after' };
  // Once, and the SDK's retry helps; a service that is down stays so for all of the attempts.
  return { fault: fault satisfies FaultName, times: fault === 'error-500' ? MAX_ATTEMPTS : 1 };
}
