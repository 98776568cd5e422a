/** What Azure ML is asked for in each flow, and what a run that is cut off anywhere leaves. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import type { DeploymentTarget } from '../../../../src/core/targets.ts';
import type { AzureMlTargetOptions } from '../../../../src/platforms/azure-ml/options.ts';
import type { Asked } from '../../../fakes/azure/fake-azure.ts';
import {
  BROKEN,
  fakeToken,
  makeAzureMlBed,
  modelIn,
  type AzureMlBed,
} from '../../../platforms/azure-ml-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';
import { triedNumbers } from '../../../share.ts';

let bed: AzureMlBed;
beforeEach(async () => {
  bed = await makeAzureMlBed();
});
afterEach(() => bed.dispose());

const isChange = ({ method, path }: Pick<Asked, 'method' | 'path'>) =>
  ['PUT', 'DELETE', 'PATCH'].includes(method) && !path.startsWith('/score/');
const short = ({ method, path }: Asked) =>
  `${method} ${path.slice(bed.azure.world.workspace.id.length + 1).replace(/[0-9a-f]{16}/g, '*')}`;
const changes = () => bed.azure.asked.filter(isChange).map(short);
const forget = () => bed.azure.asked.splice(0);
const release = async (
  model: ModelName,
  target: DeploymentTarget = bed.target,
  settings: CloudSettings = {},
) => {
  const plan = await target.plan(bed.requestWith(model, settings));
  if (plan.action === 'unchanged') return target.deploy(plan);
  await target.stage(plan);
  return target.promote(plan);
};
const endpoint = () => {
  const found = bed.azure.world.endpoints.get(ENDPOINT);
  if (found === undefined) throw new Error('there is no endpoint');
  return found;
};
const ask = async (deployment?: string) => {
  const { status, body, headers } = await scoreAt(deployment);
  return { status, by: headers.get('azureml-model-deployment'), answer: body };
};
async function scoreAt(deployment?: string) {
  const answer = await bed.azure.fetch(`${bed.azure.url}/score/${ENDPOINT}`, {
    method: 'POST',
    body: '{}',
    headers: {
      authorization: `Bearer ${await fakeToken('https://ml.azure.com/.default')}`,
      ...(deployment === undefined ? {} : { 'azureml-model-deployment': deployment }),
    },
  });
  return { status: answer.status, headers: answer.headers, body: await answer.text() };
}

describe('what is asked for', () => {
  it('makes everything before anything gets a request, and moves requests with one PUT', async () => {
    await release('one');
    expect(changes()).toEqual([
      'PUT models/churn/versions/*',
      'PUT environments/churn/versions/*',
      'PUT onlineEndpoints/churn',
      'PUT onlineEndpoints/churn/deployments/v-*',
      'PUT onlineEndpoints/churn',
      'PUT onlineEndpoints/churn',
      'PUT onlineEndpoints/churn',
    ]);
    forget();
    await release('two');
    expect(changes()).toEqual([
      'PUT models/churn/versions/*',
      'PUT onlineEndpoints/churn/deployments/v-*',
      'PUT onlineEndpoints/churn',
      'PUT onlineEndpoints/churn',
      'PUT onlineEndpoints/churn',
    ]);
  });

  it('rolls back with one PUT and a note, and does nothing when the same run repeats it', async () => {
    const target = bed.targetWith({ context: { ...bed.options.context, runId: '77' } });
    await release('one');
    await release('two');
    forget();
    await target.rollback(ENDPOINT, null);
    expect(changes()).toEqual(['PUT onlineEndpoints/churn', 'PUT onlineEndpoints/churn']);
    forget();
    expect((await target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
    expect(changes()).toEqual([]);
  });

  it('a promotion that was killed before it removed the mark of its candidate is not over', async () => {
    await release('one');
    const plan = await bed.target.plan(bed.request('two'));
    await bed.target.stage(plan);
    const count = await countOf((target) => target.promote(plan));
    await again();
    await release('one');
    await bed.target.stage(await bed.target.plan(bed.request('two')));
    const { options } = processThatDies(nth(count - 1));
    await bed
      .targetWith(options)
      .promote(await bed.target.plan(bed.request('two')))
      .catch(() => null);
    bed.ports.clock.advance(600_000);
    const next = await bed.target.plan(bed.request('two'));
    expect(next).toMatchObject({
      action: 'update',
      changes: [{ field: 'candidate', from: plan.candidate, to: null }],
    });
    await bed.target.promote(next);
    expect(Object.keys(endpoint().body.tags as object).filter((tag) => tag.includes(':c-'))).toEqual([]);
    expect((await bed.target.plan(bed.request('two'))).action).toBe('unchanged');
  });

  it('a version that requests are on their way to has not served yet', async () => {
    await release('one');
    const plan = await bed.target.plan(bed.request('two'));
    const { options } = processThatDies(
      ({ method, path, body }) =>
        method === 'PUT' && path.endsWith(ENDPOINT) && body.toString().includes(`"v-${plan.version}":100`),
    );
    await bed
      .targetWith(options)
      .deploy(plan)
      .catch(() => null);
    // Who plans at once sees the traffic of before: this is no version that was left again.
    const { versions, live } = await bed.target.describe(ENDPOINT);
    expect(live?.version).toBe(plan.base);
    expect(versions.filter(({ served }) => served).map(({ version }) => version)).toEqual([plan.base]);
    expect((await bed.target.deploy(plan)).description.live?.version).toBe(plan.version);
  });

  it('asks a candidate by its name, and moves no traffic for it', async () => {
    await release('one');
    const plan = await bed.target.plan(bed.request('two'));
    await bed.target.stage(plan);
    const before = { ...endpoint().traffic };
    const invoker = await bed.target.invoker(ENDPOINT, plan.candidate);
    const signal = AbortSignal.timeout(200_000);
    const answer = await invoker.invoke('{}', 'application/json', signal);
    expect(answer.version).toBe(plan.version);
    expect(bed.azure.world.answered.at(-1)).toMatchObject({ deployment: `v-${plan.version}`, isNamed: true });
    expect(endpoint().traffic).toEqual(before);
  });

  it('brings a deployment back that somebody changed, and changes a count in place', async () => {
    await release('one');
    const [deployment] = endpoint().deployments.values();
    if (deployment === undefined) throw new Error('there is no deployment');
    const properties = deployment.body.properties as Record<string, unknown>;
    deployment.body = {
      ...deployment.body,
      properties: { ...properties, requestSettings: { requestTimeout: 'PT5S' } },
    };
    const plan = await bed.target.plan(bed.requestWith('one', { requestTimeout: 60, instanceCount: 2 }));
    expect(plan.action).toBe('update');
    expect(plan.changes.map(({ field }) => field)).toContain('instances');
    forget();
    expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
    expect(new Set(changes())).toEqual(new Set(['PUT onlineEndpoints/churn/deployments/v-*']));
    expect(deployment.body).toMatchObject({
      sku: { capacity: 2 },
      properties: { requestSettings: { requestTimeout: 'PT60S' } },
    });
    expect((await bed.target.plan(bed.requestWith('one', { instanceCount: 2 }))).action).toBe('unchanged');
  });
});

describe('a container that does not start', () => {
  it('fails the stage with the reason and both logs, and leaves nothing', async () => {
    await release('one');
    const failed = await bed.target.stage(await bed.target.plan(bed.request('broken')));
    expect(failed).toMatchObject({ outcome: 'failed', page: 'ping-health-check' });
    expect(failed.message).toContain(`${BROKEN.code}: ${BROKEN.message}`);
    expect(failed.description.detail).toMatch(/StorageInitializer:[^]*InferenceServer:/);
    expect(endpoint().deployments.size).toBe(1);
    expect((await ask()).answer).toContain(`${bed.labelOf('one')}`);
  });

  it('on a first release leaves no endpoint', async () => {
    const failed = await bed.target.stage(await bed.target.plan(bed.request('broken')));
    expect(failed.outcome).toBe('failed');
    expect(bed.azure.world.endpoints.size).toBe(0);
  });

  it('because there is no quota says so', async () => {
    bed.azure.world.cores = 1;
    const failed = await bed.target.stage(await bed.target.plan(bed.request('one')));
    expect(failed).toMatchObject({ outcome: 'failed', page: 'quota' });
    expect(failed.message).toContain('Not enough quota available for Standard_DS3_v2');
  });
});

describe('a first release that is discarded', () => {
  it('takes its endpoint along', async () => {
    const plan = await bed.target.plan(bed.request('one'));
    await bed.target.stage(plan);
    await bed.target.discard(plan);
    expect(bed.azure.world.endpoints.size).toBe(0);
  });
});

/** Everything of that process ends at that moment: nothing it sends arrives, and it hears nothing. */
function processThatDies(isLast: (asked: Asked) => boolean): {
  readonly options: Partial<AzureMlTargetOptions>;
  readonly isDead: () => boolean;
} {
  let dead = false;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    if (dead) throw new Error('killed');
    const answer = await bed.azure.fetch(input, init);
    const asked = bed.azure.asked.at(-1);
    if (asked !== undefined && isLast(asked)) dead = true;
    if (dead) throw new Error('killed');
    return answer;
  };
  const token = (scope: string) => (dead ? Promise.reject(new Error('killed')) : fakeToken(scope));
  return { options: bed.connect(fetch, token), isDead: () => dead };
}

const nth = (count: number) => {
  let seen = 0;
  return (asked: Asked) => isChange(asked) && ++seen === count;
};

/** Counted by an undisturbed run. */
async function countOf(flow: (target: DeploymentTarget) => Promise<unknown>): Promise<number> {
  forget();
  await flow(bed.target);
  return changes().length;
}

const SCALING = {
  minCapacity: 2,
  maxCapacity: 8,
  invocationsPerInstance: null,
  scaleInCooldown: null,
  scaleOutCooldown: null,
};

const FLOWS: Readonly<
  Record<
    string,
    {
      readonly before: readonly ModelName[];
      readonly run: (target: DeploymentTarget) => Promise<unknown>;
      readonly serves: readonly ModelName[];
      readonly ends: ModelName;
      /** How many versions are scaled in the end. */
      readonly scaled?: number;
      /** How many are deployed in the end; anything where absent. */
      readonly deployed?: number;
    }
  >
> = {
  'a first release': { before: [], run: (target) => release('one', target), serves: ['one'], ends: 'one' },
  'a release': {
    before: ['one'],
    run: (target) => release('two', target),
    serves: ['one', 'two'],
    ends: 'two',
  },
  'a scaled release': {
    before: ['one'],
    run: (target) => release('two', target, { scaling: SCALING }),
    serves: ['one', 'two'],
    ends: 'two',
    scaled: 1,
  },
  'a release that keeps nothing': {
    before: ['one'],
    run: (target) => release('two', target, { keepWarmMinutes: 0 }),
    serves: ['one', 'two'],
    ends: 'two',
    deployed: 1,
  },
  'a rollback': {
    before: ['one', 'two'],
    run: (target) => target.rollback(ENDPOINT, null, null),
    serves: ['one', 'two'],
    ends: 'one',
  },
};

async function again(): Promise<void> {
  await bed.dispose();
  bed = await makeAzureMlBed({ context: { repository: 'acme/churn', commit: 'c0ffee', runId: '7' } });
}

/** What the endpoint answers now, by what its traffic says. */
function answering(): ModelName | null {
  const found = bed.azure.world.endpoints.get(ENDPOINT);
  const [name] = Object.entries(found?.traffic ?? {}).find(([, percent]) => percent === 100) ?? [];
  const deployment = found?.deployments.get(name ?? '');
  return deployment === undefined ? null : modelIn(bed.azure.world, deployment.body);
}

function expectConverged(ends: ModelName, label: string): void {
  expect(answering(), label).toBe(ends);
  const { deployments, body } = endpoint();
  for (const { state } of deployments.values()) expect(state, label).toBe('Succeeded');
  const tags = Object.keys(body.tags as object);
  expect(
    tags.filter((tag) => /:c-|:rollout/.test(tag)),
    label,
  ).toEqual([]);
}

describe.each(Object.entries(FLOWS))('%s', (_, { before, run, serves, ends, scaled = 0, deployed }) => {
  const prepare = async () => {
    await again();
    for (const model of before) await release(model);
  };

  it('that is killed at any change leaves what served or the new one, and the next run ends it', async () => {
    await prepare();
    const count = await countOf(run);
    expect(count).toBeGreaterThanOrEqual(2);
    for (const at of triedNumbers(count, 3)) {
      await prepare();
      const { options, isDead } = processThatDies(nth(at));
      await run(bed.targetWith(options)).catch(() => null);
      expect(isDead(), `change ${at}`).toBe(true);
      if (before.length > 0) expect(serves, `change ${at}`).toContain(answering());
      // Who comes at once finds what is not seen yet.
      await run(bed.targetWith({}));
      expectConverged(ends, `killed at change ${at}`);
      expect(bed.azure.world.settings.size, `killed at change ${at}`).toBe(scaled);
      if (deployed !== undefined)
        expect(endpoint().deployments.size, `killed at change ${at}`).toBe(deployed);
    }
  });

  it.each(['reset', 429, 500, 'reset for good'] as const)(
    'that meets %s at any change is right in the end',
    async (fault) => {
      await prepare();
      const count = await countOf(run);
      for (const at of triedNumbers(count, 3)) {
        await prepare();
        const isIt = nth(at);
        if (fault === 'reset') bed.azure.lose = isIt;
        else if (fault === 'reset for good') {
          let isOn = false;
          bed.azure.script = (asked) => {
            isOn ||= isIt(asked);
            return isOn && isChange(asked) ? { status: 503, body: {} } : null;
          };
        } else {
          bed.azure.script = (asked) =>
            isIt(asked) ? { status: fault, headers: { 'retry-after': '1' }, body: {} } : null;
        }
        await run(bed.targetWith({})).catch(() => null);
        bed.azure.script = () => null;
        bed.azure.lose = () => false;
        if (before.length > 0) expect(serves, `change ${at}`).toContain(answering());
        await run(bed.targetWith({}));
        expectConverged(ends, `${fault} at change ${at}`);
      }
    },
  );
});

describe('two runs at once', () => {
  const RIVALS: Readonly<Record<string, (target: DeploymentTarget) => Promise<unknown>>> = {
    'another release': (target) => release('three', target),
    'a rollback': (target) => target.rollback(ENDPOINT, null),
    'the same release': (target) => release('two', target),
  };

  it.each(Object.entries(RIVALS))(
    'a release, and %s at any moment of it: one version serves, and no mix',
    async (_, rival) => {
      const prepare = async () => {
        await again();
        await release('three');
        await release('one');
      };
      await prepare();
      const count = await countOf((target) => release('two', target));
      for (const moment of ['before', 'after'] as const)
        for (const at of triedNumbers(count, 3)) {
          await prepare();
          const isIt = nth(at);
          let met = false;
          bed.azure.meet = async (asked, now) => {
            if (met || now !== moment || !isIt(asked)) return;
            met = true;
            bed.azure.meet = () => undefined;
            await rival(bed.targetWith({ context: { ...bed.options.context, runId: '8' } })).catch(
              () => null,
            );
          };
          const mine = await release('two').catch((error: unknown) => error as Error);
          expect(met, `change ${at}`).toBe(true);
          const { live, status } = await bed.target.describe(ENDPOINT);
          expect(status).toBe('serving');
          const one = Object.values(endpoint().traffic).filter((percent) => percent > 0);
          expect(one, `${moment} change ${at}`).toEqual([100]);
          const outcome = mine instanceof Error ? mine.name : mine.outcome;
          // Green is said of what serves, and of nothing else.
          if (['promoted', 'deployed', 'unchanged'].includes(outcome))
            expect(live?.modelDigest, `${moment} change ${at}: ${outcome}`).toBe('2'.repeat(64));
        }
    },
  );
});

it('a move that was written over another one is never green, and says so', async () => {
  await release('one');
  const [three, two] = [
    await bed.target.plan(bed.request('three')),
    await bed.target.plan(bed.request('two')),
  ];
  await bed.target.stage(three);
  await bed.target.stage(two);
  const others = bed.targetWith({ context: { ...bed.options.context, runId: '8' } });
  // Both have compared; the other one is a moment faster.
  bed.azure.meet = async ({ method, body }, moment) => {
    if (moment !== 'before' || method !== 'PUT' || !body.includes(`"v-${two.version}":100`)) return;
    bed.azure.meet = () => undefined;
    expect((await others.promote(three)).outcome).toBe('promoted');
  };
  const mine = await bed.target.promote(two);
  expect(mine.outcome).toBe('failed');
  expect(mine.message).toMatch(/Another run changed churn at the same moment, and this one wrote over it/);
});

describe('an endpoint that a dead run has made, and nothing else', () => {
  beforeEach(async () => {
    const { options } = processThatDies(
      ({ method, path }) => method === 'PUT' && path.endsWith('/onlineEndpoints/churn'),
    );
    await release('one', bed.targetWith(options)).catch(() => null);
    expect(endpoint().deployments.size).toBe(0);
  });

  it('goes with teardown', async () => {
    const gone = await bed.target.teardown(ENDPOINT);
    expect(gone).toMatchObject({ outcome: 'torn-down', description: { status: 'absent' } });
    expect(bed.azure.world.endpoints.size).toBe(0);
  });

  it('goes with reap, when nobody can be about to use it', async () => {
    await bed.target.reap(ENDPOINT, null);
    expect(bed.azure.world.endpoints.size).toBe(1);
    bed.ports.clock.advance(7 * 3_600_000);
    expect((await bed.target.reap(ENDPOINT, null)).outcome).toBe('discarded');
    expect(bed.azure.world.endpoints.size).toBe(0);
  });

  it('of somebody else stays', async () => {
    const others = { context: { repository: 'acme/other', commit: 'c0ffee', runId: '' } };
    await expect(bed.targetWith(others).teardown(ENDPOINT)).rejects.toThrow(
      /belongs to the repository acme\/churn/,
    );
    expect(bed.azure.world.endpoints.size).toBe(1);
  });
});

describe('an endpoint that goes between two requests of a look', () => {
  // Another run, or the one before this, has asked for its end.
  const goesNow = () => {
    const { azure } = bed;
    const earlier = azure.meet;
    azure.meet = async (asked, moment) => {
      await earlier(asked, moment);
      if (moment === 'before' && asked.path.endsWith('/onlineEndpoints/churn/deployments'))
        azure.world.endpoints.delete('churn');
    };
  };
  beforeEach(() => release('one'));

  it('is gone', async () => {
    goesNow();
    expect(await bed.target.describe(ENDPOINT)).toMatchObject({ status: 'absent', versions: [] });
  });

  it('has been torn down', async () => {
    goesNow();
    expect(await bed.target.teardown(ENDPOINT)).toMatchObject({ description: { status: 'absent' } });
  });

  it('has nothing to reap', async () => {
    goesNow();
    expect(await bed.target.reap(ENDPOINT, null)).toMatchObject({ description: { status: 'absent' } });
  });
});

describe('what no log holds', () => {
  it('is a token, a key, and where an operation is asked about', async () => {
    await release('one');
    await release('two');
    await bed.target.stage(await bed.target.plan(bed.request('broken')));
    await bed.target.teardown(ENDPOINT);
    const text = bed.ports.log.text;
    expect(text.length).toBeGreaterThan(500);
    expect(text).not.toMatch(/Bearer|head\.[\w-]+\.signature|mfeOperations|[?&](t|c|sig|se)=/);
  });
});
