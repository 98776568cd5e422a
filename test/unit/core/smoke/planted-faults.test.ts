/** Faults of many kinds in models of three: what is named as their cause is right, or nothing is named. */
import { describe, expect, it } from 'vitest';
import { bareBatch } from '../../../../src/core/smoke/batches.ts';
import { guessCauses, type CauseKind } from '../../../../src/core/smoke/causes.ts';
import type { Expected } from '../../../../src/core/smoke/reference.ts';
import { Sample } from '../../../../src/core/smoke/sample.ts';

type Row = readonly number[];
type Model = (row: Row) => number[];

const SHIFT = [1, -0.7, 2, 0.5];
const WEIGHTS = [
  [0.9, -0.4, 0.2, -1.3],
  [-0.3, 0.8, -0.6, 0.5],
  [0.1, 0.3, 0.7, -0.2],
];
const scaled = (row: Row) => row.map((value, at) => value - (SHIFT[at] ?? 0));
const dot = (row: Row, of: Row) => row.reduce((sum, value, at) => sum + value * (of[at] ?? 0), 0);
const softmax = (logits: Row) => {
  const powers = logits.map((value) => Math.exp(value - Math.max(...logits)));
  return powers.map((power) => power / powers.reduce((sum, one) => sum + one, 0));
};
const raw = (classes: number, factor = 1) =>
  ((row: Row) => softmax(WEIGHTS.slice(0, classes).map((of) => factor * dot(row, of)))) satisfies Model;
const regressor: Model = (row) => [dot(row, WEIGHTS[0] ?? []) * 3 + 7];

const MODELS: Readonly<Record<string, { model: Model; old: Model; role: 'probabilities' | 'value' }>> = {
  'two classes': {
    model: (row) => raw(2)(scaled(row)),
    old: (row) => raw(2, 0.4)(scaled(row)),
    role: 'probabilities',
  },
  'three classes': {
    model: (row) => raw(3)(scaled(row)),
    old: (row) => raw(3, 0.4)(scaled(row)),
    role: 'probabilities',
  },
  'a regression': {
    model: (row) => regressor(scaled(row)),
    old: (row) => regressor(scaled(row)).map((value) => value * 0.7 + 1),
    role: 'value',
  },
};

const ROWS: Row[] = Array.from({ length: 30 }, (_, at) =>
  SHIFT.map((shift, column) => shift + Math.sin(at * (column + 1) * 1.7) * (column + 1) * 0.6),
);

const half = (value: number) => {
  const step = 2 ** (Math.floor(Math.log2(Math.abs(value))) - 10);
  return Math.round(value / step) * step;
};
const take = (row: Row, ...order: number[]) => order.map((column) => row[column] ?? 0);

/** What an endpoint with the fault answers to a row; the cause, null for a fault that leaves no pattern. */
const FAULTS: Readonly<
  Record<string, readonly [CauseKind | null, (row: Row, at: number, model: Model, old: Model) => unknown[]]>
> = {
  'the same for every row': ['constant answer', (_row, _at, model) => model(ROWS[0] ?? [])],
  'classes in another order': ['class order', (row, _at, model) => model(row).reverse()],
  '16 bits': ['reduced precision', (row, _at, model) => model(row).map(half)],
  'columns reversed': ['feature order', (row, _at, model) => model([...row].reverse())],
  'columns moved': ['feature order', (row, _at, model) => model(take(row, 1, 2, 3, 0))],
  'two columns swapped': ['feature order', (row, _at, model) => model(take(row, 0, 2, 1, 3))],
  'an old model': ['other version', (row, _at, _model, old) => old(row)],
  NaN: ['not a number', (row, _at, model) => model(row).map(() => 'NaN')],
  'no value for any row': [null, () => []],
  'null for every value': [null, (row, _at, model) => model(row).map(() => null)],
  noise: [null, (row, at, model) => model(row).map((value) => value + ((at * 37) % 11) / 40)],
  'features that were scaled otherwise': [
    'saturated answers',
    (row, _at, model) => model(scaled(row).map((value) => value * 0.01 + 5)),
  ],
  'values in percent': [null, (row, _at, model) => model(row).map((value) => value * 100)],
};

const planted = Object.keys(MODELS).flatMap((name) =>
  Object.keys(FAULTS).map((fault) => [name, fault] as const),
);

async function causesOf(name: string, fault: string) {
  const { model, old, role } = MODELS[name]!;
  const [kind, answer] = FAULTS[fault]!;
  const field = { field: 'y', output: 'y', role } as const;
  const width = model(ROWS[0]!).length;
  const expected: Expected = {
    fields: [field],
    columns: new Map([['y', { width, values: ROWS.flatMap(model) }]]),
    shapes: null,
    leftOut: [],
  };
  const answers = ROWS.map((row, at) => answer(row, at, model, old) as number[]);
  const sample = new Sample();
  sample.add(bareBatch(0, ROWS), expected, { y: answers }, [{ ...field, why: '' }]);
  const predict = (of: Model) => async (rows: readonly unknown[]) =>
    new Map([['y', rows.map((row) => of(row as Row))]]);
  const causes = await guessCauses({
    sample,
    tolerance: { rtol: 1e-4, atol: 1e-5 },
    featureNames: null,
    predict: predict(model),
    others: [{ version: 'abcdef012345', called: 'the version before', predict: predict(old) }],
  });
  return { found: causes.map((cause) => cause.kind), kind };
}

describe(`${planted.length} planted faults`, () => {
  it.each(planted)('%s: %s', async (name, fault) => {
    const { found, kind } = await causesOf(name, fault);
    // Classes of a regression cannot be swapped, so its answers are right.
    const right: readonly CauseKind[] =
      name === 'a regression' && kind === 'class order' ? ['reduced precision'] : kind ? [kind] : [];
    for (const one of found) expect(right).toContain(one);
  });

  it('are named for the most part where they leave a pattern', async () => {
    let named = 0;
    for (const [name, fault] of planted) named += Number((await causesOf(name, fault)).found.length > 0);
    expect(named).toBeGreaterThanOrEqual(20);
  });
});
