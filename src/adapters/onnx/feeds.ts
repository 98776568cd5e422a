/** Checks what is fed to a model against its graph, so the message names the input and not a C++ file. */

import { type Problem, UserError } from '../../core/errors.ts';
import type { Tensor, TensorData, TensorType } from '../../core/model-session.ts';
import { formatShape } from './tensor-types.ts';
import type { GraphValue } from './value-info.ts';

/** What holds the values of each type; float16 is held as numbers. */
const CONTAINERS: Readonly<Record<Exclude<TensorType, 'string'>, new (length: number) => TensorData>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Float32Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
};

type Feeds = Readonly<Record<string, Tensor>>;

/** @throws UserError that names every feed which is missing, unknown, or of the wrong type or shape. */
export function checkFeeds(label: string, inputs: readonly GraphValue[], feeds: Feeds): void {
  const problems = [
    ...unknownFeeds(inputs, feeds),
    ...inputs.flatMap((input) => inputProblems(input, feeds)),
  ];
  if (problems.length === 0) return;
  const text = problems.map((problem) => `${problem.where} ${problem.message}`).join('. ');
  throw new UserError(`${label}: ${text}.`, { problems });
}

function unknownFeeds(inputs: readonly GraphValue[], feeds: Feeds): Problem[] {
  const names = inputs.map((input) => input.name);
  return Object.keys(feeds)
    .filter((name) => !names.includes(name))
    .map((name) => ({
      where: `"${name}"`,
      message: `is not an input of the model; it has ${names.map((known) => `"${known}"`).join(', ') || 'none'}`,
    }));
}

function inputProblems(input: GraphValue, feeds: Feeds): Problem[] {
  const where = `input "${input.name}"`;
  const feed = Object.hasOwn(feeds, input.name) ? feeds[input.name] : undefined;
  if (feed === undefined) return [{ where, message: `is missing; the model takes ${formatValue(input)}` }];
  const message = typeProblem(input, feed) ?? shapeProblem(input, feed) ?? dataProblem(feed);
  return message === undefined ? [] : [{ where, message }];
}

function formatValue(input: GraphValue): string {
  return input.shape === undefined ? input.type : `${input.type} ${formatShape(input.shape)}`;
}

function typeProblem(input: GraphValue, feed: Tensor): string | undefined {
  return feed.type === input.type ? undefined : `is ${feed.type}; the model takes ${input.type}`;
}

function shapeProblem(input: GraphValue, feed: Tensor): string | undefined {
  const { shape } = input;
  if (shape === undefined) return undefined;
  const fits =
    shape.length === feed.dims.length &&
    shape.every((size, axis) => typeof size === 'string' || size === feed.dims[axis]);
  return fits ? undefined : `has shape ${formatShape(feed.dims)}; the model takes ${formatShape(shape)}`;
}

function dataProblem(feed: Tensor): string | undefined {
  const { data, dims, type } = feed;
  if (!holds(data, type)) return `is declared as ${type}, but its values are not`;
  const expected = dims.reduce((product, size) => product * size, 1);
  if (data.length === expected) return undefined;
  return `has ${data.length} values; its shape ${formatShape(dims)} takes ${expected}`;
}

function holds(data: TensorData, type: TensorType): boolean {
  if (type !== 'string') return data instanceof CONTAINERS[type];
  return Array.isArray(data) && data.every((value) => typeof value === 'string');
}
