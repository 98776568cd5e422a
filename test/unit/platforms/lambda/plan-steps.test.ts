/** What a plan for Lambda says that is done, held against what is asked for when it is carried out. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import type { Plan, Strategy } from '../../../../src/documents/plan.ts';
import { makeLambdaBed, type LambdaBed } from '../../../platforms/lambda-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

let bed: LambdaBed;
beforeEach(async () => {
  bed = await makeLambdaBed();
});
afterEach(() => bed.dispose());

const CANARY: Strategy = { type: 'canary', stepPercent: 10, bakeMinutes: 5, alarms: [] };
const SCALED: CloudSettings = {
  provisionedConcurrency: 2,
  scaling: {
    minCapacity: 1,
    maxCapacity: 4,
    invocationsPerInstance: null,
    scaleInCooldown: null,
    scaleOutCooldown: null,
  },
};

const planned = (model: ModelName, settings: CloudSettings = {}, strategy?: Strategy) =>
  bed.target.plan(bed.requestWith(model, settings, strategy === undefined ? {} : { strategy }));

async function carriedOut(plan: Plan): Promise<readonly string[]> {
  bed.aws.forget();
  await bed.target.stage(plan);
  const result = await bed.target.promote(plan);
  expect(result.outcome, result.message).toMatch(/promoted|deployed/);
  return bed.aws.names('mutations').map((name) => name.split(':')[1] ?? '');
}

/** The calls that a plan's certain lines name, in order; what is set around the function is named by what it is. */
const certain = ({ steps }: Plan) => steps.filter(({ when }) => when === 'will').map(({ what }) => what);
const callsIn = (plan: Plan) =>
  certain(plan).flatMap((what) =>
    what.includes('around churn is set')
      ? ['(around)']
      : (/\(([^)]*)\)$/.exec(what)?.[1] ?? '').split(', ').map((call) => call.split(' ')[0]),
  );
const AROUND = /Api$|Integration|Route|Stage|Permission|Rule|Targets|UrlConfig|Scal|^Delete.*Concurrency/;
/** Each row of calls around the function, with the tags that say they are there, is one step. */
const told = (made: readonly string[]) => {
  const names = made
    .filter((name) => name !== 'Invoke')
    .map((name) => (AROUND.test(name) ? '(around)' : name));
  return names.filter((name, at) => {
    const isTag =
      /^(?:Unt|T)agResource$/.test(name) && (names[at + 1] === '(around)' || names[at - 1] === '(around)');
    return !isTag && !(name === '(around)' && names.slice(0, at).includes('(around)'));
  });
};

describe('the steps of a plan', () => {
  it('are those of a first release: what starts it, and the API last of all that callers see', async () => {
    const plan = await planned('one');
    const { version, candidate } = plan;
    expect(certain(plan)).toEqual([
      `The version ${version} is created. (CreateFunction, PublishVersion)`,
      `The candidate ${candidate} is started. (CreateAlias ${candidate})`,
      `The endpoint churn is created with ${version}. (CreateAlias live)`,
      'What is around churn is set: api.',
      `The candidate ${candidate} is removed. (DeleteAlias ${candidate})`,
    ]);
    expect(told(await carriedOut(plan))).toEqual(callsIn(plan));
  });

  it.each<readonly [string, CloudSettings, CloudSettings, Strategy | undefined]>([
    ['an update', {}, {}, undefined],
    ['an update with other settings', {}, { memoryMb: 2048 }, undefined],
    ['a canary', {}, {}, CANARY],
    ['an update that provides environments', {}, { provisionedConcurrency: 2 }, undefined],
    ['an update that scales them', {}, SCALED, undefined],
    ['a warm-up, and no API', {}, { warmUp: 'rate(5 minutes)', api: 'none' }, undefined],
  ])('are those of %s', async (_, before, settings, strategy) => {
    await carriedOut(await planned('one', before));
    const plan = await planned('two', settings, strategy);
    const made = told(await carriedOut(plan));
    expect(made).toEqual(callsIn(plan));
    const rest = plan.steps.filter(({ when }) => when !== 'will').map(({ when, what }) => `${when}: ${what}`);
    const asked = `if: Synthetic requests are sent to ${plan.version} if it gets too few others. (Invoke)`;
    const back =
      'if-it-fails: All requests of churn go back to the version that served before. (UpdateAlias live)';
    expect(rest).toEqual(strategy === undefined ? [] : [asked, asked, back]);
  });

  it('end what older versions are to keep no more', async () => {
    await carriedOut(await planned('one', { provisionedConcurrency: 2 }));
    const plan = await planned('two', { provisionedConcurrency: 1 });
    expect(certain(plan)).toContain('What is around churn is set: provisioned-concurrency.');
    expect(told(await carriedOut(plan))).toEqual(callsIn(plan));
    const kept = await planned('one', { provisionedConcurrency: 1 });
    expect(certain(kept)).toContain(
      'The provisioned concurrency that versions of churn are to keep no more is ended.',
    );
    expect(await carriedOut(kept)).toContain('DeleteProvisionedConcurrencyConfig');
    const ended = await planned('one', { provisionedConcurrency: 0 });
    expect(certain(ended)).toEqual(['What is around churn is set: provisioned-concurrency.']);
  });

  it('make a version of old content from what was published', async () => {
    await carriedOut(await planned('one'));
    await carriedOut(await planned('two'));
    const plan = await planned('one');
    expect(certain(plan).join(' ')).not.toContain('PublishVersion');
    expect(told(await carriedOut(plan))).toEqual(callsIn(plan));
  });

  it('are none where nothing changes, and are read without a change or a look at what no policy of a plan has', async () => {
    await carriedOut(await planned('one'));
    bed.aws.forget();
    expect((await planned('one')).steps).toEqual([]);
    await planned('two', { warmUp: 'rate(5 minutes)' });
    expect(bed.aws.names('mutations')).toEqual([]);
    expect(bed.aws.calls.map(({ action }) => action)).not.toContain('GetAlias');
    expect((await bed.target.describe(ENDPOINT)).status).toBe('serving');
  });
});
