/** What the charts of a comparison are drawn from: few pairs of many, and how many differences there are of each size. */
import { mulberry32 } from './random.ts';

export interface Pair {
  readonly expected: number;
  readonly actual: number;
}

export interface DifferenceCount {
  /** Differences below this power of ten, and not below the one before; null for those that are exactly 0. */
  readonly below: number | null;
  readonly count: number;
}

export interface FieldPairs {
  readonly field: string;
  /** A random sample of all of them, the same one every time. */
  readonly pairs: readonly Pair[];
  readonly differences: readonly DifferenceCount[];
}

const MOST_PAIRS = 400;
const SEED = 7;
/** Differences below 1e-12 are counted as such. */
const SMALLEST = -12;

/** Reservoir sampling: each pair is as likely to be kept as any other. https://en.wikipedia.org/wiki/Reservoir_sampling */
export class PairTally {
  readonly #field: string;
  readonly #random = mulberry32(SEED);
  readonly #pairs: Pair[] = [];
  readonly #decades = new Map<number, number>();
  #equal = 0;
  #seen = 0;

  constructor(field: string) {
    this.#field = field;
  }

  add(expected: number, actual: number): void {
    const difference = Math.abs(actual - expected);
    if (!Number.isFinite(difference)) return;
    if (difference === 0) this.#equal++;
    else {
      const decade = Math.max(SMALLEST, Math.floor(Math.log10(difference)) + 1);
      this.#decades.set(decade, (this.#decades.get(decade) ?? 0) + 1);
    }
    const at = this.#seen++ < MOST_PAIRS ? this.#pairs.length : Math.floor(this.#random() * this.#seen);
    if (at < MOST_PAIRS) this.#pairs[at] = { expected, actual };
  }

  result(): FieldPairs {
    const found = [...this.#decades.keys()];
    const [low, high] = [Math.min(...found), Math.max(...found)];
    const decades = found.length === 0 ? [] : Array.from({ length: high - low + 1 }, (_, at) => low + at);
    return {
      field: this.#field,
      pairs: this.#pairs,
      differences: [
        { below: null, count: this.#equal },
        ...decades.map((decade) => ({ below: 10 ** decade, count: this.#decades.get(decade) ?? 0 })),
      ],
    };
  }
}
