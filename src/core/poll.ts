import { CancelledError, UpstreamError } from './errors.ts';
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
  /** Called for the first of several questions in a row that got no answer and will be repeated. */
  readonly onUnseen?: (error: UpstreamError) => void;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly random?: () => number;
}

export interface PollResult<T> {
  readonly state: T;
  readonly timedOut: boolean;
}

/**
 * Asks until it is done or the time is over; the last state is given either way. A question that a platform could not
 * answer for the moment is asked again: what is waited for goes on, whether it is seen or not.
 * @throws CancelledError if the signal is aborted; whatever else `check` throws, and if nothing was ever seen also
 * what may pass.
 */
export async function poll<T>(options: PollOptions<T>): Promise<PollResult<T>> {
  const { clock, signal, key = String, random = Math.random } = options;
  const deadline = clock.monotonic() + options.timeoutMs;
  let seen: { readonly state: T } | null = null;
  let trouble: UpstreamError | null = null;
  for (;;) {
    if (signal.aborted) throw new CancelledError();
    const answer = await ask(options.check);
    if (answer instanceof UpstreamError) {
      if (trouble === null) options.onUnseen?.(answer);
      trouble = answer;
    } else {
      trouble = null;
      const { state } = answer;
      if (seen === null || key(state) !== key(seen.state)) options.onChange?.(state);
      seen = answer;
      if (options.done(state)) return { state, timedOut: false };
    }
    const left = deadline - clock.monotonic();
    if (left <= 0) {
      if (seen !== null) return { state: seen.state, timedOut: true };
      throw trouble ?? new Error('A wait has seen nothing and met no trouble.');
    }
    await clock.sleep(Math.min(left, intervalOf(options, seen) * (1 + random() / 10)), signal);
  }
}

/** The state; or why it cannot be seen for the moment. */
async function ask<T>(check: () => Promise<T>): Promise<{ readonly state: T } | UpstreamError> {
  try {
    return { state: await check() };
  } catch (error) {
    if (error instanceof UpstreamError && error.mayPass) return error;
    throw error;
  }
}

const UNSEEN_PAUSE_MS = 5_000;

function intervalOf<T>({ intervalMs }: PollOptions<T>, seen: { readonly state: T } | null): number {
  if (typeof intervalMs === 'number') return intervalMs;
  return seen === null ? UNSEEN_PAUSE_MS : intervalMs(seen.state);
}
