/** What every target of a cloud that is on the engine gets, whatever the cloud. */
import type { PriceList } from '../core/cost/price-list.ts';
import type { PlatformHost, TargetWishes } from '../core/platform.ts';
import type { Clock, Logger, RunContext } from '../core/ports.ts';

export interface CloudTargetOptions {
  /** Whether an endpoint that ml-deploy did not make may be taken over. */
  readonly adopt: boolean;
  /** Whether a teardown may remove an endpoint that was taken over. */
  readonly removesAdopted: boolean;
  /** Values of the container's environment; the plan has their digests only. */
  readonly environment: ReadonlyMap<string, string>;
  /** What their digests are keyed with; null if they are not. */
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
  /** Absent if nobody asks for prices, as in a test. */
  readonly prices?: PriceList;
}

export function cloudTargetOptions(
  wishes: TargetWishes,
  { context, clock, signal, log, settings }: PlatformHost,
): CloudTargetOptions {
  return {
    adopt: wishes.adopt ?? false,
    removesAdopted: wishes.removesAdopted ?? false,
    environment: wishes.environment ?? new Map(),
    environmentKey: wishes.environmentKey ?? null,
    tags: wishes.tags ?? new Map(),
    environmentName: wishes.environmentName,
    context,
    clock,
    signal,
    log,
    timeoutMs: wishes.timeoutMs,
    pollMs: settings.pollMs,
    keepVersions: wishes.keepVersions,
  };
}
