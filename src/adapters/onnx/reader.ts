import type { DeclaredSignature, DeclaredTensor, OnnxReader } from '../../core/onnx-reader.ts';
import { embedExternalData } from './external-data.ts';
import { explainUnreadable, mayBeMeant } from './not-onnx.ts';
import { readOnnxModel } from './onnx-model.ts';
import type { GraphValue } from './value-info.ts';

/** Reads ONNX files without loading a runtime. */
export const onnxReader: OnnxReader = {
  describe(model, label) {
    try {
      const { inputs, outputs, externalFiles } = readOnnxModel(model, label);
      const signature: DeclaredSignature = { inputs: inputs.map(declared), outputs: outputs.map(declared) };
      return { signature, externalFiles, problem: null };
    } catch (error) {
      if (!mayBeMeant(model)) throw error;
      return { signature: null, externalFiles: [], problem: explainUnreadable(model) };
    }
  },
  embed: embedExternalData,
};

function declared({ name, kind, type, shape = [] }: GraphValue): DeclaredTensor {
  return { name, type: type === '' ? (kind === 'tensor' ? 'unknown' : kind) : type, shape };
}
