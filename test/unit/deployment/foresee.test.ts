/** What a plan foresees if something may not be looked at when it is made. */
import { expect, it } from 'vitest';
import { foresee } from '../../../src/deployment/foresee.ts';
import type { Facet, Facets } from '../../../src/deployment/observed.ts';
import type { PlanLine } from '../../../src/deployment/plan.ts';
import { keyOf } from '../../../src/deployment/verdict.ts';
import { InMemoryDriver, InMemoryPlatform } from '../../deployment/in-memory.ts';
import { ETAG, LIVE, OLD } from '../../deployment/scenarios.ts';
import { FakeClock } from '../../fakes/clock.ts';
import { fakePlan } from '../../fakes/plan.ts';
import { makeVertexBed } from '../../platforms/vertex-bed.ts';

const PLAN = fakePlan({ base: 'v1' }, { version: 'v2', candidate: 'c2' });

async function foreseen(facets: Facets, ...hidden: readonly Facet[]): Promise<readonly PlanLine[]> {
  const clock = new FakeClock();
  return (await foreseenOn(new InMemoryDriver(facets, clock), clock, hidden)).lines;
}

async function foreseenOn(driver: InMemoryDriver, clock: FakeClock, hidden: readonly Facet[] = []) {
  for (const facet of hidden) driver.hidden.set(facet, `may see ${facet}`);
  const platform = new InMemoryPlatform(driver, ETAG);
  platform.move = { ...platform.move, guarded: true };
  const operation = platform.open({ endpoint: 'churn', plan: PLAN, command: 'plan' });
  return foresee(PLAN, operation, ETAG, { clock, context: { runId: 'a' }, keepVersions: 0 });
}

it('asks who else uses a version only where one would be removed', async () => {
  for (const [facets, looks] of [
    [LIVE, []],
    [OLD, ['users']],
  ] as const) {
    const clock = new FakeClock();
    const driver = new InMemoryDriver(facets, clock);
    await foreseenOn(driver, clock);
    expect(driver.looks.filter((facet) => facet === 'users')).toEqual(looks);
  }
});

const textOf = ({ step, when, because }: PlanLine) =>
  [when, keyOf(step), because === undefined ? '' : `(${because})`].filter(Boolean).join(' ');

const ALL = await foreseen(OLD);

it.each<Facet>(['candidates', 'versions', 'guards', 'scaling', 'users'])(
  'has the same steps to the end if nobody may look at the %s',
  async (facet) => {
    const lines = await foreseen(OLD, facet);
    const steps = (all: readonly PlanLine[]) =>
      all.filter(({ step }) => step.kind !== 'retire-version').map(({ step }) => keyOf(step));
    expect(steps(lines)).toEqual(steps(ALL));
  },
);

it('says of each step whether it depends on what nobody may look at', async () => {
  const { candidates, versions } = { candidates: '(may see candidates)', versions: '(may see versions)' };
  expect((await foreseen(OLD, 'candidates')).map(textOf)).toEqual([
    'will make-version v2',
    `if start-candidate c2 v2 ${candidates}`,
    'will guard v2@a',
    'will shift v2 v2@a',
    'will note v2 served',
    'will unguard v2@a',
    `if drop-candidate c2 ${candidates}`,
    `if retire-version u9 ${candidates}`,
    `if retire-version u8 ${candidates}`,
  ]);
  expect((await foreseen(OLD, 'versions')).map(textOf)).toEqual([
    `if make-version v2 ${versions}`,
    'will start-candidate c2 v2',
    'will guard v2@a',
    'will shift v2 v2@a',
    `if note v2 served ${versions}`,
    'will unguard v2@a',
    'will drop-candidate c2',
  ]);
});

it('does so on Vertex AI, too', async () => {
  const bed = makeVertexBed();
  await bed.target.deploy(await bed.target.plan(bed.request('one')));
  const whole = await bed.target.plan(bed.request('two'));
  const hidden = 'aiplatform.endpoints.list';
  bed.google.allows = (permission) => permission !== hidden;
  const { steps } = await bed.target.plan(bed.request('two'));
  await bed.dispose();
  expect(steps.map(({ what }) => what)).toEqual(whole.steps.map(({ what }) => what));
  expect(whole.steps.map(({ when }) => when)).toEqual(['will', 'will', 'will', 'will']);
  expect(steps.map(({ when }) => when)).toEqual(['will', 'if', 'will', 'if']);
  expect(steps[1]?.because).toContain(hidden);
});
