import { describe, expect, it } from 'vitest';
import { JsonCursor, type Place } from '../../../../../src/core/smoke/cases/json-cursor.ts';
import { fileOf } from './files.ts';

/** Pieces of a file are 128 KiB long. */
const PIECE = 128 * 1024;

function entriesOf(text: string | Uint8Array, bytes: number): string[] {
  const cursor = new JsonCursor(fileOf(text, 'a.json'));
  try {
    const found = [...cursor.entries(bytes)];
    cursor.end();
    return found;
  } finally {
    cursor.close();
  }
}

const VALUES = [
  '1',
  '-2.5e3',
  'true',
  'null',
  '"a, \\"] b"',
  '"\\\\"',
  '[1, [2, "]"]]',
  '{"a}": [{}]}',
  '[]',
  'NaN',
];

describe('a walk through a JSON file', () => {
  it.each([0, 1, 20, 1e6])('gives every entry, %i bytes at once', (bytes) => {
    const texts = entriesOf(`\uFEFF [ ${VALUES.join(' ,\n')}\t] \n`, bytes);
    expect(texts.join(',').replace(/\s/g, '')).toBe(VALUES.join(',').replace(/\s/g, ''));
    if (bytes === 0) expect(texts).toEqual(VALUES);
    if (bytes === 1e6) expect(texts).toHaveLength(1);
    expect(entriesOf('[]', bytes)).toEqual([]);
    expect(entriesOf(' [ ] ', bytes)).toEqual([]);
  });

  // Whatever stands where one piece of the file ends and the next begins.
  it.each(['["ab\\"cd",7]', '"\\\\\\""', '12345', '{"k": [1, 2]}', '"ü€😀"'])(
    'does not stumble where a piece ends within %s',
    (value) => {
      const length = Buffer.byteLength(value);
      for (let cut = 0; cut <= length + 1; cut++) {
        const filler = `"${'x'.repeat(PIECE - 4 - cut)}"`;
        const file = `[${filler},${value},8]`;
        expect(entriesOf(file, 0)).toEqual([filler, value, '8']);
        expect(entriesOf(file, 1e6)).toEqual([`${filler},${value},8`]);
      }
    },
  );

  it('holds an entry that is longer than many pieces', () => {
    const long = `[${Array.from({ length: 100_000 }, (_, at) => at).join(',')}]`;
    expect(long.length).toBeGreaterThan(4 * PIECE);
    expect(entriesOf(`[${long},1]`, 0)).toEqual([long, '1']);
  });

  it('says where fields stand, and how many entries lists have', () => {
    const text = '{"a": [1, [2, 3], "],["], "b" : {"c": []}, "d\\u0065": [ ], "a2": 5}';
    const path = fileOf(text, 'a.json');
    const at = (value: string) => text.indexOf(value);
    const cursor = new JsonCursor(path);
    const places: [string, Place][] = [];
    for (const name of cursor.fields()) places.push([name, cursor.place()]);
    cursor.end();
    cursor.close();
    expect(places).toEqual([
      ['a', { offset: at('[1,'), kind: 'list', count: 3 }],
      ['b', { offset: at('{"c"'), kind: 'object', count: 0 }],
      ['de', { offset: at('[ ]'), kind: 'list', count: 0 }],
      ['a2', { offset: at('5}'), kind: 'other', count: 0 }],
    ]);
    const again = new JsonCursor(path, at('{"c"'));
    expect(again.text()).toBe('{"c": []}');
    again.close();
  });

  it.each(['', '[', '[1', '[1,', '["a', '["a\\', '[[1]', '[1 2]', '[1] 2', '{"a": 1}', 'x'])(
    'refuses %j',
    (text) => {
      for (const bytes of [0, 1e6]) expect(() => entriesOf(text, bytes)).toThrow(SyntaxError);
    },
  );
});
