import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeploymentTarget } from '../../../../src/core/targets.ts';
import type { CostLine, CostPrices } from '../../../../src/documents/plan-cost.ts';
import { Bench } from './bench.ts';

let bench: Bench;
beforeEach(async () => {
  bench = await Bench.open();
});
afterEach(() => bench.bed.dispose());

const LINE: CostLine = {
  phase: 'after',
  what: 'what serves',
  machine: 'ml.m5.large',
  count: { least: 2, most: 2 },
  sku: 'ml.m5.large',
  size: 1,
  hours: null,
};
const FOUND: CostPrices = {
  source: 'the AWS Price List',
  currency: 'USD',
  hourly: { 'ml.m5.large': 0.115 },
  unknown: {},
};

/** A platform that bills machines by the hour, in the place of one that bills nothing. */
function billing(asked: (readonly string[])[], found = FOUND) {
  return (target: DeploymentTarget): DeploymentTarget => ({
    ...target,
    plan: async (request) => ({
      ...(await target.plan(request)),
      cost: { lines: [LINE, { ...LINE, phase: 'release', what: 'candidate' }], notes: [] },
    }),
    prices: (skus) => {
      asked.push(skus);
      return Promise.resolve(found);
    },
  });
}

describe('the cost of a plan', () => {
  it('is in the plan, the summary and an output, each price asked for once', async () => {
    const asked: (readonly string[])[] = [];
    const target = billing(asked);
    const ran = await bench.run({ command: 'plan', ...bench.model('one') }, { target });
    expect(ran.error).toBeNull();
    expect(asked).toEqual([['ml.m5.large']]);
    expect(ran.outputs.cost).toBe('+$167.90 a month ($0.00 now, $167.90 afterwards; list prices)');
    expect(ran.summary).toContain('#### What it costs');
    expect(ran.summary).toContain(String.raw`| Each month afterwards | $167.90 \(2 ml.m5.large\) |`);
    const { digest } = await bench.plan(bench.model('one'));
    expect(ran.outputs['plan-digest']).toBe(digest);
  });

  it('is asked for by no command that carries a plan out', async () => {
    const asked: (readonly string[])[] = [];
    const target = billing(asked);
    const { error, outputs, summary } = await bench.run({ ...bench.model('one') }, { target });
    expect(error).toBeNull();
    expect(asked).toEqual([]);
    expect(outputs.cost).toBe('');
    expect(summary).not.toContain('What it costs');
  });

  it('is not told where nothing changes', async () => {
    await bench.run({ ...bench.model('one') });
    const asked: (readonly string[])[] = [];
    const target = billing(asked);
    const { outputs } = await bench.run({ command: 'plan', ...bench.model('one') }, { target });
    expect(outputs).toMatchObject({ outcome: 'unchanged', cost: '' });
    expect(asked).toEqual([]);
  });

  it('of the local target is no line', async () => {
    const { outputs, summary } = await bench.run({ command: 'plan', ...bench.model('one') });
    expect(outputs.cost).toBe('');
    expect(summary).not.toContain('What it costs');
  });

  it('does not void an approval when a price has changed since', async () => {
    const plan = await bench.run({ command: 'plan', ...bench.model('one') }, { target: billing([]) });
    const dearer = { ...FOUND, hourly: { 'ml.m5.large': 9 } };
    const { error, outputs } = await bench.run(
      { command: 'deploy', ...bench.model('one'), 'approved-plan': plan.outputs['plan-path'] ?? '' },
      { target: billing([], dearer) },
    );
    expect(error).toBeNull();
    expect(outputs.outcome).toBe('deployed');
  });
});
