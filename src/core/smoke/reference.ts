/**
 * What answers are compared with, whatever it comes from: a model, recordings, another endpoint. Each gives, for the
 * rows of one request, the columns that an answer to it should carry.
 */
import type { AnswerField } from '../inference/answer.ts';
import type { Batch } from './batches.ts';
import type { Scalar, Tolerance } from './tolerance.ts';
import { allowed, numberOf } from './tolerance.ts';

/** Row-major values; every row has `width` of them. */
export interface Column {
  readonly width: number;
  readonly values: ArrayLike<Scalar>;
}

export interface Expected {
  /** Which field of an answer carries which output, if nobody says otherwise. */
  readonly fields: readonly AnswerField[];
  /** By the output's name. */
  readonly columns: ReadonlyMap<string, Column>;
  /** Shapes of whole tensors, by the output's name; null if rows are compared. */
  readonly shapes: ReadonlyMap<string, readonly number[]> | null;
  /** Outputs without one value (or several) for each row, which cannot be compared row by row. */
  readonly leftOut: readonly string[];
}

export type ReferenceKind = 'onnx' | 'recorded' | 'endpoint';

export interface Reference {
  readonly kind: ReferenceKind;
  /** Where it comes from, for the log and the report. */
  readonly label: string;
  /** sha256 of the model file; null if it is not a file. */
  readonly digest: string | null;
  /**
   * What the rows of one request should be answered with.
   * @throws UserError if the cases do not fit the reference: nobody's endpoint is at fault then.
   */
  expect(batch: Batch, signal: AbortSignal): Promise<Expected>;
  close(): Promise<void>;
}

/** The column that tells how sure the reference is: the probabilities of the classes; undefined if there is none. */
export function probabilitiesOf({ fields, columns }: Expected): Column | undefined {
  const field = fields.find(({ role }) => role === 'probabilities');
  return field && columns.get(field.output);
}

/**
 * Whether the reference itself hardly prefers its label: its two highest probabilities are no further apart than the
 * tolerance, so rounding may flip the label.
 */
export function isTie(probabilities: Column | undefined, row: number, tolerance: Tolerance): boolean {
  if (!probabilities || probabilities.width < 2) return false;
  const values = rowOf(probabilities, row).map((value) => numberOf(value) ?? Number.NaN);
  const [first = Number.NaN, second = Number.NaN] = values.sort((a, b) => b - a);
  return first - second <= allowed(first, tolerance);
}

export function rowOf({ width, values }: Column, row: number): Scalar[] {
  return Array.from({ length: width }, (_, index) => values[row * width + index] ?? null);
}
