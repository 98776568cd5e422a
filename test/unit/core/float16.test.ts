import { describe, expect, it } from 'vitest';
import { decodeHalf, encodeHalf } from '../../../src/core/float16.ts';

const ALL_HALVES = Array.from({ length: 0x10000 }, (_, bits) => bits);

describe('half precision', () => {
  it('reads every pattern of bits and writes it back', () => {
    for (const bits of ALL_HALVES) {
      const value = decodeHalf(bits);
      if (Number.isNaN(value)) expect(encodeHalf(value) & 0x7fff).toBe(0x7e00);
      else if (encodeHalf(value) !== bits) expect.fail(`${bits} became ${encodeHalf(value)}`);
    }
  });

  it('rounds what lies between two halves to the nearest, a tie to the even one', () => {
    const positive = ALL_HALVES.slice(0, 0x7bff);
    for (const bits of positive) {
      const low = decodeHalf(bits);
      const middle = (low + decodeHalf(bits + 1)) / 2;
      const step = middle - low;
      const even = bits % 2 === 0 ? bits : bits + 1;
      const found = [middle - step / 8, middle, middle + step / 8].map(encodeHalf);
      if (found.join() !== [bits, even, bits + 1].join()) expect.fail(`around ${middle}: ${found.join()}`);
    }
  });

  it.each([
    [65519, 0x7bff],
    [65520, 0x7c00],
    [1e10, 0x7c00],
    [-Infinity, 0xfc00],
    [-0, 0x8000],
    [2 ** -25, 0],
    [2 ** -25 * 1.001, 1],
    [-1e-30, 0x8000],
  ])('%d', (value, bits) => {
    expect(encodeHalf(value)).toBe(bits);
  });
});
