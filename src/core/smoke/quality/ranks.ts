/** Whether rows of the class 1 get higher scores than others: the area under the ROC curve. */
import { mulberry32 } from '../random.ts';

/** So many rows give it to three digits; of more, a random sample is kept. */
const MOST_SCORES = 100_000;
const SEED = 23;

export class RankTally {
  readonly #random = mulberry32(SEED);
  readonly #scores: number[] = [];
  readonly #isOne: boolean[] = [];
  #seen = 0;

  /** Reservoir sampling. https://en.wikipedia.org/wiki/Reservoir_sampling */
  add(score: number, isOne: boolean): void {
    const at = this.#seen++ < MOST_SCORES ? this.#scores.length : Math.floor(this.#random() * this.#seen);
    if (at >= MOST_SCORES) return;
    this.#scores[at] = score;
    this.#isOne[at] = isOne;
  }

  /**
   * From the sum of ranks, equal scores sharing theirs; null if all rows are of one class, or a score is not a number.
   * https://en.wikipedia.org/wiki/Mann%E2%80%93Whitney_U_test#Area-under-curve_(AUC)_statistic_for_ROC_curves
   */
  auc(): number | null {
    if (this.#scores.some(Number.isNaN)) return null;
    const order = Array.from(this.#scores.keys()).sort((a, b) => this.#score(a) - this.#score(b));
    let [ranks, ones] = [0, 0];
    for (let from = 0; from < order.length;) {
      let to = from;
      while (to < order.length && this.#score(order[to]) === this.#score(order[from])) to++;
      const tied = order.slice(from, to).filter((at) => this.#isOne[at]).length;
      ranks += (tied * (from + to + 1)) / 2;
      ones += tied;
      from = to;
    }
    const others = order.length - ones;
    return ones === 0 || others === 0 ? null : (ranks - (ones * (ones + 1)) / 2) / (ones * others);
  }

  #score(at: number | undefined): number {
    return this.#scores[at ?? -1] ?? Number.NaN;
  }
}
