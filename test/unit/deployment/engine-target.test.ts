import { describe, expect, it } from 'vitest';
import { UpstreamError, UserError } from '../../../src/core/errors.ts';
import { PlanOutdatedError } from '../../../src/core/plan/outdated.ts';
import { createEngineTarget } from '../../../src/deployment/engine-target.ts';
import type { Facets, VersionState } from '../../../src/deployment/observed.ts';
import type { Traits } from '../../../src/deployment/traits.ts';
import { InMemoryDriver, InMemoryPlatform } from '../../deployment/in-memory.ts';
import { LIVE, NOTHING_YET, OLD, STAGED } from '../../deployment/scenarios.ts';
import { fakePlan } from '../../fakes/plan.ts';
import { fakePorts } from '../../fakes/ports.ts';

const TRAITS: Traits = {
  swap: 'etag',
  shifts: 'platform',
  abort: 'guard',
  broken: 'replace',
  lagMs: 3_000,
  usualLagMs: 1_000,
  unusedMs: 3_600_000,
};

function scene(facets: Facets, run = '1001') {
  const ports = fakePorts();
  const driver = new InMemoryDriver(facets, ports.clock);
  const platform = new InMemoryPlatform(driver, TRAITS);
  const { clock, signal, log } = ports;
  const context = { runId: run };
  const options = { clock, signal, log, timeoutMs: 600_000, pollMs: null, keepVersions: 3, context };
  return { ports, driver, platform, target: createEngineTarget(platform, options) };
}

const planned = (version: string, base: string | null, candidate: string | null = null) =>
  fakePlan({ base }, { version, candidate });

const withUnserved = (version: string): VersionState => ({ ...LIVE.versions[0]!, version, served: false });

describe('createEngineTarget', () => {
  it('deploys what was planned, and says so once', async () => {
    const { driver, target } = scene(LIVE);
    const made = await target.deploy(planned('v2', 'v1'));
    expect(made).toMatchObject({
      outcome: 'deployed',
      description: { live: { version: 'v2', served: true } },
    });
    expect(made.message).toBe('churn serves v2, read back from the memory: everything is as planned.');
    const calls = [...driver.log];
    expect(await target.deploy(planned('v2', 'v1'))).toMatchObject({
      outcome: 'unchanged',
      message: 'churn serves v2 already.',
    });
    expect(driver.log).toEqual(calls);
  });

  it('looks at nothing twice where nothing is to be done', async () => {
    const { driver, target } = scene(LIVE);
    await target.deploy(planned('v1', 'v1'));
    expect(driver.looks).toEqual([...new Set(driver.looks)]);
  });

  it('refuses a plan that was overtaken', async () => {
    const { target } = scene(LIVE);
    await expect(target.deploy(planned('v2', 'v0'))).rejects.toThrow(PlanOutdatedError);
  });

  it('asks the platform whether it could be done before anything is changed', async () => {
    const { driver, platform, target } = scene(LIVE);
    platform.check = (version) => Promise.reject(new UserError(`${version ?? 'nothing'} cannot serve.`));
    await expect(target.deploy(planned('v2', 'v1'))).rejects.toThrow('v2 cannot serve.');
    await expect(target.rollback('churn', null)).rejects.toThrow('v0 cannot serve.');
    await expect(target.teardown('churn')).rejects.toThrow('nothing cannot serve.');
    expect(driver.log).toEqual([]);
  });

  it('stages, promotes and discards', async () => {
    const { target } = scene(LIVE);
    const plan = planned('v2', 'v1', 'c2');
    expect(await target.stage(plan)).toMatchObject({ outcome: 'staged', candidate: { name: 'c2' } });
    expect((await target.promote(plan)).outcome).toBe('promoted');
    const again = await target.discard(plan);
    expect(again.outcome).toBe('discarded');
    expect(again.message).toContain('nothing had to be discarded');
    const { target: other } = scene(STAGED);
    expect((await other.discard(plan)).message).toBe('The candidate c2 was removed.');
    await expect(other.promote(plan)).rejects.toThrow(/has no candidate c2 .*it has none/);
  });

  it('tells a move that the platform undid from a first release that failed', async () => {
    const back = (facets: Facets): Facets => {
      const { serving } = facets;
      const isFirst = serving.version === null;
      return {
        ...facets,
        serving: { ...serving, state: isFirst ? 'broken' : 'serving', towards: null, guards: [] },
      };
    };
    const live = scene(LIVE);
    live.driver.ending = back;
    const rolledBack = await live.target.deploy(planned('v2', 'v1'));
    expect(rolledBack.outcome).toBe('rolled-back');
    expect(rolledBack.message).toBe('The memory rolled churn back: v1 serves, not v2. Nobody knows why.');
    const first = scene(NOTHING_YET);
    first.driver.ending = (facets) =>
      facets.serving.state === 'going' ? { ...NOTHING_YET, versions: facets.versions } : back(facets);
    const failed = await first.target.deploy(planned('v2', null));
    expect(failed.outcome).toBe('failed');
    expect(failed.message).toContain('The endpoint churn could not be created.');
  });

  it('says a step that could not be done, and fails only where the goal needs it', async () => {
    const { ports, driver, target } = scene({ ...OLD, guards: [{ name: 'v2@x', madeAt: 0 }] });
    driver.answers.set('unguard v2@x', { is: 'denied', permission: 'Nobody may delete alarms.' });
    expect((await target.deploy(planned('v2', 'v1'))).outcome).toBe('deployed');
    expect(ports.log.lines).toContainEqual({
      level: 'warning',
      message: 'The alarms of v2@x could not be removed. Nobody may delete alarms.',
    });
    const stopped = scene(LIVE);
    stopped.driver.answers.set('shift v2', { is: 'denied', permission: 'Nobody may update it.' });
    await expect(stopped.target.deploy(planned('v2', 'v1'))).rejects.toThrow('Nobody may update it.');
    expect(stopped.driver.facets.versions).toEqual(LIVE.versions);
    // What serves has to be known as what served: a rollback goes by it.
    const unnoted = scene(LIVE);
    unnoted.driver.answers.set('note v2 served', { is: 'denied', permission: 'Nobody may add tags.' });
    await expect(unnoted.target.deploy(planned('v2', 'v1'))).rejects.toThrow('Nobody may add tags.');
    expect(unnoted.driver.facets.serving.version).toBe('v2');
  });

  it('goes on waiting while the platform cannot be seen', async () => {
    const { ports, driver, target } = scene(LIVE);
    const look = driver.look.bind(driver);
    let asked = 0;
    driver.look = (facet) => {
      if (driver.facets.serving.state === 'moving' && asked++ < 2)
        return Promise.reject(new UpstreamError('the memory', 'Too many requests.', { mayPass: true }));
      return look(facet);
    };
    expect((await target.deploy(planned('v2', 'v1'))).outcome).toBe('deployed');
    expect(ports.log.text.match(/cannot be seen for the moment/g)).toHaveLength(1);
  });
});

describe('rollback', () => {
  it('goes back once, however often the same run says so', async () => {
    const { platform, target } = scene(OLD);
    const first = await target.rollback('churn', null);
    expect(first).toMatchObject({ outcome: 'rolled-back', description: { live: { version: 'v0' } } });
    expect(first.message).toBe('churn went back from v1 to v0, read back from the memory.');
    platform.last = { run: '1001', from: 'v1', to: 'v0' };
    const again = await target.rollback('churn', null);
    expect(again).toMatchObject({
      message: expect.stringContaining(
        'Nothing was rolled back: churn already serves v0; it went back to it from v1 before.',
      ),
      warns: true,
    });
    platform.last = { run: '999', from: 'v1', to: 'v0' };
    expect((await target.rollback('churn', null)).description.live?.version).toBe('u9');
  });

  it('leaves only the version that it is told to leave', async () => {
    const { driver, target } = scene(OLD);
    await expect(target.rollback('churn', null, 'v7')).rejects.toThrow(/"v7" does not serve churn: v1 does/);
    expect(driver.log).toEqual([]);
    const back = await target.rollback('churn', null, 'v1');
    expect(back.description.live?.version).toBe('v0');
    // Another run of the same command, which knows nothing of the first one.
    expect((await target.rollback('churn', null, 'v1')).description.live?.version).toBe('v0');
  });

  it('stops a move that is under way, and goes on to an older version where one is named', async () => {
    const moving: Facets = {
      ...OLD,
      versions: [withUnserved('v2'), ...OLD.versions],
      guards: [{ name: 'v2@x', madeAt: 0 }],
      serving: { ...OLD.serving, state: 'moving', towards: 'v2', guards: ['v2@x'] },
    };
    const { driver, target } = scene(moving);
    const back = await target.rollback('churn', null);
    expect(back.message).toBe('The update of churn to v2 was stopped by v2@x; v1 serves.');
    expect(driver.log.slice(0, 2)).toEqual(['abort-shift v2@x', 'note v2 withdrawn']);
    const further = scene(moving);
    const older = await further.target.rollback('churn', 'v0');
    expect(older.description.live?.version).toBe('v0');
    expect(older.message).toContain('was stopped');
  });

  it('goes no further where the first way back fails', async () => {
    const { driver, target } = scene({
      ...OLD,
      versions: [withUnserved('v2'), ...OLD.versions],
      serving: { ...OLD.serving, state: 'moving', towards: 'v2' },
    });
    driver.answers.set('shift v1', { is: 'refused', cause: 'No such instances.' });
    const made = await target.rollback('churn', 'v0');
    expect(made).toMatchObject({ outcome: 'failed', description: { live: { version: 'v2' } } });
    expect(made.message).toContain('The memory did not accept v1 for churn.');
    expect(made.message).not.toContain('v0');
    expect(driver.log).toEqual([]);
  });

  it('follows a rollback that is under way, also that of another run', async () => {
    const { driver, platform, target } = scene({
      ...OLD,
      serving: { ...OLD.serving, state: 'moving', towards: 'v0' },
    });
    platform.last = { run: '999', from: 'v1', to: 'v0' };
    await driver.perform({ kind: 'shift', of: 'v0' });
    const back = await target.rollback('churn', null);
    expect(back.description.live?.version).toBe('v0');
    expect(driver.log).toEqual(['shift v0', 'note v1 withdrawn']);
  });

  it('refuses where there is nothing to go back to', async () => {
    const { target } = scene(NOTHING_YET);
    await expect(target.rollback('churn', null)).rejects.toThrow('There is no endpoint churn in the memory.');
    const one = scene({ ...LIVE, versions: LIVE.versions.slice(0, 1) });
    await expect(one.target.rollback('churn', null)).rejects.toThrow(/nothing to roll churn back to/);
    await expect(one.target.rollback('churn', 'v1234567')).rejects.toThrow(
      'churn has no version "v1234567"; it has v1.',
    );
  });
});

describe('teardown and reap', () => {
  it('says what went, and what stays', async () => {
    const { target } = scene({ ...STAGED, users: ['v0'] });
    const made = await target.teardown('churn');
    expect(made.outcome).toBe('torn-down');
    expect(made.message).toBe(
      'The endpoint churn was removed. Removed with it: c2, v2, v1. ' +
        'Kept, because others use them or they are not ours: v0.',
    );
    expect((await scene(NOTHING_YET).target.teardown('churn')).message).toBe(
      'There is no endpoint churn in the memory; nothing had to be removed.',
    );
  });

  it('removes what has expired, and nothing that is being promoted', async () => {
    const expired = { ...STAGED, candidates: STAGED.candidates.map((one) => ({ ...one, expiresAt: 0 })) };
    const { target } = scene(expired);
    expect(await target.reap('churn', null)).toMatchObject({
      outcome: 'discarded',
      message: 'Removed the expired candidates of churn: c2.',
    });
    const moving = { ...expired, serving: { ...LIVE.serving, state: 'moving', towards: 'v2' } } as const;
    expect((await scene(moving).target.reap('churn', null)).outcome).toBe('unchanged');
  });

  it('fails where one could not be removed', async () => {
    const expired = { ...STAGED, candidates: STAGED.candidates.map((one) => ({ ...one, expiresAt: 0 })) };
    const { driver, target } = scene(expired);
    driver.answers.set('drop-candidate c2', { is: 'denied', permission: 'Nobody may.' });
    expect(await target.reap('churn', null)).toMatchObject({
      outcome: 'failed',
      message: 'Could not be removed: c2. Run reap again.',
    });
  });
});
