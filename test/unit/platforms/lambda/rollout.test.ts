/** Requests move by shares: how far, how it is watched, and what ends it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Strategy } from '../../../../src/documents/plan.ts';
import { makeLambdaBed, type LambdaBed } from '../../../platforms/lambda-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const CANARY: Strategy = { type: 'canary', stepPercent: 10, bakeMinutes: 5, alarms: [] };

let bed: LambdaBed;
beforeEach(async () => {
  bed = await makeLambdaBed();
  await bed.target.deploy(await bed.target.plan(bed.request('one')));
});
afterEach(() => bed.dispose());

const lambda = () => bed.options.clients.lambda();
const live = async () => (await lambda()).getAlias({ FunctionName: ENDPOINT, Name: 'live' });
const planned = (strategy: Strategy = CANARY) => bed.target.plan(bed.requestWith('two', {}, { strategy }));
/** Users: some requests with each minute that passes. */
const traffic = (perMinute = 100) => {
  const before = bed.ports.clock.onSleep;
  let at = bed.ports.clock.now().getTime();
  bed.ports.clock.onSleep = async (now) => {
    await before(now);
    const client = await lambda();
    for (; at + 60_000 <= bed.aws.time.now().getTime(); at += 60_000)
      for (let sent = 0; sent < perMinute; sent++)
        await client.invoke({ FunctionName: ENDPOINT, Qualifier: 'live', Payload: '{}' });
  };
};
const shares = () =>
  bed.aws.calls
    .filter(({ action, input }) => action === 'UpdateAlias' && input.Name === 'live')
    .map(({ input }) => [
      input.FunctionVersion,
      (input.RoutingConfig as { AdditionalVersionWeights?: object }).AdditionalVersionWeights,
    ]);

describe('a canary', () => {
  it('gives the new version its share, watches it, gives it the rest, and leaves no mark', async () => {
    const plan = await planned();
    traffic();
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('deployed');
    expect(shares()).toEqual([
      ['1', { 2: 0.1 }],
      ['2', {}],
      ['2', {}],
    ]);
    // What was asked through the alias while the canary had 10 %: three standard deviations.
    const during = bed.aws.lambda.counted.filter(({ resource }) => resource === 'churn:live').slice(0, 400);
    const share = during.filter(({ version }) => version === '2').length;
    expect(Math.abs(share - 40)).toBeLessThanOrEqual(18);
    expect(during.filter(({ error }) => error)).toEqual([]);
    expect((await live()).Description).not.toContain(' k:');
    expect((await bed.target.describe(ENDPOINT)).previous?.modelDigest).toBe(bed.images.one.modelDigest);
  });

  it('takes each of its steps', async () => {
    const plan = await planned({ ...CANARY, laterPercents: [50], bakeMinutes: 1 });
    traffic(30);
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('deployed');
    expect(shares()).toEqual([
      ['1', { 2: 0.1 }],
      ['1', { 2: 0.5 }],
      ['2', {}],
      ['2', {}],
    ]);
  });

  it('goes back with one call where the new version fails more often', async () => {
    const plan = await planned();
    traffic();
    const { handler } = bed.aws.lambda;
    bed.aws.lambda.handler = (call) => {
      // It starts, and fails with what users send.
      const { rawPath } = call.event as { rawPath?: string };
      return call.version === '2' && rawPath === undefined
        ? { payload: {}, error: 'Unhandled' }
        : handler(call);
    };
    const result = await bed.target.deploy(plan);
    expect(result.outcome, result.message).toBe('rolled-back');
    expect(shares().at(-1)).toEqual(['1', {}]);
    expect(await live()).toMatchObject({ FunctionVersion: '1' });
    expect((await live()).RoutingConfig).toBeUndefined();
  });

  it('Lambda 8: goes back where an alarm of the plan goes off', async () => {
    bed.aws.alarms.alarms.set('p99', { AlarmName: 'p99', StateValue: 'OK' });
    const plan = await planned({ ...CANARY, alarms: ['p99'] });
    bed.aws.inject({
      on: 'lambda:UpdateAlias',
      after: () => {
        bed.aws.setAlarm('p99', 'ALARM');
        return undefined;
      },
    });
    const result = await bed.target.deploy(plan);
    expect(result.outcome).toBe('rolled-back');
    expect(result.message).toMatch(/In alarm: p99/);
    expect((await live()).RoutingConfig).toBeUndefined();
  });

  it('Lambda 9: that nobody asks is not taken for good: requests of our own are sent, and said to be such', async () => {
    const result = await bed.target.deploy(await planned());
    expect(result.outcome, result.message).toBe('deployed');
    expect(bed.ports.log.text).toMatch(/Too few requests came to [0-9a-f]{16}: 10 of our own \(GET \/ping\)/);
    expect(bed.ports.log.text).toMatch(/synthetic/);
  });

  it('that is cut off keeps its shares, is said, goes on with the same command, and ends with rollback', async () => {
    const plan = await planned();
    bed.aws.inject({ on: 'cloudwatch:GetMetricData', nth: 2, times: Infinity, fault: 'denied' });
    await bed.target.deploy(plan).catch(() => null);
    bed.aws.forget();
    expect((await live()).RoutingConfig?.AdditionalVersionWeights).toEqual({ 2: 0.1 });
    const { detail } = await bed.target.describe(ENDPOINT);
    expect(detail).toMatch(/gets 10 % of the requests.*rollback to end it/);
    const back = await bed.target.rollback(ENDPOINT, null);
    expect(back.outcome, back.message).toBe('rolled-back');
    expect((await live()).RoutingConfig).toBeUndefined();
    expect(await live()).toMatchObject({ FunctionVersion: '1' });
  });

  it('is refused by the plan where the two versions could not share an alias', async () => {
    const other = bed.aws.addRole('other', ['lambda.amazonaws.com']);
    const request = bed.requestWith('two', { executionRoleArn: other }, { strategy: CANARY });
    await expect(bed.target.plan(request)).rejects.toThrow(/only where the execution role is the same/);
  });
});

it('linear takes every step', async () => {
  const plan = await planned({ ...CANARY, type: 'linear', stepPercent: 40, bakeMinutes: 1 });
  traffic(300);
  expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
  expect(shares()).toEqual([
    ['1', { 2: 0.4 }],
    ['1', { 2: 0.8 }],
    ['2', {}],
    ['2', {}],
  ]);
});
