/** How far the reference's values are apart: a tolerance beyond that lets any constant answer pass. */
import { round } from './check.ts';
import { allowed, type Tolerance } from './tolerance.ts';

/** Of wider rows, such as images, so many values show it as well as all. */
const MOST_COLUMNS = 1_024;
/** What rounding alone leaves between equal values of 32-bit floating point, as a share of the largest. */
const ROUNDING = 4 * 2 ** -23;
/** A tolerance that finds differences of a thousandth of what there is to see. */
const SENSIBLE_SHARE = 1e-3;

export class SpreadTally {
  readonly #low: number[] = [];
  readonly #high: number[] = [];
  #largest = 0;
  #seen = 0;

  /** @param column place of the value within its row */
  add(column: number, value: number): void {
    if (column >= MOST_COLUMNS || !Number.isFinite(value)) return;
    if (column === 0) this.#seen++;
    this.#largest = Math.max(this.#largest, Math.abs(value));
    const [low = value, high = value] = [this.#low[column], this.#high[column]];
    this.#low[column] = Math.min(low, value);
    this.#high[column] = Math.max(high, value);
  }

  /**
   * What is wrong with the tolerance for this output; null if it can tell rows from one another. A reference that gives
   * the same for every row is not judged: no tolerance would.
   */
  loose(output: string, tolerance: Tolerance): string | null {
    if (this.#seen < 2) return null;
    let spread = 0;
    for (const [column, low = 0] of this.#low.entries()) {
      const high = this.#high[column] ?? low;
      if (high - low > allowed(Math.max(Math.abs(low), Math.abs(high)), tolerance)) return null;
      spread = Math.max(spread, high - low);
    }
    if (spread <= ROUNDING * this.#largest) return null;
    const { rtol, atol } = tolerance;
    const sensible = Math.max(spread * SENSIBLE_SHARE, ROUNDING * this.#largest).toExponential(0);
    return (
      `Nothing is proven for "${output}": over all rows the reference's values are within ${round(spread)} of each other, and ` +
      `the tolerance (rtol ${rtol}, atol ${atol}) accepts any of them for any other. ` +
      `Set output-tolerances: ${output}=rtol 0 atol ${sensible}, or give rows that differ more.`
    );
  }
}
