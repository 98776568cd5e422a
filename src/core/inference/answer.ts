/**
 * What a model gave, as the JSON that an endpoint answers with: `{"predictions": [...], "probabilities": [[...]]}` for
 * a classifier; for any other model `predictions` is the first output. Every further output is under its own name.
 */
import type { ModelSignature, Tensor, TensorSignature } from '../model-session.ts';

export type AnswerRole = 'label' | 'probabilities' | 'value';

export interface AnswerField {
  /** The key in the answer. */
  readonly field: string;
  /** The ONNX output that it carries. */
  readonly output: string;
  readonly role: AnswerRole;
}

/** Which field of the answer carries which output, in the order of the answer. */
export function answerFields(signature: ModelSignature): AnswerField[] {
  const { outputs } = signature;
  const label = choose(outputs.filter(isLabel), /label|class/i);
  const probabilities = choose(outputs.filter(isProbabilities), /prob|score/i);
  const [first, ...rest] = outputs;
  if (first === undefined) return [];
  if (label === undefined || probabilities === undefined) {
    return withOthers([{ field: 'predictions', output: first.name, role: 'value' }], rest);
  }
  const pair: AnswerField[] = [
    { field: 'predictions', output: label.name, role: 'label' },
    { field: 'probabilities', output: probabilities.name, role: 'probabilities' },
  ];
  return withOthers(
    pair,
    outputs.filter((output) => output !== label && output !== probabilities),
  );
}

/** One label a row: [N] or [N, 1]. */
function isLabel({ type, shape }: TensorSignature): boolean {
  return ['int64', 'int32', 'string'].includes(type) && (shape.length === 1 || isColumn(shape));
}

function isColumn(shape: TensorSignature['shape']): boolean {
  return shape.length === 2 && shape[1] === 1;
}

function isProbabilities({ type, shape }: TensorSignature): boolean {
  return ['float32', 'float64', 'float16'].includes(type) && shape.length === 2 && !isColumn(shape);
}

function choose(candidates: readonly TensorSignature[], name: RegExp): TensorSignature | undefined {
  return candidates.find((output) => name.test(output.name)) ?? candidates[0];
}

function withOthers(fields: AnswerField[], others: readonly TensorSignature[]): AnswerField[] {
  for (const { name } of others) {
    let field = name;
    while (fields.some((taken) => taken.field === field)) field += '_';
    fields.push({ field, output: name, role: 'value' });
  }
  return fields;
}

/** The body of an answer, ready for JSON.stringify. */
export function answerOf(
  outputs: Readonly<Record<string, Tensor>>,
  signature: ModelSignature,
): Record<string, unknown> {
  return Object.fromEntries(
    answerFields(signature).flatMap(({ field, output, role }) => {
      const tensor = outputs[output];
      if (tensor === undefined) return [];
      return [[field, nested(role === 'label' ? flattened(tensor) : tensor)]];
    }),
  );
}

function flattened(tensor: Tensor): Tensor {
  return { ...tensor, dims: [tensor.data.length] };
}

/** A tensor as nested arrays. */
export function nested({ type, dims, data }: Tensor): unknown {
  let at = 0;
  const build = (depth: number): unknown => {
    const size = dims[depth];
    if (size === undefined) return jsonScalar(data[at++], type);
    return Array.from({ length: size }, () => build(depth + 1));
  };
  return build(0);
}

/**
 * JSON has no NaN, no infinities and no integers beyond 2^53: these become texts, as in protobuf's JSON form
 * (https://protobuf.dev/programming-guides/json/).
 */
function jsonScalar(value: number | bigint | string | undefined, type: Tensor['type']): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : String(value);
  }
  if (type === 'bool') return value === 1;
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  return value;
}
