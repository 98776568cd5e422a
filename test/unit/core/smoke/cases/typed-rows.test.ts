/** Every type of input from every source by every protocol: the model gets what the file says. */
import { describe, expect, it } from 'vitest';
import { parseJson, writeJson, type JsonValue } from '../../../../../src/core/exact-json.ts';
import { instancesOfCsv } from '../../../../../src/core/inference/csv.ts';
import { feedsOfInstances } from '../../../../../src/core/inference/instances.ts';
import { feedsOfV2 } from '../../../../../src/core/inference/v2.ts';
import type { ModelSignature, TensorType } from '../../../../../src/core/model-session.ts';
import { createProtocol } from '../../../../../src/core/smoke/protocol/create-protocol.ts';
import { allOf, bindCases, parseCases } from './files.ts';

type Value = number | bigint | string;

/** A cell of CSV, the same in JSON, and what the tensor must hold. */
const VALUES: Readonly<Record<string, readonly (readonly [cell: string, json: string, want: Value])[]>> = {
  string: [
    ['10', '"10"', '10'],
    ['007', '"007"', '007'],
    ['1e5', '"1e5"', '1e5'],
    [' Private', '" Private"', ' Private'],
    ['NaN', '"NaN"', 'NaN'],
    ['True', '"True"', 'True'],
    ['', '""', ''],
    ['"a, ""b"""', '"a, \\"b\\""', 'a, "b"'],
  ],
  float32: [
    ['0.5', '0.5', 0.5],
    [' 2 ', '2', 2],
    ['1e-2', '0.01', Math.fround(0.01)],
    ['', 'null', NaN],
    ['NaN', 'NaN', NaN],
    ['nan', '"NaN"', NaN],
    ['NA', 'null', NaN],
    ['-inf', '-Infinity', -Infinity],
    ['True', '1', 1],
  ],
  int64: [
    ['1152921504606846977', '1152921504606846977', 1152921504606846977n],
    ['3.0', '3', 3n],
    ['-7', '-7', -7n],
    ['False', '0', 0n],
  ],
  bool: [
    ['True', 'true', 1],
    ['FALSE', 'false', 0],
    ['1', '1', 1],
    ['0.0', '0', 0],
  ],
};

const SOURCES: Readonly<
  Record<string, (cell: string, json: string) => readonly [text: string, name: string]>
> = {
  CSV: (cell) => [`other,value\n1,${cell}\n2,${cell}\n`, 'c.csv'],
  'CSV with semicolons': (cell) => [`value;other\n${cell};1\n${cell};2\n`, 'c.csv'],
  'rows of JSON with names': (_, json) => [
    `{"feature_names":["other","value"],"instances":[[1,${json}],[2,${json}]]}`,
    'c.json',
  ],
  'objects of JSON': (_, json) => [`[{"other":1,"value":${json}},{"value":${json},"other":2}]`, 'c.json'],
  'JSON Lines': (_, json) => [`{"value":${json},"other":1}\n{"value":${json},"other":2}`, 'c.jsonl'],
};

const signatureOf = (type: TensorType): ModelSignature => ({
  inputs: [
    { name: 'value', type, shape: ['N', 1] },
    { name: 'other', type: 'int64', shape: ['N', 1] },
  ],
  outputs: [{ name: 'y', type: 'float32', shape: ['N', 1] }],
});

/** What a server of the model gets, read as the local server reads it. */
async function received(protocol: string, rows: readonly JsonValue[], signature: ModelSignature) {
  const made = await createProtocol(protocol as 'csv', {
    signature,
    wholeTensors: false,
    contentType: null,
    folder: '/',
  });
  const content = String((await made.encode(rows)).content);
  if (protocol === 'csv') return feedsOfInstances(instancesOfCsv(content, signature), signature);
  // As a strict parser reads it, which knows no bare NaN.
  JSON.parse(content);
  const body = parseJson(content) as { instances: JsonValue[]; inputs: JsonValue[] };
  return protocol === 'v2' ? feedsOfV2(body.inputs, signature) : feedsOfInstances(body.instances, signature);
}

describe.each(Object.keys(SOURCES))('from %s', (source) => {
  describe.each(['instances', 'v2', 'csv'])('by %s', (protocol) => {
    it.each(
      Object.entries(VALUES).flatMap(([type, values]) => values.map((value) => [type, ...value] as const)),
    )('%s %j (%s) is %s', async (type, cell, json, want) => {
      const signature = signatureOf(type as TensorType);
      const cases = await parseCases(...SOURCES[source]!(cell, json), signature);
      const { value, other } = await received(protocol, cases.instances, signature);
      expect(Array.from(value!.data as ArrayLike<Value>)).toEqual([want, want]);
      expect(Array.from(other!.data as ArrayLike<Value>)).toEqual([1n, 2n]);
    });
  });
});

describe('a row without a model', () => {
  it.each([
    ['numbers with gaps', 'a\n1\n\n""\n2.5\nNaN', [[1], [null], [2.5], [null]]],
    [
      'texts as soon as one is',
      'a,b\n10,1\nx,2',
      [
        ['10', 1],
        ['x', 2],
      ],
    ],
    [
      'codes with leading zeros',
      'a,b\n00501,1\n10115,2',
      [
        ['00501', 1],
        ['10115', 2],
      ],
    ],
    [
      'truths',
      'a,b\nTrue,1\nFalse,2',
      [
        [true, 1],
        [false, 2],
      ],
    ],
    ['long whole numbers', 'a,b\n1152921504606846977,1', [[1152921504606846977n, 1]]],
  ])('has columns of %s', async (_name, text, instances) => {
    expect((await parseCases(text, 'c.csv')).instances).toEqual(instances);
  });

  it('has null for a bare NaN, and keeps the text', async () => {
    const { instances } = await parseCases('[[1,NaN],[2,"NaN"]]', 'c.json');
    expect(writeJson(instances)).toBe('[[1,null],[2,"NaN"]]');
  });
});

describe('labels', () => {
  const withLabel = (type: TensorType): ModelSignature => ({
    inputs: [{ name: 'x', type: 'float32', shape: ['N', 1] }],
    outputs: [
      { name: 'label', type, shape: ['N'] },
      { name: 'probabilities', type: 'float32', shape: ['N', 2] },
    ],
  });
  it.each<[string, TensorType, readonly unknown[]]>([
    ['007', 'string', ['007', '007']],
    [' >50K', 'string', [' >50K', ' >50K']],
    ['True', 'int64', [true, true]],
    ['1', 'int64', [1, 1]],
    ['benign', 'int64', ['benign', 'benign']],
    // as pandas writes them beside a gap, and as a separator with a space leaves them
    ['1.0', 'int64', [1, 1]],
    [' 1', 'int64', [1, 1]],
    ['1.0', 'string', ['1.0', '1.0']],
  ])('"%s" of CSV for a model that answers %s', async (cell, type, labels) => {
    const cases = await bindCases(`x,label\n1,${cell}\n2,${cell}\n`, 'c.csv', withLabel(type));
    expect(allOf(cases).labels).toEqual(labels);
    // What is said of all labels together is said of what is compared.
    expect(cases.labels?.distinct).toEqual([String(labels[0])]);
  });
});
