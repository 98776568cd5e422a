import { describe, expect, it } from 'vitest';
import type { Goal } from '../../../src/deployment/goal.ts';
import { reach } from '../../../src/deployment/loop.ts';
import { forecast } from '../../../src/deployment/plan.ts';
import type { Facets, Observed } from '../../../src/deployment/observed.ts';
import type { Traits } from '../../../src/deployment/traits.ts';
import { keyOf } from '../../../src/deployment/verdict.ts';
import { InMemoryDriver } from '../../deployment/in-memory.ts';
import { goBack, LIVE, NOTHING_YET, OLD, SCALED, serve, STAGED, stage } from '../../deployment/scenarios.ts';
import { look } from '../../deployment/world.ts';
import { FakeClock } from '../../fakes/clock.ts';

const TRAITS: Traits = {
  swap: 'etag',
  shifts: 'platform',
  abort: 'guard',
  broken: 'replace',
  lagMs: 3_000,
  usualLagMs: 3_000,
  unusedMs: 3_600_000,
};

const FLOWS: readonly (readonly [string, Facets, Goal])[] = [
  ['an update', OLD, serve('v2')],
  ['an update on other machines', SCALED, serve('v2', { otherMachines: true })],
  ['an update that ends autoscaling', SCALED, serve('v2', { scaling: 'end' })],
  ['a first release', NOTHING_YET, serve('v2', { base: null })],
  ['a candidate', LIVE, stage('v2', 'c2')],
  ['a promotion', STAGED, serve('v2', { candidate: 'c2' })],
  ['a rollback', OLD, goBack('v1', 'v0')],
  ['the end', STAGED, { kind: 'gone' }],
  ['what is so already', LIVE, serve('v1')],
];

/** The driver ages what the plan saw, so that both begin at the same time. */
function seenBy(facets: Facets, now: number): Observed {
  const seen = look(facets);
  return {
    now,
    facets: Object.fromEntries(
      Object.entries(seen.facets).map(([facet, known]) => [facet, { ...known, at: now }]),
    ),
  };
}

function setUp(facets: Facets) {
  const clock = new FakeClock();
  const driver = new InMemoryDriver(facets, clock);
  const { signal } = new AbortController();
  const options = { driver, traits: TRAITS, clock, signal, timeoutMs: 600_000, pollMs: 10_000 };
  return { driver, options, seen: seenBy(facets, clock.now().getTime()) };
}

describe('forecast', () => {
  it.each(FLOWS)('names what is carried out, in its order: %s', async (_title, facets, goal) => {
    const { driver, options, seen } = setUp(facets);
    const planned = forecast(goal, seen, TRAITS);
    const { end } = await reach(goal, options);
    const will = planned.lines.filter(({ when }) => when === 'will').map(({ step }) => keyOf(step));
    expect(driver.log).toEqual(will);
    expect(planned.end).toEqual(end);
  });

  it('says what is done where the move fails', async () => {
    const { driver, options, seen } = setUp(LIVE);
    const planned = forecast(serve('v2'), seen, TRAITS);
    const ifItFails = planned.lines.filter(({ when }) => when === 'if-it-fails');
    expect(ifItFails.map(({ step }) => keyOf(step))).toContain('retire-version v2');
    driver.ending = (facets) => ({
      ...facets,
      serving: { ...facets.serving, state: 'serving', towards: null, guards: [] },
    });
    await reach(serve('v2'), options);
    const known = new Set(planned.lines.map(({ step }) => keyOf(step)));
    expect(driver.log.filter((key) => !known.has(key))).toEqual([]);
  });

  it('says what it depends on where nobody may look', () => {
    const { seen } = setUp(OLD);
    const users = { at: seen.now, denied: 'sagemaker:ListEndpoints' };
    const hidden: Observed = { ...seen, facets: { ...seen.facets, users } };
    const retired = forecast(serve('v2'), hidden, TRAITS).lines.find(
      ({ step }) => step.kind === 'retire-version',
    );
    expect(retired).toMatchObject({ when: 'if', because: 'sagemaker:ListEndpoints' });
  });

  it('ends as the run would where what it needs is hidden', () => {
    const { seen } = setUp(LIVE);
    const serving = { at: seen.now, denied: 'sagemaker:DescribeEndpoint' };
    const hidden: Observed = { ...seen, facets: { ...seen.facets, serving } };
    expect(forecast(serve('v2'), hidden, TRAITS)).toEqual({
      lines: [],
      end: { kind: 'denied', permission: 'sagemaker:DescribeEndpoint' },
    });
  });
});
