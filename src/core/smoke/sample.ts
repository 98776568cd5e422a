/** Some rows with what was expected and answered, kept for a guess at the cause of a difference. */
import type { Batch } from './batches.ts';
import { flatten, type Fields } from './decode.ts';
import type { JsonValue } from '../exact-json.ts';
import { expectedRow, type MappedField } from './mapping.ts';
import { mulberry32 } from './random.ts';
import type { Expected } from './reference.ts';
import type { Scalar } from './tolerance.ts';

export interface SampledField {
  readonly field: string;
  readonly output: string;
  readonly role: MappedField['role'];
  /** The value of each row of the output that it is compared with; absent: all of them. */
  readonly part?: number;
  /** One list of values a row. */
  readonly expected: Scalar[][];
  readonly actual: Scalar[][];
}

const MOST_ROWS = 128;
const SEED = 11;

/** Reservoir sampling over all rows, the same one every time. https://en.wikipedia.org/wiki/Reservoir_sampling */
export class Sample {
  readonly instances: JsonValue[] = [];
  readonly fields = new Map<string, SampledField>();
  readonly #random = mulberry32(SEED);
  #seen = 0;

  add(batch: Batch, expected: Expected, answer: Fields, mapping: readonly MappedField[]): void {
    for (const [row, instance] of batch.rows.entries()) {
      const isFirst = this.#seen++ < MOST_ROWS;
      const at = isFirst ? this.instances.length : Math.floor(this.#random() * this.#seen);
      if (at >= MOST_ROWS) continue;
      this.instances[at] = instance;
      for (const mapped of mapping) {
        const answered = answer[mapped.field];
        const sampled = this.#fieldOf(mapped);
        sampled.expected[at] = expectedRow(expected, mapped, row);
        sampled.actual[at] = Array.isArray(answered)
          ? [...flatten((answered as readonly JsonValue[])[row] ?? [])]
          : [];
      }
    }
  }

  #fieldOf({ field, output, role, part }: MappedField): SampledField {
    const known = this.fields.get(field);
    if (known) return known;
    const places = part === undefined ? {} : { part };
    const sampled: SampledField = { field, output, role, ...places, expected: [], actual: [] };
    this.fields.set(field, sampled);
    return sampled;
  }
}
