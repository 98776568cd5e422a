/** How ONNX, ONNX Runtime and this project name the types of tensors. */

import type { TensorType } from '../../core/model-session.ts';

/** TensorProto.DataType to name. Source: https://onnx.ai/onnx/api/mapping.html */
const TYPE_NAMES: readonly string[] = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
];

const TENSOR_TYPES: ReadonlySet<string> = new Set<TensorType>([
  'float32',
  'float64',
  'float16',
  'int8',
  'int16',
  'int32',
  'int64',
  'uint8',
  'uint16',
  'uint32',
  'uint64',
  'bool',
  'string',
]);

/** The name of an ONNX element type, for the ones that cannot be used here as well. */
export function elementTypeName(elementType: number): string {
  return TYPE_NAMES[elementType] ?? `number ${elementType}`;
}

export function isTensorType(name: string): name is TensorType {
  return TENSOR_TYPES.has(name);
}

/** [N, 30]; a free dimension without a name is written as a question mark. */
export function formatShape(shape: readonly (number | string)[]): string {
  return `[${shape.map((dimension) => (dimension === '' ? '?' : dimension)).join(', ')}]`;
}
