import { describe, expect, it } from 'vitest';
import { totalsOf } from '../../../../src/core/cost/totals.ts';
import { costRows, costSentence } from '../../../../src/core/cost/words.ts';
import type { CostLine, CostPrices, PlanCost } from '../../../../src/documents/plan-cost.ts';
import { planCostShape } from '../../../../src/documents/plan-cost.ts';
import { planDigest } from '../../../../src/documents/plan.ts';
import { fakePlan } from '../../../fakes/plan.ts';

const line = (phase: CostLine['phase'], least: number, more: Partial<CostLine> = {}): CostLine => ({
  phase,
  what: 'what serves',
  machine: 'ml.m5.large',
  count: { least, most: least },
  sku: 'ml.m5.large',
  size: 1,
  hours: null,
  ...more,
});
const PRICES: CostPrices = {
  source: 'the AWS Price List',
  currency: 'USD',
  hourly: { 'ml.m5.large': 0.115 },
  unknown: {},
};
const cost = (lines: readonly CostLine[], prices?: CostPrices): PlanCost => ({
  lines,
  notes: [],
  ...(prices === undefined ? {} : { prices }),
});
const rowsOf = (of: PlanCost) => costRows(of).map(([name, value]) => `${name}: ${value}`);

describe('what a plan costs', () => {
  it('is what is billed afterwards against what is billed now, by the month of 730 hours', () => {
    const of = cost(
      [
        line('now', 1),
        line('after', 2),
        line('release', 1, { what: 'candidate' }),
        line('release', 2, { what: 'new instances beside the old ones', hours: 1 / 6 }),
      ],
      PRICES,
    );
    // 0.115 * 730 = 83.95; 2 * 83.95 = 167.90; 2 * 0.115 = 0.23 an hour, a sixth of it 0.0383…
    expect(rowsOf(of)).toEqual([
      'Each month now: $83.95 (1 ml.m5.large)',
      'Each month afterwards: $167.90 (2 ml.m5.large)',
      'Difference: +$83.95',
      'While the release runs: candidate: 1 ml.m5.large, $0.12 an hour, for as long as it takes',
      'While the release runs: new instances beside the old ones: 2 ml.m5.large, $0.23 an hour, for 10 minutes at least, $0.038',
      expect.stringMatching(
        /^Prices: list prices on demand of the AWS Price List, in USD; a month is 730 hours\. /,
      ),
    ]);
    expect(costSentence(of)).toBe('+$83.95 a month ($83.95 now, $167.90 afterwards; list prices)');
  });

  it('is a range where autoscaling moves the number', () => {
    const scaled = line('after', 1, { count: { least: 1, most: 4 } });
    const of = cost([line('now', 2), scaled], PRICES);
    expect(rowsOf(of)[1]).toBe('Each month afterwards: $83.95 to $335.80 (1 to 4 ml.m5.large)');
    expect(rowsOf(of)[2]).toBe('Difference: -$83.95 to +$167.90');
  });

  it('does not change where the same machines serve', () => {
    const of = cost([line('now', 1), line('after', 1)], PRICES);
    expect(rowsOf(of)).toContain('Difference: none');
    expect(costSentence(of)).toBe('no change ($83.95 a month; list prices)');
  });

  it('is nothing by the hour where requests alone are billed', () => {
    const of = { ...cost([]), notes: ['Requests are billed, and are not in these figures.'] };
    expect(rowsOf(of)).toEqual([
      'Each month now: $0.00 (nothing by the hour)',
      'Each month afterwards: $0.00 (nothing by the hour)',
      'Difference: none',
      'Note: Requests are billed, and are not in these figures.',
    ]);
    expect(costSentence(of)).toBe('nothing by the hour');
  });

  it('is not checked where a price is missing, with the reason, and shows the machines all the same', () => {
    const prices = {
      ...PRICES,
      hourly: {},
      unknown: { 'ml.m5.large': 'AWS does not let this job read it.' },
    };
    const of = cost([line('now', 1), line('after', 2), line('release', 1, { what: 'candidate' })], prices);
    expect(rowsOf(of)).toEqual([
      'Each month now: 1 ml.m5.large',
      'Each month afterwards: 2 ml.m5.large',
      'Difference: not checked',
      'While the release runs: candidate: 1 ml.m5.large, for as long as it takes',
      'Not checked: the price of ml.m5.large. AWS does not let this job read it.',
    ]);
    expect(costSentence(of)).toBe(
      'not checked: the price of ml.m5.large. AWS does not let this job read it.',
    );
    expect(totalsOf(of)).toEqual({ now: null, after: null, difference: null });
  });

  it('reads the same whatever order the names of what is missing come in', () => {
    const of = (unknown: CostPrices['unknown']) =>
      rowsOf(cost([line('after', 1)], { ...PRICES, hourly: {}, unknown }));
    const rows = of({ b: 'No.', 'ml.m5.large': 'No.', a: 'Other.' });
    expect(of({ a: 'Other.', 'ml.m5.large': 'No.', b: 'No.' })).toEqual(rows);
    expect(rows.slice(-2)).toEqual([
      'Not checked: the price of a. Other.',
      'Not checked: the price of b, ml.m5.large. No.',
    ]);
  });

  it('takes no member of an object for a price', () => {
    const of = cost([line('after', 1, { sku: 'constructor' })], PRICES);
    expect(totalsOf(of).after).toBeNull();
  });

  it('counts the GB of an environment, and names the currency that is no dollar', () => {
    const environments = line('after', 5, { machine: 'environments of 2 GB', sku: 'x86', size: 2 });
    const prices = { ...PRICES, currency: 'CNY', hourly: { x86: 0.1 } };
    expect(rowsOf(cost([environments], prices))[1]).toBe(
      'Each month afterwards: 730.00 CNY (5 environments of 2 GB)',
    );
  });

  it('keeps what comes from elsewhere short', () => {
    const many = Array.from({ length: 500 }, () => line('release', 1, { what: 'x'.repeat(5000) }));
    const of = { ...cost(many, PRICES), notes: Array.from({ length: 500 }, () => 'y'.repeat(5000)) };
    expect(rowsOf(of).length).toBeLessThan(50);
    expect(Math.max(...rowsOf(of).map((row) => row.length))).toBeLessThan(1000);
  });

  it('is in the plan, and in no digest', () => {
    const plan = fakePlan();
    const priced = fakePlan({}, { cost: cost([line('now', 1)], PRICES) });
    expect(priced.digest).toBe(plan.digest);
    expect(planDigest(priced)).toBe(plan.digest);
    expect(planCostShape.problems(priced.cost, 'cost')).toEqual([]);
  });
});
