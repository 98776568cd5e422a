/** Requests move by shares of the traffic: how far, how it is watched, and what ends it. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Strategy } from '../../../../src/documents/plan.ts';
import { fakeToken, makeAzureMlBed, modelIn, type AzureMlBed } from '../../../platforms/azure-ml-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const LINEAR: Strategy = { type: 'linear', stepPercent: 50, bakeMinutes: 10, alarms: [] };
const CANARY: Strategy = { type: 'canary', stepPercent: 10, bakeMinutes: 10, alarms: [] };

let bed: AzureMlBed;
let old: string;
beforeEach(async () => {
  bed = await makeAzureMlBed();
  old = (await bed.target.deploy(await bed.target.plan(bed.request('one')))).description.live?.version ?? '';
});
afterEach(() => bed.dispose());

const planned = (strategy: Strategy = CANARY) => bed.target.plan(bed.requestWith('two', {}, { strategy }));
const endpoint = () => bed.azure.world.endpointOf(ENDPOINT);
const ask = async () => {
  const authorization = `Bearer ${await fakeToken('https://ml.azure.com/.default')}`;
  const url = `${bed.azure.url}/score/${ENDPOINT}`;
  return bed.azure.fetch(url, { method: 'POST', body: '{}', headers: { authorization } });
};
/** Users: some requests with each minute that passes. */
const traffic = (perMinute = 100) => {
  let at = bed.ports.clock.now().getTime();
  bed.ports.clock.onSleep = async (now) => {
    for (; at + 60_000 <= now.getTime(); at += 60_000)
      for (let sent = 0; sent < perMinute; sent++) await ask();
  };
};
/** What the endpoint was told, by model. */
const shares = () =>
  bed.azure.asked
    .filter(({ method, path }) => method === 'PUT' && path.endsWith(`/onlineEndpoints/${ENDPOINT}`))
    .map(({ body }) => {
      const told = (JSON.parse(body.toString()) as { properties: { traffic: Record<string, number> } })
        .properties.traffic;
      return Object.entries(told)
        .map(([name, percent]) => `${name === `v-${old}` ? 'old' : 'new'} ${percent}`)
        .toSorted()
        .join(', ');
    });
/** The new version answers so often with that status. */
const failing = (status: number, every: number) => {
  let count = 0;
  bed.azure.world.container = (deployment) => {
    const isNew = modelIn(bed.azure.world, deployment.body) === 'two';
    const fails = isNew && ++count % every === 0;
    return { status: fails ? status : 200, body: '{"predictions":[1]}' };
  };
};

it('a canary gets its share, is watched, gets the rest, and leaves no mark', async () => {
  const plan = await planned();
  traffic();
  bed.azure.asked.splice(0);
  const result = await bed.target.deploy(plan);
  expect(result.outcome, result.message).toBe('deployed');
  expect(bed.ports.log.text).toMatch(/The new version: \d+ requests/);
  expect(shares()).toEqual(['new 10, old 90', 'new 100', 'new 100']);
  expect(endpoint().body.tags).not.toHaveProperty('ml-deploy:rollout');
  expect(result.description.previous?.version).toBe(old);
});

it('linear takes every step', async () => {
  const plan = await planned(LINEAR);
  traffic();
  bed.azure.asked.splice(0);
  expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
  expect(shares()).toEqual(['new 50, old 50', 'new 100', 'new 100']);
});

it('a canary takes each of its steps', async () => {
  const plan = await planned({ ...CANARY, laterPercents: [50] });
  traffic();
  bed.azure.asked.splice(0);
  const result = await bed.target.deploy(plan);
  expect(result.outcome, result.message).toBe('deployed');
  expect(shares()).toEqual(['new 10, old 90', 'new 50, old 50', 'new 100', 'new 100']);
});

it('a version that fails half of its requests gets none after one change, within its bake', async () => {
  const plan = await planned();
  traffic();
  failing(500, 2);
  bed.azure.asked.splice(0);
  const began = bed.ports.clock.now().getTime();
  const result = await bed.target.deploy(plan);
  expect(result.outcome, result.message).toBe('rolled-back');
  expect(result.message).toMatch(
    /With the new version \d+ of \d+ requests failed, with the old version 0 of \d+/,
  );
  expect(shares()).toEqual(['new 10, old 90', 'old 100']);
  // The deployment itself takes ten minutes of it.
  expect(bed.ports.clock.now().getTime() - began).toBeLessThan(40 * 60_000);
});

it('a version that refuses requests rightly is no worse: what Azure makes 424 of is told apart', async () => {
  const plan = await planned();
  traffic();
  failing(400, 2);
  expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
});

it('a version that is twice as slow goes back', async () => {
  const plan = await planned(LINEAR);
  traffic();
  bed.azure.world.latency = (deployment) => (deployment === `v-${plan.version}` ? 90 : 30);
  const result = await bed.target.deploy(plan);
  expect(result.outcome).toBe('rolled-back');
  expect(result.message).toMatch(/95 % of the requests took up to 90 ms with the new version and 30 ms/);
});

it('a canary that nobody asks is asked by the run, which says so', async () => {
  const result = await bed.target.deploy(await planned());
  expect(result.outcome, result.message).toBe('deployed');
  expect(bed.ports.log.text).toMatch(/Too few requests came to [0-9a-f]{16}: 10 of our own/);
  expect(bed.azure.world.answered.filter(({ isNamed }) => isNamed)).not.toHaveLength(0);
});

it('a rollout that is cut off keeps its shares, goes on with the same command, and reap ends it when its time is over', async () => {
  const plan = await planned();
  const cutOff = async () => {
    bed.azure.allows = (permission) =>
      permission !== 'Microsoft.Insights/metrics/read' || endpoint().shown[`v-${plan.version}`] !== 10;
    await bed.target.deploy(plan).catch(() => null);
    bed.azure.allows = () => true;
    expect(endpoint().traffic).toEqual({ [`v-${old}`]: 90, [`v-${plan.version}`]: 10 });
    expect((await bed.target.describe(ENDPOINT)).detail).toMatch(
      /gets 10 % of the requests.*rollback to end it/,
    );
  };
  await cutOff();
  expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
  expect(endpoint().traffic).toEqual({ [`v-${plan.version}`]: 100 });
  await bed.target.rollback(ENDPOINT, null);
  const again = await planned();
  expect(again.version).toBe(plan.version);
  bed.azure.allows = (permission) =>
    permission !== 'Microsoft.Insights/metrics/read' || endpoint().shown[`v-${plan.version}`] !== 10;
  await bed.target.deploy(again).catch(() => null);
  bed.azure.allows = () => true;
  expect(endpoint().traffic[`v-${plan.version}`]).toBe(10);
  bed.ports.clock.advance(12 * 3_600_000);
  expect((await bed.target.reap(ENDPOINT, null)).outcome).toBe('rolled-back');
  expect(endpoint().traffic).toEqual({ [`v-${old}`]: 100 });
});
