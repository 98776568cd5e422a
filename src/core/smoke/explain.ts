/** The worst rows, with what was sent: what a person needs to see the error with their own eyes. */
import { isRecord, type JsonValue } from '../exact-json.ts';
import type { Cases } from './cases/cases.ts';
import type { RowDifference, WorstRow } from './worst-rows.ts';

/** Values as texts, because JSON has neither NaN nor whole numbers beyond 2^53. */
export interface ExplainedDifference {
  readonly field: string;
  readonly index: number | null;
  readonly expected: string;
  readonly actual: string;
  readonly difference: number | null;
}

export interface ExplainedRow {
  /** Number of the row among the cases, from 1. */
  readonly row: number;
  readonly differences: readonly ExplainedDifference[];
  /** What was sent: name (or place) and value, the first of them. */
  readonly input: readonly { readonly name: string; readonly value: string }[];
  /** How many more values the row has. */
  readonly inputLeftOut: number;
}

const SHOWN_INPUTS = 40;

/** A value for people: a fraction with seven digits, as float32 has them; anything else as it is. */
export function shortValue(text: string): string {
  return /^-?\d+\.\d{7,}(e-?\d+)?$/.test(text) ? String(Number(Number(text).toPrecision(7))) : text;
}

export function explainRows(worst: readonly WorstRow[], { featureNames }: Cases): ExplainedRow[] {
  return worst.map(({ row, instance, differences }) => {
    const input = inputsOf(instance, featureNames);
    return {
      row,
      differences: differences.map(explainDifference),
      input: input.slice(0, SHOWN_INPUTS),
      inputLeftOut: Math.max(0, input.length - SHOWN_INPUTS),
    };
  });
}

function explainDifference({
  field,
  index,
  expected,
  actual,
  difference,
}: RowDifference): ExplainedDifference {
  return { field, index, expected: shown(expected), actual: shown(actual), difference };
}

function inputsOf(row: JsonValue, names: readonly string[] | null): ExplainedRow['input'] {
  if (isRecord(row)) return Object.entries(row).map(([name, value]) => ({ name, value: shown(value) }));
  const values: readonly JsonValue[] = Array.isArray(row) ? row : [row];
  return values.map((value, index) => ({ name: names?.[index] ?? `[${index}]`, value: shown(value) }));
}

function shown(value: JsonValue): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return value;
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}
