/**
 * ZipMap turns a classifier's scores [N, C] into a sequence of maps, which neither JavaScript runtime can give back.
 * scikit-learn exports end in one unless told otherwise (https://onnx.ai/sklearn-onnx/auto_examples/plot_dbegin_options_zipmap.html).
 * The scores themselves are a plain tensor, so the node is replaced by an Identity that gives that tensor under the
 * same name; everything else in the file stays byte for byte.
 */

import {
  ATTRIBUTE,
  ELEMENT_FLOAT,
  GRAPH,
  MODEL,
  NODE,
  TENSOR_TYPE,
  TYPE,
  VALUE_INFO,
} from './onnx-schema.ts';
import { readValueInfo } from './value-info.ts';
import { concat, delimited, editFields, fieldsOf, integersOf, textOf, varintField } from './wire.ts';

export interface ZipMap {
  /** The tensor of scores [N, C], float32. */
  readonly input: string;
  /** The graph output that the ZipMap makes. */
  readonly output: string;
  /** The C class labels in the order of the columns. */
  readonly labels: readonly (string | bigint)[];
}

interface Node {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly opType: string;
  readonly domain: string;
}

/** The ZipMaps that make an output of the graph and whose result no other node uses. */
export function findZipMaps(graph: Uint8Array): ZipMap[] {
  const outputs = new Set<string>();
  const used = new Set<string>();
  const zipMaps: ZipMap[] = [];
  for (const field of fieldsOf(graph)) {
    if (field.number === GRAPH.output) outputs.add(readValueInfo(field.bytes).name);
    if (field.number !== GRAPH.node) continue;
    const node = readNode(field.bytes);
    for (const name of node.inputs) used.add(name);
    if (isZipMap(node)) zipMaps.push(describe(node, field.bytes));
  }
  return zipMaps.filter((zipMap) => outputs.has(zipMap.output) && !used.has(zipMap.output));
}

/** Gives the scores under the names of the ZipMap outputs; the same bytes if there is no ZipMap. */
export function rewriteZipMaps(model: Uint8Array, zipMaps: readonly ZipMap[]): Uint8Array {
  if (zipMaps.length === 0) return model;
  const names = new Set(zipMaps.map((zipMap) => zipMap.output));
  return editFields(model, (field) =>
    field.number === MODEL.graph ? rewriteGraph(field.bytes, names) : 'keep',
  );
}

function rewriteGraph(graph: Uint8Array, names: ReadonlySet<string>): Uint8Array {
  return editFields(graph, (field) => {
    if (field.number === GRAPH.node) {
      const node = readNode(field.bytes);
      const replaced = isZipMap(node) && names.has(node.outputs[0] ?? '');
      return replaced ? identity(field.bytes) : 'keep';
    }
    if (field.number === GRAPH.output && names.has(readValueInfo(field.bytes).name))
      return tensor(field.bytes);
    return 'keep';
  });
}

/** Keeps names and documentation; an Identity has no attributes and lives in the default domain. */
function identity(node: Uint8Array): Uint8Array {
  const kept = editFields(node, ({ number }) =>
    number === NODE.opType || number === NODE.domain || number === NODE.attribute ? 'drop' : 'keep',
  );
  return concat([kept, delimited(NODE.opType, 'Identity')]);
}

/** A float tensor without a shape: the runtime infers it, so it can never contradict the graph. */
function tensor(valueInfo: Uint8Array): Uint8Array {
  const type = delimited(TYPE.tensor, varintField(TENSOR_TYPE.elementType, ELEMENT_FLOAT));
  return editFields(valueInfo, (field) => (field.number === VALUE_INFO.type ? type : 'keep'));
}

function isZipMap(node: Node): boolean {
  return node.opType === 'ZipMap' && node.domain === 'ai.onnx.ml';
}

function describe(node: Node, bytes: Uint8Array): ZipMap {
  return { input: node.inputs[0] ?? '', output: node.outputs[0] ?? '', labels: readLabels(bytes) };
}

function readNode(bytes: Uint8Array): Node {
  const node = { inputs: [] as string[], outputs: [] as string[], opType: '', domain: '' };
  for (const field of fieldsOf(bytes)) {
    if (field.number === NODE.input) node.inputs.push(textOf(field.bytes));
    else if (field.number === NODE.output) node.outputs.push(textOf(field.bytes));
    else if (field.number === NODE.opType) node.opType = textOf(field.bytes);
    else if (field.number === NODE.domain) node.domain = textOf(field.bytes);
  }
  return node;
}

/** Exactly one of classlabels_int64s and classlabels_strings is set. */
function readLabels(node: Uint8Array): (string | bigint)[] {
  const labels: (string | bigint)[] = [];
  for (const attribute of fieldsOf(node)) {
    if (attribute.number !== NODE.attribute) continue;
    for (const field of fieldsOf(attribute.bytes)) {
      if (field.number === ATTRIBUTE.ints) labels.push(...integersOf(field));
      else if (field.number === ATTRIBUTE.strings) labels.push(textOf(field.bytes));
    }
  }
  return labels;
}
