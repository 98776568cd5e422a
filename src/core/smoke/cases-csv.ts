/** Cases from CSV with a header; cells that are numbers become numbers. */
import { parse } from 'csv-parse/sync';
import { UserError } from '../errors.ts';
import type { RawCases } from './raw-cases.ts';
import type { JsonValue } from '../exact-json.ts';

const LABEL_COLUMN = /^labels?$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** @throws UserError where the file is no CSV, or its first row is no header. */
export function readCsvCases(text: string, name: string): RawCases {
  const [header = [], ...rows] = parseRows(text, name);
  if (header.every((cell) => NUMBER.test(cell))) {
    throw fault(name, 'has no header: its first row holds only numbers. Put the names of the columns there.');
  }
  const label = header.findIndex((cell) => LABEL_COLUMN.test(cell));
  const withoutLabel = <T>(cells: readonly T[]) => cells.filter((_, column) => column !== label);
  return {
    instances: rows.map((row) => withoutLabel(row).map(valueOf)),
    labels: label < 0 ? undefined : rows.map((row) => valueOf(row[label] ?? '')),
    featureNames: withoutLabel(header),
  };
}

function parseRows(text: string, name: string): string[][] {
  try {
    return parse(text, { trim: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    throw fault(name, `is not CSV (${(error as Error).message}).`);
  }
}

function fault(name: string, message: string): UserError {
  return UserError.of([{ where: `cases (${name})`, message }]);
}

/** An empty cell is a missing value, which the rows' check names. */
function valueOf(cell: string): JsonValue {
  if (cell === '') return null;
  return NUMBER.test(cell) ? Number(cell) : cell;
}
