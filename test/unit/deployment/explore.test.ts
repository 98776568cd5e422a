import { describe, expect, it } from 'vitest';
import { differences } from '../../deployment/decisions.ts';
import { explore, type Scenario } from '../../deployment/explore.ts';
import { ODD } from '../../deployment/odd.ts';
import { ALONE, ROLLOUTS, SMALL } from '../../deployment/scenarios.ts';

function waysOf(scenario: Scenario): string[] {
  const explored = explore(scenario);
  const { violations, ends, states } = explored;
  expect([...violations].map(([what, { path }]) => `${what}: ${path.join(' > ')}`)).toEqual([]);
  expect(states).toBeGreaterThan(4);
  // To be read line by line, then written anew: node test/deployment/main.ts --write
  expect(differences(scenario, explored)).toEqual([]);
  return [...ends.keys()].sort();
}

const alone = [...ALONE, ...ROLLOUTS, ...ODD].filter(({ goals }) => goals.length === 1);

describe('every way that a command can go, with crashes, late looks, a version that fails, and faults', () => {
  it.each(alone.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    expect(waysOf(scenario)).toEqual(scenario.ends);
  });
});

describe('every way that two commands can go side by side', () => {
  it.each(SMALL.map((pair) => [pair.name, pair] as const))('%s', (_name, scenario) => {
    expect(waysOf(scenario).length).toBeGreaterThan(0);
  });

  it('says when an approval was carried out on another base, where the platform cannot compare and swap', () => {
    const [torn] = SMALL.filter(({ name }) => name.endsWith('compare then write'));
    expect(waysOf(torn!)).toContain('overtaken + went-back');
  });
});
