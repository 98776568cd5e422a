/**
 * Where the values of a row belong in the model. A name decides, if there is one: the header of a CSV, feature_names,
 * or the fields of an object. Without names it is the position.
 */
import { UserError } from '../../errors.ts';
import type { ModelSignature, TensorSignature } from '../../model-session.ts';
import { columnsOf, formatTensor, rowShape, surplusHint, valuesPerRow } from '../../inference/signature.ts';

export interface Layout {
  /** Names of the values that are sent, in their order; null if they have none. */
  readonly names: readonly string[] | null;
  /** The place in the file of each value that is sent; null: in their order. */
  readonly order: readonly number[] | null;
  /** Columns or fields that the model has no place for, and that are not sent. */
  readonly leftOut: readonly string[];
}

/** What is known of the rows of a file. */
export interface RowFacts {
  /** `cases (name)`, for messages. */
  readonly where: string;
  readonly count: number;
  /** Values of the first row; null if rows are objects or single values. */
  readonly width: number | null;
  /** Of the header, or feature_names. */
  readonly names: readonly string[] | null;
  /** Fields of the first row if rows are objects. */
  readonly fields: readonly string[] | null;
}

/** What pandas calls the column of a table's index. */
const INDEX_COLUMN = /^(|Unnamed: 0|index|__index_level_0__)$/i;
const AS_IT_STANDS = { order: null, leftOut: [] } as const;

/** @throws UserError if names are missing or double, or if the number of values is not the model's. */
export function layoutOf(signature: ModelSignature, facts: RowFacts): Layout {
  const { fields, names } = facts;
  const known = fields ?? names;
  const { inputs } = signature;
  if (fields && inputs.every(({ name }) => fields.includes(name))) return byName(inputs, fields, facts);
  const areColumns = inputs.every((input) => input.shape.length > 0 && valuesPerRow(input) === 1);
  if (areColumns && known && inputs.some(({ name }) => known.includes(name))) {
    return byName(inputs, known, facts);
  }
  if (fields) return fieldsOfMatrix(signature, fields, facts);
  if (facts.width === null) refuseSingleValues(inputs, facts);
  return byPosition(signature, facts);
}

/** Each input is a column, or a field. */
function byName(inputs: readonly TensorSignature[], known: readonly string[], facts: RowFacts): Layout {
  const wanted = inputs.map(({ name }) => name);
  refuseNames(wanted, known, facts);
  const order = wanted.map((name) => known.indexOf(name));
  const isSame = order.length === known.length && order.every((from, to) => from === to);
  const leftOut = known.filter((name) => !wanted.includes(name));
  return { names: wanted, order: isSame ? null : order, leftOut };
}

function refuseNames(wanted: readonly string[], known: readonly string[], { where, fields }: RowFacts): void {
  const kind = fields ? 'field' : 'column';
  const problems = wanted.flatMap((name) => {
    const count = known.filter((one) => one === name).length;
    if (count === 1) return [];
    const found = count === 0 ? `has no ${kind} "${name}"` : `has ${count} ${kind}s called "${name}"`;
    return [`${found}, which is an input of the model (its ${kind}s: ${list(known)}).`];
  });
  if (problems.length > 0)
    throw UserError.of(
      problems.map((message) => ({ where, message })),
      { page: 'cases' },
    );
}

/** Rows are objects, and the model takes one list: feature_names tell the order, or else the first row does. */
function fieldsOfMatrix(signature: ModelSignature, fields: readonly string[], facts: RowFacts): Layout {
  const columns = columnsOf(signature);
  const [input] = signature.inputs;
  if (columns === null || signature.inputs.length !== 1 || !input) {
    const names = signature.inputs.map(({ name }) => name);
    refuseNames(names, fields, facts);
    return { names: null, ...AS_IT_STANDS };
  }
  const wanted = facts.names ?? fields;
  refuseNames(wanted, fields, facts);
  const leftOut = fields.filter((name) => !wanted.includes(name));
  if (wanted.length !== columns.length) {
    throw tooMany(
      facts.where,
      fields,
      columns.length,
      input,
      "Name the model's inputs, in its order, in feature_names.",
    );
  }
  return { names: wanted, order: wanted.map((name) => fields.indexOf(name)), leftOut };
}

function byPosition(signature: ModelSignature, { where, width, names }: RowFacts): Layout {
  const columns = columnsOf(signature);
  const first = signature.inputs[0];
  if (width === null || columns === null || columns.length === width || !first || !names) {
    return { names, ...AS_IT_STANDS };
  }
  const [index = ''] = names;
  if (width === columns.length + 1 && INDEX_COLUMN.test(index)) {
    const order = columns.map((_, column) => column + 1);
    return { names: names.slice(1), order, leftOut: [index === '' ? 'the unnamed index' : index] };
  }
  const more = width > columns.length;
  const fix = more
    ? 'Call the column of the true labels "label" (or set label-column), and leave out columns that are not inputs, such as an id.'
    : 'Give all columns that the model was trained with.';
  throw tooMany(where, names, columns.length, first, fix);
}

/** One row that was written without the brackets of a list of rows. */
function refuseSingleValues(inputs: readonly TensorSignature[], { where, count }: RowFacts): void {
  const [input] = inputs;
  if (input === undefined || inputs.length > 1 || rowShape(input).length === 0) return;
  const values = valuesPerRow(input);
  if (values === 1) return;
  const rows = count === 1 ? '1 row, which is one value' : `${count} rows of one value each`;
  const wanted = values === null ? 'a list' : `${values} values`;
  const message = `has ${rows}, but the model's ${formatTensor('input', input)} takes ${wanted} a row.`;
  const fix = `Write each row as a list of its own, as in [[…], […]].${surplusHint(count, values)}`;
  throw UserError.of([{ where, message, fix }], { page: 'cases' });
}

function tooMany(
  where: string,
  names: readonly string[],
  count: number,
  input: TensorSignature,
  fix: string,
): UserError {
  const message = `has ${names.length} values a row (${list(names)}), not ${count}, as the model's ${formatTensor('input', input)} needs.`;
  return UserError.of([{ where, message, fix }], { page: 'cases' });
}

const SHOWN_NAMES = 40;

function list(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_NAMES).map((name) => `"${name}"`);
  const more = names.length - shown.length;
  return more > 0 ? `${shown.join(', ')} and ${more} more` : shown.join(', ') || 'none';
}
