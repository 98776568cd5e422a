import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OnnxSession } from '../../../../src/adapters/onnx/session.ts';
import type { Tensor } from '../../../../src/core/model-session.ts';
import {
  excess,
  fixture,
  fixtureCases,
  floats,
  isFloat,
  open,
  releasedModels,
  REPOSITORY,
  RUNTIMES,
} from './support.ts';

const TOLERANCE = { rtol: 1e-5, atol: 1e-6 };

type Tensors = Record<string, Tensor>;

function expectEqual(actual: Tensors, expected: Tensors): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(expected).sort());
  for (const [name, tensor] of Object.entries(expected)) {
    const found = actual[name]!;
    expect({ type: found.type, dims: found.dims }, name).toEqual({ type: tensor.type, dims: tensor.dims });
    if (isFloat(tensor)) expect(excess(found, tensor, TOLERANCE), name).toBeLessThanOrEqual(0);
    else expect(found.data, name).toEqual(tensor.data);
  }
}

async function onBoth<T>(bytes: Uint8Array, use: (session: OnnxSession) => Promise<T> | T): Promise<T[]> {
  const results: T[] = [];
  for (const runtime of RUNTIMES) {
    const session = await open(bytes, runtime);
    expect(session.runtime).toBe(runtime);
    results.push(await use(session));
    await session.close();
  }
  return results;
}

describe.each(fixtureCases())('the fixture $name', ({ name, feeds, expected }) => {
  it('gives on both runtimes what the reference says, and the same', async () => {
    const [native, wasm] = await onBoth(fixture(name), (session) => session.run(feeds));
    expectEqual(native!, expected);
    expectEqual(wasm!, expected);
    expectEqual(wasm!, native!);
  });

  it('has the same signature on both runtimes', async () => {
    const [native, wasm] = await onBoth(fixture(name), ({ signature }) => signature);
    expect(wasm).toEqual(native);
  });
});

describe.each(releasedModels())('the released model %s', (_path, bytes) => {
  it('gives the same on both runtimes for the held-out rows, down to the last label', async () => {
    const rows = heldOutRows();
    const feed = floats([rows.length, 30], rows.flat());
    const [native, wasm] = await onBoth(bytes, (session) =>
      session.run({ [session.signature.inputs[0]!.name]: feed }),
    );
    expectEqual(wasm!, native!);
  });
});

function heldOutRows(): number[][] {
  const text = readFileSync(join(REPOSITORY, 'model/cases/held-out.json'), 'utf8');
  return rowsIn(JSON.parse(text));
}

/** Every list of 30 numbers in a document, wherever it stands. */
function rowsIn(value: unknown): number[][] {
  if (Array.isArray(value) && value.length === 30 && value.every((item) => typeof item === 'number'))
    return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(rowsIn) : [];
}
