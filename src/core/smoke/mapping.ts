/** Which field of the answer is compared with which output of the reference: found by name and shape, or as given. */
import { UserError } from '../errors.ts';
import { isRecord, type JsonValue } from '../exact-json.ts';
import type { AnswerField } from '../inference/answer.ts';
import { flatten, type Fields } from './decode.ts';
import { rowOf, type Column, type Expected } from './reference.ts';
import { numberOf, numericOf, type Scalar } from './tolerance.ts';

export interface MappedField extends AnswerField {
  /** Why this field belongs to this output; for the log. */
  readonly why: string;
  /** The only value of each row of the output that is compared, from 0; absent: all of them. */
  readonly part?: number;
  /** Another answer may show that it is something else. */
  readonly isGuess?: boolean;
}

/** The answer that a mapping is found in. */
export interface AnswerForm {
  readonly fields: Fields;
  /** The answer is a list, of JSON or CSV, and names nothing. */
  readonly isBare: boolean;
  /** How many rows it answers. */
  readonly rows: number;
}

/** How an output, or a part of one, is called: as output-map names it. */
export function outputName({ output, part }: Pick<MappedField, 'output' | 'part'>): string {
  return part === undefined ? output : `${output}[${part}]`;
}

/** The values that a field is compared with; undefined if the reference has none. */
export function columnFor(
  { columns }: Pick<Expected, 'columns'>,
  { output, part }: Pick<MappedField, 'output' | 'part'>,
): Column | undefined {
  const column = columns.get(output);
  if (!column || part === undefined) return column;
  const rows = column.values.length / column.width;
  return {
    width: 1,
    values: Array.from({ length: rows }, (_, row) => column.values[row * column.width + part] ?? null),
  };
}

/**
 * @param outputMap field to output, as given; only what it names is compared then.
 * @throws UserError if output-map names an output that the reference does not have.
 */
export function mapFields(
  expected: Expected,
  form: AnswerForm,
  outputMap: ReadonlyMap<string, string> | null,
): readonly MappedField[] {
  if (outputMap) return mapAsTold(expected, outputMap);
  const { fields: answer, rows } = form;
  const told =
    scoresAsPredictions(expected, answer) ?? scoreAndLabel(expected, answer) ?? oneNumberARow(expected, form);
  if (told) return told;
  const byName = expected.fields.map((field): MappedField => {
    if (!(field.field in answer) && field.output in answer) {
      return { ...field, field: field.output, why: 'the field has the name of the output' };
    }
    return { ...field, why: WHY[field.role] };
  });
  return byShape(byName, expected, answer, rows);
}

const WHY: Readonly<Record<AnswerField['role'], string>> = {
  label: 'the output with one label a row',
  probabilities: 'the output with one number a class',
  value: 'the field for this output',
};

/** The output with a number a class that the answer does not have under its name; null if there is none. */
function unnamedScores({ fields, columns }: Expected, answer: Fields) {
  const scores = fields.find(({ role }) => role === 'probabilities');
  if (!scores || scores.field in answer || scores.output in answer) return null;
  const width = columns.get(scores.output)?.width ?? 0;
  return { scores, width, label: fields.find(({ role }) => role === 'label') };
}

/** Some endpoints answer the probabilities as `predictions`, and no labels. */
function scoresAsPredictions(expected: Expected, answer: Fields): MappedField[] | null {
  const found = unnamedScores(expected, answer);
  const first = firstRow(answer.predictions);
  if (!found || first === undefined || namesItsParts(first)) return null;
  const width = flatten(first).length;
  if (width < 2 || width !== found.width) return null;
  return [{ ...found.scores, field: 'predictions', why: `it has ${width} numbers a row, as this output` }];
}

/** SageMaker's Linear Learner: https://docs.aws.amazon.com/sagemaker/latest/dg/LL-in-formats.html */
function scoreAndLabel(expected: Expected, answer: Fields): MappedField[] | null {
  const found = unnamedScores(expected, answer);
  const score = firstRow(answer.score);
  if (!found?.label || score === undefined || !('predicted_label' in answer)) return null;
  const width = flatten(score).length;
  const label = { ...found.label, field: 'predicted_label', why: 'the label beside the score' };
  if (width === found.width) return [label, { ...found.scores, field: 'score', why: WHY.probabilities }];
  if (width !== 1 || found.width !== 2) return null;
  return [label, { ...found.scores, field: 'score', part: 1, why: SCORE_OF_ONE }];
}

const SCORE_OF_ONE = 'one score a row is that of the second of two classes';

/**
 * SageMaker's XGBoost answers a score a row, a scikit-learn container a label a row, and neither gives it a name:
 * https://docs.aws.amazon.com/sagemaker/latest/dg/xgboost.html. Fractions are scores; anything else is labels.
 */
function oneNumberARow(
  expected: Expected,
  { fields: answer, isBare, rows }: AnswerForm,
): MappedField[] | null {
  const found = unnamedScores(expected, answer);
  const only = Object.keys(answer).length === 1 ? answer.predictions : undefined;
  if (!found?.label || !Array.isArray(only) || only.length !== rows) return null;
  const values = (only as readonly JsonValue[]).map((row) => flatten(row));
  if (values.some((row) => row.length !== 1)) return null;
  const areFractions = values.some(([value]) => !Number.isInteger(numericOf(value) ?? 0));
  if (areFractions) {
    if (found.width !== 2) return null;
    return [{ ...found.scores, field: 'predictions', part: 1, why: SCORE_OF_ONE }];
  }
  if (!isBare) return null;
  const why = 'the answer is a list of labels and nothing else';
  return [{ ...found.label, field: 'predictions', why, isGuess: found.width === 2 }];
}

function firstRow(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[])[0] : undefined;
}

const NAMES_OF_PARTS = /^(score|scores|label|labels|predicted_label|prob|probability|class|prediction)$/i;

/** `{"score": 0.3, "predicted_label": 0}` is not a list of classes, as `{"0": 0.7, "1": 0.3}` is. */
function namesItsParts(row: JsonValue): boolean {
  return isRecord(row) && Object.keys(row).some((name) => NAMES_OF_PARTS.test(name));
}

/** The answer with what the rows of its lists name as fields of their own: `[{"score": …}, …]` has a field `score`. */
export function withPartsOfRows(answer: Fields): Fields {
  const parts = new Map<string, JsonValue>();
  for (const value of Object.values(answer)) {
    const first = firstRow(value);
    if (first === undefined || !isRecord(first) || !namesItsParts(first)) continue;
    for (const name of Object.keys(first)) {
      if (name in answer || parts.has(name)) continue;
      const rows = value as readonly JsonValue[];
      parts.set(
        name,
        rows.map((row) => (isRecord(row) ? (row[name] ?? null) : null)),
      );
    }
  }
  return parts.size === 0 ? answer : { ...answer, ...Object.fromEntries(parts) };
}

/** A field whose name is not there is the one field of another name that has the output's form, if there is just one. */
function byShape(
  mapped: readonly MappedField[],
  { columns }: Expected,
  answer: Fields,
  rows: number,
): MappedField[] {
  const taken = new Set(mapped.map(({ field }) => field));
  return mapped.map((one) => {
    const column = columns.get(one.output);
    if (one.field in answer || !column) return one;
    const isText = typeof column.values[0] === 'string' && numberOf(column.values[0]) === null;
    const fitting = Object.keys(answer).filter(
      (name) => !taken.has(name) && hasForm(answer[name], rows, column.width, isText),
    );
    const [only] = fitting;
    if (only === undefined || fitting.length > 1) return one;
    taken.add(only);
    const what = isText ? 'text' : 'number';
    const why = `the only other field with ${column.width} ${what}${column.width === 1 ? '' : 's'} a row`;
    return { ...one, field: only, why };
  });
}

function hasForm(value: JsonValue | undefined, rows: number, width: number, isText: boolean): boolean {
  const first = firstRow(value);
  if (first === undefined || !Array.isArray(value) || value.length !== rows || namesItsParts(first))
    return false;
  const row = flatten(first);
  const isTextRow = typeof row[0] === 'string' && numericOf(row[0]) === null;
  return row.length === width && isTextRow === isText;
}

const PART = /^(.+)\[(\d+)\]$/;

function mapAsTold(expected: Expected, outputMap: ReadonlyMap<string, string>): MappedField[] {
  const problems: string[] = [];
  const mapped = [...outputMap].map(([field, told]): MappedField => {
    const { output, part } = partOfName(told, expected);
    const width = expected.columns.get(output)?.width;
    if (width === undefined)
      problems.push(
        `"${field}=${told}" names an output that the reference does not have; it has ${namesOf(expected)}.`,
      );
    else if (part !== null && part >= width)
      problems.push(
        `"${field}=${told}" names a value that does not exist: ${output} has ${width} per row, counted from 0.`,
      );
    const role = expected.fields.find((known) => known.output === output)?.role ?? 'value';
    return { field, output, role, why: 'output-map says so', ...(part === null ? {} : { part }) };
  });
  if (problems.length === 0) return mapped;
  throw UserError.of(problems.map((message) => ({ where: 'output-map', message })));
}

/** An output may have brackets in its own name. */
function partOfName(told: string, { columns }: Expected): { output: string; part: number | null } {
  const [, output, part] = (columns.has(told) ? null : PART.exec(told)) ?? [];
  return output === undefined ? { output: told, part: null } : { output, part: Number(part) };
}

function namesOf({ columns }: Expected): string {
  const names = [...columns].map(([name, { width }]) =>
    width > 1 ? `${name} (and ${name}[0] to [${width - 1}])` : name,
  );
  return names.join(', ') || 'none';
}

/** One line for the log. */
export function describeMapping(fields: readonly MappedField[]): string {
  return fields.map((one) => `${one.field} <- ${outputName(one)} (${one.why})`).join('; ');
}

/** The values of a row that a field is compared with. */
export function expectedRow(expected: Expected, mapped: MappedField, row: number): Scalar[] {
  const column = expected.columns.get(mapped.output);
  const values = column ? rowOf(column, row) : [];
  return mapped.part === undefined ? values : [values[mapped.part] ?? null];
}
