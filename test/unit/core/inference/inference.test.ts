import { describe, expect, it } from 'vitest';
import { answerFields, answerOf } from '../../../../src/core/inference/answer.ts';
import { instancesOfCsv } from '../../../../src/core/inference/csv.ts';
import { feedsOfInstances } from '../../../../src/core/inference/instances.ts';
import type { ModelSignature, TensorSignature, TensorType } from '../../../../src/core/model-session.ts';

const input = (name: string, type: TensorType, shape: TensorSignature['shape']) => ({ name, type, shape });
const withInputs = (...inputs: TensorSignature[]): ModelSignature => ({ inputs, outputs: [] });
const withOutputs = (...outputs: TensorSignature[]): ModelSignature => ({ inputs: [], outputs });
const floats = withInputs(input('x', 'float32', ['N', 2]));

describe('feedsOfInstances', () => {
  it('puts rows into one tensor', () => {
    expect(
      feedsOfInstances(
        [
          [1, 2],
          [3, 4],
        ],
        floats,
      ),
    ).toEqual({
      x: { type: 'float32', dims: [2, 2], data: Float32Array.of(1, 2, 3, 4) },
    });
  });

  it('takes objects for several inputs', () => {
    const signature = withInputs(input('age', 'int64', ['', 1]), input('city', 'string', ['', 1]));
    expect(
      feedsOfInstances(
        [
          { age: 3, city: 'Bonn' },
          { age: [4], city: ['Ulm'] },
        ],
        signature,
      ),
    ).toEqual({
      age: { type: 'int64', dims: [2, 1], data: BigInt64Array.of(3n, 4n) },
      city: { type: 'string', dims: [2, 1], data: ['Bonn', 'Ulm'] },
    });
  });

  it('takes flat rows for several inputs, in their order', () => {
    const signature = withInputs(input('a', 'float32', ['N', 2]), input('b', 'bool', ['N']));
    expect(feedsOfInstances([[1, 2, true]], signature)).toEqual({
      a: { type: 'float32', dims: [1, 2], data: Float32Array.of(1, 2) },
      b: { type: 'bool', dims: [1], data: Uint8Array.of(1) },
    });
  });

  it('takes the size of free dimensions from the first row', () => {
    const signature = withInputs(input('x', 'float32', ['N', 'T', 2]));
    expect(
      feedsOfInstances(
        [
          [
            [1, 2],
            [3, 4],
            [5, 6],
          ],
        ],
        signature,
      ).x?.dims,
    ).toEqual([1, 3, 2]);
  });

  it.each([[null], [NaN], ['NaN']])('takes %j for a missing number', (missing) => {
    expect(feedsOfInstances([[1, missing]], floats).x?.data).toEqual(Float32Array.of(1, NaN));
  });

  it('takes infinite numbers by their names', () => {
    const { x } = feedsOfInstances([['Infinity', '-Infinity']], floats);
    expect(x?.data).toEqual(Float32Array.of(Infinity, -Infinity));
  });

  it('takes whole numbers beyond 2^53 as texts', () => {
    const signature = withInputs(input('id', 'int64', ['N']));
    expect(feedsOfInstances(['9007199254740993'], signature).id?.data).toEqual(
      BigInt64Array.of(9007199254740993n),
    );
  });

  it.each<[string, readonly unknown[], ModelSignature, RegExp]>([
    ['no rows', [], floats, /has no rows/],
    ['a row that is a number', [[1, 2], 3], floats, /instances\[1\]: 3 is not a list of 2 values/],
    [
      'a short row',
      [[1]],
      floats,
      /instances\[0\]: has 1 value, not 2, as the model's input "x" \(float32 \[N, 2\]\) needs\.$/,
    ],
    [
      'a long row',
      [
        [1, 2],
        [1, 2, 3],
      ],
      floats,
      /instances\[1\]: has 3 values, not 2, .* needs\. If one of the values is the label or an index, leave it out\.$/,
    ],
    [
      'a text',
      [[1, 'two']],
      floats,
      /instances\[0\]\[1\]: "two" is not a number.*input "x" \(float32 \[N, 2\]\)/,
    ],
    ['a nested value', [[1, [2]]], floats, /a nested value is not a number/],
    [
      'a missing whole number',
      [[1], [null]],
      withInputs(input('n', 'int64', ['N', 1])),
      /instances\[1\]\[0\]: null is a missing value, which int64 cannot represent.*input "n"/,
    ],
    ['a decimal comma', [[1, '1,5']], floats, /"1,5" is not a number \(write decimals with a point\)/],
    [
      'a number as a text',
      [['0.5', 1]],
      floats,
      /instances\[0\]\[0\]: "0\.5" is not a number \(write it without quotes\), as the model's input "x"/,
    ],
    [
      'a whole number as a text',
      [['5', 1]],
      withInputs(input('n', 'int64', ['N', 2])),
      /"5" is not an integer \(write it without quotes\)/,
    ],
    ['true for a number', [[1, true]], floats, /true is not a number/],
    ['what float32 cannot hold', [[1, 1e39]], floats, /1e\+39 is not a finite float32/],
    ['a fraction for an integer', [[1.5]], withInputs(input('x', 'int32', ['N', 1])), /is not an integer/],
    ['a number too large', [[300]], withInputs(input('x', 'uint8', ['N', 1])), /outside the range of uint8/],
    ['a rounded integer', [[2 ** 60]], withInputs(input('x', 'int64', ['N', 1])), /is not an integer/],
    ['a number for a text', [[3]], withInputs(input('x', 'string', ['N', 1])), /3 is not a text/],
    ['two for a bool', [[2]], withInputs(input('x', 'bool', ['N', 1])), /neither true nor false/],
    ['an unknown input', [{ x: [1, 2], z: 1 }], floats, /instances\[0\] names "z".*its inputs: x/],
    ['a missing input', [{}], floats, /instances\[0\] lacks the input "x"/],
    ['the wrong number of rows', [[1, 2]], withInputs(input('x', 'float32', [3, 2])), /has 1 rows.*takes 3/],
    ['a model without rows', [[1]], withInputs(input('x', 'float32', [])), /has no batch dimension/],
  ])('refuses %s', (_, instances, signature, message) => {
    expect(() => feedsOfInstances(instances, signature)).toThrow(message);
  });

  it('refuses a flat row that several inputs cannot share', () => {
    const signature = withInputs(input('a', 'float32', ['N', 'T']), input('b', 'float32', ['N']));
    expect(() => feedsOfInstances([[1, 2]], signature)).toThrow(
      /must be an object with the model's inputs "a", "b"/,
    );
    const fixed = withInputs(input('a', 'float32', ['N']), input('b', 'float32', ['N']));
    expect(() => feedsOfInstances([[1]], fixed)).toThrow(/has 1 value; the model's inputs "a", "b" take 2/);
  });
});

describe('instancesOfCsv', () => {
  it('reads numbers and texts', () => {
    expect(instancesOfCsv('\uFEFF1, 2.5e-3,-.5\r\n\r\n"a, b",0x10,\nnan,007, x\n')).toEqual([
      [1, 0.0025, -0.5],
      ['a, b', '0x10', ''],
      ['NaN', '007', ' x'],
    ]);
  });

  it('keeps digits of text columns and of long integers', () => {
    const signature = withInputs(input('zip', 'string', ['N', 1]), input('id', 'int64', ['N', 1]));
    expect(instancesOfCsv('01234,9007199254740993', signature)).toEqual([['01234', 9007199254740993n]]);
  });

  it('refuses what is not CSV', () => {
    expect(() => instancesOfCsv('"1,2')).toThrow(/The body is not CSV/);
  });
});

describe('answerFields', () => {
  const label = input('output_label', 'int64', ['N']);
  const probability = input('output_probability', 'float32', ['N', 2]);

  it('knows a classifier, in any order of its outputs', () => {
    const fields = [
      { field: 'predictions', output: 'output_label', role: 'label' },
      { field: 'probabilities', output: 'output_probability', role: 'probabilities' },
    ];
    expect(answerFields(withOutputs(label, probability))).toEqual(fields);
    expect(answerFields(withOutputs(probability, label))).toEqual(fields);
  });

  it('gives the first output of any other model as predictions, and the rest by name', () => {
    const y = input('y', 'float32', ['N', 1]);
    const extra = input('predictions', 'float32', ['N', 4]);
    expect(answerFields(withOutputs(y, extra))).toEqual([
      { field: 'predictions', output: 'y', role: 'value' },
      { field: 'predictions_', output: 'predictions', role: 'value' },
    ]);
  });

  it('keeps further outputs of a classifier', () => {
    const scores = input('embedding', 'float32', ['N', 8]);
    expect(answerFields(withOutputs(scores, label, probability)).map(({ output }) => output)).toEqual([
      'output_label',
      'output_probability',
      'embedding',
    ]);
  });

  it('has nothing for a model without outputs', () => {
    expect(answerFields(withOutputs())).toEqual([]);
  });
});

describe('answerOf', () => {
  it('answers as JSON, with one label a row', () => {
    const signature = withOutputs(input('label', 'int64', ['N', 1]), input('p', 'float32', ['N', 2]));
    const answer = answerOf(
      {
        label: { type: 'int64', dims: [2, 1], data: BigInt64Array.of(1n, 0n) },
        p: { type: 'float32', dims: [2, 2], data: Float32Array.of(0.25, 0.75, 1, 0) },
      },
      signature,
    );
    expect(answer).toEqual({
      predictions: [1, 0],
      probabilities: [
        [0.25, 0.75],
        [1, 0],
      ],
    });
  });

  it('writes what JSON has no number for as texts', () => {
    const signature = withOutputs(
      input('y', 'float64', ['N']),
      input('id', 'int64', ['N']),
      input('ok', 'bool', ['N']),
    );
    const answer = answerOf(
      {
        y: { type: 'float64', dims: [3], data: Float64Array.of(NaN, Infinity, -Infinity) },
        id: { type: 'int64', dims: [1], data: BigInt64Array.of(9007199254740993n) },
        ok: { type: 'bool', dims: [2], data: Uint8Array.of(1, 0) },
      },
      signature,
    );
    expect(answer).toEqual({
      predictions: ['NaN', 'Infinity', '-Infinity'],
      id: ['9007199254740993'],
      ok: [true, false],
    });
  });
});
