import { describe, expect, it } from 'vitest';
import { readOnnxModel } from '../../../../src/adapters/onnx/onnx-model.ts';
import { fixture, openFixture, RUNTIMES } from './support.ts';

describe('what a model says about itself', () => {
  it('the IR version, the operator sets and the producer', () => {
    const { irVersion, opsets, producer } = readOnnxModel(fixture('label_encoder'), 'model.onnx');
    expect({ irVersion, opsets, producer }).toEqual({
      irVersion: 8,
      opsets: { 'ai.onnx': 17, 'ai.onnx.ml': 2 },
      producer: 'fixture 1',
    });
  });

  it('names, types and shapes, free dimensions by name', () => {
    const { inputs, outputs } = readOnnxModel(fixture('lstm'), 'model.onnx');
    expect(inputs).toEqual([{ name: 'x', kind: 'tensor', type: 'float32', shape: ['T', 'N', 3] }]);
    expect(outputs).toEqual([
      { name: 'y', kind: 'tensor', type: 'float32', shape: ['T', 1, 'N', 5] },
      { name: 'h', kind: 'tensor', type: 'float32', shape: [1, 'N', 5] },
    ]);
  });

  it('no initializer among the inputs', () => {
    const { inputs } = readOnnxModel(fixture('initializer_as_input'), 'model.onnx');
    expect(inputs.map((input) => input.name)).toEqual(['x']);
  });

  it('an open rank as such', () => {
    const { inputs, outputs } = readOnnxModel(fixture('open_shapes'), 'model.onnx');
    expect([...inputs, ...outputs].map((value) => value.shape)).toEqual([
      undefined,
      ['N', 2],
      undefined,
      undefined,
    ]);
  });
});

describe.each(RUNTIMES)('the signature of a session on the %s runtime', (runtime) => {
  it.each([
    ['scalars', 'loop', { times: [], x: ['N'] }, { y: ['N'] }],
    ['strings', 'string_normalizer', { s: ['N'] }, { y: [''] }],
    ['a ZipMap', 'zipmap_int', { input: ['', 4] }, { output_label: [''], output_probability: ['', 3] }],
    ['a declared shape, even a wrong one', 'wrong_output_shape', { x: ['N', 3] }, { y: ['N', 2] }],
    [
      'an inferred shape where none is declared',
      'open_shapes',
      { x: [], z: ['N', 2] },
      { y: [], w: ['N', 2] },
    ],
  ])('%s', async (_what, name, inputs, outputs) => {
    const { signature, close } = await openFixture(name, runtime);
    const shapes = (values: typeof signature.inputs): unknown =>
      Object.fromEntries(values.map((value) => [value.name, value.shape]));
    expect({ inputs: shapes(signature.inputs), outputs: shapes(signature.outputs) }).toEqual({
      inputs,
      outputs,
    });
    await close();
  });
});
