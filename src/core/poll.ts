import { CancelledError } from './errors.ts';
import type { Clock } from './ports.ts';

export interface PollOptions<T> {
  /** Asks once. */
  readonly check: () => Promise<T>;
  readonly done: (state: T) => boolean;
  /**
   * Between two questions, in milliseconds, or how to find it from the last state; up to a tenth is added at random, so
   * that many waits do not march in step.
   */
  readonly intervalMs: number | ((state: T) => number);
  /** From the first question on, in milliseconds. */
  readonly timeoutMs: number;
  /** Called with the first state and whenever its `key` differs from the one before. */
  readonly onChange?: (state: T) => void;
  readonly key?: (state: T) => string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly random?: () => number;
}

export interface PollResult<T> {
  readonly state: T;
  readonly timedOut: boolean;
}

/**
 * Asks until it is done or the time is over; the last state is given either way.
 * @throws CancelledError where the signal is aborted; whatever `check` throws.
 */
export async function poll<T>(options: PollOptions<T>): Promise<PollResult<T>> {
  const { clock, signal, key = String, random = Math.random } = options;
  const deadline = clock.monotonic() + options.timeoutMs;
  let lastKey: string | null = null;
  for (;;) {
    if (signal.aborted) throw new CancelledError();
    const state = await options.check();
    if (key(state) !== lastKey) options.onChange?.(state);
    lastKey = key(state);
    if (options.done(state)) return { state, timedOut: false };
    const left = deadline - clock.monotonic();
    if (left <= 0) return { state, timedOut: true };
    const interval = typeof options.intervalMs === 'number' ? options.intervalMs : options.intervalMs(state);
    await clock.sleep(Math.min(left, interval * (1 + random() / 10)), signal);
  }
}
