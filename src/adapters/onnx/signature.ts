/** The signature of a model: what the graph declares; if that leaves something open, what the runtime infers. */

import { type Problem, UserError } from '../../core/errors.ts';
import type { ModelSignature, TensorSignature } from '../../core/model-session.ts';
import type { OnnxModelInfo } from './onnx-model.ts';
import type { OrtSession } from './ort.ts';
import { isTensorType } from './tensor-types.ts';
import type { GraphValue } from './value-info.ts';

type Metadata = OrtSession['inputMetadata'][number];

/**
 * Looks at what the graph declares, before a runtime fails on it in its own words.
 *
 * @throws UserError that names every input and output which is declared as something else than a usable tensor.
 */
export function refuseUnusable(label: string, model: OnnxModelInfo): void {
  refuse(label, [
    ...model.inputs.flatMap((value) => faultOf('input', value)),
    ...model.outputs.flatMap((value) => faultOf('output', value)),
  ]);
}

/** @throws UserError as refuseUnusable does, for what the graph left to the runtime to find out. */
export function resolveSignature(label: string, model: OnnxModelInfo, session: OrtSession): ModelSignature {
  const inputs = model.inputs.map((value) => complete(value, session.inputMetadata));
  const outputs = model.outputs.map((value) => complete(value, session.outputMetadata));
  refuseUnusable(label, { ...model, inputs, outputs });
  return { inputs: inputs.flatMap(toSignature), outputs: outputs.flatMap(toSignature) };
}

/** Fills in what the graph does not declare. ONNX Runtime gives a rank that it does not know as no dimensions. */
function complete(value: GraphValue, metadata: readonly Metadata[]): GraphValue {
  const inferred = metadata.find((entry) => entry.name === value.name);
  if (inferred?.isTensor !== true) return value;
  const kind = value.kind === 'unknown' ? 'tensor' : value.kind;
  return { ...value, kind, type: value.type || inferred.type, shape: value.shape ?? inferred.shape };
}

function toSignature({ name, type, shape = [] }: GraphValue): TensorSignature[] {
  return isTensorType(type) ? [{ name, type, shape }] : [];
}

function faultOf(role: string, { name, kind, type }: GraphValue): Problem[] {
  const where = `${role} "${name}"`;
  if (kind !== 'tensor' && kind !== 'unknown') return [{ where, message: `is a ${kind}` }];
  return type === '' || isTensorType(type) ? [] : [{ where, message: `is of type ${type}` }];
}

function refuse(label: string, problems: readonly Problem[]): void {
  if (problems.length === 0) return;
  const text = problems.map((problem) => `${problem.where} ${problem.message}`).join(', ');
  throw new UserError(
    `${label} cannot be used: ${text}. Only tensors of numbers, booleans and strings can be fed and compared; ` +
      'export the model so that its inputs and outputs are such tensors.',
    { problems },
  );
}
