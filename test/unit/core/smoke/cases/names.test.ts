/** The name of a column decides its place. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../../src/core/errors.ts';
import type { ModelSignature } from '../../../../../src/core/model-session.ts';
import { parseCases } from './files.ts';

const input = (name: string, type: 'float32' | 'string' = 'float32') =>
  ({ name, type, shape: ['N', 1] }) as const;
const outputs = [{ name: 'y', type: 'float32', shape: ['N', 1] }] as const;
const columns: ModelSignature = { inputs: [input('age'), input('fare'), input('sex', 'string')], outputs };
const matrix: ModelSignature = { inputs: [{ name: 'X', type: 'float32', shape: ['N', 3] }], outputs };

describe('columns of a model with an input each', () => {
  it.each([
    ['in its order', 'age,fare,sex\n1,2,m', []],
    ['in another order', 'sex,fare,age\nm,2,1', []],
    ['with others between', 'id,fare,sex,note,age,label\n7,2,m,x,1,0', ['id', 'note']],
    ['with the index of to_csv', ',age,fare,sex\n0,1,2,m', ['']],
  ])('%s', async (_name, text, leftOut) => {
    const cases = await parseCases(text, 'c.csv', columns);
    expect(cases).toMatchObject({ instances: [[1, 2, 'm']], featureNames: ['age', 'fare', 'sex'], leftOut });
  });

  it('by feature_names of JSON', async () => {
    const text = '{"feature_names":["sex","age","fare"],"instances":[["m",1,2]]}';
    expect((await parseCases(text, 'c.json', columns)).instances).toEqual([[1, 2, 'm']]);
  });

  it('as fields of objects, without those that are no input', async () => {
    const text = '{"id":7,"sex":"m","age":1,"fare":2}';
    const cases = await parseCases(text, 'c.jsonl', columns);
    expect(cases).toMatchObject({ instances: [{ age: 1, fare: 2, sex: 'm' }], leftOut: ['id'] });
  });

  it('stay where they are when no name is known', async () => {
    expect((await parseCases('a,b,c\n1,2,m', 'c.csv', columns)).instances).toEqual([[1, 2, 'm']]);
  });
});

describe('columns of a model with one list', () => {
  it('are the fields of objects, in the order of feature_names or of the first row', async () => {
    const named = '{"feature_names":["c","b","a"],"instances":[{"a":1,"b":2,"c":3,"id":9}]}';
    expect((await parseCases(named, 'c.json', matrix)).instances).toEqual([[3, 2, 1]]);
    const lines = '{"a":1,"b":2,"c":3}\n{"c":6,"b":5,"a":4}';
    const cases = await parseCases(lines, 'c.jsonl', matrix);
    expect(cases).toMatchObject({
      instances: [
        [1, 2, 3],
        [4, 5, 6],
      ],
      featureNames: ['a', 'b', 'c'],
    });
  });

  it('do not include the index of to_csv', async () => {
    const cases = await parseCases('Unnamed: 0,a,b,c\n0,1,2,3', 'c.csv', matrix);
    expect(cases).toMatchObject({ instances: [[1, 2, 3]], featureNames: ['a', 'b', 'c'] });
  });
});

it.each([
  ['a missing column', 'age,sex\n1,m', columns, /has no column "fare".*its columns: "age", "sex"/],
  ['a column twice', 'age,fare,fare,sex\n1,2,2,m', columns, /has 2 columns called "fare"/],
  [
    'a target among the features',
    'a,b,c,target\n1,2,3,0',
    matrix,
    /has 4 values a row \("a", "b", "c", "target"\), not 3/,
  ],
])('%s is named', async (_name, text, signature, message) => {
  const error = await parseCases(text, 'c.csv', signature).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toMatch(message);
});

it('all that is missing is named at once', async () => {
  const error = await parseCases('{"age":1}', 'c.jsonl', columns).catch((thrown: unknown) => thrown);
  expect((error as UserError).problems).toHaveLength(2);
});
