/** Tries again if the platform is only busy, without ever doing something twice. */
import type { Clock, Logger } from '../ports.ts';
import type { ApprovalHost } from './deployment-host.ts';
import { TransientError } from './gate-host.ts';

export interface PatienceOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

const MOST_ATTEMPTS = 4;
/** Nobody waits longer for one call, whatever is asked. */
const LONGEST_WAIT_MS = 15 * 60_000;
/** https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api: "wait for at least one minute". */
const LIMITED_MS = 60_000;
const DOWN_MS = 2_000;

/** They change something: after a failure that tells nothing it is not known whether they did. */
const WRITES: ReadonlySet<string> = new Set<keyof ApprovalHost>([
  'open',
  'comment',
  'close',
  'createDeployment',
  'setStatus',
]);

/** The same host; reads are tried again after any passing failure, writes only if they were refused. */
export function patientHost(host: ApprovalHost, options: PatienceOptions): ApprovalHost {
  const methods = Object.entries(host) as [string, (...args: unknown[]) => Promise<unknown>][];
  const patient = methods.map(([name, method]) => [
    name,
    (...args: unknown[]) => patiently(() => method(...args), !WRITES.has(name), options),
  ]);
  const wrapped: unknown = Object.fromEntries(patient);
  return wrapped as ApprovalHost;
}

async function patiently<T>(
  attempt: () => Promise<T>,
  reads: boolean,
  { clock, signal, log }: PatienceOptions,
): Promise<T> {
  let waited = 0;
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof TransientError) || !(reads || error.refused)) throw error;
      const least = (error.refused ? LIMITED_MS : DOWN_MS) * 2 ** (count - 1);
      const wait = error.retryAfterMs ?? least;
      waited += wait;
      if (count >= MOST_ATTEMPTS || waited > LONGEST_WAIT_MS) throw error;
      log.info(`${error.message} Trying again in ${Math.ceil(wait / 1000)} s.`);
      await clock.sleep(wait, signal);
    }
  }
}
