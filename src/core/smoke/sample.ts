/** The first rows with what was expected and answered, kept for a guess at the cause of a difference. */
import type { Batch } from './batches.ts';
import { flatten, type Fields } from './decode.ts';
import type { JsonValue } from '../exact-json.ts';
import type { MappedField } from './mapping.ts';
import { rowOf, type Expected } from './reference.ts';
import type { Scalar } from './tolerance.ts';

export interface SampledField {
  readonly field: string;
  readonly output: string;
  readonly role: MappedField['role'];
  /** One list of values a row. */
  readonly expected: Scalar[][];
  readonly actual: Scalar[][];
}

const MOST_ROWS = 128;

export class Sample {
  readonly instances: JsonValue[] = [];
  readonly fields = new Map<string, SampledField>();

  add(batch: Batch, expected: Expected, answer: Fields, mapping: readonly MappedField[]): void {
    const rows = Math.min(batch.rows.length, MOST_ROWS - this.instances.length);
    if (rows <= 0) return;
    this.instances.push(...batch.rows.slice(0, rows));
    for (const mapped of mapping) {
      const column = expected.columns.get(mapped.output);
      const answered = answer[mapped.field];
      const sampled = this.#fieldOf(mapped);
      for (let row = 0; row < rows; row++) {
        sampled.expected.push(column ? rowOf(column, row) : []);
        sampled.actual.push(
          Array.isArray(answered) ? flatten((answered as readonly JsonValue[])[row] ?? []) : [],
        );
      }
    }
  }

  #fieldOf({ field, output, role }: MappedField): SampledField {
    const known = this.fields.get(field);
    if (known) return known;
    const sampled: SampledField = { field, output, role, expected: [], actual: [] };
    this.fields.set(field, sampled);
    return sampled;
  }
}
