/** The inputs and outputs that an ONNX graph declares, as manifests and release records hold them. */
import type { DeclaredSignature, DeclaredTensor } from '../core/onnx-reader.ts';
import { list, object, text, type Shape } from './shape.ts';

const dimension: Shape<number | string> = {
  problems: (value, at) =>
    typeof value === 'string' || typeof value === 'number' ? [] : [`${at} must be a number or a name`],
};

const tensors = list(object<DeclaredTensor>({ name: text, type: text, shape: list(dimension) }));

export const signatureShape: Shape<DeclaredSignature> = object<DeclaredSignature>({
  inputs: tensors,
  outputs: tensors,
});
