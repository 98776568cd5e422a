/** A run that dies after any of its calls: what served goes on, the same command gets there, and nothing is left behind. */
import { afterEach, expect, it } from 'vitest';
import type { DeploymentResult, DeploymentTarget } from '../../../../src/core/targets.ts';
import type { Plan } from '../../../../src/documents/plan.ts';
import { VertexOperation } from '../../../../src/platforms/vertex-ai/operation.ts';
import { makeVertexBed, type VertexBed } from '../../../platforms/vertex-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

interface Flow {
  readonly name: string;
  /** Before the run that dies. */
  readonly before: (bed: VertexBed) => Promise<Plan | null>;
  readonly run: (target: DeploymentTarget, plan: Plan | null) => Promise<DeploymentResult>;
  /** Of the second run. */
  readonly outcomes: readonly string[];
  /** Labels that users may get meanwhile. */
  readonly served: readonly number[];
  /** What serves at the end; null where nothing does. */
  readonly end: number | null;
}

const planOf = (plan: Plan | null): Plan => {
  if (plan === null) throw new Error('The flow has no plan.');
  return plan;
};
const deployed = async ({ target, request }: VertexBed, ...models: readonly ('one' | 'two')[]) => {
  for (const model of models) await target.deploy(await target.plan(request(model)));
};

const FLOWS: readonly Flow[] = [
  {
    name: 'the first deployment',
    before: ({ target, request }) => target.plan(request('one')),
    run: (target, plan) => target.deploy(planOf(plan)),
    outcomes: ['deployed', 'unchanged'],
    served: [1],
    end: 1,
  },
  {
    name: 'a deployment',
    before: async (bed) => {
      await deployed(bed, 'one');
      return bed.target.plan(bed.request('two'));
    },
    run: (target, plan) => target.deploy(planOf(plan)),
    outcomes: ['deployed', 'unchanged'],
    served: [1, 2],
    end: 2,
  },
  {
    name: 'a stage',
    before: async (bed) => {
      await deployed(bed, 'one');
      return bed.target.plan(bed.request('two'));
    },
    run: (target, plan) => target.stage(planOf(plan)),
    outcomes: ['staged'],
    served: [1],
    end: 1,
  },
  {
    name: 'a promotion',
    before: async (bed) => {
      await deployed(bed, 'one');
      const plan = await bed.target.plan(bed.request('two'));
      await bed.target.stage(plan);
      return plan;
    },
    run: (target, plan) => target.promote(planOf(plan)),
    outcomes: ['promoted', 'unchanged'],
    served: [1, 2],
    end: 2,
  },
  {
    name: 'a rollback to what is cold',
    before: async (bed) => {
      await deployed(bed, 'one', 'two');
      bed.ports.clock.advance(2 * 3_600_000);
      await bed.target.reap(ENDPOINT, null);
      return null;
    },
    run: (target) => target.rollback(ENDPOINT, null),
    outcomes: ['rolled-back', 'unchanged'],
    served: [1, 2],
    end: 1,
  },
  {
    name: 'a teardown',
    before: async (bed) => {
      await deployed(bed, 'one', 'two');
      return null;
    },
    run: (target) => target.teardown(ENDPOINT),
    outcomes: ['torn-down'],
    served: [1, 2],
    end: null,
  },
];

let bed: VertexBed;
afterEach(() => bed.dispose());

const label = async () => {
  const invoker = await bed.target.invoker(ENDPOINT, null);
  const { status, body } = await invoker.invoke('{"instances":[[1]]}', 'application/json', bed.ports.signal);
  expect(status).toBe(200);
  return (JSON.parse(Buffer.from(body).toString()) as { predictions: number[] }).predictions[0];
};

/** The run dies when the call of that number has been carried out. @returns whether it came so far */
async function dies(run: () => Promise<unknown>, after: number): Promise<boolean> {
  let [calls, isDead] = [0, false];
  bed.google.before = () => {
    if (isDead) throw new Error('killed');
  };
  bed.google.lose = ({ method, name, status }) => {
    const isChange = method !== 'GET' && status === 200 && !name.endsWith('entries.list');
    if (isChange && ++calls === after) isDead = true;
    return isDead;
  };
  await run().catch(() => null);
  bed.google.before = () => undefined;
  bed.google.lose = () => false;
  return isDead;
}

it.each(FLOWS)('$name that dies after any call is finished by its second run', async (flow) => {
  const { before, run, outcomes, served, end } = flow;
  for (let after = 1; ; after++) {
    bed = makeVertexBed({ context: { repository: 'acme/churn', commit: 'c0ffee', runId: '1001' } });
    const plan = await before(bed);
    const isServing = plan?.base !== null || flow.end === null;
    if (!(await dies(() => run(bed.target, plan), after))) break;
    const where = `after call ${after}`;
    const found = await bed.target.describe(ENDPOINT);
    if (found.status === 'serving') expect(served, where).toContain(await label());
    else expect(isServing && end !== null, where).toBe(false);
    bed.ports.clock.advance(10_000);
    const second = await run(bed.targetWith({}), plan);
    expect(outcomes, `${where}: ${second.message}`).toContain(second.outcome);
    if (end === null) expect((await bed.target.describe(ENDPOINT)).status, where).toBe('absent');
    else expect(await label(), where).toBe(end);
    await leavesNothing(end, where);
    await bed.dispose();
  }
});

/** When all that may wait for something is over. */
async function leavesNothing(end: number | null, where: string): Promise<void> {
  bed.ports.clock.advance(8 * 3_600_000);
  await bed.target.reap(ENDPOINT, null);
  const { world } = bed.google;
  const own = world.endpoints.all().filter(({ labels }) => labels['ml-deploy-endpoint'] === ENDPOINT);
  expect(
    own.map(({ id }) => id),
    where,
  ).toEqual(end === null ? [] : [ENDPOINT]);
  expect(
    own.flatMap(({ deployed: all }) => all),
    where,
  ).toHaveLength(end === null ? 0 : 1);
  const texts = world.versions(ENDPOINT).map(({ body }) => String(body.versionDescription));
  expect(new Set(texts).size, where).toBe(texts.length);
  if (end === null) expect(texts, where).toEqual([]);
}

it('what is deployed again is not due by the end of its earlier deployment, before it gets requests', async () => {
  bed = makeVertexBed();
  const atOnce = { keepWarmMinutes: 0 };
  for (const model of ['one', 'two'] as const)
    await bed.target.deploy(await bed.target.plan(bed.requestWith(model, atOnce)));
  const plan = await bed.target.plan(bed.requestWith('one', atOnce));
  const dying = new VertexOperation({ endpoint: ENDPOINT, plan, command: 'deploy' }, bed.options);
  const step = { kind: 'shift', of: plan.version, percent: 100 } as const;
  expect(await dying.perform(step, { now: 0, facets: {} })).toMatchObject({ is: 'again' });
  const reaping = new VertexOperation({ endpoint: ENDPOINT, plan: null, command: 'reap' }, bed.options);
  expect(await reaping.look('scaling')).toMatchObject({ value: 'none' });
});
