/**
 * The field numbers of the ONNX messages that this project looks into.
 *
 * Source: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (field numbers never change).
 */

export const MODEL = {
  irVersion: 1,
  producerName: 2,
  producerVersion: 3,
  graph: 7,
  opsetImport: 8,
  functions: 25,
};
export const OPSET = { domain: 1, version: 2 };
export const FUNCTION = { node: 7 };
export const GRAPH = { node: 1, initializer: 5, input: 11, output: 12, valueInfo: 13, sparseInitializer: 15 };
export const NODE = { input: 1, output: 2, opType: 4, attribute: 5, domain: 7 };
export const ATTRIBUTE = {
  name: 1,
  tensor: 5,
  graph: 6,
  ints: 8,
  strings: 9,
  tensors: 10,
  graphs: 11,
  sparseTensor: 22,
  sparseTensors: 23,
};
export const TENSOR = { name: 8, rawData: 9, externalData: 13, dataLocation: 14 };
export const SPARSE_TENSOR = { values: 1, indices: 2 };
export const STRING_ENTRY = { key: 1, value: 2 };
export const VALUE_INFO = { name: 1, type: 2 };
export const TYPE = { tensor: 1, sequence: 4, map: 5, sparseTensor: 8, optional: 9 };
export const TENSOR_TYPE = { elementType: 1, shape: 2 };
export const SHAPE = { dimension: 1 };
export const DIMENSION = { value: 1, parameter: 2 };

/** TensorProto.DataLocation: the tensor's bytes are in a file of their own. */
export const EXTERNAL = 1n;

/** TensorProto.DataType of a 32-bit float. */
export const ELEMENT_FLOAT = 1;
