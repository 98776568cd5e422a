import { describe, expect, it } from 'vitest';
import { parseJson, writeJson } from '../../../src/core/exact-json.ts';

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
