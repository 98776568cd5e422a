import { UserError } from '../../src/core/errors.ts';
import type { ModelSession, ModelSignature, OpenSession } from '../../src/core/model-session.ts';

/** Two numbers a row in; a label and two probabilities out. */
export const fakeSignature: ModelSignature = {
  inputs: [{ name: 'x', type: 'float32', shape: ['N', 2] }],
  outputs: [
    { name: 'label', type: 'int64', shape: ['N'] },
    { name: 'probabilities', type: 'float32', shape: ['N', 2] },
  ],
};

/** The bytes of a fake model whose label for every row is this one. */
export function fakeModel(label: number): string {
  return JSON.stringify({ label });
}

export const BROKEN_MODEL = 'broken';
/** Loads, and then fails at every request. */
export const FAILING_MODEL = 'failing';

/** Opens what `fakeModel` makes; refuses anything else. */
export const openFakeSession: OpenSession = (bytes, { label: name }) => {
  const text = Buffer.from(bytes).toString('utf8');
  if (text === FAILING_MODEL) return Promise.resolve(fakeSession(-1));
  try {
    return Promise.resolve(fakeSession((JSON.parse(text) as { label: number }).label));
  } catch {
    return Promise.reject(new UserError(`${name} is not an ONNX model.`));
  }
};

function fakeSession(label: number): ModelSession {
  let closed = false;
  return {
    runtime: 'wasm',
    signature: fakeSignature,
    run: ({ x }) => {
      if (closed) return Promise.reject(new Error('This session is closed.'));
      if (label < 0) return Promise.reject(new Error('a node of the graph failed'));
      const rows = x?.dims[0] ?? 0;
      return Promise.resolve({
        label: { type: 'int64', dims: [rows], data: new BigInt64Array(rows).fill(BigInt(label)) },
        probabilities: {
          type: 'float32',
          dims: [rows, 2],
          data: Float32Array.from(x?.data as Float32Array, (value) => value / 2),
        },
      });
    },
    close: () => {
      closed = true;
      return Promise.resolve();
    },
  };
}
