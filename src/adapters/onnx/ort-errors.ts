/**
 * ONNX Runtime's messages, put into words that name what to change. Both runtimes word them alike; the WASM one puts
 * "ERROR_CODE: 1, ERROR_MESSAGE: " before, both put paths of the machine that built them before some.
 */

import { messageOf, UserError } from '../../core/errors.ts';
import { ORT_VERSION } from './pinned.ts';

type Explain = (match: RegExpExecArray) => string;

const RUNTIME = `ONNX Runtime ${ORT_VERSION}`;

const LOAD_ERRORS: readonly (readonly [RegExp, Explain])[] = [
  [
    /Protobuf parsing failed/,
    () => 'is damaged: it begins like an ONNX model, but its content cannot be read.',
  ],
  [
    /Opset (\d+) is under development.*support for domain (\S+) is till opset (\d+)/s,
    ([, opset, domain, highest]) =>
      `uses opset ${opset} of ${domain}; ${RUNTIME} supports up to ${highest}. Export it with a lower opset.`,
  ],
  [
    /Unsupported model IR version: (\d+), max supported IR version: (\d+)/,
    ([, version, highest]) =>
      `has IR version ${version}; ${RUNTIME} supports up to ${highest}. ` +
      'Set model.ir_version to that before saving it, or export it with an older onnx package.',
  ],
  [
    /Fatal error: (\S*):(\w+)\(-?\d+\) is not a registered function\/op/,
    ([, domain, operator]) =>
      `uses the operator ${operator} of the domain ${domain}, which ${RUNTIME} does not have. ` +
      'Custom operators are not supported.',
  ],
  [
    /No Op registered for (\S+) with domain_version of (\d+)/,
    ([, operator, opset]) => `uses the operator ${operator}, which opset ${opset} does not have.`,
  ],
  [
    // https://github.com/onnx/sklearn-onnx/issues/1102
    /Type \(tensor\((?:float|double)\)\) of output arg \(\S*\) of node \((\S*)\) does not match expected type \(tensor\((?:float|double)\)\)/,
    ([, node]) =>
      `mixes float32 and float64 at the node ${node}: it was exported with a float64 sample, NumPy's default. ` +
      'Export it with float32: `to_onnx(model, X[:1].astype(numpy.float32), options={"zipmap": False})`.',
  ],
  [
    /Could not find an implementation for (\w+)\((\d+)\)/,
    ([, operator, version]) =>
      `uses the operator ${operator} (version ${version}) with types that ${RUNTIME} has no implementation for.`,
  ],
];

/** What to tell the user of a model that a runtime did not load. */
export function explainLoadError(label: string, error: unknown): UserError {
  const message = messageOf(error);
  for (const [pattern, explain] of LOAD_ERRORS) {
    const match = pattern.exec(message);
    if (match !== null) return new UserError(`${label} ${explain(match)}`, { cause: error });
  }
  return new UserError(`${label} was refused by ${RUNTIME}: ${withoutNoise(message)}`, { cause: error });
}

/** What to tell the user of a model that loaded, but failed on the values that it was fed. */
export function explainRunError(label: string, error: unknown): UserError {
  return new UserError(`${label} failed to run: ${withoutNoise(messageOf(error))}`, { cause: error });
}

/** The WASM runtime takes a contradiction between declared and inferred shapes for an error, see declared-shapes.ts. */
export function isShapeContradiction(error: unknown): boolean {
  return messageOf(error).includes("Can't merge shape info");
}

function withoutNoise(message: string): string {
  return message
    .replace(/^.*?ERROR_CODE: \d+, ERROR_MESSAGE: /s, '')
    .replace(/(?:[A-Za-z]:)?[\\/]\S*[\\/](?=[\w.]+:\d+ )/g, '')
    .trim();
}
