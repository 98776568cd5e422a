import { describe, expect, it } from 'vitest';
import { explore, type Scenario } from '../../deployment/explore.ts';
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
];

function waysOf(scenario: Scenario): string[] {
  const { violations, ends, states } = explore(scenario);
  expect([...violations].map(([what, { path }]) => `${what}: ${path.join(' > ')}`)).toEqual([]);
  expect(states).toBeGreaterThan(5);
  return [...ends.keys()].sort();
}

describe('every way that a command can go, with two crashes, late looks and a version that fails', () => {
  const expected: Record<string, readonly string[]> = {
    serve: ['rolled-back', 'serves'],
    'serve on other machines': ['rolled-back', 'serves'],
    'serve and end autoscaling': ['rolled-back', 'serves'],
    'serve and set autoscaling': ['rolled-back', 'serves'],
    'first release': ['rolled-back', 'serves'],
    promote: ['rolled-back', 'serves'],
    stage: ['failed', 'staged'],
    discard: ['discarded'],
    'go back': ['went-back'],
    gone: ['gone'],
    tidy: ['tidied'],
    'serve, may not retire': ['rolled-back', 'serves'],
    'serve, may not note': ['rolled-back', 'serves'],
    'serve, may not remove guards': ['rolled-back', 'serves'],
    'serve, may not shift': ['denied'],
  };

  it.each(ALONE.map((scenario) => [scenario.name, scenario] as const))('%s', (name, scenario) => {
    expect(waysOf(scenario)).toEqual(expected[name]);
  });
});

describe('every way that a rollout can go', () => {
  const expected: Record<string, readonly string[]> = {
    serve: ['rolled-back', 'serves'],
    'serve at once': ['serves'],
    'serve at once, watched': ['rolled-back', 'serves'],
    'serve in steps, unwatched': ['serves'],
    'first release': ['rolled-back', 'serves'],
    'go on': ['rolled-back', 'serves'],
    'go back from the middle': ['went-back'],
    tidy: ['tidied'],
    'serve, may not shift back': ['denied', 'serves'],
    'serve, may not ask': ['rolled-back', 'serves'],
    'serve v2 | tidy': ['rolled-back + tidied', 'serves + tidied'],
    'serve v2 | go back': [
      'outdated + went-back',
      'rolled-back + outdated',
      'rolled-back + went-back',
      'serves + outdated',
    ],
  };
  const nameOf = ({ name }: Scenario) => name.replace('rollout: ', '');

  it.each(
    ROLLOUTS.filter((scenario) => nameOf(scenario) in expected).map(
      (scenario) => [nameOf(scenario), scenario] as const,
    ),
  )('%s', (name, scenario) => {
    expect(waysOf(scenario)).toEqual(expected[name]);
  });
});

describe('every way that two commands can go side by side', () => {
  it.each(PAIRS.filter(({ name }) => SMALL.includes(name)).map((pair) => [pair.name, pair] as const))(
    '%s',
    (_name, scenario) => {
      expect(waysOf(scenario).length).toBeGreaterThan(0);
    },
  );

  it('says when an approval was carried out on another base, where the platform cannot compare and swap', () => {
    const [torn] = TORN.filter(({ name }) => name.startsWith('serve v2 | go back'));
    expect(waysOf(torn!)).toContain('overtaken + went-back');
  });
});
