import { describe, expect, it } from 'vitest';
import { differences } from '../../deployment/decisions.ts';
import { explore, type Scenario } from '../../deployment/explore.ts';
import { ODD } from '../../deployment/odd.ts';
import { ALONE, PAIRS, ROLLOUTS, TORN } from '../../deployment/scenarios.ts';

/** The pairs with few states; all of them are explored by test:faults. */
const SMALL = [
  'serve v2 | tidy',
  'serve v3 | go back',
  'promote v2 | stage v2',
  'stage v2 | stage v2',
  'stage v2 | discard v2',
  'go back | go back, three versions',
  'go back | gone',
  'first v2 | first v3',
  'rollout: serve v2 | tidy',
  'rollout: serve v2 | go back',
];

function waysOf(scenario: Scenario): string[] {
  const { violations, ends, states, decisions } = explore(scenario);
  expect([...violations].map(([what, { path }]) => `${what}: ${path.join(' > ')}`)).toEqual([]);
  expect(states).toBeGreaterThan(4);
  // To be read line by line, then written anew: node test/deployment/main.ts --write
  if (scenario.goals.length === 1) expect(differences(scenario.name, decisions)).toEqual([]);
  return [...ends.keys()].sort();
}

const alone = [...ALONE, ...ROLLOUTS, ...ODD].filter(({ goals }) => goals.length === 1);

describe('every way that a command can go, with crashes, late looks, a version that fails, and faults', () => {
  it.each(alone.map((scenario) => [scenario.name, scenario] as const))('%s', (_name, scenario) => {
    expect(waysOf(scenario)).toEqual(scenario.ends);
  });
});

describe('every way that two commands can go side by side', () => {
  it.each(
    [...PAIRS, ...ROLLOUTS]
      .filter(({ name }) => SMALL.includes(name))
      .map((pair) => [pair.name, pair] as const),
  )('%s', (_name, scenario) => {
    expect(waysOf(scenario).length).toBeGreaterThan(0);
  });

  it('says when an approval was carried out on another base, where the platform cannot compare and swap', () => {
    const [torn] = TORN.filter(({ name }) => name.startsWith('serve v2 | go back'));
    expect(waysOf(torn!)).toContain('overtaken + went-back');
  });
});
