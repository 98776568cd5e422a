/** A version that was replaced stays deployed for `keep-warm-minutes`, and is removed after that. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeAzureMlBed, type AzureMlBed } from '../../../platforms/azure-ml-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

const HOUR = 3_600_000;

let bed: AzureMlBed;
beforeEach(async () => {
  bed = await makeAzureMlBed();
});
afterEach(() => bed.dispose());

const planOf = (model: ModelName, keepWarmMinutes?: number) =>
  bed.target.plan(bed.requestWith(model, keepWarmMinutes === undefined ? {} : { keepWarmMinutes }));
const serve = async (model: ModelName, minutes?: number) => {
  const result = await bed.target.deploy(await planOf(model, minutes));
  expect(result.outcome, result.message).toBe('deployed');
  return `v-${result.description.live?.version ?? ''}`;
};
const running = () => [...(bed.azure.world.endpoints.get(ENDPOINT)?.deployments.keys() ?? [])];
const tags = () => Object.keys(bed.azure.world.endpoints.get(ENDPOINT)?.body.tags as object);

it('reap removes it when its time is over, and not before', async () => {
  const one = await serve('one', 60);
  const two = await serve('two', 60);
  await bed.target.reap(ENDPOINT, null);
  expect(running()).toEqual([one, two]);
  bed.ports.clock.advance(2 * HOUR);
  await bed.target.reap(ENDPOINT, null);
  expect(running()).toEqual([two]);
  expect(tags().filter((tag) => tag.startsWith('ml-deploy:w-'))).toEqual([]);
  // What it was made of stays.
  expect([...bed.azure.world.assets.keys()].filter((key) => key.startsWith('models/'))).toHaveLength(2);
});

it('so does the next release; the version that it replaces has its own time', async () => {
  await serve('one', 60);
  const two = await serve('two', 60);
  bed.ports.clock.advance(2 * HOUR);
  const three = await serve('three', 60);
  expect(running()).toEqual([two, three]);
});

it('with 0 it goes at once, and the plan says so', async () => {
  await serve('one', 0);
  const plan = await planOf('two', 0);
  expect(JSON.stringify(plan.steps)).toContain('whose time is over (keep-warm-minutes) are removed');
  expect(plan.findings.map(({ message }) => message).join()).toContain(
    'the version that is replaced for 0 minutes longer (keep-warm-minutes)',
  );
  await bed.target.deploy(plan);
  expect(running()).toEqual([`v-${plan.version}`]);
});

it('a rollback may go to one whose time is over, and then it has none', async () => {
  const one = await serve('one', 60);
  const two = await serve('two', 60);
  bed.ports.clock.advance(2 * HOUR);
  expect((await bed.target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
  bed.ports.clock.advance(HOUR / 2);
  await bed.target.reap(ENDPOINT, null);
  expect(running()).toEqual([one, two]);
  bed.ports.clock.advance(HOUR);
  await bed.target.reap(ENDPOINT, null);
  expect(running()).toEqual([one]);
});

it('once it is removed, a rollback changes nothing and says that there is nothing to go back to', async () => {
  await serve('one', 60);
  const two = await serve('two', 60);
  bed.ports.clock.advance(2 * HOUR);
  await bed.target.reap(ENDPOINT, null);
  await expect(bed.target.rollback(ENDPOINT, null)).rejects.toThrow(
    new RegExp(
      `^There is nothing to roll ${ENDPOINT} back to: no version is known to have served before .*\\. Nothing was changed\\.$`,
    ),
  );
  expect(running()).toEqual([two]);
});

it('without it no version has a time', async () => {
  const one = await serve('one', 60);
  const two = await serve('two');
  bed.ports.clock.advance(48 * HOUR);
  await bed.target.reap(ENDPOINT, null);
  expect(running()).toEqual([one, two]);
});

it('what is removed and made again has not served: no rollback goes to a candidate', async () => {
  await serve('one', 60);
  await serve('two', 60);
  bed.ports.clock.advance(2 * HOUR);
  await bed.target.reap(ENDPOINT, null);
  await bed.target.stage(await planOf('one', 60));
  await expect(bed.target.rollback(ENDPOINT, null)).rejects.toThrow('There is nothing to roll');
});
