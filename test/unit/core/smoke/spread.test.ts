import { describe, expect, it } from 'vitest';
import { SpreadTally } from '../../../../src/core/smoke/spread.ts';

const DEFAULT = { rtol: 1e-4, atol: 1e-5 };

function looseOf(rows: readonly (readonly number[])[], tolerance = DEFAULT): string | null {
  const tally = new SpreadTally();
  for (const row of rows) row.forEach((value, column) => tally.add(column, value));
  return tally.loose('y', tolerance);
}

describe('a tolerance', () => {
  it.each([
    ['outputs of a millionth', [[1e-6], [3e-6], [2e-6]], DEFAULT],
    [
      'a tolerance as wide as the scores',
      [
        [0.1, 0.9],
        [0.8, 0.2],
      ],
      { rtol: 0, atol: 1 },
    ],
    ['large numbers that differ little', [[1000.001], [1000.002]], DEFAULT],
  ])('proves nothing of %s', (_name, rows, tolerance) => {
    const message = looseOf(rows, tolerance);
    expect(message).toContain('Nothing is proven for "y"');
    // With what it advises, something is.
    const [, atol] = /rtol 0 atol (\S+),/.exec(message ?? '') ?? [];
    expect(looseOf(rows, { rtol: 0, atol: Number(atol) })).toBeNull();
  });

  it.each([
    [
      'one column that differs',
      [
        [0.5, 1e-9],
        [0.7, 2e-9],
      ],
    ],
    ['a reference that never differs', [[0.25], [0.25]]],
    [
      'what rounding alone makes differ',
      [
        [1, 1e-8],
        [1 - 6e-8, 6e-8],
      ],
    ],
    ['a single row', [[1e-9]]],
    ['values that are no numbers', [[NaN], [NaN]]],
  ])('is not blamed for %s', (_name, rows) => {
    expect(looseOf(rows)).toBeNull();
  });
});
