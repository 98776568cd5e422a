/** Whether who calls a model today can still call the next one: the inputs and outputs that the two declare. */
import type { DeclaredSignature, DeclaredTensor } from '../onnx-reader.ts';

type Shape = DeclaredTensor['shape'];

/** What breaks for callers, in words; empty if nothing does. An input that takes more than before breaks nobody. */
export function signatureBreaks(before: DeclaredSignature, after: DeclaredSignature): string[] {
  return [
    ...gone('input', before.inputs, after.inputs),
    ...gone('output', before.outputs, after.outputs),
    ...gone('input', after.inputs, before.inputs).map((line) =>
      line.replace(' is gone', ' is new, and no caller sends it'),
    ),
    ...changed('input', before.inputs, after.inputs, takesLess),
    ...changed('output', before.outputs, after.outputs, isOther),
  ];
}

/** Every difference in inputs and outputs, in words, whether or not it breaks a caller; empty if there is none. */
export function signatureChanges(before: DeclaredSignature, after: DeclaredSignature): string[] {
  return (['input', 'output'] as const).flatMap((kind) => {
    const [was, is] = kind === 'input' ? [before.inputs, after.inputs] : [before.outputs, after.outputs];
    const added = gone(kind, is, was).map((line) => line.replace(/ is gone$/, ' is new'));
    return [...gone(kind, was, is), ...added, ...changed(kind, was, is, isDifferent)];
  });
}

/** Names of free dimensions say nothing. */
const isDifferent = (before: Shape, after: Shape) => {
  const sizes = (shape: Shape) => shape.map((size) => (typeof size === 'number' ? size : '')).join();
  return sizes(before) !== sizes(after);
};

function gone(kind: string, before: readonly DeclaredTensor[], after: readonly DeclaredTensor[]): string[] {
  const names = new Set(after.map(({ name }) => name));
  return before.filter(({ name }) => !names.has(name)).map(({ name }) => `the ${kind} "${name}" is gone`);
}

function changed(
  kind: string,
  before: readonly DeclaredTensor[],
  after: readonly DeclaredTensor[],
  breaks: (a: Shape, b: Shape) => boolean,
): string[] {
  const next = new Map(after.map((tensor) => [tensor.name, tensor]));
  return before.flatMap((old) => {
    const now = next.get(old.name);
    if (now === undefined || (old.type === now.type && !breaks(old.shape, now.shape))) return [];
    return [`the ${kind} "${old.name}" was ${shown(old)} and is ${shown(now)}`];
  });
}

/** A dimension that was free, or had another size. */
const takesLess = (before: Shape, after: Shape) =>
  before.length !== after.length ||
  before.some((size, at) => typeof after[at] === 'number' && after[at] !== size);

const isOther = (before: Shape, after: Shape) =>
  before.length !== after.length ||
  before.some((size, at) => typeof size === 'number' && typeof after[at] === 'number' && after[at] !== size);

const shown = ({ type, shape }: DeclaredTensor) => `${type}[${shape.join(', ')}]`;
