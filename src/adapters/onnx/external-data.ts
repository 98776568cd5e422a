/**
 * Finds tensors whose bytes stand in another file. They are refused before a runtime sees the model: it would read the
 * named file from wherever the process happens to run.
 *
 * Source: https://onnx.ai/onnx/repo-docs/ExternalData.html
 */

import {
  ATTRIBUTE,
  EXTERNAL,
  FUNCTION,
  GRAPH,
  MODEL,
  NODE,
  SPARSE_TENSOR,
  STRING_ENTRY,
  TENSOR,
} from './onnx-schema.ts';
import { fieldsOf, textOf } from './wire.ts';

/** Searches one message; gives the external file's name ('' if unnamed), or undefined where there is none. */
type Search = (message: Uint8Array) => string | undefined;

/** The location of the first tensor with external data ('' if it has none), or undefined. */
export function findExternalData(model: Uint8Array): string | undefined {
  return searchModel(model);
}

const searchModel: Search = (message) =>
  searchFields(message, { [MODEL.graph]: searchGraph, [MODEL.functions]: searchFunction });

const searchFunction: Search = (message) => searchFields(message, { [FUNCTION.node]: searchNode });

const searchGraph: Search = (message) =>
  searchFields(message, {
    [GRAPH.initializer]: searchTensor,
    [GRAPH.sparseInitializer]: searchSparse,
    [GRAPH.node]: searchNode,
  });

const searchNode: Search = (message) => searchFields(message, { [NODE.attribute]: searchAttribute });

const searchAttribute: Search = (message) =>
  searchFields(message, {
    [ATTRIBUTE.tensor]: searchTensor,
    [ATTRIBUTE.tensors]: searchTensor,
    [ATTRIBUTE.graph]: searchGraph,
    [ATTRIBUTE.graphs]: searchGraph,
    [ATTRIBUTE.sparseTensor]: searchSparse,
    [ATTRIBUTE.sparseTensors]: searchSparse,
  });

const searchSparse: Search = (message) =>
  searchFields(message, { [SPARSE_TENSOR.values]: searchTensor, [SPARSE_TENSOR.indices]: searchTensor });

const searchTensor: Search = (message) => {
  let location = '';
  let external = false;
  for (const field of fieldsOf(message)) {
    if (field.number === TENSOR.dataLocation) external ||= field.varint === EXTERNAL;
    else if (field.number === TENSOR.externalData) location = locationOf(field.bytes) ?? location;
  }
  return external ? location : undefined;
};

function locationOf(entry: Uint8Array): string | undefined {
  const parts: Record<number, string> = {};
  for (const field of fieldsOf(entry)) parts[field.number] = textOf(field.bytes);
  return parts[STRING_ENTRY.key] === 'location' ? parts[STRING_ENTRY.value] : undefined;
}

function searchFields(message: Uint8Array, searches: Readonly<Record<number, Search>>): string | undefined {
  for (const field of fieldsOf(message)) {
    const found = searches[field.number]?.(field.bytes);
    if (found !== undefined) return found;
  }
  return undefined;
}
