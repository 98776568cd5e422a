/** A line every few seconds while something large is sent. */
import { formatBytes } from '../core/bytes.ts';
import type { Clock, Logger } from '../core/ports.ts';

/** Both together give lines. */
export interface ProgressPorts {
  readonly log?: Pick<Logger, 'info'>;
  readonly clock?: Pick<Clock, 'monotonic'>;
}

const EVERY_MS = 5000;

/**
 * @param share how much of the work is done, 0 to 1; null if nobody knows.
 * @returns a function to call with the bytes of each part that arrived.
 */
export function progressLines(
  { log, clock }: ProgressPorts,
  url: string,
  share: (() => number) | null,
): (bytes: number) => void {
  if (log === undefined || clock === undefined) return () => undefined;
  const started = clock.monotonic();
  let last = started;
  let sent = 0;
  return (bytes) => {
    sent += bytes;
    const now = clock.monotonic();
    if (now - last < EVERY_MS) return;
    last = now;
    const seconds = (now - started) / 1000;
    const done = share?.() ?? 0;
    const left = done > 0 ? `, ${Math.floor(done * 100)} % done, ${leftOver(seconds, done)} left` : '';
    log.info(`Sent ${formatBytes(sent)} to ${url}: ${formatBytes(sent / seconds)}/s${left}`);
  };
}

function leftOver(seconds: number, done: number): string {
  const left = Math.ceil(seconds / done - seconds);
  return left < 120 ? `${left} s` : `${Math.ceil(left / 60)} min`;
}
