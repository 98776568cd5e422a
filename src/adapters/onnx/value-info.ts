/** The name, type and shape of a graph's inputs and outputs. */

import { DIMENSION, SHAPE, TENSOR, TENSOR_TYPE, TYPE, VALUE_INFO } from './onnx-schema.ts';
import { elementTypeName } from './tensor-types.ts';
import { fieldsOf, textOf } from './wire.ts';

export interface GraphValue {
  readonly name: string;
  /** What it is in ONNX's words; 'unknown' if the file leaves it to the runtime to find out. */
  readonly kind: 'tensor' | 'sequence' | 'map' | 'optional' | 'sparse tensor' | 'unknown';
  /** The element type of a tensor, which may be one that this project cannot use; '' for other kinds. */
  readonly type: string;
  /** Sizes, or names of free dimensions ('' without a name); undefined if even the rank is open. */
  readonly shape: readonly (number | string)[] | undefined;
}

const KINDS: Readonly<Record<number, GraphValue['kind']>> = {
  [TYPE.tensor]: 'tensor',
  [TYPE.sequence]: 'sequence',
  [TYPE.map]: 'map',
  [TYPE.sparseTensor]: 'sparse tensor',
  [TYPE.optional]: 'optional',
};

export function readValueInfo(bytes: Uint8Array): GraphValue {
  let name = '';
  let type: Omit<GraphValue, 'name'> = { kind: 'unknown', type: '', shape: undefined };
  for (const field of fieldsOf(bytes)) {
    if (field.number === VALUE_INFO.name) name = textOf(field.bytes);
    else if (field.number === VALUE_INFO.type) type = readType(field.bytes);
  }
  return { name, ...type };
}

/** The name of a TensorProto. */
export function readNamed(tensor: Uint8Array): string {
  for (const field of fieldsOf(tensor)) if (field.number === TENSOR.name) return textOf(field.bytes);
  return '';
}

function readType(bytes: Uint8Array): Omit<GraphValue, 'name'> {
  for (const field of fieldsOf(bytes)) {
    const kind = KINDS[field.number];
    if (kind === 'tensor') return { kind, ...readTensorType(field.bytes) };
    if (kind !== undefined) return { kind, type: '', shape: undefined };
  }
  return { kind: 'unknown', type: '', shape: undefined };
}

function readTensorType(bytes: Uint8Array): Pick<GraphValue, 'type' | 'shape'> {
  let elementType = 0;
  let shape: (number | string)[] | undefined;
  for (const field of fieldsOf(bytes)) {
    if (field.number === TENSOR_TYPE.elementType) elementType = Number(field.varint ?? 0n);
    else if (field.number === TENSOR_TYPE.shape) shape = readShape(field.bytes);
  }
  return { type: elementType === 0 ? '' : elementTypeName(elementType), shape };
}

function readShape(bytes: Uint8Array): (number | string)[] {
  const shape: (number | string)[] = [];
  for (const field of fieldsOf(bytes)) {
    if (field.number === SHAPE.dimension) shape.push(readDimension(field.bytes));
  }
  return shape;
}

/** Some exporters write -1 for a free dimension; ONNX Runtime takes it as one. */
function readDimension(bytes: Uint8Array): number | string {
  for (const field of fieldsOf(bytes)) {
    if (field.number === DIMENSION.value) return (field.varint ?? 0n) < 0n ? '' : Number(field.varint);
    if (field.number === DIMENSION.parameter) return textOf(field.bytes);
  }
  return '';
}
