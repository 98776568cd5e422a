/** Requests move by the traffic of the endpoint: how far, how it is watched, what ends it, and what stays deployed. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Strategy } from '../../../../src/documents/plan.ts';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import { makeVertexBed, type VertexBed } from '../../../platforms/vertex-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const CANARY: Strategy = { type: 'canary', stepPercent: 10, bakeMinutes: 5, alarms: [] };
const STEPS: Strategy = { type: 'linear', stepPercent: 50, bakeMinutes: 5, alarms: [] };
const THREE: Strategy = { ...CANARY, laterPercents: [50] };
const HOUR = 3_600_000;

let bed: VertexBed;
beforeEach(async () => {
  bed = makeVertexBed();
  await bed.target.deploy(await bed.target.plan(bed.request('one')));
});
afterEach(() => bed.dispose());

const planned = (strategy: Strategy, settings: CloudSettings = {}) =>
  bed.target.plan(bed.requestWith('two', settings, { strategy }));
const live = () => bed.google.world.endpoint(ENDPOINT);
/** Users: some requests with each minute that passes. */
const traffic = (perMinute = 50) => {
  let at = bed.ports.clock.now().getTime();
  bed.ports.clock.onSleep = async () => {
    const invoker = await bed.target.invoker(ENDPOINT, null);
    const end = bed.ports.clock.now().getTime();
    for (; at + 60_000 <= end; at += 60_000)
      for (let sent = 0; sent < perMinute; sent++)
        await invoker.invoke('{"instances":[[1]]}', 'application/json', bed.ports.signal);
  };
};
/** Every other answer of the second model is a fault of its own. */
const failHalf = () => {
  const { container } = bed.google;
  let count = 0;
  bed.google.container = (image, ...request) =>
    image === bed.imageOf('two') && count++ % 2 === 0
      ? { status: 500, body: 'boom' }
      : container(image, ...request);
};
/** The percentages of each change of the traffic, largest first. */
const shares = () =>
  bed.google.asked
    .filter(
      ({ name, path, status }) =>
        name.endsWith('endpoints.patch') && path.endsWith(ENDPOINT) && status === 200,
    )
    .flatMap(({ body }) => {
      const { trafficSplit } = JSON.parse(body.toString()) as { trafficSplit?: Record<string, number> };
      return trafficSplit === undefined ? [] : [Object.values(trafficSplit).sort((a, b) => b - a)];
    });

/** A run that dies once the new version has its share: whatever it calls then fails. */
const cutOffAt = async (percent: number, plan: Awaited<ReturnType<typeof planned>>) => {
  bed.google.before = () => {
    const { split } = live();
    if (Object.keys(split).length === 2 && Object.values(split).includes(percent))
      throw new TypeError('fetch failed');
  };
  await bed.target.deploy(plan).catch(() => null);
  bed.google.before = () => undefined;
  expect(Object.values(live().split)).toContain(percent);
};

/** When the traffic was moved from now on, in minutes of the fake clock. */
const minutesOfMoves = () => {
  const minutes: number[] = [];
  bed.google.after = ({ name, body }) => {
    if (name.endsWith('endpoints.patch') && body.toString().includes('"trafficSplit"'))
      minutes.push(bed.ports.clock.now().getTime() / 60_000);
  };
  return minutes;
};

describe('a rollout', () => {
  it('gives the new version its share, watches it, gives it the rest, and leaves no mark', async () => {
    traffic();
    const result = await bed.target.deploy(await planned(CANARY));
    expect(result.outcome, result.message).toBe('deployed');
    expect(shares()).toEqual([[100], [90, 10], [100], [100]]);
    expect(live().labels).not.toHaveProperty('ml-deploy-rollout');
    expect(result.description.previous?.modelDigest).toBe('1'.repeat(64));
  });

  it.each([
    [10, CANARY],
    [50, STEPS],
    [10, THREE],
  ] as const)(
    'at %i %% goes back within one bake where half of the new answers fail',
    async (percent, strategy) => {
      const plan = await planned(strategy);
      const old = live().split;
      traffic();
      failHalf();
      const minutes = minutesOfMoves();
      const result = await bed.target.deploy(plan);
      expect(result.outcome, result.message).toBe('rolled-back');
      expect(minutes).toHaveLength(2);
      expect(minutes[1]! - minutes[0]!).toBeLessThanOrEqual(strategy.bakeMinutes);
      expect(shares()).toEqual([[100], [100 - percent, percent].sort((a, b) => b - a), [100]]);
      expect(live().split).toEqual(old);
      const [first, last] = bed.google.asked.filter(({ name }) => name.endsWith('timeSeries.list'));
      expect([first, last]).not.toContain(undefined);
    },
  );

  it('at 100 % goes back within one bake where half of the answers fail only then', async () => {
    const plan = await planned(CANARY);
    const old = live().split;
    traffic();
    const { container } = bed.google;
    let isFailing = false;
    bed.google.before = ({ name, body }) => {
      if (name.endsWith('endpoints.patch') && /"trafficSplit":\{"\d+":100\}/.test(body.toString()))
        isFailing = true;
    };
    let count = 0;
    bed.google.container = (image, ...request) =>
      isFailing && image === bed.imageOf('two') && count++ % 2 === 0
        ? { status: 500, body: 'boom' }
        : container(image, ...request);
    const minutes = minutesOfMoves();
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('rolled-back');
    // To 10 %, to 100 %, and back.
    expect(minutes).toHaveLength(3);
    expect(minutes[2]! - minutes[1]!).toBeLessThanOrEqual(CANARY.bakeMinutes);
    expect(live().split).toEqual(old);
  });

  it('in three steps is shown to approvers, and takes each of them', async () => {
    traffic();
    const plan = await planned(THREE);
    const said = plan.steps.map(({ what }) => what).join('\n');
    expect(said).toMatch(/10 %[^]*50 %[^]*100 %|10 %[^]*50 %[^]*all/);
    expect(plan.digest).not.toBe((await planned(CANARY)).digest);
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('deployed');
    expect(shares().map((split) => split.join('/'))).toEqual(['100', '90/10', '50/50', '100', '100']);
  });

  it('in three steps that is cut off at 10 % goes on with the same command, and ends at 100 %', async () => {
    const plan = await planned(THREE);
    await cutOffAt(10, plan);
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('deployed');
    expect(
      shares()
        .map((split) => split.join('/'))
        .slice(1),
    ).toEqual(['90/10', '50/50', '100', '100']);
  });

  it.each([10, 50])(
    'in three steps that is cut off at %i %% is ended by reap, at the old one',
    async (percent) => {
      const old = live().split;
      await cutOffAt(percent, await planned(THREE));
      await bed.target.reap(ENDPOINT, null);
      expect(Object.values(live().split)).toContain(percent);
      bed.ports.clock.advance(7 * HOUR);
      await bed.target.reap(ENDPOINT, null);
      expect(live().split).toEqual(old);
      expect(live().labels).not.toHaveProperty('ml-deploy-rollout');
    },
  );

  it('that nobody asks is not taken for good: requests of our own are sent, and said to be such', async () => {
    const result = await bed.target.deploy(await planned(CANARY));
    expect(result.outcome, result.message).toBe('deployed');
    expect(bed.ports.log.text).toMatch(
      /Too few requests came to [0-9a-f]{16}: some of our own, without rows/,
    );
  });

  it('that is cut off keeps its shares, is said, and ends with rollback', async () => {
    const plan = await planned(CANARY);
    const old = live().split;
    let looks = 0;
    bed.google.allows = (permission) => permission !== 'monitoring.timeSeries.list' || ++looks < 4;
    await bed.target.deploy(plan).catch(() => null);
    bed.google.allows = () => true;
    expect(Object.values(live().split).sort()).toEqual([10, 90]);
    expect((await bed.target.describe(ENDPOINT)).detail).toMatch(
      /gets 10 % of the requests.*rollback to end it/,
    );
    const back = await bed.target.rollback(ENDPOINT, null);
    expect(back.outcome, back.message).toBe('rolled-back');
    expect(live().split).toEqual(old);
  });

  it('that nobody goes on with is ended by reap, once its time is over', async () => {
    const plan = await planned(CANARY);
    const old = live().split;
    let looks = 0;
    bed.google.allows = (permission) => permission !== 'monitoring.timeSeries.list' || ++looks < 4;
    await bed.target.deploy(plan).catch(() => null);
    bed.google.allows = () => true;
    await bed.target.reap(ENDPOINT, null);
    expect(Object.values(live().split).sort()).toEqual([10, 90]);
    bed.ports.clock.advance(7 * HOUR);
    await bed.target.reap(ENDPOINT, null);
    expect(live().split).toEqual(old);
    expect(live().labels).not.toHaveProperty('ml-deploy-rollout');
  });

  it('that dies among its own requests is judged by the next run on as many as are needed', async () => {
    const plan = await planned(CANARY);
    let sent = 0;
    bed.google.before = ({ name }) => {
      if (name.endsWith('rawPredict')) sent += 1;
      if (sent > 20) throw new TypeError('fetch failed');
    };
    await bed.target.deploy(plan).catch(() => null);
    bed.google.before = () => undefined;
    expect(Object.values(live().split).sort()).toEqual([10, 90]);
    // What the dead run has sent is counted by now; what the next one sends is not.
    bed.ports.clock.advance(3 * 60_000);
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('deployed');
  });

  it('that is cut off goes on with the same command', async () => {
    const plan = await planned(CANARY);
    let looks = 0;
    bed.google.allows = (permission) => permission !== 'monitoring.timeSeries.list' || ++looks < 4;
    await bed.target.deploy(plan).catch(() => null);
    bed.google.allows = () => true;
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('deployed');
    expect(shares().slice(1)).toEqual([[90, 10], [100], [100]]);
  });
});

describe('the etag', () => {
  it.each(['ABORTED', 'FAILED_PRECONDITION'] as const)(
    'that another change has overtaken (%s) makes the loser look again, and not write over it',
    async (etagRefusal) => {
      await bed.dispose();
      bed = makeVertexBed({}, { etagRefusal });
      await bed.target.deploy(await bed.target.plan(bed.request('one')));
      const plan = await bed.target.plan(bed.request('two'));
      let isDone = false;
      bed.google.before = ({ name, body }) => {
        if (isDone || !name.endsWith('endpoints.patch') || !body.toString().includes('trafficSplit')) return;
        isDone = true;
        bed.google.world.change(live(), { labels: { ...live().labels, 'of-somebody': 'else' } });
      };
      const result = await bed.target.deploy(plan);
      expect(result.outcome, result.message).toBe('deployed');
      expect(live().labels).toMatchObject({ 'of-somebody': 'else' });
      expect(bed.google.asked.filter(({ status }) => status === 409 || status === 400)).toHaveLength(1);
    },
  );

  it('lets a plan end where its base has changed meanwhile', async () => {
    const other = await bed.target.plan(bed.request('three'));
    const plan = await bed.target.plan(bed.request('two'));
    let isDone = false;
    bed.google.before = async ({ name, body }) => {
      if (isDone || !name.endsWith('endpoints.patch') || !body.toString().includes('trafficSplit')) return;
      isDone = true;
      await bed.targetWith({}).deploy(other);
    };
    await expect(bed.target.deploy(plan)).rejects.toThrow(/has changed since this was planned/);
    expect((await bed.target.describe(ENDPOINT)).live?.version).toBe(other.version);
  });
});

describe('what stays deployed', () => {
  it('is what a rollback needs: one call, as long as it is warm', async () => {
    await bed.target.deploy(await bed.target.plan(bed.request('two')));
    bed.google.asked.length = 0;
    expect((await bed.target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
    const changes = bed.google.asked
      .filter(({ method }) => method !== 'GET')
      .map(({ name }) => name.split('.').slice(-2).join('.'));
    expect(changes).toEqual(['endpoints.patch', 'models.patch']);
  });

  it('goes when its time is over, and a rollback deploys it again', async () => {
    await bed.target.deploy(await bed.target.plan(bed.request('two')));
    expect(live().deployed).toHaveLength(2);
    bed.ports.clock.advance(2 * HOUR);
    await bed.target.reap(ENDPOINT, null);
    expect(live().deployed).toHaveLength(1);
    const back = await bed.target.rollback(ENDPOINT, null);
    expect(back.outcome, back.message).toBe('rolled-back');
    expect(back.description.live?.modelDigest).toBe('1'.repeat(64));
  });

  it('goes at once with keep-warm-minutes: 0, which the plan says', async () => {
    const plan = await bed.target.plan(bed.requestWith('two', { keepWarmMinutes: 0 }));
    expect(plan.steps.map(({ what }) => what).join(' ')).toContain('lose their replicas');
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('deployed');
    expect(live().deployed).toHaveLength(1);
  });

  it('is deployed under another ID where Google takes none twice', async () => {
    await bed.dispose();
    bed = makeVertexBed({}, { reusesIds: false });
    await bed.target.deploy(await bed.target.plan(bed.request('one')));
    await bed.target.deploy(await bed.target.plan(bed.requestWith('two', { keepWarmMinutes: 0 })));
    const back = await bed.target.rollback(ENDPOINT, null);
    expect(back.outcome, back.message).toBe('rolled-back');
    expect(back.description.live?.modelDigest).toBe('1'.repeat(64));
  });
});

describe('a candidate', () => {
  it('that a killed promotion left is removed by the next run', async () => {
    const plan = await bed.target.plan(bed.request('two'));
    await bed.target.stage(plan);
    let isGone = false;
    bed.google.before = ({ name }) => {
      if (name.endsWith('undeployModel')) isGone = true;
      if (isGone) throw new TypeError('fetch failed');
    };
    await bed.target.promote(plan).catch(() => null);
    bed.google.before = () => undefined;
    expect(bed.google.world.endpoints.keys()).toContain(plan.candidate);
    const next = await bed.target.plan(bed.request('two'));
    expect(next).toMatchObject({
      action: 'update',
      changes: [{ field: 'candidate', from: plan.candidate, to: null }],
    });
    const { outcome, message } = await bed.target.promote(next);
    expect(outcome, message).toBe('promoted');
    expect(bed.google.world.endpoints.keys()).not.toContain(plan.candidate);
    expect((await bed.target.plan(bed.request('two'))).action).toBe('unchanged');
  });
});

describe('a version that does not start', () => {
  it('is explained by its own log', async () => {
    const result = await bed.target.deploy(await bed.target.plan(bed.request('broken')));
    expect(result.outcome).toBe('failed');
    expect(result.message).toMatch(/Model server exited unexpectedly.*does not start/);
    expect(result.description.detail).toContain('ModuleNotFoundError: No module named sklearn');
    expect(result.page).toBe('ping-health-check');
  });
});

describe('what somebody else has made', () => {
  it('is taken over with every field, and is the way back', async () => {
    const { world } = bed.google;
    const fraud = world.endpoint('fraud');
    world.endpoints.set(
      'mine',
      {
        ...fraud,
        id: 'mine',
        labels: { owner: 'risk' },
        body: { ...fraud.body, description: 'made by Terraform' },
      },
      0,
    );
    const target = bed.targetWith({ adopt: true });
    const made = await target.plan(bed.requestWith('two', {}, {}, 'mine'));
    const result = await target.deploy(made);
    expect(result.outcome, result.message).toBe('deployed');
    expect(world.endpoint('mine').body).toEqual({ ...fraud.body, description: 'made by Terraform' });
    expect(world.endpoint('mine').labels).toMatchObject({ owner: 'risk' });
    expect((await target.rollback('mine', null)).outcome).toBe('rolled-back');
    expect(world.endpoint('mine').split).toEqual({ 77: 100 });
    await expect(target.teardown('mine')).rejects.toThrow(
      'confirm: "mine" was not created by ml-deploy. Remove it with the tool that created it',
    );
    expect(world.endpoint('mine').split).toEqual({ 77: 100 });
  });

  it('is refused without adopt', async () => {
    await expect(bed.target.plan(bed.request('one', 'fraud'))).rejects.toThrow(
      /belongs to|was not created by ml-deploy/,
    );
  });
});
