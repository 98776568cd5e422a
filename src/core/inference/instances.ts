/**
 * Rows of a request as the tensors that a model takes.
 *
 * A row is the value of the model's only input (`[5.1, 3.5]`), an object `{input name: value}`, or, for several
 * inputs of one value or one dimension each, a flat array of all their values in the order of the inputs.
 */
import { counted } from '../counted.ts';
import { UserError } from '../errors.ts';
import { isObject } from '../json-object.ts';
import { writeJson } from '../exact-json.ts';
import type { ModelSignature, Tensor, TensorData, TensorSignature } from '../model-session.ts';
import { copyFloats, emptyData, putScalar, scalarOf } from './scalars.ts';
import { columnsOf, formatTensor, rowShape, surplusHint, valuesPerRow } from './signature.ts';

/**
 * @param called what messages call the row at an index
 * @throws UserError that names the row, the place in it and what is wrong there.
 */
export function feedsOfInstances(
  instances: readonly unknown[],
  signature: ModelSignature,
  called: CallRow = (index) => `instances[${index}]`,
): Record<string, Tensor> {
  if (instances.length === 0) throw new UserError('"instances" has no rows.');
  const rows = instances.map((row, index) => valuesOfRow(row, index, signature, called));
  return Object.fromEntries(
    signature.inputs.map((input, at) => {
      const values = rows.map((row) => row[at]);
      return [input.name, tensorOf(values, input, called)];
    }),
  );
}

/** The row's value for each input, in the order of the inputs. */
function valuesOfRow(row: unknown, index: number, signature: ModelSignature, called: CallRow): unknown[] {
  const { inputs } = signature;
  if (isObject(row)) return valuesByName(row, called(index), inputs);
  if (inputs.length === 1) return [row];
  const where = called(index);
  const columns = columnsOf(signature);
  const names = inputs.map((input) => `"${input.name}"`).join(', ');
  if (columns === null || !isList(row)) {
    throw new UserError(`${where} must be an object with the model's inputs ${names}.`);
  }
  if (row.length !== columns.length) {
    throw new UserError(
      `${where} has ${counted(row.length, 'value')}; the model's inputs ${names} take ${columns.length}.${surplusHint(row.length, columns.length)}`,
    );
  }
  return inputs.map((input) => row.filter((_, column) => columns[column] === input));
}

function valuesByName(
  row: Readonly<Record<string, unknown>>,
  where: string,
  inputs: readonly TensorSignature[],
): unknown[] {
  const names = inputs.map((input) => input.name);
  const unknown = Object.keys(row).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UserError(
      `${where} names "${unknown}", which is not an input of the model; its inputs: ${names.join(', ')}.`,
    );
  }
  return inputs.map((input) => {
    if (!Object.hasOwn(row, input.name)) throw new UserError(`${where} lacks the input "${input.name}".`);
    return row[input.name];
  });
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}

function tensorOf(rows: readonly unknown[], input: TensorSignature, called: CallRow): Tensor {
  const count = input.shape[0];
  if (typeof count === 'number' && count !== rows.length) {
    throw new UserError(
      `"instances" has ${rows.length} rows; the model's ${formatTensor('input', input)} takes ${count}.`,
    );
  }
  const dims = resolveDims(rows[0], input);
  const { type } = input;
  const width = dims.reduce((product, size) => product * size, 1);
  const into = emptyData(type, rows.length * width);
  for (const [index, given] of rows.entries()) {
    const row = unwrapped(given, input);
    const end = fill({ dims, type, into }, row, 0, index * width);
    if (end === null) refuse(row, dims, called(index), input);
  }
  return { type, dims: [rows.length, ...dims], data: into };
}

/** A row of exactly one value may be sent without its brackets: exports of tables have inputs of shape [N, 1]. */
function unwrapped(row: unknown, input: TensorSignature): unknown {
  const shape = rowShape(input);
  if (shape.length === 0) return Array.isArray(row) && row.length === 1 ? row[0] : row;
  return !Array.isArray(row) && shape.length === 1 && valuesPerRow(input) === 1 ? [row] : row;
}

/** Free dimensions take their size from the first row; every other row must then agree. */
function resolveDims(first: unknown, input: TensorSignature): number[] {
  let value: unknown = first;
  return rowShape(input).map((size) => {
    const length = Array.isArray(value) ? value.length : 0;
    value = Array.isArray(value) ? value[0] : undefined;
    return typeof size === 'number' ? size : length;
  });
}

type CallRow = (index: number) => string;

interface Filling {
  readonly dims: readonly number[];
  readonly type: TensorSignature['type'];
  readonly into: TensorData;
}

/** Puts the value's scalars from a place on. @returns the place behind them; null for a value that does not fit */
function fill(filling: Filling, value: unknown, depth: number, at: number): number | null {
  const { dims, type, into } = filling;
  if (depth === dims.length) return putScalar(into, at, scalarOf(value, type)) ? at + 1 : null;
  if (!isList(value) || value.length !== dims[depth]) return null;
  if (depth === dims.length - 1 && copyFloats(value, type, into, at)) return at + value.length;
  let next: number | null = at;
  for (const item of value) {
    next = fill(filling, item, depth + 1, next);
    if (next === null) return null;
  }
  return next;
}

/** Says what does not fit, and where; apart from filling, which would be several times slower with all the places. */
function refuse(value: unknown, dims: readonly number[], where: string, input: TensorSignature): void {
  const [size, ...rest] = dims;
  if (size === undefined) {
    const scalar = scalarOf(value, input.type);
    if (scalar instanceof Error) throw wrong(where, `${shown(value)} ${scalar.message}`, input);
    return;
  }
  if (!Array.isArray(value))
    throw wrong(where, `${shown(value)} is not a list of ${counted(size, 'value')}`, input);
  if (value.length !== size) {
    const hint = rest.length === 0 ? surplusHint(value.length, size) : '';
    throw wrong(where, `has ${counted(value.length, 'value')}, not ${size}`, input, hint);
  }
  value.forEach((item, index) => refuse(item, rest, `${where}[${index}]`, input));
}

function wrong(where: string, what: string, input: TensorSignature, hint = ''): UserError {
  return new UserError(`${where}: ${what}, as the model's ${formatTensor('input', input)} needs.${hint}`, {
    page: 'cases',
  });
}

function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null) return 'a nested value';
  if (value === undefined) return 'a missing value';
  const text = writeJson(value);
  return text.length <= 40 ? text : `${text.slice(0, 37)}...`;
}
