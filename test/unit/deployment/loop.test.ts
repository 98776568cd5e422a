import { describe, expect, it } from 'vitest';
import { CancelledError, UpstreamError } from '../../../src/core/errors.ts';
import type { Goal } from '../../../src/deployment/goal.ts';
import { reach, type LoopOptions } from '../../../src/deployment/loop.ts';
import type { Facets } from '../../../src/deployment/observed.ts';
import type { Traits } from '../../../src/deployment/traits.ts';
import { InMemoryDriver } from '../../deployment/in-memory.ts';
import { LIVE, NOTHING_YET, OLD, SCALED, serve, STAGED, stage } from '../../deployment/scenarios.ts';
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

function scene(facets: Facets, more: Partial<LoopOptions> = {}) {
  const clock = new FakeClock();
  const driver = new InMemoryDriver(facets, clock);
  const options: LoopOptions = {
    driver,
    traits: TRAITS,
    clock,
    signal: new AbortController().signal,
    timeoutMs: 600_000,
    pollMs: 10_000,
    ...more,
  };
  return { driver, clock, reach: (goal: Goal) => reach(goal, options) };
}

/** A move is undone, and a candidate never becomes ready. */
function failing(facets: Facets): Facets {
  const { serving } = facets;
  return {
    ...facets,
    candidates: facets.candidates.map((entry) =>
      entry.state === 'starting' ? { ...entry, state: 'broken' } : entry,
    ),
    serving: { ...serving, state: 'serving', towards: null, guards: [] },
  };
}

describe('reach', () => {
  it('moves an endpoint to another version, step by step', async () => {
    const { driver, reach } = scene(SCALED);
    const { end } = await reach(serve('v2', { otherMachines: true }));
    expect(end).toEqual({ kind: 'serves', changed: true });
    expect(driver.log).toEqual([
      'make-version v2',
      'guard v2@a',
      'set-scaling-aside',
      'shift v2 v2@a',
      'note v2 served',
      'unguard v2@a',
      'restore-scaling',
    ]);
    expect(driver.facets.serving).toMatchObject({ state: 'serving', version: 'v2' });
  });

  it('does nothing where all is as asked, and reads nothing twice', async () => {
    const { driver, clock, reach } = scene(LIVE);
    const { end } = await reach(serve('v1', { base: 'v1' }));
    expect(end).toEqual({ kind: 'serves', changed: false });
    expect(driver.log).toEqual([]);
    expect(driver.looks).toEqual([...new Set(driver.looks)]);
    expect(clock.sleeps).toEqual([]);
  });

  it('makes the first release', async () => {
    const { driver, reach } = scene(NOTHING_YET);
    expect((await reach(serve('v2', { base: null }))).end).toEqual({ kind: 'serves', changed: true });
    expect(driver.log).toEqual(['make-version v2', 'open v2', 'note v2 served']);
  });

  it('gives up where the platform undoes the move, and leaves nothing of it', async () => {
    const { driver, reach } = scene(LIVE);
    driver.ending = failing;
    expect((await reach(serve('v2'))).end).toEqual({ kind: 'rolled-back' });
    expect(driver.facets).toEqual(LIVE);
  });

  it('removes what it made where a later step is refused for good', async () => {
    const { driver, reach } = scene(LIVE);
    driver.answers.set('shift v2 v2@a', { is: 'refused', cause: 'The image is missing.' });
    const { end } = await reach(serve('v2'));
    expect(end).toEqual({ kind: 'refused', step: 'shift', cause: 'The image is missing.' });
    expect(driver.facets).toEqual(LIVE);
  });

  it('looks again where a step is lost to another run, and ends where that goes on', async () => {
    const { driver, reach } = scene(LIVE);
    driver.answers.set('make-version v2', { is: 'lost' });
    expect((await reach(serve('v2'))).end.kind).toBe('serves');

    const busy = scene(LIVE);
    busy.driver.perform = () => Promise.resolve({ is: 'lost' });
    expect((await busy.reach(serve('v2'))).end).toEqual({ kind: 'contended' });
  });

  it('does nothing on another base than the one that was approved', async () => {
    const { driver, reach } = scene(LIVE);
    expect((await reach(serve('v2', { base: 'v0' }))).end).toEqual({ kind: 'outdated', serving: 'v1' });
    expect(driver.log).toEqual([]);
  });

  it('does not deploy a version that was withdrawn on the approval that it had before', async () => {
    const withdrawn = LIVE.versions.map((entry) => ({ ...entry, version: 'v2', withdrawn: true }));
    const facets = { ...LIVE, versions: [...LIVE.versions, ...withdrawn.slice(0, 1)] };
    expect((await scene(facets).reach(serve('v2'))).end).toEqual({ kind: 'withdrawn' });
    const again = scene(facets);
    expect((await again.reach(serve('v2', { withdrawn: true }))).end.kind).toBe('serves');
    expect(again.driver.log).toContain('note v2 served');
  });

  it('ends where it may not look at what it needs, and goes on where that is only good to know', async () => {
    const blind = scene(LIVE);
    blind.driver.hidden.set('serving', 'sagemaker:DescribeEndpoint');
    expect((await blind.reach(serve('v2'))).end).toEqual({
      kind: 'denied',
      permission: 'sagemaker:DescribeEndpoint',
    });

    const { driver, reach } = scene(OLD);
    driver.hidden.set('users', 'sagemaker:ListEndpoints');
    expect((await reach(serve('v2'))).end.kind).toBe('serves');
    expect(driver.log.filter((key) => key.startsWith('retire'))).toEqual([]);
  });

  it('is no failure where tidying up is denied, and a failure where the move is', async () => {
    const { driver, reach } = scene(OLD);
    driver.answers.set('retire-version u9', { is: 'denied', permission: 'sagemaker:DeleteModel' });
    expect((await reach(serve('v2'))).end.kind).toBe('serves');

    const stopped = scene(LIVE);
    stopped.driver.answers.set('shift v2 v2@a', { is: 'denied', permission: 'sagemaker:UpdateEndpoint' });
    expect((await stopped.reach(serve('v2'))).end).toEqual({
      kind: 'denied',
      permission: 'sagemaker:UpdateEndpoint',
    });
  });

  it('is no failure where tidying up is refused, and a failure where the move is', async () => {
    const { driver, reach } = scene(OLD);
    driver.answers.set('retire-version u9', { is: 'refused', cause: 'It is used elsewhere.' });
    expect((await reach(serve('v2'))).end.kind).toBe('serves');

    const stopped = scene(LIVE);
    stopped.driver.answers.set('shift v2 v2@a', { is: 'refused', cause: 'No such instances.' });
    expect((await stopped.reach(serve('v2'))).end.kind).toBe('refused');
  });

  it('waits no longer than the timeout for what does not end', async () => {
    const { driver, reach } = scene(LIVE);
    driver.ending = (facets) => facets;
    const { end, seen } = await reach(serve('v2'));
    expect(end).toEqual({ kind: 'timed-out' });
    expect(seen.facets.serving).toMatchObject({ value: { state: 'moving', towards: 'v2' } });
  });

  it('makes each guard that a move in progress names and that is gone, whatever became of the others', async () => {
    const serving = { ...LIVE.serving, state: 'moving', towards: 'v2', guards: ['v2@x', 'v2@y'] } as const;
    const { driver, reach } = scene({ ...LIVE, serving });
    driver.answers.set('guard v2@x', { is: 'denied', permission: 'cloudwatch:PutMetricAlarm' });
    expect((await reach(serve('v2'))).end.kind).toBe('serves');
    expect(driver.log).toContain('guard v2@y');
  });

  it('counts the time of each wait by itself', async () => {
    const broken = { ...NOTHING_YET, serving: { ...NOTHING_YET.serving, state: 'broken' } } as const;
    const { clock, reach } = scene(broken, { timeoutMs: 20_001 });
    const began = clock.now().getTime();
    // It goes, and then it is made: each of them is waited for.
    expect((await reach(serve('v2', { base: null }))).end).toEqual({ kind: 'serves', changed: true });
    expect(clock.now().getTime() - began).toBeGreaterThan(40_000);
  });

  it('sleeps no longer than until what it has sent can be seen', async () => {
    const { clock, reach } = scene(LIVE);
    await reach(stage('v2', 'c2'));
    const { sleeps } = clock;
    clock.sleeps.length = 0;
    await reach({ kind: 'without-candidate', candidate: 'c2', version: 'v2' });
    expect(sleeps.at(-1)).toBe(3_001);
  });

  it('looks at everything again where a step is lost: what it was decided on may be gone', async () => {
    const { driver, reach } = scene(LIVE);
    const perform = driver.perform.bind(driver);
    let isLost = false;
    driver.perform = (step) => {
      if (isLost || step.kind !== 'shift') return perform(step);
      isLost = true;
      driver.facets = { ...driver.facets, versions: LIVE.versions, guards: [] };
      return Promise.resolve({ is: 'lost' });
    };
    expect((await reach(serve('v2'))).end.kind).toBe('serves');
    const made = ['make-version v2', 'guard v2@a'];
    expect(driver.log.slice(0, 5)).toEqual([...made, ...made, 'shift v2 v2@a']);
  });

  it('waits for a candidate that it has started, and cannot see yet', async () => {
    const { driver, clock, reach } = scene(LIVE);
    const look = driver.look.bind(driver);
    const began = clock.now().getTime();
    driver.look = async (facet) => {
      const known = await look(facet);
      const isUnseen = facet === 'candidates' && clock.now().getTime() < began + 2_000;
      return isUnseen ? { ...known, value: [] as never } : known;
    };
    expect((await reach(stage('v2', 'c2'))).end).toEqual({ kind: 'staged' });
    expect(driver.log).toEqual(['make-version v2', 'start-candidate c2 v2']);
  });

  it('does not wait for ever for what it cannot see', async () => {
    const { driver, clock, reach } = scene(LIVE);
    const look = driver.look.bind(driver);
    let asked = 0;
    driver.look = (facet) => {
      if (driver.facets.serving.state !== 'moving') return look(facet);
      if (asked++ > 1000) throw new Error('It is still waiting.');
      return Promise.reject(new UpstreamError('the memory', 'Too many requests.', { mayPass: true }));
    };
    const began = clock.now().getTime();
    await expect(reach(serve('v2'))).rejects.toThrow('Too many requests.');
    expect(clock.now().getTime() - began).toBeGreaterThanOrEqual(600_000);
  });

  it('stops when it is cancelled', async () => {
    const cancelled = new AbortController();
    const { driver, reach } = scene(LIVE, { signal: cancelled.signal });
    driver.ending = (facets) => {
      cancelled.abort();
      return facets;
    };
    await expect(reach(serve('v2'))).rejects.toBeInstanceOf(CancelledError);
  });

  it('stages a candidate, and promotes no other', async () => {
    const { driver, reach } = scene(LIVE);
    expect((await reach(stage('v2', 'c2'))).end).toEqual({ kind: 'staged' });
    expect(driver.log).toEqual(['make-version v2', 'start-candidate c2 v2']);
    expect((await reach(serve('v2', { candidate: 'c9' }))).end).toEqual({ kind: 'no-candidate' });
    expect((await reach(serve('v2', { candidate: 'c2' }))).end.kind).toBe('serves');
    expect(driver.facets.candidates.filter(({ state }) => state !== 'going')).toEqual([]);
  });

  it('removes a candidate that never became ready, with what it was made of', async () => {
    const { driver, reach } = scene(LIVE);
    driver.ending = failing;
    expect((await reach(stage('v2', 'c2'))).end).toEqual({ kind: 'failed' });
    expect(driver.facets.versions).toEqual(LIVE.versions);
  });

  it('takes everything away in the end, but for what other endpoints use', async () => {
    const { driver, reach } = scene({ ...STAGED, users: ['v0'] });
    expect((await reach({ kind: 'gone' })).end).toEqual({ kind: 'gone' });
    expect(driver.facets.serving.state).toBe('absent');
    expect(driver.facets.versions.map(({ version }) => version)).toEqual(['v0']);
  });
});
