/**
 * The V2 inference protocol (KServe, Triton, MLServer): named tensors with a shape and a datatype.
 * https://kserve.github.io/website/docs/concepts/architecture/data-plane/v2-protocol
 */
import { UserError } from '../errors.ts';
import { isObject } from '../json-object.ts';
import type { ModelSignature, Tensor, TensorSignature, TensorType } from '../model-session.ts';
import { emptyData, putScalar, scalarOf } from './scalars.ts';
import { formatTensor } from './signature.ts';

/** What the protocol calls the types of tensors. */
export const DATATYPES: Readonly<Record<TensorType, string>> = {
  bool: 'BOOL',
  uint8: 'UINT8',
  uint16: 'UINT16',
  uint32: 'UINT32',
  uint64: 'UINT64',
  int8: 'INT8',
  int16: 'INT16',
  int32: 'INT32',
  int64: 'INT64',
  float16: 'FP16',
  float32: 'FP32',
  float64: 'FP64',
  string: 'BYTES',
};

/** A tensor as it is in a request or an answer; `data` may be flat or nested. */
export interface V2Tensor {
  readonly name: string;
  readonly shape: readonly number[];
  readonly datatype: string;
  readonly data: readonly unknown[];
}

/** Whether a parsed body speaks this protocol. */
export function isV2Request(body: unknown): body is { readonly inputs: readonly unknown[] } {
  return isObject(body) && Array.isArray(body.inputs);
}

/** @throws UserError that names the tensor and what is wrong with it. */
export function feedsOfV2(inputs: readonly unknown[], signature: ModelSignature): Record<string, Tensor> {
  const feeds = inputs.map((input, index) => {
    const tensor = checkTensor(input, `inputs[${index}]`);
    return [tensor.name, feedOf(tensor, signature)] as const;
  });
  return Object.fromEntries(feeds);
}

function checkTensor(value: unknown, where: string): V2Tensor {
  if (!isObject(value)) throw new UserError(`${where} must be an object.`);
  const { name, shape, datatype, data } = value;
  if (typeof name !== 'string') throw new UserError(`${where} has no "name".`);
  const isSize = (size: unknown) => Number.isSafeInteger(size) && (size as number) >= 0;
  if (!Array.isArray(shape) || !shape.every(isSize)) {
    throw new UserError(`${where} ("${name}"): "shape" must be an array of sizes.`);
  }
  if (typeof datatype !== 'string') throw new UserError(`${where} ("${name}") has no "datatype".`);
  if (!Array.isArray(data)) throw new UserError(`${where} ("${name}"): "data" must be an array.`);
  return { name, shape: shape as number[], datatype, data };
}

function feedOf({ name, shape, datatype, data }: V2Tensor, { inputs }: ModelSignature): Tensor {
  const input = inputs.find((known) => known.name === name);
  if (!input) {
    const names = inputs.map((known) => known.name).join(', ') || 'none';
    throw new UserError(`"${name}" is not an input of the model; its inputs: ${names}.`);
  }
  if (datatype !== DATATYPES[input.type]) {
    throw new UserError(
      `"${name}" has the datatype ${datatype}; the model's ${formatTensor('input', input)} takes ${DATATYPES[input.type]}.`,
    );
  }
  const values = flat(data);
  const count = shape.reduce((product, size) => product * size, 1);
  if (values.length !== count) {
    throw new UserError(
      `"${name}" has ${values.length} values; its shape [${shape.join(', ')}] takes ${count}.`,
    );
  }
  const into = emptyData(input.type, count);
  values.forEach((value, index) => putScalar(into, index, checkedScalar(value, index, input)));
  return { type: input.type, dims: shape, data: into };
}

function checkedScalar(value: unknown, index: number, input: TensorSignature) {
  const scalar = scalarOf(value, input.type);
  if (!(scalar instanceof Error)) return scalar;
  throw new UserError(`"${input.name}", value ${index} ${scalar.message}.`);
}

function flat(data: readonly unknown[]): readonly unknown[] {
  return data.some(Array.isArray) ? (data as readonly unknown[][]).flat(Infinity) : data;
}

/** A tensor for a request or an answer. Whole numbers beyond 2^53 are bigint, for core/exact-json. */
export function v2TensorOf(name: string, { type, dims, data }: Tensor): V2Tensor {
  const values = Array.from(data as ArrayLike<number | bigint | string>, (value) => jsonScalar(value, type));
  return { name, shape: dims, datatype: DATATYPES[type], data: values };
}

function jsonScalar(value: number | bigint | string, type: TensorType): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (type === 'bool') return value === 1;
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
