import { expect, it } from 'vitest';
import { carryOut, sceneOf } from '../../../deployment/plan-lines.ts';

/** Hundreds are run by test:faults: node test/deployment/main-lines.ts */
const SEEDS = Array.from({ length: 16 }, (_, at) => at + 1);

it('every call that changes something is named by the line of its step, in its order, and nothing is read twice', async () => {
  let calls = 0;
  for (const seed of SEEDS) {
    const { wrong, done } = await carryOut(sceneOf(seed));
    expect({ seed, wrong }).toEqual({ seed, wrong: [] });
    for (const one of done.flat()) if (typeof one === 'object' && 'step' in one) calls += one.calls.length;
  }
  expect(calls).toBeGreaterThan(50);
});

it('changes nothing where the planned version serves already, also where candidates are used', async () => {
  const scene = { ...sceneOf(1), history: ['one'], before: {}, model: 'one', asked: {}, kill: null } as const;
  const { plan, done, outcomes, wrong } = await carryOut(scene);
  expect({ action: plan.action, steps: plan.steps, outcomes, wrong }).toEqual({
    action: 'unchanged',
    steps: [],
    outcomes: ['unchanged'],
    wrong: [],
  });
  expect(done.flat().filter((one) => typeof one === 'object' && 'step' in one)).toEqual([]);
});
