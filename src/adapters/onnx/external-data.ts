/**
 * Tensors whose bytes are in another file. A runtime is never told of such a file: it would read the named one from
 * wherever the process happens to run. Their bytes are put into the model before it is opened, in both runtimes.
 *
 * Source: https://onnx.ai/onnx/repo-docs/ExternalData.html
 */

import { UserError } from '../../core/errors.ts';
import { refuseTooLarge, type ExternalFile, type ReadBeside } from '../../core/onnx-reader.ts';
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
import { concat, delimited, editFields, fieldsOf, textOf } from './wire.ts';

type Message = 'model' | 'function' | 'graph' | 'node' | 'attribute' | 'sparse' | 'tensor';

/** Which fields of a message hold messages with tensors in them. */
const NESTED: Readonly<Record<Exclude<Message, 'tensor'>, Readonly<Record<number, Message>>>> = {
  model: { [MODEL.graph]: 'graph', [MODEL.functions]: 'function' },
  function: { [FUNCTION.node]: 'node' },
  graph: { [GRAPH.initializer]: 'tensor', [GRAPH.sparseInitializer]: 'sparse', [GRAPH.node]: 'node' },
  node: { [NODE.attribute]: 'attribute' },
  attribute: {
    [ATTRIBUTE.tensor]: 'tensor',
    [ATTRIBUTE.tensors]: 'tensor',
    [ATTRIBUTE.graph]: 'graph',
    [ATTRIBUTE.graphs]: 'graph',
    [ATTRIBUTE.sparseTensor]: 'sparse',
    [ATTRIBUTE.sparseTensors]: 'sparse',
  },
  sparse: { [SPARSE_TENSOR.values]: 'tensor', [SPARSE_TENSOR.indices]: 'tensor' },
};

/** Where the bytes of one tensor are. */
interface Place {
  /** Relative to the folder of the model, with forward slashes; '' if the file does not say. */
  readonly location: string;
  /** In bytes from the start of the file. */
  readonly offset: number;
  /** In bytes; null for all up to the end. */
  readonly length: number | null;
}

/** The files that hold tensors of a model, each once. @throws UserError for one outside the model's folder. */
export function externalFiles(model: Uint8Array, label: string): ExternalFile[] {
  const ends = new Map<string, number>();
  for (const tensor of tensorsOf(model, 'model')) {
    const place = placeOf(tensor);
    if (place === null) continue;
    const end = place.offset + (place.length ?? 0);
    ends.set(place.location, Math.max(end, ends.get(place.location) ?? 0));
  }
  for (const location of ends.keys()) refuseOutside(location, label);
  return [...ends].map(([location, bytes]) => ({ location, bytes }));
}

/**
 * The same model with all its bytes in itself; the very same bytes if it has them already.
 *
 * @throws UserError if a file is not there, is too short, or the whole would be too large to be opened.
 */
export async function embedExternalData(
  model: Uint8Array,
  label: string,
  read: ReadBeside,
): Promise<Uint8Array> {
  const files = externalFiles(model, label);
  if (files.length === 0) return model;
  const contents = new Map<string, Uint8Array>();
  for (const { location, bytes } of files) {
    const content = await read(location);
    if (content === null) throw missing(location, label);
    if (content.length < bytes) throw tooShort(location, label, content.length, bytes);
    contents.set(location, content);
  }
  const total = [...contents.values()].reduce((sum, { length }) => sum + length, model.length);
  refuseTooLarge(label, total);
  return editTensors(model, 'model', (tensor) => embedded(tensor, contents));
}

function* tensorsOf(message: Uint8Array, kind: Message): Generator<Uint8Array> {
  if (kind === 'tensor') {
    yield message;
    return;
  }
  for (const field of fieldsOf(message)) {
    const inner = NESTED[kind][field.number];
    if (inner !== undefined) yield* tensorsOf(field.bytes, inner);
  }
}

type EditTensor = (tensor: Uint8Array) => Uint8Array;

/** Copies a message with its tensors edited, at any depth. */
export function editTensors(message: Uint8Array, kind: Message, edit: EditTensor): Uint8Array {
  if (kind === 'tensor') return edit(message);
  return editFields(message, (field) => {
    const inner = NESTED[kind][field.number];
    return inner === undefined ? 'keep' : editTensors(field.bytes, inner, edit);
  });
}

function embedded(tensor: Uint8Array, contents: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const place = placeOf(tensor);
  const content = place === null ? undefined : contents.get(place.location);
  if (place === null || content === undefined) return tensor;
  const { offset, length } = place;
  const bytes = content.subarray(offset, length === null ? undefined : offset + length);
  const replaced: readonly number[] = [TENSOR.rawData, TENSOR.externalData, TENSOR.dataLocation];
  const rest = editFields(tensor, ({ number }) => (replaced.includes(number) ? 'drop' : 'keep'));
  return concat([rest, delimited(TENSOR.rawData, bytes)]);
}

/** null for a tensor that has its bytes itself. */
function placeOf(tensor: Uint8Array): Place | null {
  let isExternal = false;
  const entries: Record<string, string> = {};
  for (const field of fieldsOf(tensor)) {
    if (field.number === TENSOR.dataLocation) isExternal = field.varint === EXTERNAL;
    else if (field.number === TENSOR.externalData) Object.assign(entries, entryOf(field.bytes));
  }
  if (!isExternal) return null;
  const { location = '', offset = '0', length } = entries;
  return { location, offset: Number(offset), length: length === undefined ? null : Number(length) };
}

function entryOf(entry: Uint8Array): Record<string, string> {
  const parts: Record<number, string> = {};
  for (const field of fieldsOf(entry)) parts[field.number] = textOf(field.bytes);
  const key = parts[STRING_ENTRY.key];
  return key === undefined ? {} : { [key]: parts[STRING_ENTRY.value] ?? '' };
}

function refuseOutside(location: string, label: string): void {
  const parts = location.split('/');
  const leads = /^([A-Za-z]:|\/)/.test(location) || /[\\\0]/.test(location) || parts.includes('..');
  if (location !== '' && !leads) return;
  throw new UserError(
    `${label} keeps its weights in ${location === '' ? 'a file without a name' : `"${location}"`}, which is not a path ` +
      "inside the model's folder. Save it again with its weights beside it, for example with " +
      'onnx.save_model(model, path, save_as_external_data=True, location="model.onnx.data").',
  );
}

function missing(location: string, label: string): UserError {
  return new UserError(
    `${label} keeps its weights in "${location}", which does not exist. Give the folder that contains both files.`,
  );
}

function tooShort(location: string, label: string, found: number, needed: number): UserError {
  return new UserError(
    `${label} needs ${needed} bytes of "${location}", which has ${found}: it is truncated, or belongs to another model. ` +
      'Export or download both files again.',
  );
}
