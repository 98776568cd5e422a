/**
 * Some exporters declare shapes that the operators contradict. The native runtime warns about it and goes on with the
 * shapes that it infers; the WASM runtime refuses the model. Without the declarations both infer the same.
 */

import { GRAPH, MODEL, TENSOR_TYPE, TYPE, VALUE_INFO } from './onnx-schema.ts';
import { editFields } from './wire.ts';

/** Removes the shapes of the graph's outputs, and all that is declared of the values between. */
export function withoutDeclaredShapes(model: Uint8Array): Uint8Array {
  return editFields(model, (field) => (field.number === MODEL.graph ? editGraph(field.bytes) : 'keep'));
}

function editGraph(graph: Uint8Array): Uint8Array {
  return editFields(graph, (field) => {
    if (field.number === GRAPH.valueInfo) return 'drop';
    return field.number === GRAPH.output ? withoutShape(field.bytes) : 'keep';
  });
}

function withoutShape(valueInfo: Uint8Array): Uint8Array {
  return editFields(valueInfo, (info) => {
    if (info.number !== VALUE_INFO.type) return 'keep';
    return editFields(info.bytes, (type) => {
      if (type.number !== TYPE.tensor) return 'keep';
      return editFields(type.bytes, ({ number }) => (number === TENSOR_TYPE.shape ? 'drop' : 'keep'));
    });
  });
}
