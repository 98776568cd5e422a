/** A document that is parsed at once and one that is walked, because it is large, are the same cases. */
import { describe, expect, it } from 'vitest';
import { messageOf } from '../../../../../src/core/errors.ts';
import { readCases } from '../../../../../src/core/smoke/cases/read-cases.ts';
import { fileOf } from './files.ts';

const DOCUMENTS = [
  '[[1,2],[3,4]]',
  '{"instances":[[1,2],[3,"a"]],"labels":[0,1],"label_names":["no","yes"],"feature_names":["x","y"]}',
  '{"instances":[{"x":1},{"x":9007199254740993}],"expected":[{"p":1},{"p":2}]}',
  '{"instances":[1,null],"expected":{"p":[[1,2],[3,4]],"q":["a","b"]},"tolerances":{"p":{"rtol":0.1}}}',
  '{"instances":[[NaN,1]],"expected":[NaN]}',
  '{"instances":[[1]],"labels":null,"expected":null,"other":{"instances":[]}}',
  '{"instances":[[1]],"instances":[[2],[3]]}',
  '{"instances":[[1]],"y":[1]}',
  '{"instances":[[1],[2]],"labels":[1]}',
  '{"instances":[[1],[2]],"expected":{"p":[1]}}',
  '{"instances":[[1],[2]],"labels":"a"}',
  '{"instances":[[1],[2]],"expected":7}',
  '{"instances":[]}',
  '{"rows":[[1]]}',
  '"instances"',
  '[[1],[2,]]',
  '[[1]] 2',
];

/** More spaces than a small file has bytes. */
const LARGE = ' '.repeat(4_000_001);

async function readOf(text: string): Promise<unknown> {
  try {
    const { bind, labels, largest, ...facts } = await readCases(fileOf(text, 'c.json'), 'c.json');
    return { ...facts, largest, isLabelled: labels !== null, rows: [...bind(null).rows()] };
  } catch (error) {
    return messageOf(error);
  }
}

describe('a small document of cases', () => {
  it.each(DOCUMENTS)('%s is what it is in a large file', async (text) => {
    expect(await readOf(text)).toEqual(await readOf(`${text}${LARGE}`));
  });

  it('may begin with a byte order mark', async () => {
    expect(await readOf('\uFEFF[[1]]')).toEqual(await readOf('[[1]]'));
  });
});
