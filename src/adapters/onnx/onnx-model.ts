/** What an ONNX file says about itself, read without any runtime. */

import { UserError } from '../../core/errors.ts';
import type { ExternalFile } from '../../core/onnx-reader.ts';
import { explainUnreadable } from './not-onnx.ts';
import { ELEMENT_FLOAT, GRAPH, MODEL, OPSET, SPARSE_TENSOR } from './onnx-schema.ts';
import { externalFiles } from './external-data.ts';
import { elementTypeName } from './tensor-types.ts';
import { readNamed, readValueInfo, type GraphValue } from './value-info.ts';
import { type Field, fieldsOf, textOf } from './wire.ts';
import { findZipMaps, type ZipMap } from './zip-map.ts';

export interface OnnxModelInfo {
  /** The version of the file format, see https://onnx.ai/onnx/repo-docs/IR.html */
  readonly irVersion: number;
  /** The program that wrote the file and its version, '' if it does not say. */
  readonly producer: string;
  /** Operator set versions by domain; the default domain is called ai.onnx. */
  readonly opsets: Readonly<Record<string, number>>;
  /** What must be fed: initializers, which older files list as inputs too, are left out. */
  readonly inputs: readonly GraphValue[];
  /** What the model gives, with each ZipMap output as the tensor of scores that it is rewritten to. */
  readonly outputs: readonly GraphValue[];
  /** The class labels by the name of the output whose columns they head, if a ZipMap has them. */
  readonly classLabels: Readonly<Record<string, readonly (string | bigint)[]>>;
  readonly zipMaps: readonly ZipMap[];
  /** Where weights are that are not in the file itself. */
  readonly externalFiles: readonly ExternalFile[];
}

/** https://onnx.ai/onnx/repo-docs/IR.html: opset_import is required from version 3 on. */
const FIRST_IR_WITH_OPSETS = 3;

interface Parts {
  irVersion: number;
  producer: string[];
  opsets: Record<string, number>;
  graph: Uint8Array | undefined;
}

/**
 * Reads the head and the signature of a model.
 *
 * @throws UserError if the bytes are no complete ONNX model, or name weights outside the model's folder.
 */
export function readOnnxModel(bytes: Uint8Array, label: string): OnnxModelInfo {
  try {
    const parts = readParts(bytes);
    const graph = completeGraph(parts);
    return { ...describe(parts, graph), externalFiles: externalFiles(bytes, label) };
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${label} ${explainUnreadable(bytes)}`, { cause: error });
  }
}

/** The graph comes before the operator sets, so a file cut between the two lacks the latter. */
function completeGraph({ irVersion, opsets, graph }: Parts): Uint8Array {
  if (graph === undefined) throw new Error('The file has no graph.');
  if (irVersion >= FIRST_IR_WITH_OPSETS && Object.keys(opsets).length === 0) {
    throw new Error('The file names no operator set.');
  }
  return graph;
}

function describe(parts: Parts, graph: Uint8Array): Omit<OnnxModelInfo, 'externalFiles'> {
  const zipMaps = findZipMaps(graph);
  const { inputs, outputs } = readGraph(graph);
  return {
    irVersion: parts.irVersion,
    producer: parts.producer.filter((part) => part !== '').join(' '),
    opsets: parts.opsets,
    inputs,
    outputs: outputs.map((output) => scoresOf(zipMaps, output) ?? output),
    classLabels: Object.fromEntries(zipMaps.map((zipMap) => [zipMap.output, zipMap.labels])),
    zipMaps,
  };
}

/** ZipMap takes one column per class: https://onnx.ai/onnx/operators/onnx_aionnxml_ZipMap.html */
function scoresOf(zipMaps: readonly ZipMap[], output: GraphValue): GraphValue | undefined {
  const zipMap = zipMaps.find((candidate) => candidate.output === output.name);
  if (zipMap === undefined) return undefined;
  const type = elementTypeName(ELEMENT_FLOAT);
  return { name: output.name, kind: 'tensor', type, shape: ['', zipMap.labels.length] };
}

function readParts(bytes: Uint8Array): Parts {
  const parts: Parts = { irVersion: 0, producer: ['', ''], opsets: {}, graph: undefined };
  for (const field of fieldsOf(bytes)) readPart(parts, field);
  return parts;
}

function readPart(parts: Parts, field: Field): void {
  if (field.number === MODEL.irVersion) parts.irVersion = Number(field.varint ?? 0n);
  else if (field.number === MODEL.producerName) parts.producer[0] = textOf(field.bytes);
  else if (field.number === MODEL.producerVersion) parts.producer[1] = textOf(field.bytes);
  else if (field.number === MODEL.opsetImport) Object.assign(parts.opsets, readOpset(field.bytes));
  else if (field.number === MODEL.graph) parts.graph = field.bytes;
}

function readOpset(bytes: Uint8Array): Record<string, number> {
  let domain = '';
  let version = 0;
  for (const field of fieldsOf(bytes)) {
    if (field.number === OPSET.domain) domain = textOf(field.bytes);
    else if (field.number === OPSET.version) version = Number(field.varint ?? 0n);
  }
  return { [domain === '' ? 'ai.onnx' : domain]: version };
}

function readGraph(graph: Uint8Array): { inputs: GraphValue[]; outputs: GraphValue[] } {
  const inputs: GraphValue[] = [];
  const outputs: GraphValue[] = [];
  const initializers = new Set<string>();
  for (const field of fieldsOf(graph)) {
    if (field.number === GRAPH.input) inputs.push(readValueInfo(field.bytes));
    else if (field.number === GRAPH.output) outputs.push(readValueInfo(field.bytes));
    else if (field.number === GRAPH.initializer) initializers.add(readNamed(field.bytes));
    else if (field.number === GRAPH.sparseInitializer) initializers.add(readNamedSparse(field.bytes));
  }
  return { inputs: inputs.filter((input) => !initializers.has(input.name)), outputs };
}

/** A sparse initializer is named by its values: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
function readNamedSparse(bytes: Uint8Array): string {
  for (const field of fieldsOf(bytes))
    if (field.number === SPARSE_TENSOR.values) return readNamed(field.bytes);
  return '';
}
