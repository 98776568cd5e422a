/** What can go wrong with one call. */
import type { FaultName } from '../fakes/aws/inject.ts';
import type { DeploymentTarget } from '../../src/core/targets.ts';
import type { ArtifactStore } from '../../src/core/stores.ts';
import type { SageMakerBed } from '../targets/sagemaker-bed.ts';

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

/** Which call: its name, and how many of that name came before it. */
export interface Place {
  readonly name: string;
  readonly nth: number;
}

const MAX_ATTEMPTS = 3;
/** Where a test waits for it, and where a machine under load must not be taken for it. */
const SHORT_MS = 2_000;
const LONG_MS = 60_000;

/** A target whose calls meet the fault. A kill is a process that does nothing more from then on: no call, no note. */
export async function targetWith(bed: SageMakerBed, fault: Fault, place: Place): Promise<DeploymentTarget> {
  const { ConfiguredRetryStrategy } = await import('@smithy/core/retry');
  const life = { over: false };
  const isKill = fault === 'kill-before' || fault === 'kill-after';
  // Who is dead tries nothing again.
  const maxAttempts = isKill ? 1 : MAX_ATTEMPTS;
  // As in production, but for the pauses between attempts and the patience.
  const config = {
    maxAttempts,
    retryStrategy: new ConfiguredRetryStrategy(maxAttempts, 1),
    requestHandler: {
      requestTimeout: fault === 'time-out' ? SHORT_MS : LONG_MS,
      throwOnRequestTimeout: true,
    },
  };
  if (isKill) {
    const die = () => {
      life.over = true;
      return 'drop' as const;
    };
    const hook = fault === 'kill-before' ? { before: die } : { after: die };
    bed.aws.inject({ on: place.name, nth: place.nth, ...hook });
  } else {
    bed.aws.inject({ on: place.name, nth: place.nth, ...orderOf(fault) });
  }
  const clock = {
    now: () => bed.ports.clock.now(),
    monotonic: () => bed.ports.clock.monotonic(),
    sleep: async (milliseconds: number, signal: AbortSignal) => {
      check(life);
      await bed.ports.clock.sleep(milliseconds, signal);
    },
  };
  const openStore = async (url: string): Promise<ArtifactStore> => {
    check(life);
    return bed.options.openStore(url);
  };
  const clients = bed.clients({ config, record: () => check(life), recordDone: () => check(life) });
  return bed.targetWith({ clients, clock, openStore });
}

function orderOf(fault: Exclude<Fault, 'kill-before' | 'kill-after'>): { fault: FaultName; times: number } {
  if (fault === 'time-out') return { fault: 'timeout-after', times: 1 };
  // Once, and the SDK's retry helps; a service that is down stays so for all of the attempts.
  return { fault, times: fault === 'error-500' ? MAX_ATTEMPTS : 1 };
}

function check({ over }: { over: boolean }): void {
  if (over) throw new Error('This process was killed.');
}
