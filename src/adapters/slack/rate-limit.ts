/** Waits as long as Slack asks, within reason. https://docs.slack.dev/apis/web-api/rate-limits */
import { counted } from '../../core/counted.ts';
import { UpstreamError } from '../../core/errors.ts';
import type { Clock, Logger } from '../../core/ports.ts';

const MOST_ATTEMPTS = 5;
const LONGEST_WAIT_MS = 120_000;
const UNSAID_MS = 5_000;

/** Thrown by an attempt that Slack refused with 429. */
export class RateLimited extends Error {
  override readonly name = 'RateLimited';
  readonly retryAfterMs: number;

  /** @param retryAfterSeconds of the Retry-After header; anything that is not a number counts as five seconds */
  constructor(retryAfterSeconds: number) {
    super('Slack limits the rate of messages');
    this.retryAfterMs = retryAfterSeconds >= 0 ? retryAfterSeconds * 1000 : UNSAID_MS;
  }
}

export interface Patience {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly log: Logger;
}

/** A message that was refused with 429 was not posted, so trying again cannot post it twice. */
export async function patiently<T>(attempt: () => Promise<T>, { clock, signal, log }: Patience): Promise<T> {
  let waited = 0;
  for (let count = 1; ; count++) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof RateLimited)) throw error;
      waited += error.retryAfterMs;
      if (count >= MOST_ATTEMPTS || waited > LONGEST_WAIT_MS) throw gaveUp(error, count);
      log.info(`Slack asks to wait ${error.retryAfterMs / 1000} s before the next message.`);
      await clock.sleep(error.retryAfterMs, signal);
    }
  }
}

function gaveUp(error: RateLimited, count: number): UpstreamError {
  const asked = error.retryAfterMs / 1000;
  return new UpstreamError(
    'Slack',
    `Slack limits the rate of messages and asked to wait ${asked} s after ${counted(count, 'try', 'tries')}, ` +
      'which is too long. Send fewer messages to this channel.',
    { cause: error },
  );
}
