/**
 * A model that can be run on tensors, whatever runtime runs it.
 *
 * Type names are ONNX Runtime's: float32, float64, float16, int8 … int64, uint8 … uint64, bool, string.
 */
import type { ReadBeside } from './onnx-reader.ts';

export type TensorType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool'
  | 'string';

/** Values in row-major order. int64 and uint64 are bigint; float16 is decoded to numbers; bool is 0 or 1. */
export type TensorData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint8Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | readonly string[];

export interface Tensor {
  readonly type: TensorType;
  readonly dims: readonly number[];
  readonly data: TensorData;
}

/** What a model takes or gives under one name. A dimension is a size, or the name of a free one ('' if unnamed). */
export interface TensorSignature {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly (number | string)[];
}

export interface ModelSignature {
  readonly inputs: readonly TensorSignature[];
  readonly outputs: readonly TensorSignature[];
}

export type SessionRuntime = 'native' | 'wasm';

export interface ModelSession {
  readonly runtime: SessionRuntime;
  readonly signature: ModelSignature;
  /** Runs the model once. @throws UserError if a feed is missing, unknown, or of the wrong type or shape. */
  run(feeds: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>>;
  close(): Promise<void>;
}

export type RuntimeChoice = 'auto' | SessionRuntime;

export interface OpenOptions {
  /** Names the file in messages. */
  readonly label: string;
  readonly runtime: RuntimeChoice;
  /** Where weights are that are not in the file itself; without it, there are none. */
  readonly beside?: ReadBeside;
}

/** Opens an ONNX model. @throws UserError for a file that cannot be used. */
export type OpenSession = (model: Uint8Array, options: OpenOptions) => Promise<ModelSession>;
