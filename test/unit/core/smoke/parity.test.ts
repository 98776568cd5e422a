import { describe, expect, it } from 'vitest';
import type { JsonValue } from '../../../../src/core/exact-json.ts';
import { bareBatch } from '../../../../src/core/smoke/batches.ts';
import { mapFields } from '../../../../src/core/smoke/mapping.ts';
import { ParityTally, type ParityResult } from '../../../../src/core/smoke/parity.ts';
import type { Expected } from '../../../../src/core/smoke/reference.ts';

const tolerance = { rtol: 1e-4, atol: 1e-5, by: new Map() };

function expectedOf(probabilities: number[][]): Expected {
  const labels = probabilities.map((row) => BigInt(row.indexOf(Math.max(...row))));
  return {
    fields: [
      { field: 'predictions', output: 'label', role: 'label' },
      { field: 'probabilities', output: 'scores', role: 'probabilities' },
    ],
    columns: new Map([
      ['label', { width: 1, values: labels }],
      ['scores', { width: probabilities[0]?.length ?? 0, values: probabilities.flat() }],
    ]),
    shapes: null,
    leftOut: [],
  };
}

function compare(expected: Expected, answer: Record<string, JsonValue>, rows: number): ParityResult {
  const tally = new ParityTally(tolerance, null);
  const sent = Array.from({ length: rows }, (_, at) => [at]);
  const batch = bareBatch(10, sent);
  tally.add(batch, expected, answer, mapFields(expected, { fields: answer, isBare: false, rows }, null));
  return tally.result();
}

describe('parity', () => {
  it('counts every value', () => {
    const expected = expectedOf([
      [0.2, 0.8],
      [0.9, 0.1],
    ]);
    const answer = {
      predictions: [1, 0],
      probabilities: [
        [0.2, 0.8],
        [0.9, 0.1],
      ],
    };
    expect(compare(expected, answer, 2)).toMatchObject({
      compared: 6,
      mismatches: 0,
      maxAbsDiff: 0,
      rowsWrong: 0,
    });
  });

  it.each([0, 1, 2, 3, 4, 5])('finds one wrong value, wherever it is (%i)', (place) => {
    const values = [0.2, 0.8, 0.9, 0.1, 0.6, 0.4];
    const expected = expectedOf([
      [0.2, 0.8],
      [0.9, 0.1],
      [0.6, 0.4],
    ]);
    const wrong = values.map((value, at) => (at === place ? value + 0.01 : value));
    const probabilities = [wrong.slice(0, 2), wrong.slice(2, 4), wrong.slice(4)];
    const result = compare(expected, { predictions: [1, 0, 0], probabilities }, 3);
    expect(result).toMatchObject({
      mismatches: 1,
      rowsWrong: 1,
      maxAbsDiff: expect.closeTo(0.01, 10) as number,
    });
    const row = 11 + Math.floor(place / 2);
    expect(result.worst).toMatchObject([
      { row, differences: [{ field: 'probabilities', index: place % 2 }] },
    ]);
  });

  it('lets a label flip only where the reference itself hardly prefers one', () => {
    const margin = (gap: number) => {
      const probabilities = [[0.5 + gap / 2, 0.5 - gap / 2]];
      return compare(expectedOf(probabilities), { predictions: [1], probabilities }, 1);
    };
    // The tolerance at 0.5 is 1e-5 + 1e-4 * 0.5 = 6e-5.
    expect(margin(5e-5)).toMatchObject({ mismatches: 0, ties: 1, rowsWrong: 0 });
    expect(margin(7e-5)).toMatchObject({ mismatches: 1, ties: 0, rowsWrong: 1 });
  });

  it('judges the flip by the two highest of many classes', () => {
    const probabilities = [[0.1, 0.44999, 0.45001]];
    expect(compare(expectedOf(probabilities), { predictions: [1], probabilities }, 1).ties).toBe(1);
    expect(compare(expectedOf(probabilities), { predictions: [0], probabilities }, 1).ties).toBe(1);
    const sure = [[0.1, 0.2, 0.7]];
    expect(compare(expectedOf(sure), { predictions: [1], probabilities: sure }, 1).mismatches).toBe(1);
  });

  it('never lets a flip pass where nobody knows the margin', () => {
    const expected: Expected = {
      fields: [{ field: 'predictions', output: 'label', role: 'label' }],
      columns: new Map([['label', { width: 1, values: ['cat'] }]]),
      shapes: null,
      leftOut: [],
    };
    expect(compare(expected, { predictions: ['dog'] }, 1)).toMatchObject({ mismatches: 1, ties: 0 });
    expect(compare(expected, { predictions: ['cat'] }, 1)).toMatchObject({ mismatches: 0 });
  });

  it('takes nested rows, and classes by name', () => {
    const expected = expectedOf([[0.2, 0.8]]);
    expect(
      compare(expected, { predictions: [[1]], probabilities: [{ no: 0.2, yes: 0.8 }] }, 1).mismatches,
    ).toBe(0);
  });

  it.each<[string, Record<string, JsonValue>, RegExp]>([
    ['no field', { predictions: [1, 1] }, /no field "probabilities".*its fields: predictions/],
    ['no list', { predictions: [1, 1], probabilities: 'none' }, /"probabilities" is not an array/],
    [
      'a row less',
      {
        predictions: [1],
        probabilities: [
          [0.2, 0.8],
          [0.2, 0.8],
        ],
      },
      /"predictions" has 1 rows for a request of 2/,
    ],
    [
      'a row more',
      {
        predictions: [1, 1, 1],
        probabilities: [
          [0.2, 0.8],
          [0.2, 0.8],
        ],
      },
      /"predictions" has 3 rows/,
    ],
    [
      'a value more',
      {
        predictions: [1, 1],
        probabilities: [
          [0.2, 0.8],
          [0.2, 0.8, 0],
        ],
      },
      /has 3 values in row 12/,
    ],
    ['an empty row', { predictions: [1, 1], probabilities: [[], [0.2, 0.8]] }, /has 0 values in row 11/],
  ])('names the problem of an answer with %s', (_name, answer, problem) => {
    const result = compare(
      expectedOf([
        [0.2, 0.8],
        [0.2, 0.8],
      ]),
      answer,
      2,
    );
    expect(result.problems).toEqual([expect.stringMatching(problem)]);
    expect(result.rowsWrong).toBeGreaterThan(0);
  });

  it('keeps the ten worst rows of many, the worst first', () => {
    const tally = new ParityTally(tolerance, null);
    for (let start = 0; start < 1000; start += 10) {
      const batch = bareBatch(
        start,
        Array.from({ length: 10 }, (_, at) => [start + at]),
      );
      const expected: Expected = {
        fields: [{ field: 'predictions', output: 'y', role: 'value' }],
        columns: new Map([['y', { width: 1, values: Array.from({ length: 10 }, () => 0) }]]),
        shapes: null,
        leftOut: [],
      };
      const answer = { predictions: batch.rows.map((_, at) => ((start + at) * 7919) % 1000) };
      tally.add(
        batch,
        expected,
        answer,
        mapFields(expected, { fields: answer, isBare: false, rows: batch.rows.length }, null),
      );
    }
    const { worst, mismatches, maxAbsDiff } = tally.result();
    expect({ mismatches, maxAbsDiff }).toEqual({ mismatches: 999, maxAbsDiff: 999 });
    expect(worst.map(({ differences }) => differences[0]?.difference)).toEqual(
      Array.from({ length: 10 }, (_, at) => 999 - at),
    );
    for (const { row, instance } of worst) expect(instance).toEqual([row - 1]);
  });

  it('puts what is not finite before any number', () => {
    const expected: Expected = {
      fields: [{ field: 'predictions', output: 'y', role: 'value' }],
      columns: new Map([['y', { width: 1, values: [1, 1, NaN] }]]),
      shapes: null,
      leftOut: [],
    };
    const result = compare(expected, { predictions: [1e9, 'NaN', 'NaN'] }, 3);
    expect(result.worst.map(({ row }) => row)).toEqual([12, 11]);
    expect(result).toMatchObject({ mismatches: 2, maxAbsDiff: 1e9 - 1 });
  });
});

describe('the mapping', () => {
  const expected = expectedOf([[0.2, 0.8]]);
  const pairs = (answer: Record<string, JsonValue>) =>
    mapFields(expected, { fields: answer, isBare: false, rows: 1 }, null).map(
      ({ field, output }) => `${field}=${output}`,
    );

  it('goes by the protocol, the output names, or the shape', () => {
    expect(pairs({ predictions: [1], probabilities: [[0.2, 0.8]] })).toEqual([
      'predictions=label',
      'probabilities=scores',
    ]);
    expect(pairs({ label: [1], scores: [[0.2, 0.8]] })).toEqual(['label=label', 'scores=scores']);
    expect(pairs({ predictions: [[0.2, 0.8]] })).toEqual(['predictions=scores']);
    expect(pairs({ predictions: [1] })).toEqual(['predictions=label', 'probabilities=scores']);
  });
});
