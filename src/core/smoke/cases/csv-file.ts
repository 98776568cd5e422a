/**
 * Cases in CSV with a header. Cells stay texts here: what they mean is for the model's signature to say. A column
 * `label` is the true label.
 */
import { parse } from 'csv-parse/sync';
import { messageOf, UserError } from '../../errors.ts';
import { NUMBER } from '../../inference/cells.ts';
import type { CasesFile, RawCase } from './raw-case.ts';
import { textLines } from './text-lines.ts';

const LABEL_COLUMN = /^labels?$/i;
/** Separators besides the comma: of Excel in half of Europe, of .tsv, and of databases. */
const OTHER_SEPARATORS = [';', '\t', '|'];

/**
 * @param labelColumn the column of the true labels; null: `label` or `labels`
 * @throws UserError if the file is no CSV, or its first row is no header.
 */
export function csvFile(path: string, name: string, labelColumn: string | null = null): CasesFile {
  const table: Table = { path, name, separator: separatorOf(path, name) };
  const [header] = recordsOf(table);
  if (!header) return { rows: () => [], isText: true, problems: [NO_ROWS] };
  const names = header.cells.map((cell) => cell.trim());
  if (names.every((cell) => NUMBER.test(cell))) {
    throw fault(
      name,
      'has no header: its first row contains only numbers. Add a row with the names of the columns.',
    );
  }
  const isLabel = (cell: string) => (labelColumn === null ? LABEL_COLUMN.test(cell) : cell === labelColumn);
  const label = names.findIndex(isLabel);
  const missing = labelColumn !== null && label < 0;
  return {
    rows: () => rowsOf(table, label),
    isText: true,
    featureNames: names.filter((_, column) => column !== label),
    problems: missing
      ? [`has no column "${labelColumn}", which label-column names; it has ${list(names)}.`]
      : [],
  };
}

const NO_ROWS = 'has no rows: give a header and at least one row.';

function list(names: readonly string[]): string {
  return names.map((one) => `"${one}"`).join(', ');
}

interface Table {
  readonly path: string;
  readonly name: string;
  readonly separator: string;
}

/** The comma, unless the header has none and has another one. */
function separatorOf(path: string, name: string): string {
  const [first] = textLines(path, name);
  const header = (first?.text ?? '').replace(/"[^"]*"/g, '');
  if (header.includes(',')) return ',';
  return OTHER_SEPARATORS.find((separator) => header.includes(separator)) ?? ',';
}

/** @param label the column of the true labels; -1 if there is none */
function* rowsOf(table: Table, label: number): Generator<RawCase> {
  let isHeader = true;
  for (const { cells, line } of recordsOf(table)) {
    if (!isHeader) {
      const values = label < 0 ? cells : cells.toSpliced(label, 1);
      const truth = label < 0 ? undefined : (cells[label] ?? null);
      yield { instance: values, label: truth, expected: undefined, line };
    }
    isHeader = false;
  }
}

interface CsvRecord {
  readonly cells: readonly string[];
  /** The line that it begins on. */
  readonly line: number;
}

/** So many lines are parsed at once. */
const LINES = 256;
/** A quote that is still open after this many never ends. */
const MOST_LINES = 100_000;

/** The parser gets some lines at a time, and whole records always: a line break within quotes ends none. */
function* recordsOf(table: Table): Generator<CsvRecord> {
  let lines: string[] = [];
  let first = 1;
  let inQuotes = false;
  for (const { text, number } of textLines(table.path, table.name)) {
    lines.push(text);
    if (text.includes('"') && text.split('"').length % 2 === 0) inQuotes = !inQuotes;
    if (lines.length < LINES || (inQuotes && lines.length < MOST_LINES)) continue;
    yield* parseLines(lines, first, table);
    lines = [];
    first = number + 1;
  }
  yield* parseLines(lines, first, table);
}

function* parseLines(lines: readonly string[], first: number, table: Table): Generator<CsvRecord> {
  // Without quotes a comma is a comma: many times faster than the parser, and most tables of numbers have none.
  if (!lines.some((line) => line.includes('"'))) {
    for (const [at, line] of lines.entries()) {
      if (line.trim() !== '') yield { cells: line.split(table.separator), line: first + at };
    }
    return;
  }
  for (const { record, info } of parseText(lines.join('\n'), first, table)) {
    const height = record.reduce((breaks, cell) => breaks + cell.split('\n').length - 1, 0);
    yield { cells: record, line: first + info.lines - 1 - height };
  }
}

interface Parsed {
  readonly record: string[];
  readonly info: { readonly lines: number };
}

function parseText(text: string, first: number, { name, separator }: Table): Parsed[] {
  const options = {
    delimiter: separator,
    skip_empty_lines: true,
    relax_column_count: true,
    info: true,
  } as const;
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
