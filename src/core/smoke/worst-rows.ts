/** The rows that are furthest off, few of them, whatever the number of rows. */
import type { JsonValue } from '../exact-json.ts';
import type { Scalar } from './tolerance.ts';

export interface RowDifference {
  readonly field: string;
  /** Place of the value within its row; null if the row as a whole is of another form. */
  readonly index: number | null;
  readonly expected: Scalar;
  readonly actual: Scalar;
  /** |actual - expected|; null if that is not a finite number. */
  readonly difference: number | null;
  /** Difference as a multiple of the tolerance; Infinity for a label, or if the difference is not a finite number. */
  readonly excess: number;
}

export interface WorstRow {
  /** Number of the row among the cases, from 1. */
  readonly row: number;
  /** What was sent. */
  readonly instance: JsonValue;
  readonly excess: number;
  readonly differences: readonly RowDifference[];
}

export const WORST_ROWS = 10;
const DIFFERENCES_A_ROW = 5;

export class WorstRows {
  #rows: WorstRow[] = [];

  add(row: number, instance: JsonValue, differences: readonly RowDifference[]): void {
    const excess = Math.max(...differences.map((difference) => difference.excess));
    const last = this.#rows.at(-1);
    if (this.#rows.length >= WORST_ROWS && last && !isWorse(excess, differences, last)) return;
    const worstFirst = [...differences].sort(byExcess).slice(0, DIFFERENCES_A_ROW);
    this.#rows = [...this.#rows, { row, instance, excess, differences: worstFirst }].sort(
      (a, b) => byExcess(a, b) || finiteSum(b.differences) - finiteSum(a.differences) || a.row - b.row,
    );
    this.#rows.length = Math.min(this.#rows.length, WORST_ROWS);
  }

  list(): readonly WorstRow[] {
    return this.#rows;
  }
}

function isWorse(excess: number, differences: readonly RowDifference[], than: WorstRow): boolean {
  return (
    excess > than.excess || (excess === than.excess && finiteSum(differences) > finiteSum(than.differences))
  );
}

/** Infinity - Infinity is not a number, and sort needs one. */
function byExcess(a: { readonly excess: number }, b: { readonly excess: number }): number {
  return a.excess === b.excess ? 0 : b.excess - a.excess;
}

function finiteSum(differences: readonly RowDifference[]): number {
  return differences.reduce((total, { difference }) => total + (difference ?? 0), 0);
}
