/** Cases in CSV with a header; cells that are numbers become numbers. A column `label` is the true label. */
import { parse } from 'csv-parse/sync';
import { messageOf, UserError } from '../../errors.ts';
import type { JsonValue } from '../../exact-json.ts';
import { linesOf } from './file-chunks.ts';
import type { CasesFile, RawCase } from './raw-case.ts';

const LABEL_COLUMN = /^labels?$/i;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/** @throws UserError where the file is no CSV, or its first row is no header. */
export function csvFile(path: string, name: string): CasesFile {
  const [header] = recordsOf(path, name);
  if (!header) return { rows: () => [], problems: [NO_ROWS] };
  if (header.cells.every((cell) => NUMBER.test(cell))) {
    throw fault(name, 'has no header: its first row holds only numbers. Put the names of the columns there.');
  }
  const label = header.cells.findIndex((cell) => LABEL_COLUMN.test(cell));
  return {
    rows: () => rowsOf(path, name, label),
    featureNames: header.cells.filter((_, column) => column !== label),
    problems: [],
  };
}

const NO_ROWS = 'has no rows: give a header and one row at least.';

/** @param label the column of the true labels; -1 where there is none */
function* rowsOf(path: string, name: string, label: number): Generator<RawCase> {
  let isHeader = true;
  for (const { cells, line } of recordsOf(path, name)) {
    if (!isHeader) {
      const values = cells.map(valueOf);
      const truth = label < 0 ? undefined : (values[label] ?? null);
      if (label >= 0) values.splice(label, 1);
      yield { instance: values, label: truth, expected: undefined, line };
    }
    isHeader = false;
  }
}

/** An empty cell is a missing value, which the rows' check names. */
function valueOf(cell: string): JsonValue {
  if (cell === '') return null;
  return NUMBER.test(cell) ? Number(cell) : cell;
}

interface CsvRecord {
  readonly cells: readonly string[];
  /** The line that it begins on. */
  readonly line: number;
}

/** So many lines are parsed at once. */
const LINES = 256;
/** A quote that is still open after so many is one that never ends. */
const MOST_LINES = 100_000;

/** The parser gets some lines at a time, and whole records always: a line break within quotes ends none. */
function* recordsOf(path: string, name: string): Generator<CsvRecord> {
  let lines: string[] = [];
  let first = 1;
  let inQuotes = false;
  for (const { text, number } of linesOf(path)) {
    lines.push(text);
    if (text.includes('"') && text.split('"').length % 2 === 0) inQuotes = !inQuotes;
    if (lines.length < LINES || (inQuotes && lines.length < MOST_LINES)) continue;
    yield* parseLines(lines, first, name);
    lines = [];
    first = number + 1;
  }
  yield* parseLines(lines, first, name);
}

function* parseLines(lines: readonly string[], first: number, name: string): Generator<CsvRecord> {
  // Without quotes a comma is a comma: many times faster than the parser, and most tables of numbers have none.
  if (!lines.some((line) => line.includes('"'))) {
    for (const [at, line] of lines.entries()) {
      if (line.trim() !== '') yield { cells: line.split(',').map((cell) => cell.trim()), line: first + at };
    }
    return;
  }
  for (const { record, info } of parseText(lines.join('\n'), first, name)) {
    const height = record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
    yield { cells: record, line: first + info.lines - 1 - height };
  }
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function parseText(text: string, first: number, name: string): Parsed[] {
  const options = { trim: true, skip_empty_lines: true, relax_column_count: true, info: true } as const;
  try {
    return parse(text, options) as unknown as Parsed[];
  } catch (error) {
    // The parser counts from the first line that it was given.
    const message = messageOf(error).replace(
      /\bline (\d+)/g,
      (_, line) => `line ${Number(line) + first - 1}`,
    );
    throw fault(name, `is not CSV (${message}).`);
  }
}

function fault(name: string, message: string): UserError {
  return UserError.of([{ where: `cases (${name})`, message }]);
}
