/**
 * The version that a rollback would go to, on the same rows: if it keeps to the limit that the version under test and its
 * own reference both miss, neither the cases nor the limit are at fault, and the new model is worse.
 */
import type { JsonValue } from '../../exact-json.ts';
import { batchesOf, type BatchLimits } from '../batches.ts';
import type { Cases } from '../cases/cases.ts';
import type { Fields } from '../decode.ts';
import { columnFor, type MappedField } from '../mapping.ts';
import { rowOf, type Expected, type Reference } from '../reference.ts';
import { QualityTally, type QualityWishes } from './quality.ts';
import type { Figures } from './side.ts';

export interface Witness {
  readonly reference: Reference;
  readonly cases: Cases;
  readonly mapping: readonly MappedField[];
  readonly wishes: QualityWishes;
  readonly limits: BatchLimits;
}

/** @returns null if it gives nothing that the labels can be compared with. @throws UserError for rows that it does not take */
export async function figuresOfWitness(
  { reference, cases, mapping, wishes, limits }: Witness,
  signal: AbortSignal,
): Promise<Figures | null> {
  if (cases.labels === null) return null;
  const tally = new QualityTally(cases.labels, cases.labelNames, wishes);
  for (const batch of batchesOf(cases.rows(), limits)) {
    const expected = await reference.expect(batch, signal);
    tally.add(batch, answered(expected, mapping, batch.rows.length), expected, mapping);
  }
  return tally.result().endpoint;
}

/** What an endpoint would answer that serves this reference. */
export function answered(expected: Expected, mapping: readonly MappedField[], rows: number): Fields {
  return Object.fromEntries(
    mapping.flatMap((mapped) => {
      const column = columnFor(expected, mapped);
      if (column === undefined) return [];
      const values = Array.from({ length: rows }, (_, row): JsonValue => rowOf(column, row) as JsonValue);
      return [[mapped.field, values]];
    }),
  );
}
