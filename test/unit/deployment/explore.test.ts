import { describe, expect, it } from 'vitest';
import { differences } from '../../deployment/decisions.ts';
import { explore, type Scenario } from '../../deployment/explore.ts';
import { ODD } from '../../deployment/odd.ts';
import { ALONE, ROLLOUTS, SMALL, TORN, TORN_ROLLOUTS } from '../../deployment/scenarios.ts';
import { triedOf } from '../../share.ts';

/** `npm test` takes one of so many commands and small pairs; `npm run test:faults` explores all that there are. */
const EVERY = 3;
const EVERY_PAIR = 6;

function waysOf(scenario: Scenario): string[] {
  const explored = explore(scenario);
  const { violations, ends, states } = explored;
  expect([...violations].map(([what, { path }]) => `${what}: ${path.join(' > ')}`)).toEqual([]);
  expect(states).toBeGreaterThan(4);
  // To be read line by line, then written anew: node test/deployment/main.ts --write
  expect(differences(scenario, explored)).toEqual([]);
  return [...ends.keys()].sort();
}

/** The others differ from ROLLOUTS in what two runs do to each other alone. */
const TORN_ALONE = ['serve at once', 'serve in steps, unwatched', 'go back', 'go back from the middle'];
const torn = TORN_ROLLOUTS.filter(({ name }) =>
  TORN_ALONE.some((some) => name === `rollout: ${some}, compare then write`),
);

const alone = [...ALONE, ...ROLLOUTS, ...torn, ...ODD].filter(({ goals }) => goals.length === 1);

describe('every way that a command can go, with crashes, late looks, a version that fails, and faults', () => {
  it.each(triedOf(alone, EVERY).map((scenario) => [scenario.name, scenario] as const))(
    '%s',
    (_name, scenario) => {
      expect(waysOf(scenario)).toEqual(scenario.ends);
    },
  );
});

describe('every way that two commands can go side by side', () => {
  it.each(triedOf(SMALL, EVERY_PAIR).map((pair) => [pair.name, pair] as const))('%s', (_name, scenario) => {
    expect(waysOf(scenario).length).toBeGreaterThan(0);
  });

  it('says when an approval was carried out on another base, where the platform cannot compare and swap', () => {
    const [either] = TORN.filter(({ name }) => name.startsWith('serve v2 | go back'));
    const ways = waysOf(either!);
    expect(ways).toContain('overtaken + went-back');
    expect(ways).toContain('replaced + overtaken');
  });

  it('says so too where it shifts the requests itself, and ends the rollout', () => {
    const [either] = TORN_ROLLOUTS.filter(({ name }) => name.startsWith('rollout: serve v2 | go back,'));
    const ways = waysOf(either!);
    expect(ways).toContain('overtaken + outdated');
    expect(ways).toContain('replaced + overtaken');
  });
});
