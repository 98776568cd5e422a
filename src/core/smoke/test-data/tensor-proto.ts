/** ONNX's TensorProto, as test data is stored in. https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';
import { UserError } from '../../errors.ts';
import { decodeHalf } from '../../float16.ts';
import { NUMBER_ARRAYS } from '../../inference/scalars.ts';
import type { Tensor, TensorData, TensorType } from '../../model-session.ts';

export interface NamedTensor {
  /** '' if the file does not name it. */
  readonly name: string;
  readonly tensor: Tensor;
}

/** TensorProto.DataType. https://onnx.ai/onnx/api/mapping.html */
const TYPES: Readonly<Record<number, TensorType>> = {
  1: 'float32',
  2: 'uint8',
  3: 'int8',
  4: 'uint16',
  5: 'int16',
  6: 'int32',
  7: 'int64',
  8: 'string',
  9: 'bool',
  10: 'float16',
  11: 'float64',
  12: 'uint32',
  13: 'uint64',
};

const TENSOR = {
  dims: 1,
  dataType: 2,
  floatData: 4,
  int32Data: 5,
  stringData: 6,
  int64Data: 7,
  name: 8,
  rawData: 9,
  doubleData: 10,
  uint64Data: 11,
  dataLocation: 14,
} as const;

interface Raw {
  name: string;
  dataType: number;
  isExternal: boolean;
  raw: Uint8Array | null;
  readonly dims: number[];
  /** Of the typed fields; a tensor uses one of them, or raw. */
  readonly values: (number | bigint | string)[];
}

/** @throws UserError for a file that is not a tensor, or of a type that cannot be used. */
export function readTensorProto(bytes: Uint8Array, label: string): NamedTensor {
  const found = readFields(bytes, label);
  const type = TYPES[found.dataType];
  if (type === undefined) {
    throw new UserError(`${label} is not a tensor of a supported type (TensorProto type ${found.dataType}).`);
  }
  if (found.isExternal)
    throw new UserError(`${label} keeps its values in another file, which is not supported.`);
  const data = found.raw === null ? dataOfValues(type, found.values) : dataOfRaw(type, found.raw);
  const count = found.dims.reduce((product, size) => product * size, 1);
  if (data.length !== count) {
    throw new UserError(
      `${label} has ${data.length} values; its shape [${found.dims.join(', ')}] takes ${count}.`,
    );
  }
  return { name: found.name, tensor: { type, dims: found.dims, data } };
}

function readFields(bytes: Uint8Array, label: string): Raw {
  const raw: Raw = { name: '', dataType: 0, isExternal: false, raw: null, dims: [], values: [] };
  const reader = new BinaryReader(bytes);
  try {
    while (reader.pos < reader.len) {
      const [field, wire] = reader.tag();
      readField(reader, field, wire, raw);
    }
  } catch (error) {
    throw new UserError(`${label} is not a tensor (TensorProto).`, { cause: error });
  }
  return raw;
}

function readField(reader: BinaryReader, field: number, wire: WireType, into: Raw): void {
  const all = (read: () => void) => repeated(reader, wire, read);
  switch (field) {
    case TENSOR.dims:
      all(() => into.dims.push(Number(reader.int64())));
      return;
    case TENSOR.dataType:
      into.dataType = reader.int32();
      return;
    case TENSOR.floatData:
      all(() => into.values.push(reader.float()));
      return;
    case TENSOR.int32Data:
      all(() => into.values.push(reader.int32()));
      return;
    case TENSOR.stringData:
      into.values.push(new TextDecoder().decode(reader.bytes()));
      return;
    case TENSOR.int64Data:
      all(() => into.values.push(BigInt(reader.int64())));
      return;
    case TENSOR.uint64Data:
      all(() => into.values.push(BigInt(reader.uint64())));
      return;
    case TENSOR.doubleData:
      all(() => into.values.push(reader.double()));
      return;
    case TENSOR.name:
      into.name = reader.string();
      return;
    case TENSOR.rawData:
      into.raw = reader.bytes();
      return;
    case TENSOR.dataLocation:
      into.isExternal = reader.int32() === 1;
      return;
    default:
      reader.skip(wire, field);
  }
}

/** Packed into one field, or not. */
function repeated(reader: BinaryReader, wire: WireType, read: () => void): void {
  if (wire !== WireType.LengthDelimited) {
    read();
    return;
  }
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) read();
}

function dataOfValues(type: TensorType, values: readonly (number | bigint | string)[]): TensorData {
  if (type === 'string') return values.map(String);
  if (type === 'int64') return BigInt64Array.from(values, BigInt);
  if (type === 'uint64') return BigUint64Array.from(values, BigInt);
  // Halves are in int32_data as their bits.
  if (type === 'float16') return Float32Array.from(values, (bits) => decodeHalf(Number(bits)));
  return NUMBER_ARRAYS[type].from(values.map(Number));
}

/** Little-endian, whatever the machine. */
function dataOfRaw(type: TensorType, raw: Uint8Array): TensorData {
  if (type === 'string') return [];
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const { bytes, read } = ELEMENTS[type];
  const values = Array.from({ length: Math.floor(raw.byteLength / bytes) }, (_, at) =>
    read(view, at * bytes),
  );
  if (type === 'int64') return BigInt64Array.from(values as bigint[]);
  if (type === 'uint64') return BigUint64Array.from(values as bigint[]);
  return NUMBER_ARRAYS[type].from(values as number[]);
}

interface Element {
  readonly bytes: number;
  readonly read: (view: DataView, at: number) => number | bigint;
}

const ELEMENTS: Readonly<Record<Exclude<TensorType, 'string'>, Element>> = {
  float16: { bytes: 2, read: (view, at) => decodeHalf(view.getUint16(at, true)) },
  float32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  float64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  int8: { bytes: 1, read: (view, at) => view.getInt8(at) },
  int16: { bytes: 2, read: (view, at) => view.getInt16(at, true) },
  int32: { bytes: 4, read: (view, at) => view.getInt32(at, true) },
  int64: { bytes: 8, read: (view, at) => view.getBigInt64(at, true) },
  uint8: { bytes: 1, read: (view, at) => view.getUint8(at) },
  uint16: { bytes: 2, read: (view, at) => view.getUint16(at, true) },
  uint32: { bytes: 4, read: (view, at) => view.getUint32(at, true) },
  uint64: { bytes: 8, read: (view, at) => view.getBigUint64(at, true) },
  bool: { bytes: 1, read: (view, at) => view.getUint8(at) },
};
