import { describe, expect, it } from 'vitest';
import { compareValues, sameLabel, type Scalar } from '../../../../src/core/smoke/tolerance.ts';

const tolerance = { rtol: 1e-4, atol: 1e-5 };
const equal = (actual: Scalar | undefined, expected: Scalar) =>
  compareValues(actual, expected, tolerance).equal;

describe('two numbers', () => {
  const expected = [0, 1e-12, 3e-6, 0.1, 1, -1, 12345.678, -1e20, 1e300];

  it.each(expected)('around %d are equal up to the tolerance, and not beyond', (want) => {
    const limit = 1e-5 + 1e-4 * Math.abs(want);
    for (const sign of [1, -1]) {
      expect(equal(want + sign * limit * 0.999, want)).toBe(true);
      expect(equal(want + sign * limit * 1.001, want)).toBe(false);
    }
    expect(equal(want, want)).toBe(true);
  });

  it('are measured by the expected one', () => {
    // 1e-5 + 1e-4 * 100000 = 10.00001, which is less than a share of 100010.0005.
    expect(equal(100_010.0005, 100_000)).toBe(false);
    expect(equal(100_000, 100_010.0005)).toBe(true);
  });

  it('have a difference', () => {
    expect(compareValues(1.5, 1, tolerance)).toEqual({ equal: false, difference: 0.5 });
    expect(compareValues(NaN, 1, tolerance).difference).toBeNull();
  });

  it('catch rounding to float16 somewhere', () => {
    const values = Array.from({ length: 100 }, (_, at) => (at + 0.5) / 101);
    expect(values.every((value) => equal(Math.round(value * 2048) / 2048, value))).toBe(false);
  });
});

describe('values that are not finite', () => {
  const special = [NaN, Infinity, -Infinity, 0, 1, null, 'NaN', 'Infinity', '-Infinity', 'text', undefined];

  it.each([
    ['NaN', NaN, ['NaN', 'null']],
    ['Infinity', Infinity, ['Infinity', 'null']],
    ['-Infinity', -Infinity, ['-Infinity', 'null']],
    ['zero', 0, ['0']],
    ['one', 1, ['1']],
  ] as const)('%s equals itself only, and null where JSON has no other word', (_name, want, allowed) => {
    for (const actual of special) {
      expect([String(actual), equal(actual, want)]).toEqual([
        String(actual),
        (allowed as readonly string[]).includes(String(actual)),
      ]);
    }
  });

  it('a reference recorded as NaN or null is met by the same', () => {
    expect(equal(NaN, 'NaN')).toBe(true);
    expect(equal('NaN', 'NaN')).toBe(true);
    expect(equal(null, null)).toBe(true);
    expect(equal(0, null)).toBe(false);
  });
});

describe('whole numbers of 64 bits', () => {
  const big = 2n ** 53n + 1n;

  it('are exact, whatever they are written as', () => {
    expect(equal(big, big)).toBe(true);
    expect(equal(String(big), big)).toBe(true);
    expect(equal(big - 1n, big)).toBe(false);
    expect(equal(2 ** 53, big)).toBe(false);
    expect(equal(7, 7n)).toBe(true);
    expect(equal(7n, 7)).toBe(true);
    expect(equal(8, 7n)).toBe(false);
    expect(equal(7.00001, 7n)).toBe(true);
  });
});

describe('floats beyond 2^53', () => {
  it('have a tolerance, although their digits look like those of a whole number', () => {
    const tolerance = { rtol: 1e-4, atol: 1e-5 };
    expect(compareValues(12345679395506094000n, 12345679395506094000, tolerance).equal).toBe(true);
    expect(compareValues(12345679395506094000n, 12355679395506094000, tolerance).equal).toBe(false);
  });
});

describe('texts and truth values', () => {
  it('are equal to themselves', () => {
    expect(equal('cat', 'cat')).toBe(true);
    expect(equal('Cat', 'cat')).toBe(false);
    expect(equal(1, 'cat')).toBe(false);
    // A number that is written as a text is the number; a text that is asked for is only itself.
    expect(equal('1', 1)).toBe(true);
    expect(equal(1, '1')).toBe(false);
    expect(equal('1 m', 1)).toBe(false);
    expect(equal(true, 1)).toBe(true);
    expect(equal(false, 1)).toBe(false);
  });
});

describe('labels', () => {
  const names = ['malignant', 'benign'];

  it.each<[Scalar | undefined, Scalar | undefined, boolean]>([
    [1, 1n, true],
    [1.0, 1, true],
    [1, 0, false],
    ['1', 1, true],
    ['1.0', 1, true],
    ['007', 7, false],
    ['benign', 1, true],
    [0n, 'malignant', true],
    ['benign', 0, false],
    ['benign', 'benign', true],
    [true, 1, true],
    [2n ** 60n + 1n, String(2n ** 60n + 1n), true],
    [2n ** 60n + 1n, 2n ** 60n, false],
    [null, null, false],
    [undefined, 1, false],
    [5, 'benign', false],
  ])('%s and %s', (a, b, same) => {
    expect(sameLabel(a, b, names)).toBe(same);
    expect(sameLabel(b, a, names)).toBe(same);
  });
});
