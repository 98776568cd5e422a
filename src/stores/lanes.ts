/** Runs jobs side by side; the first failure ends it at the next turn. */
export class Lanes {
  readonly #limit: number;
  readonly #active = new Set<Promise<void>>();
  #failure: { readonly error: unknown } | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Starts a job, and comes back as soon as there is room for another one. @throws what an earlier job threw. */
  async run(job: () => Promise<void>): Promise<void> {
    const running: Promise<void> = job()
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => this.#active.delete(running));
    this.#active.add(running);
    if (this.#active.size >= this.#limit) await Promise.race(this.#active);
    this.#check();
  }

  /** Waits for every job. @throws what the first one threw. */
  async all(): Promise<void> {
    await this.settled();
    this.#check();
  }

  async settled(): Promise<void> {
    await Promise.all(this.#active);
  }

  #check(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}
