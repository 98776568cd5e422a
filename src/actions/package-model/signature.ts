/** The inputs and outputs of an ONNX model, and whether two models take the same inputs. */
import { UserError } from '../../core/errors.ts';
import type { DeclaredSignature, DeclaredTensor } from '../../core/onnx-reader.ts';

/** @throws UserError if predictions of the two cannot be compared, because they do not take the same inputs. */
export function checkSameInputs(model: DeclaredSignature, reference: DeclaredSignature, label: string): void {
  const problems: string[] = [];
  for (const wanted of model.inputs) {
    const given = reference.inputs.find(({ name }) => name === wanted.name);
    if (given === undefined) problems.push(`it has no input "${wanted.name}"`);
    else if (!isAlike(wanted, given)) {
      problems.push(`its input "${given.name}" is ${show(given)}, the model's is ${show(wanted)}`);
    }
  }
  for (const { name } of reference.inputs) {
    if (!model.inputs.some((input) => input.name === name)) {
      problems.push(`it has an input "${name}" that the model has not`);
    }
  }
  if (problems.length === 0) return;
  throw new UserError(
    `The reference ${label} does not have the model's inputs: ${problems.join('; ')}. ` +
      'Export it with the same inputs, or set reference-path to another model.',
  );
}

/** Free dimensions have no size to compare; two fixed sizes have to be the same. */
function isAlike(a: DeclaredTensor, b: DeclaredTensor): boolean {
  return (
    a.type === b.type &&
    a.shape.length === b.shape.length &&
    a.shape.every(
      (size, i) => typeof size === 'string' || typeof b.shape[i] === 'string' || size === b.shape[i],
    )
  );
}

/** Such as `float32[batch, 30]`. */
export function show({ type, shape }: DeclaredTensor): string {
  return `${type}[${shape.map((size) => (size === '' ? '?' : String(size))).join(', ')}]`;
}
