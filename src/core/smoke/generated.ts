/** More rows like those of a sample: every value within the range that its place has there, the same ones every time. */
import { isRecord, type JsonValue } from '../exact-json.ts';
import type { Cases } from './cases.ts';
import { mulberry32 } from './random.ts';

const SEED = 20_260_102;

/** Labels and expectations are those of other rows, so they are dropped. */
export function casesLike(sample: Cases, count: number): Cases {
  const random = mulberry32(SEED);
  const make = generatorOf(sample.instances, random);
  return {
    ...sample,
    source: `${count} seeded rows within the ranges of ${sample.source}`,
    instances: Array.from({ length: count }, make),
    labels: null,
    expected: null,
  };
}

/** A generator for what stands at one place of all rows, as deep as they are. */
function generatorOf(values: readonly JsonValue[], random: () => number): () => JsonValue {
  const [first] = values;
  if (Array.isArray(first)) {
    const rows = values as readonly (readonly JsonValue[])[];
    const parts = (first as readonly JsonValue[]).map((_, at) =>
      generatorOf(
        rows.map((row) => row[at] ?? null),
        random,
      ),
    );
    return () => parts.map((part) => part());
  }
  if (isRecord(first)) {
    const parts = Object.keys(first).map((name) => {
      const column = values.map((row) => (isRecord(row) ? (row[name] ?? null) : null));
      return [name, generatorOf(column, random)] as const;
    });
    return () => Object.fromEntries(parts.map(([name, part]) => [name, part()]));
  }
  return numbersLike(values, random) ?? (() => values[Math.floor(random() * values.length)] ?? null);
}

/** null where not all are plain numbers; texts, truth values and long integers are drawn from those seen. */
function numbersLike(values: readonly JsonValue[], random: () => number): (() => number) | null {
  if (!values.every((value) => typeof value === 'number')) return null;
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (values.every(Number.isInteger)) return () => low + Math.floor(random() * (high - low + 1));
  // Seven digits, as float32 holds them.
  return () => Number((low + random() * (high - low)).toPrecision(7));
}
