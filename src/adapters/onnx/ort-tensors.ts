/** Tensors of this project to tensors of ONNX Runtime and back. */

import type { Tensor } from '../../core/model-session.ts';
import { UserError } from '../../core/errors.ts';
import { decodeHalf, encodeHalf } from '../../core/float16.ts';
import type { OrtModule, OrtTensor } from './ort.ts';
import { isTensorType } from './tensor-types.ts';

/** ONNX Runtime may keep the data itself, not a copy: it must not change before the run has ended. */
export function toOrt(ort: OrtModule, tensor: Tensor): OrtTensor {
  const { type, data, dims } = tensor;
  if (type === 'float16') return halfTensor(ort, Uint16Array.from(data as Float32Array, encodeHalf), dims);
  return new ort.Tensor(type, data, dims);
}

/**
 * If the JavaScript engine has Float16Array, ort.Tensor turns the bits into one, and the native binding of 1.30
 * then finds no data in it: "not enough space: expected 10, got 0". So the tensor is made of bits, and is given its
 * type afterwards. Source: https://github.com/microsoft/onnxruntime/pull/32323
 */
function halfTensor(ort: OrtModule, bits: Uint16Array, dims: readonly number[]): OrtTensor {
  return Object.assign(new ort.Tensor('uint16', bits, dims), { type: 'float16' });
}

/** @throws UserError if the tensor has a type that nothing here can compare. */
export function fromOrt(name: string, tensor: OrtTensor): Tensor {
  const { type, dims, data } = tensor;
  if (!isTensorType(type)) throw new UserError(`Output "${name}" is of type ${type}, which cannot be read.`);
  return { type, dims: [...dims], data: type === 'float16' ? decodeHalves(data) : data };
}

/** Works on the bits, because the values come as Float16Array or as Uint16Array (see float16.ts). */
function decodeHalves(data: OrtTensor['data']): Float32Array {
  const { buffer, byteOffset, length } = data as Uint16Array;
  return Float32Array.from(new Uint16Array(buffer, byteOffset, length), decodeHalf);
}
