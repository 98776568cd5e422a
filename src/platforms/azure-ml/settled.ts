/** Azure ML answers before a change is done: this waits for the state that it then reports. */
import type { ArmOperation } from '../../clouds/azure/arm.ts';
import { poll } from '../../core/poll.ts';
import { TimedOutError } from '../../core/targets.ts';
import { isPassing } from '../../deployment/observed.ts';
import type { EndpointChange, EndpointResource } from './endpoint.ts';
import { POLL_MS, type AzureMlTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';
import type { DeploymentResource } from './resources.ts';
import { servingOf, trafficOf, sharesOf } from './serving.ts';
import { isBusy } from './versions.ts';

type Waiting = Pick<AzureMlTargetOptions, 'clock' | 'signal' | 'log' | 'timeoutMs' | 'pollMs' | 'resources'>;

/** @throws TimedOutError if it has not ended in time */
async function wait<T>(
  what: string,
  { check, done, key }: { check: () => Promise<T>; done: (state: T) => boolean; key: (state: T) => string },
  { clock, signal, log, timeoutMs, pollMs }: Waiting,
): Promise<T> {
  const { state, timedOut } = await poll({
    check,
    done,
    key,
    onChange: (found) => {
      if (!done(found)) log.info(`${what} is waited for: ${key(found)}.`);
    },
    intervalMs: pollMs ?? POLL_MS,
    timeoutMs,
    clock,
    signal,
  });
  if (!timedOut) return state;
  throw new TimedOutError(
    'Azure ML',
    `${what} is still ${key(state)} after ${timeoutMs / 60_000} minutes, and goes on by itself. Run the same command again to follow it.`,
  );
}

const stateOf = (found: { readonly properties: { readonly provisioningState: string } } | null) =>
  found?.properties.provisioningState ?? 'gone';

/**
 * Waits until no change of the endpoint is in progress, and its traffic is what was sent last; null if there is none.
 */
export function quietEndpoint(
  name: string,
  reads: Reads,
  options: Waiting,
): Promise<EndpointResource | null> {
  return wait(
    `The endpoint ${name}`,
    {
      check: () => reads.endpoint(),
      done: (found) => !isPassing(servingOf(found, options.clock.now())) && !isUpdating(found),
      key: stateOf,
    },
    options,
  );
}

function isUpdating(found: EndpointResource | null): boolean {
  return ['Creating', 'Updating', 'Scaling', 'Deleting'].includes(stateOf(found));
}

/**
 * Waits until an accepted change of the endpoint is completely visible, which takes some time after Azure says that it
 * is done.
 */
export async function seenChange(
  name: string,
  { traffic, tags }: EndpointChange,
  reads: Reads,
  options: Waiting & { readonly lagMs: number },
): Promise<EndpointResource | null> {
  const { clock } = options;
  let doneAt = Infinity;
  return wait(
    `The change of ${name}`,
    {
      check: () => reads.endpoint(),
      done: (found) => {
        if (isUpdating(found)) return false;
        doneAt = Math.min(doneAt, clock.monotonic());
        return isSeen(found, traffic, tags) || clock.monotonic() - doneAt > options.lagMs;
      },
      key: (found) => (isUpdating(found) ? stateOf(found) : 'not seen yet'),
    },
    options,
  );
}

function isSeen(
  found: EndpointResource | null,
  traffic: EndpointChange['traffic'],
  tags: EndpointChange['tags'],
): boolean {
  if (found === null || stateOf(found) === 'Failed') return true;
  const shown = trafficOf(sharesOf(found.properties.traffic ?? {}));
  const wanted = trafficOf(sharesOf(traffic));
  const names = new Set([...Object.keys(shown), ...Object.keys(wanted)]);
  return (
    [...names].every((key) => shown[key] === wanted[key]) &&
    Object.entries(tags).every(([key, value]) => (found.tags?.[key] ?? null) === value)
  );
}

/** Waits until Azure is not changing a deployment; null if there is none. */
export function quietDeployment(
  endpoint: string,
  name: string,
  options: Waiting,
): Promise<DeploymentResource | null> {
  return wait(
    `The deployment ${name} of ${endpoint}`,
    {
      check: () => options.resources.deployment(endpoint, name),
      done: (found) => found === null || !isBusy(found),
      key: stateOf,
    },
    options,
  );
}

/** Why an operation failed, as Azure says; '' if it did not, or that cannot be asked. */
export async function failureOf(
  operation: ArmOperation | null,
  on: string,
  { resources }: Pick<Waiting, 'resources'>,
): Promise<string> {
  if (operation === null) return '';
  const found = await resources.operation(operation, on);
  if (found.state !== 'failed' && found.state !== 'canceled') return '';
  const { code, said } = found.error;
  return [code, said].filter((part) => part !== '').join(': ');
}

/** Waits until there is no endpoint of that name. */
export function goneEndpoint(name: string, reads: Reads, options: Waiting): Promise<unknown> {
  return wait(
    `The removal of ${name}`,
    { check: () => reads.endpoint(), done: (found) => found === null, key: stateOf },
    options,
  );
}
