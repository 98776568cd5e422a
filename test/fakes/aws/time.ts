/** Time that moves only when a test moves it. */
export interface Timer {
  cancel(): void;
}

interface Due {
  readonly at: number;
  readonly order: number;
  readonly run: () => void;
}

export class ManualTime {
  #now: number;
  #order = 0;
  #due: Due[] = [];

  /** @param start that of FakeClock where absent */
  constructor(start = '2026-01-02T03:04:05.000Z') {
    this.#now = Date.parse(start);
  }

  now(): Date {
    return new Date(this.#now);
  }

  /** Runs `run` when the time has come; never at once, not even for a delay of 0. */
  after(milliseconds: number, run: () => void): Timer {
    const due: Due = { at: this.#now + milliseconds, order: this.#order++, run };
    this.#due.push(due);
    return { cancel: () => (this.#due = this.#due.filter((other) => other !== due)) };
  }

  advance(milliseconds: number): void {
    this.advanceTo(this.#now + milliseconds);
  }

  /** Runs what falls due on the way, in order, each at its own time; a moment in the past changes nothing. */
  advanceTo(moment: Date | number): void {
    const end = typeof moment === 'number' ? moment : moment.getTime();
    for (;;) {
      const next = this.#due
        .filter(({ at }) => at <= end)
        .sort((one, other) => one.at - other.at || one.order - other.order)[0];
      if (next === undefined) break;
      this.#due = this.#due.filter((due) => due !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = Math.max(this.#now, end);
  }

  /** Whether anything is still to come. */
  get busy(): boolean {
    return this.#due.length > 0;
  }
}
