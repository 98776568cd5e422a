import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../../src/core/errors.ts';
import { writeJson } from '../../../../../src/core/exact-json.ts';
import { parseCases } from './files.ts';

async function problemsOf(text: string | Uint8Array, name = 'cases.json'): Promise<readonly string[]> {
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
    expect(await parseCases('\uFEFF[[1,2],[3,4]]', 'c.json')).toMatchObject({ instances, labelled: false });
    expect(await parseCases('[1,2]\n\n[3,4]\n', 'c.jsonl')).toMatchObject({ instances, labelled: false });
    const lines = '{"instance":[1,2],"label":0,"expected":0}\n{"instance":[3,4],"label":1,"expected":1}';
    expect(await parseCases(lines, 'c.ndjson')).toMatchObject({
      instances,
      labels: [0, 1],
      expected: [{ predictions: 0 }, { predictions: 1 }],
      expectedFields: ['predictions'],
    });
    expect(await parseCases('a,b,label\n1,2,0\n3,4,1\n', 'c.csv')).toMatchObject({
      instances,
      labels: [0, 1],
      featureNames: ['a', 'b'],
    });
    expect(await parseCases('a,"b ""x"""\n1e-3,text\n', 'c.CSV')).toMatchObject({
      instances: [[0.001, 'text']],
      labelled: false,
    });
  });

  it('are read from CSV with quotes, line breaks in them, and the line ends of Windows', async () => {
    const text = 'a,b,Label\r\n1,"x\r\ny, z",0\r\n\r\n 2 ,t,1\r\n';
    expect(await parseCases(text, 'c.csv')).toMatchObject({
      instances: [
        [1, 'x\ny, z'],
        [2, 't'],
      ],
      labels: [0, 1],
    });
    const numbers = await parseCases('a,b\r\n1,2\r\n\r\n3,4', 'c.csv');
    expect(numbers.instances).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('name the line of CSV that is wrong, whatever stands before it', async () => {
    expect(await problemsOf('a,b\n"x\n\ny",1\n\n2\n', 'c.csv')).toEqual([
      expect.stringContaining('this differs in row 2 (line 6)'),
    ]);
  });

  it.each([
    ['semicolons', 'a;b;label\n1;x, y;0\n'],
    ['tabs', 'a\tb\tlabel\n1\tx, y\t0\n'],
    ['bars', 'a|b|label\n1|x, y|0\n'],
  ])('are read from CSV with %s', async (_name, text) => {
    const cases = await parseCases(text, 'c.csv');
    expect(cases).toMatchObject({ instances: [[1, 'x, y']], labels: [0], featureNames: ['a', 'b'] });
  });

  it.each(['utf16le', 'marked'])('are read from CSV in UTF-16 (%s)', async (form) => {
    const text = `${form === 'marked' ? '\ufeff' : ''}a\tb\r\n1\tM\u00fcller\r\n`;
    const cases = await parseCases(Buffer.from(text, 'utf16le'), 'c.tsv');
    expect(cases).toMatchObject({ instances: [[1, 'M\u00fcller']], featureNames: ['a', 'b'] });
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
    [
      'ragged rows',
      '[[1,2],[1],[1,2],[1,2,3]]',
      'c.json',
      /row 1 has 2 values; this differs in rows 2 and 4/,
    ],
    [
      'many ragged rows',
      JSON.stringify([[1], ...Array.from({ length: 9 }, () => [1, 2])]),
      'c.json',
      /rows 2, 3, 4, 5, 6 and 4 more/,
    ],
    ['other fields', '[{"a":1},{"b":1}]', 'c.json', /row 1 has the fields a; this differs in row 2/],
    [
      'labels of another number',
      '{"instances":[[1],[2]],"labels":[1]}',
      'c.json',
      /has 2 instances and 1 label;/,
    ],
    ['labels that are no list', '{"instances":[[1]],"labels":1}', 'c.json', /"labels" must be an array/],
    [
      'a missing label',
      '{"instances":[[1],[2]],"labels":[1,null]}',
      'c.json',
      /not a number, a string or a list of them, in row 2/,
    ],
    ['an empty label', 'a,label\n1,\n', 'c.csv', /a label that is not a number, a string.* in row 1/],
    ['Latin-1', Buffer.from('a,b\n1,M\xfcller\n', 'latin1'), 'c.csv', /^is not UTF-8 \(line 2\)/],
    [
      'JSON in UTF-16',
      Buffer.from('\ufeff[[1]]', 'utf16le'),
      'c.json',
      /^is in UTF-16, but JSON must be UTF-8/,
    ],
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
      /"feature_names" must be an array of strings/,
    ],
    [
      'expectations of another number',
      '{"instances":[[1],[2]],"expected":[1]}',
      'c.json',
      /2 instances and 1 entry of "expected"/,
    ],
    [
      'a field of expectations less',
      '{"instances":[[1],[2]],"expected":{"a":[1,2],"b":[1]}}',
      'c.json',
      /2 instances and 1 entry of "expected" b/,
    ],
    [
      'a row without its expectation',
      '{"instance":[1],"expected":1}\n{"instance":[2]}',
      'c.jsonl',
      /expectations of predictions; this differs in row 2 \(line 2\)/,
    ],
    [
      'a row without its label',
      '{"instance":[1]}\n\n{"instance":[2],"label":1}',
      'c.jsonl',
      /has labels, but none in row 1 \(line 1\)/,
    ],
    [
      'a wrapped row among others',
      '[1]\n{"instance":[2]}',
      'c.jsonl',
      /row 1 has 1 values; this differs in row 2/,
    ],
    ['something behind the end', '[[1]] [2]', 'c.json', /^is not JSON \(/],
    ['words', 'hello', 'c.json', /^is not JSON \(/],
    ['only blank lines', '\n \n', 'c.jsonl', /^has no rows/],
    ['only a header', 'a,b\n', 'c.csv', /^has no rows/],
    ['nothing', '', 'c.csv', /^has no rows/],
    ['expectations that are none', '{"instances":[[1]],"expected":3}', 'c.json', /"expected" must be/],
  ])('with %s are refused', async (_name, text, name, expected) => {
    expect(await problemsOf(text, name)).toEqual([expect.stringMatching(expected)]);
  });

  it.each(['y', 'target', 'label'])('are refused with true labels that are called %s', async (name) => {
    const message = `has "${name}", which is not read. Call the true labels "labels".`;
    expect(await problemsOf(`{"instances":[[1]],"${name}":[1]}`)).toEqual([message]);
    expect(await problemsOf(`{"instances":[[1]],"labels":[1],"${name}":[1]}`)).toEqual([]);
  });

  it('are refused with all their problems at once', async () => {
    expect(await problemsOf('{"instances":[[1],[1,null]],"labels":[1],"feature_names":3}')).toHaveLength(3);
  });
});
