/** Answers beside the reference: every value of every row, added up in bounded memory. */
import type { Batch } from './batches.ts';
import { flatten, type Fields } from './decode.ts';
import { counted } from '../counted.ts';
import type { JsonValue } from '../exact-json.ts';
import { columnFor, outputName, type MappedField } from './mapping.ts';
import { isTie, probabilitiesOf, type Column, type Expected } from './reference.ts';
import { PairTally, type FieldPairs } from './pairs.ts';
import { SpreadTally } from './spread.ts';
import {
  allowed,
  compareValues,
  numberOf,
  sameLabel,
  toleranceFor,
  type Scalar,
  type Tolerance,
  type Tolerances,
} from './tolerance.ts';
import { WorstRows, type RowDifference, type WorstRow } from './worst-rows.ts';

export interface OutputParity {
  readonly field: string;
  readonly output: string;
  readonly compared: number;
  readonly mismatches: number;
  readonly maxAbsDiff: number | null;
  readonly tolerance: Tolerance;
}

export interface ParityResult {
  readonly rows: number;
  /** Rows with at least one mismatch, or without a usable answer field. */
  readonly rowsWrong: number;
  readonly compared: number;
  readonly mismatches: number;
  /** Labels that differ although the reference's own margin is within the tolerance; no mismatches. */
  readonly ties: number;
  /** The largest finite difference; null if no number was compared. */
  readonly maxAbsDiff: number | null;
  readonly outputs: readonly OutputParity[];
  /** What is wrong with the form of the answers, each said once. */
  readonly problems: readonly string[];
  /** Outputs whose values differ less from row to row than the tolerance allows, so nothing is proven of them. */
  readonly loose: readonly string[];
  readonly worst: readonly WorstRow[];
  /** For charts. */
  readonly pairs: readonly FieldPairs[];
}

interface OutputTally {
  readonly mapped: MappedField;
  readonly tolerance: Tolerance;
  readonly pairs: PairTally;
  readonly spread: SpreadTally;
  compared: number;
  mismatches: number;
  maxAbsDiff: number | null;
}

type Shapes = Readonly<Record<string, readonly number[]>>;

const MOST_PROBLEMS = 10;

export class ParityTally {
  readonly #tolerances: Tolerances;
  readonly #labelNames: readonly string[] | null;
  readonly #outputs = new Map<string, OutputTally>();
  readonly #problems = new Map<string, string>();
  readonly #worst = new WorstRows();
  #rows = 0;
  #rowsWrong = 0;
  #ties = 0;

  constructor(tolerances: Tolerances, labelNames: readonly string[] | null) {
    this.#tolerances = tolerances;
    this.#labelNames = labelNames;
  }

  /**
   * Compares the answer to one request.
   * @param shapes what the answer itself says of the shapes of its fields, if its protocol does
   */
  add(
    batch: Batch,
    expected: Expected,
    answer: Fields,
    mapping: readonly MappedField[],
    shapes: Shapes | null = null,
  ): void {
    const usable = mapping.filter(
      (mapped) => this.#hasRows(mapped, answer, batch, mapping) && this.#hasShape(mapped, expected, shapes),
    );
    const columns = new Map(mapping.map((mapped) => [mapped, columnFor(expected, mapped)] as const));
    this.#rows += batch.rows.length;
    for (let row = 0; row < batch.rows.length; row++) {
      const differences = usable.flatMap((mapped) =>
        this.#compareRow(mapped, columns.get(mapped), expected, answer, batch, row),
      );
      if (differences.length > 0 || usable.length < mapping.length) this.#rowsWrong++;
      if (differences.length === 0) continue;
      this.#worst.add(batch.start + row + 1, batch.rows[row] ?? null, differences);
    }
  }

  result(): ParityResult {
    const tallies = [...this.#outputs.values()];
    const outputs = tallies.map(({ mapped, compared, mismatches, maxAbsDiff, tolerance }) => {
      return { field: mapped.field, output: outputName(mapped), compared, mismatches, maxAbsDiff, tolerance };
    });
    return {
      rows: this.#rows,
      rowsWrong: this.#rowsWrong,
      compared: sum(outputs.map(({ compared }) => compared)),
      mismatches: sum(outputs.map(({ mismatches }) => mismatches)),
      ties: this.#ties,
      maxAbsDiff: outputs.reduce<number | null>((most, { maxAbsDiff }) => larger(most, maxAbsDiff), null),
      outputs,
      problems: [...this.#problems.values()],
      loose: tallies.flatMap(
        ({ mapped, spread, tolerance }) => spread.loose(outputName(mapped), tolerance) ?? [],
      ),
      worst: this.#worst.list(),
      pairs: tallies.filter(({ mapped }) => mapped.role !== 'label').map(({ pairs }) => pairs.result()),
    };
  }

  #hasRows(mapped: MappedField, answer: Fields, batch: Batch, all: readonly MappedField[]): boolean {
    const { field } = mapped;
    const value = answer[field];
    const count = batch.rows.length;
    if (value === undefined) return this.#problem(`missing ${field}`, missingField(mapped, answer, all));
    if (!Array.isArray(value)) {
      return this.#problem(
        `form ${field}`,
        `The answer's field "${field}" is not an array with one entry per row.`,
      );
    }
    if (value.length === count) return true;
    const first = batch.start + 1;
    return this.#problem(
      `rows ${field}`,
      `The answer's field "${field}" has ${value.length} rows for a request of ${count} (from row ${first} on).`,
    );
  }

  /** Whole tensors are compared with their shapes; each is one comparison, so an empty tensor is compared too. */
  #hasShape(mapped: MappedField, { shapes: wanted }: Expected, shapes: Shapes | null): boolean {
    const want = wanted?.get(mapped.output);
    if (!want) return true;
    const got = shapes?.[mapped.field];
    const tally = this.#tallyOf(mapped);
    tally.compared++;
    if (got?.length === want.length && got.every((size, axis) => size === want[axis])) return true;
    tally.mismatches++;
    return this.#problem(
      `shape ${mapped.field}`,
      `The answer's field "${mapped.field}" has the shape [${got?.join(', ') ?? 'none'}]; ` +
        `the reference's output "${mapped.output}" has [${want.join(', ')}].`,
    );
  }

  #compareRow(
    mapped: MappedField,
    column: Column | undefined,
    expected: Expected,
    answer: Fields,
    batch: Batch,
    row: number,
  ): RowDifference[] {
    const rows = answer[mapped.field];
    if (!column || !Array.isArray(rows)) return [];
    const { width, values } = column;
    const got = flatten((rows as readonly JsonValue[])[row] ?? []);
    if (got.length !== width) {
      this.#problem(
        `width ${mapped.field}`,
        `The answer's field "${mapped.field}" has ${counted(got.length, 'value')} in row ${batch.start + row + 1}; ` +
          `the reference's output "${outputName(mapped)}" has ${counted(width, 'value')}.` +
          onePartHint(mapped, got.length, width),
      );
      return [
        {
          field: mapped.field,
          index: null,
          expected: values[row * width] ?? null,
          actual: got[0] ?? null,
          difference: null,
          excess: Infinity,
        },
      ];
    }
    const differences: RowDifference[] = [];
    const tally = this.#tallyOf(mapped);
    for (let index = 0; index < width; index++) {
      const want = values[row * width + index] ?? null;
      const difference = this.#compareValue(tally, expected, row, index, got[index], want);
      if (difference) differences.push(difference);
    }
    return differences;
  }

  /** null for what is equal. */
  #compareValue(
    tally: OutputTally,
    expected: Expected,
    row: number,
    index: number,
    actual: Scalar | undefined,
    want: Scalar,
  ): RowDifference | null {
    const { field, role } = tally.mapped;
    const told = (difference: number | null, excess: number): RowDifference => {
      tally.mismatches++;
      return { field, index, expected: want, actual: actual ?? null, difference, excess };
    };
    tally.compared++;
    if (role === 'label') {
      if (sameLabel(actual, want, this.#labelNames)) return null;
      if (!this.#isTie(expected, row)) return told(null, Infinity);
      this.#ties++;
      return null;
    }
    const { equal, difference } = compareValues(actual, want, tally.tolerance);
    if (typeof want !== 'string') tally.maxAbsDiff = larger(tally.maxAbsDiff, difference);
    const [wanted, got] = [numberOf(want), numberOf(actual)];
    if (wanted !== null && got !== null) tally.pairs.add(wanted, got);
    if (wanted !== null) tally.spread.add(index, wanted);
    return equal ? null : told(difference, excessOf(difference, want, tally.tolerance));
  }

  /** Judged by the tolerance of the probabilities, which say how sure the reference is. */
  #isTie(expected: Expected, row: number): boolean {
    const scores = expected.fields.find(({ role }) => role === 'probabilities');
    const tolerance = scores ? toleranceFor(this.#tolerances, scores) : this.#tolerances;
    return isTie(probabilitiesOf(expected), row, tolerance);
  }

  #tallyOf(mapped: MappedField): OutputTally {
    const key = `${mapped.field} ${outputName(mapped)}`;
    const known = this.#outputs.get(key);
    if (known) return known;
    const tally: OutputTally = {
      mapped,
      tolerance: toleranceFor(this.#tolerances, mapped),
      pairs: new PairTally(mapped.field),
      spread: new SpreadTally(),
      compared: 0,
      mismatches: 0,
      maxAbsDiff: null,
    };
    this.#outputs.set(key, tally);
    return tally;
  }

  /** Notes a problem, once for each kind. */
  #problem(kind: string, message: string): false {
    if (this.#problems.size < MOST_PROBLEMS && !this.#problems.has(kind)) this.#problems.set(kind, message);
    return false;
  }
}

/** What the answer has instead, and how to say what is meant. */
function missingField(mapped: MappedField, answer: Fields, all: readonly MappedField[]): string {
  const has = Object.keys(answer).slice(0, 10).join(', ') || 'none';
  const there = all.filter(({ field }) => field in answer);
  const onlyThose = there.map((one) => `${one.field}=${outputName(one)}`).join(', ');
  const advice =
    there.length > 0
      ? ` To compare only existing fields, set output-map: ${onlyThose}.`
      : ' Name the right one with output-map: <field>=<output>.';
  return `The answer has no field "${mapped.field}" for the output "${outputName(mapped)}" (its fields: ${has}).${advice}`;
}

/** A score of one class beside those of all. */
function onePartHint({ field, output }: MappedField, got: number, width: number): string {
  return got === 1 && width > 1
    ? ` Compare it with one of them: output-map: ${field}=${output}[${width - 1}].`
    : '';
}

/** How many times the tolerance a difference is. */
function excessOf(difference: number | null, expected: Scalar, tolerance: Tolerance): number {
  if (difference === null) return Infinity;
  const limit = allowed(numberOf(expected) ?? 0, tolerance);
  return limit > 0 ? difference / limit : Infinity;
}

function larger(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
