/** Cases made from a model's signature, for a test without a file of cases: the same ones every time. */
import type { ModelSignature, TensorSignature } from '../model-session.ts';
import { bareCases, type Cases } from './cases/cases.ts';
import type { JsonValue } from '../exact-json.ts';
import { mulberry32 } from './random.ts';

const SEED = 20_260_101;
export const SEEDED_ROWS = 16;

/** Numbers are uniform in [-3, 3), whole ones in 0 … 9; a free dimension other than the batch has size 1. */
export function seededCases(signature: ModelSignature): Cases {
  const random = mulberry32(SEED);
  const [first] = signature.inputs;
  const row = (): JsonValue =>
    signature.inputs.length === 1 && first
      ? valueOf(first, random)
      : Object.fromEntries(signature.inputs.map((input) => [input.name, valueOf(input, random)]));
  const rows = Array.from({ length: SEEDED_ROWS }, row);
  return bareCases(`${SEEDED_ROWS} seeded rows made from the reference's signature`, SEEDED_ROWS, () => rows);
}

function valueOf(input: TensorSignature, random: () => number): JsonValue {
  const sizes = input.shape.slice(1).map((size) => (typeof size === 'number' && size > 0 ? size : 1));
  const build = (depth: number): JsonValue => {
    const size = sizes[depth];
    return size === undefined
      ? scalarOf(input, random)
      : Array.from({ length: size }, () => build(depth + 1));
  };
  return build(0);
}

function scalarOf({ type }: TensorSignature, random: () => number): JsonValue {
  const value = random();
  if (type === 'string') return `text ${Math.floor(value * 10)}`;
  if (type === 'bool') return value < 0.5;
  if (type.startsWith('float')) return Math.round((value * 6 - 3) * 1e4) / 1e4;
  return Math.floor(value * 10);
}
