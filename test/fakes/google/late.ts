export type LateSnapshot<T> = readonly (readonly [
  string,
  { readonly at: number; readonly value: T | null }[],
])[];

/** Things whose lists are behind: a list shows what was there some time ago, and one thing by its name what is there now. */
export class Late<T> {
  readonly #history = new Map<string, { readonly at: number; readonly value: T | null }[]>();

  snapshot(): LateSnapshot<T> {
    return [...this.#history];
  }

  restore(snapshot: LateSnapshot<T>): void {
    for (const [key, values] of snapshot) this.#history.set(key, values);
  }

  get(key: string): T | undefined {
    return this.#history.get(key)?.at(-1)?.value ?? undefined;
  }

  set(key: string, value: T | null, at: number): void {
    const before = this.#history.get(key) ?? [];
    this.#history.set(key, [...before, { at, value }]);
  }

  keys(): string[] {
    return [...this.#history.keys()].filter((key) => this.get(key) !== undefined);
  }

  all(): T[] {
    return this.keys().map((key) => this.get(key) as T);
  }

  /** What was there then, in the order in which it was made; what is there still, as it is now. */
  listed(then: number): T[] {
    return [...this.#history].flatMap(([key, values]) => {
      const value = values.findLast(({ at }) => at <= then)?.value ?? null;
      return value === null ? [] : [this.get(key) ?? value];
    });
  }
}
