/** Which field of the answer is compared with which output of the reference: found by name and shape, or as told. */
import { UserError } from '../errors.ts';
import type { JsonValue } from '../exact-json.ts';
import type { AnswerField } from '../inference/answer.ts';
import { flatten, type Fields } from './decode.ts';
import type { Expected } from './reference.ts';
import { numberOf } from './tolerance.ts';

export interface MappedField extends AnswerField {
  /** Why this field belongs to this output; for the log. */
  readonly why: string;
}

/**
 * @param outputMap field to output, as given; only what it names is compared then.
 * @param answer the first answer that could be read.
 * @param rows how many rows it answers
 * @throws UserError where output-map names an output that the reference does not have.
 */
export function mapFields(
  expected: Expected,
  answer: Fields,
  outputMap: ReadonlyMap<string, string> | null,
  rows: number,
): readonly MappedField[] {
  if (outputMap) return mapAsTold(expected, outputMap);
  const onlyScores = scoresAsPredictions(expected, answer);
  if (onlyScores) return [onlyScores];
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
  value: 'the field that stands for this output',
};

/** Some endpoints answer the probabilities as `predictions`, and no labels. */
function scoresAsPredictions({ fields, columns }: Expected, answer: Fields): MappedField | null {
  const scores = fields.find(({ role }) => role === 'probabilities');
  const predictions = answer.predictions;
  if (!scores || scores.field in answer || scores.output in answer || !Array.isArray(predictions))
    return null;
  const width = flatten((predictions as readonly JsonValue[])[0] ?? null).length;
  if (width < 2 || width !== columns.get(scores.output)?.width) return null;
  return { ...scores, field: 'predictions', why: `it has ${width} numbers a row, as this output` };
}

/** A field whose name is not there is the one field of another name that has the output's form, where there is just one. */
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
  if (!Array.isArray(value) || value.length !== rows) return false;
  const row = flatten((value as readonly JsonValue[])[0] ?? null);
  const isTextRow = typeof row[0] === 'string' && numberOf(row[0]) === null;
  return row.length === width && isTextRow === isText;
}

function mapAsTold({ fields, columns }: Expected, outputMap: ReadonlyMap<string, string>): MappedField[] {
  const unknown = [...outputMap].filter(([, output]) => !columns.has(output));
  if (unknown.length > 0) {
    const known = [...columns.keys()].join(', ') || 'none';
    throw UserError.of(
      unknown.map(([field, output]) => ({
        where: 'output-map',
        message: `"${field}=${output}" names an output that the reference does not have; it has ${known}.`,
      })),
    );
  }
  return [...outputMap].map(([field, output]) => ({
    field,
    output,
    role: fields.find((known) => known.output === output)?.role ?? 'value',
    why: 'output-map says so',
  }));
}

/** One line for the log. */
export function describeMapping(fields: readonly MappedField[]): string {
  return fields.map(({ field, output, why }) => `${field} <- ${output} (${why})`).join('; ');
}
