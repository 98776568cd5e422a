/**
 * The role definitions of docs/iam/azure: each has the operations that its jobs use on the stand-in, which is not Azure, and
 * no other.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { messageOf } from '../../src/core/errors.ts';
import type { Strategy } from '../../src/documents/plan.ts';
import { makeAzureMlBed, type AzureMlBed } from '../platforms/azure-ml-bed.ts';
import { ENDPOINT, type ModelName } from '../platforms/target-suite.ts';

interface Role {
  readonly actions: readonly string[];
  readonly dataActions: readonly string[];
}

const ROLES = ['plan', 'release', 'smoke'] as const;
type RoleName = (typeof ROLES)[number];

const readRole = (name: RoleName) =>
  JSON.parse(readFileSync(join(root, `docs/iam/azure/${name}.json`), 'utf8')) as Role;
const permissionsOf = ({ actions, dataActions }: Role) => [...actions, ...dataActions];

const CANARY: Strategy = { type: 'canary', stepPercent: 10, bakeMinutes: 5, alarms: [] };
const SCALED = {
  scaling: {
    minCapacity: 2,
    maxCapacity: 4,
    invocationsPerInstance: null,
    scaleInCooldown: null,
    scaleOutCooldown: null,
  },
} as const;
const TOKENS = { authMode: 'aml-token' } as const;

let bed: AzureMlBed;
beforeEach(async () => {
  bed = await makeAzureMlBed();
});
afterEach(() => bed.dispose());

const serve = async (model: ModelName, settings = {}, changes = {}, endpoint = ENDPOINT) =>
  bed.target.deploy(await bed.target.plan(bed.requestWith(model, settings, changes, endpoint)));
const call = async (endpoint: string, candidate: string | null = null) => {
  const invoker = await bed.target.invoker(endpoint, candidate);
  const { status } = await invoker.invoke('{}', 'application/json', AbortSignal.timeout(200_000));
  return status;
};

const BEFORE: Readonly<Record<RoleName, () => Promise<unknown>>> = {
  plan: () => serve('one', SCALED),
  release: () => Promise.resolve(),
  smoke: async () => {
    await serve('one');
    await serve('one', TOKENS, {}, 'other');
    await bed.target.stage(await bed.target.plan(bed.request('two')));
  },
};

type Step = (run: () => Promise<unknown>) => Promise<void>;

const FLOWS: Readonly<Record<RoleName, (step: Step) => Promise<void>>> = {
  plan: async (step) => {
    await step(() => bed.target.plan(bed.requestWith('two', SCALED)));
    await step(() => bed.target.plan(bed.request('one')));
  },
  release: async (step) => {
    const { target } = bed;
    await step(() => target.plan(bed.requestWith('one', SCALED)));
    await step(() => serve('one', SCALED));
    await step(() => serve('one', { removeScaling: true }));
    await step(async () => {
      const plan = await target.plan(bed.requestWith('two', {}, { strategy: CANARY }));
      await target.stage(plan);
      await call(ENDPOINT, plan.candidate);
      return target.promote(plan);
    });
    await step(() => serve('one', TOKENS, {}, 'other'));
    await step(() => call('other'));
    await step(() => serve('broken'));
    await step(() => target.rollback(ENDPOINT, null));
    await step(async () =>
      target.markVerified(ENDPOINT, (await target.describe(ENDPOINT)).live?.version ?? ''),
    );
    await step(() => target.logs(ENDPOINT, 10));
    await step(() => target.reap(ENDPOINT, null));
    await step(() => target.teardown(ENDPOINT));
  },
  smoke: async (step) => {
    const { target } = bed;
    await step(() => call(ENDPOINT));
    await step(() => call('other'));
    await step(async () => call(ENDPOINT, (await target.describe(ENDPOINT)).candidates[0]?.name ?? null));
    await step(() => target.logs(ENDPOINT, 10));
    await step(async () =>
      target.markVerified(ENDPOINT, (await target.describe(ENDPOINT)).live?.version ?? ''),
    );
  },
};

async function run(role: RoleName): Promise<string> {
  const said: string[] = [];
  await FLOWS[role](async (make) => {
    const made = await make().catch((error: unknown) => messageOf(error));
    said.push(JSON.stringify(made ?? ''));
  });
  return [...said, bed.ports.log.text].join('\n');
}

describe.each(ROLES)('docs/iam/azure/%s.json', (name) => {
  it('has every operation that its jobs use, and no other', async () => {
    await BEFORE[name]();
    bed.azure.permissions.clear();
    expect(await run(name)).not.toContain('not allowed');
    expect(permissionsOf(readRole(name)).toSorted()).toEqual([...bed.azure.permissions].toSorted());
  });

  it('says which one is missing', async () => {
    for (const removed of permissionsOf(readRole(name))) {
      await bed.dispose();
      bed = await makeAzureMlBed();
      await BEFORE[name]();
      bed.ports.log.lines.length = 0;
      bed.azure.allows = (permission) => permission !== removed;
      expect(await run(name), removed).toContain(removed);
    }
  });
});

it('who plans changes nothing', () => {
  const changing = permissionsOf(readRole('plan')).filter((action) => !action.endsWith('/read'));
  expect(changing).toEqual([]);
});

it('only requests are data actions', () => {
  for (const name of ROLES)
    for (const action of permissionsOf(readRole(name))) {
      const isData = readRole(name).dataActions.includes(action);
      expect(isData, action).toBe(action.endsWith('/score/action'));
      expect(action).not.toContain('*');
    }
});
