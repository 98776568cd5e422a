import { describe, expect, it } from 'vitest';
import { CancelledError } from '../../../../src/core/errors.ts';
import type { Goal, Serve } from '../../../../src/deployment/goal.ts';
import { reach, type LoopOptions } from '../../../../src/deployment/loop.ts';
import { valueOf } from '../../../../src/deployment/observed.ts';
import { forecast } from '../../../../src/deployment/plan.ts';
import { rolloutOf } from '../../../../src/deployment/rollout/strategy.ts';
import { sayWatched } from '../../../../src/deployment/rollout/watch.ts';
import type { Traits } from '../../../../src/deployment/traits.ts';
import { keyOf } from '../../../../src/deployment/verdict.ts';
import { goBack, LIMITS, LIVE, rollOut } from '../../../deployment/scenarios.ts';
import { SharesDriver } from '../../../deployment/shares-driver.ts';
import { look } from '../../../deployment/world.ts';
import { FakeClock } from '../../../fakes/clock.ts';

const TRAITS: Traits = {
  swap: 'etag',
  shifts: 'us',
  abort: 'none',
  broken: 'keep',
  lagMs: 3_000,
  usualLagMs: 1_000,
  unusedMs: 86_400_000,
};
const MINUTE = 60_000;
const WATCHING = { lateMs: MINUTE, limits: { ...LIMITS, fewest: 100 } };
const steps = (type: 'canary' | 'linear', stepPercent: number) =>
  rolloutOf({ type, stepPercent, bakeMinutes: 5, alarms: [] }, WATCHING);
const CANARY = steps('canary', 10);

function scene() {
  const clock = new FakeClock();
  const driver = new SharesDriver(LIVE, clock);
  const said: string[] = [];
  const start = (goal: Goal, more: Partial<LoopOptions> = {}) =>
    reach(goal, {
      driver,
      traits: TRAITS,
      clock,
      signal: new AbortController().signal,
      timeoutMs: 2 * MINUTE,
      pollMs: 15_000,
      watcher: {
        performed: (step, _performed, seen) => {
          const watch = valueOf(seen, 'watch');
          if (step.kind === 'shift' && watch !== undefined) said.push(sayWatched(watch));
        },
      },
      ...more,
    });
  const serve = (more: Partial<Serve> = {}, options: Partial<LoopOptions> = {}) =>
    start(rollOut('v2', 'a', { rollout: CANARY, ...more }), options);
  /** A run that is killed so long after it began. */
  const killed = async (after: number, more: Partial<Serve> = {}) => {
    const killing = new AbortController();
    const began = clock.now().getTime();
    clock.onSleep = (now) => {
      if (now.getTime() - began >= after) killing.abort();
    };
    await expect(serve(more, { signal: killing.signal })).rejects.toBeInstanceOf(CancelledError);
    clock.onSleep = () => undefined;
  };
  return { clock, driver, said, start, serve, killed };
}

const shifts = (log: readonly string[]) => log.filter((key) => /shift|unmark|ask/.test(key));
const minutes = (clock: FakeClock) => clock.sleeps.reduce((sum, sleep) => sum + sleep, 0) / MINUTE;

describe('a rollout', () => {
  it('gives a canary a tenth of the requests, watches it, and then gives it all of them', async () => {
    const { driver, clock, said, serve } = scene();
    const { end } = await serve();
    expect(end).toEqual({ kind: 'serves', changed: true });
    expect(shifts(driver.log)).toEqual(['shift v2 10%', 'shift v2 100%', 'unmark v2']);
    expect(driver.shares).toEqual([{ version: 'v2', percent: 100 }]);
    expect(driver.marker).toBeNull();
    // Each step for its five minutes, and the one that metrics are late.
    expect(minutes(clock)).toBeGreaterThan(12);
    expect(said.at(-1)).toMatch(/^The new version: 36\d requests, 0 of 36\d failed/);
  });

  it('goes up in equal steps', async () => {
    const { driver, serve } = scene();
    await serve({ rollout: steps('linear', 40) });
    expect(shifts(driver.log)).toEqual(['shift v2 40%', 'shift v2 80%', 'shift v2 100%', 'unmark v2']);
  });

  it('gives all requests back in one step where the new version fails half of them', async () => {
    const { driver, clock, serve } = scene();
    driver.failing.set('v2', 0.5);
    const { end } = await serve();
    expect(end).toMatchObject({ kind: 'rolled-back', found: { is: 'errors' } });
    expect(shifts(driver.log)).toEqual(['shift v2 10%', 'abort-shift v2']);
    expect(driver.shares).toEqual([{ version: 'v1', percent: 100 }]);
    expect(driver.rest.facets.versions.map(({ version }) => version)).not.toContain('v2');
    expect(minutes(clock)).toBeLessThan(5);
  });

  it('goes back from the last step as well', async () => {
    const { driver, clock, serve } = scene();
    clock.onSleep = () => {
      if (driver.shares.some(({ version, percent }) => version === 'v2' && percent === 100))
        driver.failing.set('v2', 0.5);
    };
    expect((await serve()).end.kind).toBe('rolled-back');
    expect(driver.shares).toEqual([{ version: 'v1', percent: 100 }]);
  });

  it('heeds an alarm of the plan at the next look', async () => {
    const { driver, clock, serve } = scene();
    clock.onSleep = () => {
      driver.alarms.splice(0, 1, 'p95-latency');
    };
    expect((await serve()).end).toEqual({
      kind: 'rolled-back',
      found: { is: 'alarm', says: 'In alarm: p95-latency.' },
    });
    expect(minutes(clock)).toBeLessThan(1);
  });

  it('is not green by silence: it sends requests of its own, and says so', async () => {
    const { driver, said, serve } = scene();
    driver.perMinute = 0;
    expect((await serve()).end.kind).toBe('serves');
    expect(shifts(driver.log)).toEqual([
      'shift v2 10%',
      'ask v2 10%',
      'shift v2 100%',
      'ask v2 100%',
      'unmark v2',
    ]);
    expect(said.at(-1)).toContain('100 requests, 100 of them synthetic');

    const faulty = scene();
    faulty.driver.perMinute = 0;
    faulty.driver.failing.set('v2', 1);
    expect((await faulty.serve()).end).toMatchObject({ kind: 'rolled-back', found: { is: 'errors' } });
  });

  it('goes back where it may not send requests of its own', async () => {
    const { driver, serve } = scene();
    driver.perMinute = 0;
    const perform = driver.perform.bind(driver);
    driver.perform = (step, seen) =>
      step.kind === 'ask'
        ? Promise.resolve({ is: 'denied', permission: 'lambda:InvokeFunction' })
        : perform(step, seen);
    expect((await serve()).end).toMatchObject({ kind: 'rolled-back', found: { is: 'too-few' } });
  });

  it('does not begin what it may not watch', async () => {
    const { driver, serve } = scene();
    const looking = driver.look.bind(driver);
    driver.look = (facet) =>
      facet === 'watch' ? Promise.resolve({ at: 0, denied: 'cloudwatch:GetMetricData' }) : looking(facet);
    expect((await serve()).end).toEqual({ kind: 'denied', permission: 'cloudwatch:GetMetricData' });
    expect(shifts(driver.log)).toEqual([]);
  });

  it('does not say rolled-back where the platform refuses to give the requests back', async () => {
    const { driver, serve } = scene();
    driver.failing.set('v2', 0.5);
    const perform = driver.perform.bind(driver);
    driver.perform = (step, seen) =>
      step.kind === 'abort-shift'
        ? Promise.resolve({ is: 'refused', cause: 'The function is being deleted.' })
        : perform(step, seen);
    expect((await serve()).end).toEqual({
      kind: 'refused',
      step: 'abort-shift',
      cause: 'The function is being deleted.',
    });
  });
});

describe('a rollout whose run was killed in the middle', () => {
  const split = [
    { version: 'v2', percent: 10 },
    { version: 'v1', percent: 90 },
  ];

  it('stays where it is, and the same command goes on', async () => {
    const { driver, serve, killed } = scene();
    await killed(2 * MINUTE);
    expect(driver.shares).toEqual(split);
    expect((await serve({ run: 'b' })).end.kind).toBe('serves');
    expect(shifts(driver.log)).toEqual(['shift v2 10%', 'shift v2 100%', 'unmark v2']);
  });

  it('goes on even after the marker has passed, and renews it', async () => {
    const { clock, driver, serve, killed } = scene();
    await killed(2 * MINUTE);
    clock.advance(86_400_000);
    expect((await serve({ run: 'b' })).end.kind).toBe('serves');
    expect(shifts(driver.log)).toEqual(['shift v2 10%', 'shift v2 10%', 'shift v2 100%', 'unmark v2']);
  });

  it('is ended by a rollback', async () => {
    const { driver, start, killed } = scene();
    await killed(2 * MINUTE);
    expect((await start(goBack('v2', 'v1'))).end).toEqual({ kind: 'went-back', changed: true });
    expect(driver.shares).toEqual([{ version: 'v1', percent: 100 }]);
  });

  it('is ended by the reaper once the marker has passed, and not before', async () => {
    const { clock, driver, start, killed } = scene();
    await killed(2 * MINUTE);
    const tidy: Goal = { kind: 'tidy', environment: null };
    await start(tidy);
    expect(driver.shares).toEqual(split);
    clock.advance(2 * 3_600_000);
    await start(tidy);
    expect(driver.shares).toEqual([{ version: 'v1', percent: 100 }]);
    expect(driver.marker).toBeNull();
  });

  it('is left alone by another deployment, which does not begin', async () => {
    const { driver, start, killed } = scene();
    await killed(2 * MINUTE);
    const other = rollOut('v3', 'b', { rollout: CANARY });
    expect((await start(other)).end).toEqual({ kind: 'outdated', serving: 'v2' });
    expect(driver.shares).toEqual(split);
  });

  it('is not promised where several versions serve and no marker says why', async () => {
    const { driver, serve } = scene();
    driver.shares = split;
    expect((await serve()).end).toEqual({ kind: 'needs-human' });
  });
});

describe('the plan of a rollout', () => {
  it('names each step, what is sent where requests are few, and what is done where the watch finds a fault', () => {
    const { lines, end } = forecast(rollOut('v2', 'a', { rollout: CANARY }), look(LIVE), TRAITS);
    expect(end).toEqual({ kind: 'serves', changed: true });
    expect(lines.map(({ when, step }) => `${when}: ${keyOf(step)}`)).toEqual([
      'will: make-version v2',
      'will: shift v2 10%',
      'if: ask v2 10%',
      'will: shift v2 100%',
      'if: ask v2 100%',
      'will: unmark v2',
      'will: note v2 served',
      'if-it-fails: abort-shift v2',
      'if-it-fails: retire-version v2',
    ]);
    expect(lines.find(({ when }) => when === 'if')).toMatchObject({
      because: '100 requests do not reach it',
    });
  });
});
