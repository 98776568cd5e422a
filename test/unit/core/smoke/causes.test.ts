import { describe, expect, it } from 'vitest';
import { guessCauses, type CauseOptions, type Predict } from '../../../../src/core/smoke/causes.ts';
import { bareBatch } from '../../../../src/core/smoke/batches.ts';
import { Sample } from '../../../../src/core/smoke/sample.ts';
import type { Expected } from '../../../../src/core/smoke/reference.ts';

/** A model in which every feature has its own weight. */
const WEIGHTS = [0.9, -0.4, 0.2, -1.3];
const SHIFT = [3, -2, 10, 0.5];
type Row = readonly number[];
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const scaled = (row: Row) => row.map((value, at) => value - (SHIFT[at] ?? 0));
const score = (row: Row) => row.reduce((sum, value, at) => sum + value * (WEIGHTS[at] ?? 0), 0);
const model = (row: Row): number[] => [1 - sigmoid(score(scaled(row))), sigmoid(score(scaled(row)))];

const ROWS: Row[] = Array.from({ length: 30 }, (_, at) =>
  SHIFT.map((shift, column) => shift + Math.sin(at * (column + 1) * 1.7) * (column + 1) * 0.6),
);

const predict: Predict = async (rows) => new Map([['scores', rows.map((row) => model(row as Row))]]);

function optionsFor(answers: readonly (readonly number[])[], more: Partial<CauseOptions> = {}): CauseOptions {
  const expected: Expected = {
    fields: [{ field: 'probabilities', output: 'scores', role: 'probabilities' }],
    columns: new Map([['scores', { width: 2, values: ROWS.flatMap(model) }]]),
    shapes: null,
    leftOut: [],
  };
  const sample = new Sample();
  const mapping = expected.fields.map((field) => ({ ...field, why: '' }));
  sample.add(bareBatch(0, ROWS), expected, { probabilities: answers }, mapping);
  return {
    sample,
    tolerance: { rtol: 1e-4, atol: 1e-5 },
    featureNames: ['d', 'c', 'b', 'a'],
    predict,
    others: [],
    ...more,
  };
}

const half = (value: number) => {
  const step = 2 ** (Math.floor(Math.log2(value)) - 10);
  return Math.round(value / step) * step;
};

describe('a planted fault is named', () => {
  it.each([
    ['constant answer', ROWS.map(() => [0.3, 0.7]), /seems to ignore its input/],
    ['class order', ROWS.map((row) => model(row).reverse()), /the classes are swapped/],
    ['reduced precision', ROWS.map((row) => model(row).map(half)), /reduced precision/],
    ['feature order', ROWS.map(([a = 0, b = 0, c = 0, d = 0]) => model([a, c, b, d])), /"c" and "b" swapped/],
    ['feature order', ROWS.map((row) => model([...row].reverse())), /sorted by name/],
  ])('%s', async (kind, answers, message) => {
    const causes = await guessCauses(optionsFor(answers));
    expect(causes).toMatchObject([{ kind, message: expect.stringMatching(message) as string }]);
  });

  it('other version', async () => {
    const old = (row: Row) => [1 - sigmoid(score(row) / 3), sigmoid(score(row) / 3)];
    const version = {
      version: 'abcdef0123456789',
      called: 'the version before',
      predict: async (rows: readonly unknown[]) => new Map([['scores', rows.map((row) => old(row as Row))]]),
    };
    const causes = await guessCauses(optionsFor(ROWS.map(old), { others: [version] }));
    expect(causes[0]?.message).toContain('exactly those of the version before (abcdef012345)');
  });

  it('saturated answers', async () => {
    const raw = ROWS.map((_, at) => (at % 2 ? [0, 1] : [1, 0]));
    expect((await guessCauses(optionsFor(raw)))[0]?.kind).toBe('saturated answers');
  });

  it('and nothing is said where no pattern fits', async () => {
    const noise = ROWS.map((row, at) => model(row).map((value) => value + ((at * 37) % 11) / 40));
    expect(await guessCauses(optionsFor(noise))).toEqual([]);
  });
});
