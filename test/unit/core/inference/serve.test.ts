import { describe, expect, it } from 'vitest';
import { parseJson, writeJson } from '../../../../src/core/exact-json.ts';
import { answerRequest } from '../../../../src/core/inference/serve.ts';
import type { ModelSession, Tensor } from '../../../../src/core/model-session.ts';

/** Gives its inputs back under their own names. */
const echo: ModelSession = {
  runtime: 'wasm',
  signature: {
    inputs: [
      { name: 'id', type: 'int64', shape: ['N'] },
      { name: 'x', type: 'float32', shape: ['N', 2] },
      { name: 'flag', type: 'bool', shape: ['N'] },
      { name: 'word', type: 'string', shape: ['N'] },
    ],
    outputs: [
      { name: 'id', type: 'int64', shape: ['N'] },
      { name: 'x', type: 'float32', shape: ['N', 2] },
      { name: 'flag', type: 'bool', shape: ['N'] },
      { name: 'word', type: 'string', shape: ['N'] },
    ],
  },
  run: (feeds) => Promise.resolve(feeds as Record<string, Tensor>),
  close: () => Promise.resolve(),
};

/** Between 2^53 and 2^63: JSON.parse would round it. */
const LONG = 9007199254740993n;

const answer = async (body: string, type: 'application/json' | 'text/csv' = 'application/json') =>
  parseJson(await answerRequest(echo, body, type)) as Record<string, unknown>;

const v2 = (changes: object = {}, data: readonly unknown[] = [1, 2]) =>
  writeJson({ inputs: [{ name: 'x', shape: [1, 2], datatype: 'FP32', data, ...changes }] });

describe('a request for rows', () => {
  it('takes whole numbers beyond 2^53 as digits, and gives them back exactly', async () => {
    const body = `{"instances": [{"id": ${LONG}, "x": [1, 2.5], "flag": true, "word": "a"}]}`;
    expect(await answer(body)).toEqual({
      predictions: [String(LONG)],
      probabilities: [[1, 2.5]],
      flag: [true],
      word: ['a'],
    });
  });

  it('takes them for floats too', async () => {
    const body = `{"instances": [{"id": 1, "x": [12345678901234567890, 0], "flag": false, "word": ""}]}`;
    expect((await answer(body)).probabilities).toEqual([[12345679395506094000n, 0]]);
  });

  it('takes CSV', async () => {
    expect(await answer('7,1,2.5,1,a', 'text/csv')).toMatchObject({
      predictions: [7],
      probabilities: [[1, 2.5]],
    });
  });

  it.each([
    ['{', 'The body is not JSON'],
    ['[]', 'with "instances", a list of rows, or with "inputs"'],
    ['null', 'with "instances", a list of rows, or with "inputs"'],
    [
      `{"instances": [{"id": 99999999999999999999, "x": [1, 2], "flag": 1, "word": ""}]}`,
      'outside the range of int64',
    ],
  ])('%s is refused in words', async (body, message) => {
    await expect(answer(body)).rejects.toThrow(message);
  });
});

describe('a request of the V2 protocol', () => {
  it('takes named tensors, flat or nested, and answers with tensors', async () => {
    const body = writeJson({
      inputs: [
        { name: 'id', shape: [2], datatype: 'INT64', data: [LONG, 1] },
        {
          name: 'x',
          shape: [2, 2],
          datatype: 'FP32',
          data: [
            [1, 2],
            ['NaN', '-Infinity'],
          ],
        },
        { name: 'flag', shape: [2], datatype: 'BOOL', data: [true, false] },
        { name: 'word', shape: [2], datatype: 'BYTES', data: ['NaN', 'ü'] },
      ],
    });
    expect((await answer(body)).outputs).toEqual([
      { name: 'id', shape: [2], datatype: 'INT64', data: [LONG, 1] },
      { name: 'x', shape: [2, 2], datatype: 'FP32', data: [1, 2, 'NaN', '-Infinity'] },
      { name: 'flag', shape: [2], datatype: 'BOOL', data: [true, false] },
      { name: 'word', shape: [2], datatype: 'BYTES', data: ['NaN', 'ü'] },
    ]);
  });

  it.each([
    [v2({ name: 'y' }), '"y" is not an input of the model; its inputs: id, x, flag, word.'],
    [
      v2({ datatype: 'FP64' }),
      '"x" has the datatype FP64; the model\'s input "x" (float32 [N, 2]) takes FP32.',
    ],
    [v2({ shape: [2, 2] }), '"x" has 2 values; its shape [2, 2] takes 4.'],
    [v2({ shape: 'two' }), '"shape" must be an array of sizes'],
    [v2({}, [1, 'one']), '"x", value 1 is not a number.'],
    [v2({ data: null }), '"data" must be an array'],
    ['{"inputs": [3]}', 'inputs[0] must be an object'],
    ['{"inputs": [{}]}', 'inputs[0] has no "name"'],
    ['{"inputs": [{"name": "x", "shape": [1]}]}', 'has no "datatype"'],
  ])('%s is refused in words', async (body, message) => {
    await expect(answer(body)).rejects.toThrow(message);
  });
});
