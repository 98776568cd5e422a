import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import { batchesOf, rowsPerRequest } from '../../../../src/core/smoke/batches.ts';
import { parseCases } from '../../../../src/core/smoke/cases.ts';
import { parseJson, writeJson } from '../../../../src/core/exact-json.ts';
import { seededCases } from '../../../../src/core/smoke/seeded.ts';

async function problemsOf(text: string, name = 'cases.json'): Promise<readonly string[]> {
  try {
    await parseCases(text, name);
  } catch (error) {
    if (error instanceof UserError) return error.problems.map(({ message }) => message);
    throw error;
  }
  return [];
}

describe('cases', () => {
  it('are read from an object, an array, lines and CSV alike', async () => {
    const instances = [
      [1, 2],
      [3, 4],
    ];
    const object = await parseCases(
      JSON.stringify({ feature_names: ['a', 'b'], label_names: ['no', 'yes'], instances, labels: [0, 1] }),
      'c.json',
    );
    expect(object).toMatchObject({
      instances,
      labels: [0, 1],
      featureNames: ['a', 'b'],
      labelNames: ['no', 'yes'],
    });
    expect(await parseCases('\uFEFF[[1,2],[3,4]]', 'c.json')).toMatchObject({ instances, labels: null });
    expect(await parseCases('[1,2]\n\n[3,4]\n', 'c.jsonl')).toMatchObject({ instances, labels: null });
    const lines = '{"instance":[1,2],"label":0,"expected":0}\n{"instance":[3,4],"label":1,"expected":1}';
    expect(await parseCases(lines, 'c.ndjson')).toMatchObject({
      instances,
      labels: [0, 1],
      expected: { predictions: [0, 1] },
    });
    expect(await parseCases('a,b,label\n1,2,0\n3,4,1\n', 'c.csv')).toMatchObject({
      instances,
      labels: [0, 1],
      featureNames: ['a', 'b'],
    });
    expect(await parseCases('a,"b ""x"""\n1e-3,text\n', 'c.CSV')).toMatchObject({
      instances: [[0.001, 'text']],
      labels: null,
    });
  });

  it('keep whole numbers beyond 2^53', async () => {
    expect((await parseCases('[[9007199254740993]]', 'c.json')).instances).toEqual([[9007199254740993n]]);
    expect(writeJson({ instances: [[9007199254740993n, 1]] })).toBe('{"instances":[[9007199254740993,1]]}');
  });

  it.each([
    ['no JSON', '{"instances": [', 'c.json', /^is not JSON \(/],
    ['no JSON on a line', '[1]\n[2', 'c.jsonl', /^is not JSON \(/],
    ['no instances', '{"rows": []}', 'c.json', /^has no "instances"/],
    ['an empty file', '', 'c.json', /^has no "instances"/],
    ['a number', '3', 'c.json', /^has no "instances"/],
    ['no rows', '{"instances": []}', 'c.json', /^has no rows/],
    ['ragged rows', '[[1,2],[1],[1,2],[1,2,3]]', 'c.json', /row 1 has 2 values, but not so rows 2 and 4/],
    [
      'many ragged rows',
      JSON.stringify([[1], ...Array.from({ length: 9 }, () => [1, 2])]),
      'c.json',
      /rows 2, 3, 4, 5, 6 and 4 more/,
    ],
    ['other fields', '[{"a":1},{"b":1}]', 'c.json', /row 1 has the fields a, but not so row 2/],
    [
      'labels of another number',
      '{"instances":[[1],[2]],"labels":[1]}',
      'c.json',
      /has 2 instances and 1 labels/,
    ],
    ['labels that are no list', '{"instances":[[1]],"labels":1}', 'c.json', /"labels" must be an array/],
    [
      'a missing label',
      '{"instances":[[1],[2]],"labels":[1,null]}',
      'c.json',
      /neither a number nor a text in row 2/,
    ],
    ['NaN', '[[1],[NaN]]', 'c.json', /NaN or Infinity, which JSON cannot carry, in row 2/],
    ['NaN in CSV', 'a\n1\nNaN', 'c.csv', /NaN or Infinity, which JSON cannot carry, in row 2/],
    ['null', '[[1],[null]]', 'c.json', /an empty value \(null\) in row 2/],
    ['an empty cell', 'a,b\n1,\n', 'c.csv', /an empty value \(null\) in row 1/],
    ['no header', '1,2\n3,4\n', 'c.csv', /has no header/],
    ['CSV that is none', 'a,b\n"1,2\n', 'c.csv', /is not CSV/],
    [
      'too few names',
      '{"instances":[[1,2]],"feature_names":["a"]}',
      'c.json',
      /1 feature_names for rows of 2 values/,
    ],
    [
      'names that are none',
      '{"instances":[[1]],"feature_names":[1]}',
      'c.json',
      /"feature_names" must be an array of texts/,
    ],
    [
      'expectations of another number',
      '{"instances":[[1],[2]],"expected":[1]}',
      'c.json',
      /2 instances and 1 entries of "expected" predictions/,
    ],
    ['expectations that are none', '{"instances":[[1]],"expected":3}', 'c.json', /"expected" must be/],
  ])('with %s are refused', async (_name, text, name, expected) => {
    expect(await problemsOf(text, name)).toEqual([expect.stringMatching(expected)]);
  });

  it('are refused with all their problems at once', async () => {
    expect(await problemsOf('{"instances":[[1],[1,null]],"labels":[1],"feature_names":3}')).toHaveLength(4);
  });
});

describe('batches', () => {
  const rows = Array.from({ length: 100 }, (_, at) => [at, 'x'.repeat(at)]);

  it.each([
    [1, 1e9],
    [7, 1e9],
    [512, 200],
    [512, 1],
    [3, 150],
  ])('of at most %i rows and %i bytes hold every row once', (most, bytes) => {
    const batches = [...batchesOf(rows, { rows: most, bytes })];
    expect(batches.flatMap((batch) => batch.rows)).toEqual(rows);
    let next = 0;
    for (const batch of batches) {
      expect(batch.start).toBe(next);
      next += batch.rows.length;
      expect(batch.rows.length).toBeLessThanOrEqual(most);
      if (batch.rows.length > 1)
        expect(Buffer.byteLength(writeJson({ instances: batch.rows }))).toBeLessThanOrEqual(bytes);
    }
  });

  it('are small enough for figures of latency, and large enough for many rows', () => {
    expect(rowsPerRequest(143, null)).toBe(8);
    expect(rowsPerRequest(10_000, null)).toBe(500);
    expect(rowsPerRequest(1_000_000, null)).toBe(512);
    expect(rowsPerRequest(5, null)).toBe(1);
    expect(rowsPerRequest(100, 10)).toBe(10);
    expect(rowsPerRequest(100, 1000)).toBe(1);
  });
});

describe('JSON', () => {
  it('takes what Python writes for numbers that are not finite, but not inside texts', () => {
    expect(parseJson('[NaN, -Infinity, Infinity, "NaN is \\"NaN\\""]')).toEqual([
      'NaN',
      '-Infinity',
      'Infinity',
      'NaN is "NaN"',
    ]);
    expect(() => parseJson('[NAN]')).toThrow(SyntaxError);
  });

  it('keeps long integers exact, and long fractions as they are', () => {
    expect(parseJson('[12345678901234567890, -9007199254740993, 0.12345678901234567, 1]')).toEqual([
      12345678901234567890n,
      -9007199254740993n,
      Number('0.12345678901234567'),
      1,
    ]);
    expect(writeJson(['\u0000integer:5', 5n])).toBe('["\\u0000integer:5",5]');
  });
});

describe('seeded cases', () => {
  it('fit the signature and are the same each time', () => {
    const signature = {
      inputs: [
        { name: 'x', type: 'float32', shape: ['N', 2, 'free'] },
        { name: 'id', type: 'int64', shape: ['N'] },
        { name: 'flag', type: 'bool', shape: ['N', 1] },
        { name: 'word', type: 'string', shape: ['N', 1] },
      ],
      outputs: [],
    } as const;
    const { instances } = seededCases(signature);
    expect(instances).toHaveLength(16);
    expect(instances[0]).toEqual({
      x: [[expect.any(Number)], [expect.any(Number)]],
      id: expect.any(Number) as number,
      flag: [expect.any(Boolean)],
      word: [expect.stringMatching(/^text \d$/)],
    });
    expect(seededCases(signature).instances).toEqual(instances);
    expect(new Set(instances.map((row) => JSON.stringify(row))).size).toBe(16);
  });
});
