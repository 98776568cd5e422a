/** What a model's signature says about one row of a request. */
import { UserError } from '../errors.ts';
import type { ModelSignature, TensorSignature } from '../model-session.ts';

/** How an input or output is called in messages: `input "x" (float32 [N, 30])`. */
export function formatTensor(role: 'input' | 'output', { name, type, shape }: TensorSignature): string {
  const dims = shape.map((size) => (size === '' ? '?' : size)).join(', ');
  return `${role} "${name}" (${type} [${dims}])`;
}

/** What one value too many mostly is; '' for any other number of them. @param wanted null if any number will do */
export function surplusHint(found: number, wanted: number | null): string {
  const isOneMore = wanted !== null && found === wanted + 1;
  return isOneMore ? ' If one of the values is the label or an index, leave it out.' : '';
}

/**
 * The shape of one row: all dimensions but the first, which counts the rows.
 * @throws UserError for an input without dimensions, which cannot take rows.
 */
export function rowShape(input: TensorSignature): readonly (number | string)[] {
  if (input.shape.length > 0) return input.shape.slice(1);
  throw new UserError(
    `The model's ${formatTensor('input', input)} has no batch dimension; ` +
      'export the model with one, or give the cases as ONNX test data, whose tensors are sent whole.',
  );
}

/** How many values one row has for an input; null if a dimension besides the first is free. */
export function valuesPerRow(input: TensorSignature): number | null {
  return rowShape(input).reduce<number | null>(
    (product, size) => (product === null || typeof size === 'string' ? null : product * size),
    1,
  );
}

/**
 * Which input each column of a flat row (CSV, or an array for a model with several inputs) belongs to, in the order
 * of the signature; null if an input has a free dimension besides the first, or more than one besides it.
 */
export function columnsOf(signature: ModelSignature): readonly TensorSignature[] | null {
  const columns: TensorSignature[] = [];
  for (const input of signature.inputs) {
    const count = rowShape(input).length > 1 ? null : valuesPerRow(input);
    if (count === null) return null;
    for (let i = 0; i < count; i++) columns.push(input);
  }
  return columns;
}
