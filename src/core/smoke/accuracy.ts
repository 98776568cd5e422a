/** How many labels the endpoint gets right, beside the reference. */
import type { Batch } from './batches.ts';
import type { Cases } from './cases/cases.ts';
import { flatten, type Fields } from './decode.ts';
import type { JsonValue } from '../exact-json.ts';
import type { Label } from './label.ts';
import type { MappedField } from './mapping.ts';
import { rowOf, type Expected } from './reference.ts';
import { numberOf, sameLabel, type Scalar } from './tolerance.ts';

export interface AccuracyResult {
  /** Rows with a label that were answered. */
  readonly n: number;
  readonly correct: number;
  /** correct / n; null where no labelled row was answered. */
  readonly accuracy: number | null;
  /** The reference's accuracy over the same rows; null where it gives no labels. */
  readonly reference: number | null;
}

export class AccuracyTally {
  readonly #names: readonly string[] | null;
  #n = 0;
  #correct = 0;
  #referenceN = 0;
  #referenceCorrect = 0;

  constructor(names: Cases['labelNames']) {
    this.#names = names;
  }

  add({ cases }: Batch, answer: Fields, expected: Expected | null, mapping: readonly MappedField[]): void {
    const field = mapping.find(({ role }) => role === 'label')?.field ?? 'predictions';
    const answered = answer[field];
    for (const [row, { label: truth }] of cases.entries()) {
      if (typeof truth === 'object' && truth !== null) continue;
      this.#n++;
      if (sameLabel(labelOfRow(answered, row), truth, this.#names)) this.#correct++;
      const wanted = expected && referenceLabel(expected, row);
      if (wanted === null) continue;
      this.#referenceN++;
      if (sameLabel(wanted, truth, this.#names)) this.#referenceCorrect++;
    }
  }

  result(): AccuracyResult {
    return {
      n: this.#n,
      correct: this.#correct,
      accuracy: this.#n === 0 ? null : this.#correct / this.#n,
      reference: this.#referenceN === 0 ? null : this.#referenceCorrect / this.#referenceN,
    };
  }
}

function labelOfRow(answered: JsonValue | undefined, row: number): Label | null {
  const value = Array.isArray(answered) ? (answered as readonly JsonValue[])[row] : undefined;
  return value === undefined ? null : labelOf(flatten(value));
}

function referenceLabel({ fields, columns }: Expected, row: number): Label | null {
  const field =
    fields.find(({ role }) => role === 'label') ?? fields.find(({ field: name }) => name === 'predictions');
  const column = field && columns.get(field.output);
  return column ? labelOf(rowOf(column, row)) : null;
}

/** The only value of a row; of several numbers, one a class, the place of the highest. */
function labelOf(values: readonly Scalar[]): Label | null {
  if (values.length < 2) return values[0] ?? null;
  const numbers = values.map((value) => numberOf(value) ?? Number.NEGATIVE_INFINITY);
  return numbers.indexOf(Math.max(...numbers));
}
