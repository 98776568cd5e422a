import { CancelledError } from '../../src/core/errors.ts';
import type { Clock } from '../../src/core/ports.ts';

/** A clock that stands still until somebody sleeps; then it jumps, and nobody really waits. */
export class FakeClock implements Clock {
  #milliseconds: number;
  readonly sleeps: number[] = [];
  /** Called after each sleep, for events that happen "meanwhile". */
  onSleep: (now: Date) => void | Promise<void> = () => undefined;

  constructor(start = '2026-01-02T03:04:05.000Z') {
    this.#milliseconds = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#milliseconds);
  }

  monotonic(): number {
    return this.#milliseconds;
  }

  advance(milliseconds: number): void {
    this.#milliseconds += milliseconds;
  }

  async sleep(milliseconds: number, signal: AbortSignal): Promise<void> {
    refuseAborted(signal);
    this.sleeps.push(milliseconds);
    this.#milliseconds += milliseconds;
    await this.onSleep(this.now());
    refuseAborted(signal);
  }
}

function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new CancelledError();
}
