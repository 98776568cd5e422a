/**
 * The cases to send: rows, and what is known about them.
 *
 * Read from a JSON object {feature_names?, label_names?, instances, labels?, expected?}, a JSON array of rows, JSON
 * Lines (a row, or {instance, label?, expected?}, per line), or CSV with a header (a column `label` is the true label).
 * The JSON object may have `tolerances` too: {field: {rtol?, atol?}}. The names of expected fields may be JSONPaths.
 * Row numbers in messages and reports start at 1.
 */
import { UserError, type Problem } from '../errors.ts';
import { isRecord, parseJson, show, type JsonValue } from '../exact-json.ts';
import type { Label } from './label.ts';
import type { RawCases } from './raw-cases.ts';
import type { Tolerance } from './tolerance.ts';

export interface Cases {
  /** Where they come from, for the log and the report. */
  readonly source: string;
  readonly instances: readonly JsonValue[];
  /** Each case is the model's whole input (ONNX test data), not a row of it. */
  readonly wholeTensors: boolean;
  /** True labels, one a row; null where the cases have none. */
  readonly labels: readonly Label[] | null;
  readonly featureNames: readonly string[] | null;
  /** What the labels 0, 1, … are called. */
  readonly labelNames: readonly string[] | null;
  /** Recorded expectations: one value a row under each field of the answer; null where there are none. */
  readonly expected: Readonly<Record<string, readonly JsonValue[]>> | null;
  /** Shapes of whole tensors that are expected, by output, one entry a case. */
  readonly expectedShapes: readonly ReadonlyMap<string, readonly number[]>[] | null;
  /** Tolerances for fields of their own; what is absent is as for all others. */
  readonly tolerances: ReadonlyMap<string, Partial<Tolerance>>;
}

/** The field that a bare recorded value stands for. */
const PREDICTIONS = 'predictions';
const SHOWN_ROWS = 5;

/**
 * @param name the file's name; its ending decides between CSV, JSON Lines and JSON.
 * @throws UserError with every problem of the file at once.
 */
export async function parseCases(text: string, name: string): Promise<Cases> {
  const content = text.replace(/^\uFEFF/, '');
  const raw = /\.csv$/i.test(name) ? await readCsv(content, name) : readRaw(content, name);
  const problems: string[] = [];
  const instances = checkInstances(raw.instances, problems);
  const count = instances.length;
  const cases: Cases = {
    source: name,
    instances,
    wholeTensors: false,
    labels: checkLabels(raw.labels, count, problems),
    featureNames: checkNames('feature_names', raw.featureNames, problems),
    labelNames: checkNames('label_names', raw.labelNames, problems),
    expected: checkExpected(raw.expected, count, problems),
    expectedShapes: null,
    tolerances: checkTolerances(raw.tolerances, problems),
  };
  checkRows(cases, problems);
  if (problems.length > 0)
    throw UserError.of(problems.map((message): Problem => ({ where: `cases (${name})`, message })));
  return cases;
}

/** Only CSV pays for its parser. */
async function readCsv(text: string, name: string): Promise<RawCases> {
  const { readCsvCases } = await import('./cases-csv.ts');
  return readCsvCases(text, name);
}

function readRaw(text: string, name: string): RawCases {
  if (text.trim() === '') return { instances: undefined };
  if (/\.(jsonl|ndjson)$/i.test(name)) return readLines(text, name);
  const value = parseText(text, name, '');
  if (Array.isArray(value)) return { instances: value as readonly JsonValue[] };
  if (!isRecord(value)) return { instances: undefined };
  return {
    instances: value.instances,
    labels: value.labels,
    featureNames: value.feature_names,
    labelNames: value.label_names,
    expected: value.expected,
    tolerances: value.tolerances,
  };
}

function parseText(text: string, name: string, line: string): JsonValue {
  try {
    return parseJson(text);
  } catch (error) {
    throw UserError.of([
      {
        where: `cases (${name}${line})`,
        message: `is not JSON (${(error as Error).message}).`,
        fix: 'Give a JSON file {"instances": [[…], …]}, JSON Lines (.jsonl) or CSV with a header (.csv).',
      },
    ]);
  }
}

/** JSON Lines: https://jsonlines.org */
function readLines(text: string, name: string): RawCases {
  const lines = text.split('\n').map((line, index) => ({ line: line.trim(), number: index + 1 }));
  const rows = lines
    .filter(({ line }) => line !== '')
    .map(({ line, number }) => parseText(line, name, `, line ${number}`));
  const wrapped = rows.some((row) => isRecord(row) && 'instance' in row);
  if (!wrapped) return { instances: rows };
  const column = (key: string) => rows.map((row) => (isRecord(row) ? (row[key] ?? null) : null));
  const filled = (values: JsonValue[]) => (values.some((value) => value !== null) ? values : undefined);
  return {
    instances: column('instance'),
    labels: filled(column('label')),
    expected: filled(column('expected')),
  };
}

function checkInstances(value: JsonValue | undefined, problems: string[]): readonly JsonValue[] {
  if (Array.isArray(value) && value.length > 0) return value as readonly JsonValue[];
  const found =
    value === undefined
      ? 'has no "instances".'
      : 'has no rows: "instances" must be an array with at least one.';
  problems.push(`${found} Give {"instances": [[…], …]}, or an array of rows.`);
  return [];
}

function checkLabels(
  value: JsonValue | undefined,
  count: number,
  problems: string[],
): readonly Label[] | null {
  if (value === undefined || value === null) return null;
  if (!Array.isArray(value)) {
    problems.push(`"labels" must be an array with one label for each row, not ${show(value)}.`);
    return null;
  }
  const labels = value as readonly JsonValue[];
  if (labels.length !== count) {
    problems.push(`has ${count} instances and ${labels.length} labels; give one label for each row.`);
  }
  const bad = rowsWhere(labels, (label) => !['string', 'number', 'bigint', 'boolean'].includes(typeof label));
  if (bad) problems.push(`has a label that is neither a number nor a text in ${bad}.`);
  return labels as readonly Label[];
}

function checkNames(key: string, value: JsonValue | undefined, problems: string[]): readonly string[] | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  problems.push(`"${key}" must be an array of texts, not ${show(value)}.`);
  return null;
}

/** Takes one entry a row (a value, or an object of fields), or an object with an array for each field. */
function checkExpected(value: JsonValue | undefined, count: number, problems: string[]): Cases['expected'] {
  if (value === undefined || value === null) return null;
  const fields = Array.isArray(value) ? fieldsOfRows(value as readonly JsonValue[]) : value;
  if (!isRecord(fields)) {
    problems.push(`"expected" must be an array with one entry for each row, or an object of such arrays.`);
    return null;
  }
  for (const [field, column] of Object.entries(fields)) {
    if (Array.isArray(column) && column.length === count) continue;
    const size = Array.isArray(column) ? `${column.length} entries` : 'no array';
    problems.push(`has ${count} instances and ${size} of "expected" ${field}; give one for each row.`);
  }
  return fields as Cases['expected'];
}

function checkTolerances(value: JsonValue | undefined, problems: string[]): Cases['tolerances'] {
  if (value === undefined || value === null) return new Map();
  const isSize = (size: JsonValue | undefined) =>
    size === undefined || (typeof size === 'number' && size >= 0);
  const isTolerance = (one: JsonValue) => isRecord(one) && isSize(one.rtol) && isSize(one.atol);
  if (isRecord(value) && Object.values(value).every(isTolerance)) {
    return new Map(Object.entries(value) as [string, Partial<Tolerance>][]);
  }
  problems.push(`"tolerances" must be an object {field: {"rtol": …, "atol": …}}, not ${show(value)}.`);
  return new Map();
}

function fieldsOfRows(rows: readonly JsonValue[]): Record<string, JsonValue[]> {
  const names = new Set(rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : [PREDICTIONS])));
  const valueOf = (row: JsonValue, name: string) =>
    isRecord(row) ? (row[name] ?? null) : name === PREDICTIONS ? row : null;
  return Object.fromEntries([...names].map((name) => [name, rows.map((row) => valueOf(row, name))]));
}

/** Every row must have the same form, and only values that JSON can carry. */
function checkRows({ instances, featureNames }: Cases, problems: string[]): void {
  const first = instances[0];
  if (first === undefined) return;
  const form = formOf(first);
  const ragged = rowsWhere(instances, (row) => formOf(row) !== form);
  if (ragged) problems.push(`has rows of different forms: row 1 has ${form}, but not so ${ragged}.`);
  const empty = rowsWhere(instances, (row) => holds(row, (value) => value === null));
  if (empty) problems.push(`has an empty value (null) in ${empty}.`);
  const notFinite = rowsWhere(instances, (row) => holds(row, isNotFinite));
  if (notFinite) problems.push(`has NaN or Infinity, which JSON cannot carry, in ${notFinite}.`);
  if (featureNames && Array.isArray(first) && first.length !== featureNames.length) {
    problems.push(`has ${featureNames.length} feature_names for rows of ${first.length} values.`);
  }
}

function formOf(row: JsonValue): string {
  if (Array.isArray(row)) return `${row.length} values`;
  if (isRecord(row)) return `the fields ${Object.keys(row).sort().join(', ')}`;
  return row === null ? 'nothing' : `one ${typeof row}`;
}

function holds(value: JsonValue, test: (value: JsonValue) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item: JsonValue) => holds(item, test));
  if (isRecord(value)) return Object.values(value).some((item) => holds(item, test));
  return test(value);
}

function isNotFinite(value: JsonValue): boolean {
  return typeof value === 'string' && /^(NaN|-?Infinity)$/.test(value);
}

/** "row 3", "rows 3, 4 and 5", "rows 3, 4, 5, 6, 7 and 20 more"; null where the test holds for no row. */
function rowsWhere<T>(rows: readonly T[], test: (row: T) => boolean): string | null {
  const found = rows.flatMap((row, index) => (test(row) ? [index + 1] : []));
  if (found.length === 0) return null;
  if (found.length === 1) return `row ${found[0]}`;
  const shown = found.slice(0, SHOWN_ROWS);
  const more = found.length - shown.length;
  return more > 0
    ? `rows ${shown.join(', ')} and ${more} more`
    : `rows ${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
