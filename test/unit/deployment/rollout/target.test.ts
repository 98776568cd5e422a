import { describe, expect, it } from 'vitest';
import { createEngineTarget } from '../../../../src/deployment/engine-target.ts';
import { rolloutOf } from '../../../../src/deployment/rollout/strategy.ts';
import { sharesOf, writeMarker } from '../../../../src/deployment/rollout/marker.ts';
import type { Traits } from '../../../../src/deployment/traits.ts';
import { LIMITS, LIVE, OLD } from '../../../deployment/scenarios.ts';
import { SharesDriver, SharesPlatform } from '../../../deployment/shares-driver.ts';
import { fakePlan } from '../../../fakes/plan.ts';
import { fakePorts } from '../../../fakes/ports.ts';

const TRAITS: Traits = {
  swap: 'etag',
  shifts: 'us',
  abort: 'none',
  broken: 'keep',
  lagMs: 3_000,
  usualLagMs: 1_000,
  unusedMs: 86_400_000,
};

function scene(facets = LIVE) {
  const ports = fakePorts();
  const { clock, signal, log } = ports;
  const driver = new SharesDriver(facets, clock);
  const platform = new SharesPlatform(driver, TRAITS);
  const { strategy } = fakePlan().desired;
  const canary = { ...strategy, type: 'canary', stepPercent: 10, bakeMinutes: 5 } as const;
  const rollout = rolloutOf(canary, { lateMs: 0, limits: LIMITS });
  platform.move = { guarded: false, otherMachines: false, scaling: 'leave', rollout };
  const context = { runId: '7' };
  const options = { clock, signal, log, timeoutMs: 60_000, pollMs: null, keepVersions: 3, context };
  /** A run died when it had sent a tenth of the requests to v2. */
  const split = () => {
    const at = clock.now().getTime();
    driver.shares = sharesOf('v1', 'v2', 10);
    driver.marker = writeMarker({ from: 'v1', to: 'v2', percent: 10, at, until: at + 3_600_000 });
  };
  return { ports, driver, split, target: createEngineTarget(platform, options) };
}

const planned = (version: string) => fakePlan({ base: 'v1' }, { version });

describe('a target where we shift requests', () => {
  it('says who gets which requests, what each step was judged on, and the last one in the end', async () => {
    const { ports, target } = scene();
    const { outcome, message } = await target.deploy(planned('v2'));
    expect(outcome).toBe('deployed');
    expect(message).toMatch(
      /everything is as planned\. The new version: 30\d\d requests, 0 of 30\d\d failed\. The old version: 0 requests, 0 failed\.$/,
    );
    const said = ports.log.lines.map((line) => line.message);
    expect(said.filter((text) => text.includes('of the requests of'))).toEqual([
      'v2 gets 10 % of the requests of churn.',
      'v2 gets 100 % of the requests of churn.',
    ]);
    expect(said.filter((text) => text.startsWith('The new version: 30'))).toHaveLength(1);
  });

  it('says what the watch has found', async () => {
    const { driver, target } = scene();
    driver.failing.set('v2', 0.5);
    const { outcome, message } = await target.deploy(planned('v2'));
    expect(outcome).toBe('rolled-back');
    expect(message).toMatch(
      /^v1 takes all requests of churn again\. With the new version \d+ of \d+ requests failed, with the old version 0 of \d+\.$/,
    );
  });

  it('says that requests of its own were sent', async () => {
    const { driver, ports, target } = scene();
    driver.perMinute = 0;
    expect((await target.deploy(planned('v2'))).message).toContain('10 requests, 10 of them synthetic');
    expect(ports.log.lines.map(({ message }) => message)).toContain(
      'Too few requests reach v2; 10 synthetic ones were sent to it.',
    );
  });

  it('refuses another deployment while a rollout is under way, and says how that ends', async () => {
    const { split, target } = scene();
    split();
    await expect(target.deploy(planned('v3'))).rejects.toThrow(
      'Another rollout of churn is in progress: v2 gets 10 % of the requests, v1 the rest. Run the same command to continue',
    );
  });

  it('ends a rollout with a rollback, without being told from where', async () => {
    const { driver, split, target } = scene(OLD);
    split();
    driver.rest.facets = {
      ...OLD,
      versions: [{ ...OLD.versions[0]!, version: 'v2', served: false }, ...OLD.versions],
    };
    const { outcome, message } = await target.rollback('churn', null);
    expect(outcome).toBe('rolled-back');
    expect(message).toBe('The update of churn to v2 was stopped; v1 serves.');
    expect(driver.shares).toEqual([{ version: 'v1', percent: 100 }]);
  });

  it('ends a rollout that was left behind with reap', async () => {
    const { driver, split, ports, target } = scene();
    split();
    ports.clock.advance(7_200_000);
    expect(await target.reap('churn', null)).toMatchObject({
      outcome: 'rolled-back',
      message: 'The rollout of churn to v2 was left behind; it was ended.',
    });
    expect(driver.shares).toEqual([{ version: 'v1', percent: 100 }]);
  });

  it('does not say that all is well where the platform refuses to give the requests back', async () => {
    const { driver, target } = scene();
    driver.failing.set('v2', 0.5);
    const perform = driver.perform.bind(driver);
    driver.perform = (step, seen) =>
      step.kind === 'abort-shift'
        ? Promise.resolve({ is: 'refused', cause: 'It is frozen.' })
        : perform(step, seen);
    const { outcome, message } = await target.deploy(planned('v2'));
    expect(outcome).toBe('needs-human');
    expect(message).toContain('It is frozen. Nobody knows why. v2 gets 10 % of the requests, v1 the rest.');
  });
});
