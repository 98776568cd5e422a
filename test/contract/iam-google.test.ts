/**
 * The custom roles of docs/iam/gcp: each has the permissions that its jobs use on the stand-in, which is not Google Cloud, and
 * no other.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { messageOf } from '../../src/core/errors.ts';
import type { Strategy } from '../../src/documents/plan.ts';
import { makeVertexBed, type VertexBed } from '../platforms/vertex-bed.ts';
import { ENDPOINT, type ModelName } from '../platforms/target-suite.ts';

const ROLES = ['plan', 'release', 'smoke'] as const;
type RoleName = (typeof ROLES)[number];

const permissionsOf = (name: RoleName) => {
  const file = readFileSync(join(root, `docs/iam/gcp/${name}.json`), 'utf8');
  return (JSON.parse(file) as { readonly includedPermissions: readonly string[] }).includedPermissions;
};

const CANARY: Strategy = { type: 'canary', stepPercent: 10, bakeMinutes: 5, alarms: [] };

let bed: VertexBed;
beforeEach(() => {
  bed = makeVertexBed();
});
afterEach(() => bed.dispose());

const serve = async (model: ModelName) => bed.target.deploy(await bed.target.plan(bed.request(model)));
const call = async (candidate: string | null = null) => {
  const invoker = await bed.target.invoker(ENDPOINT, candidate);
  return (await invoker.invoke('{}', 'application/json', bed.ports.signal)).status;
};
const staged = async () => {
  const plan = await bed.target.plan(bed.requestWith('two', {}, { strategy: CANARY }));
  await bed.target.stage(plan);
  return plan;
};

const BEFORE: Readonly<Record<RoleName, () => Promise<unknown>>> = {
  plan: async () => {
    await serve('one');
    await staged();
  },
  release: () => Promise.resolve(),
  smoke: async () => {
    await serve('one');
    await staged();
  },
};

type Step = (run: () => Promise<unknown>) => Promise<void>;

const FLOWS: Readonly<Record<RoleName, (step: Step) => Promise<void>>> = {
  plan: async (step) => {
    await step(() => bed.target.plan(bed.request('two')));
    await step(() => bed.target.plan(bed.request('one')));
  },
  release: async (step) => {
    const { target } = bed;
    await step(() => serve('one'));
    await step(async () => target.promote(await staged()));
    await step(() => serve('broken'));
    await step(() => target.rollback(ENDPOINT, null));
    await step(() => target.reap(ENDPOINT, null));
    await step(() => target.teardown(ENDPOINT));
  },
  smoke: async (step) => {
    const { target } = bed;
    await step(() => call());
    await step(async () => call((await target.describe(ENDPOINT)).candidates[0]?.name ?? null));
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

describe.each(ROLES)('docs/iam/gcp/%s.json', (name) => {
  it('has every permission that its jobs use, and no other', async () => {
    await BEFORE[name]();
    bed.google.permissions.clear();
    expect(await run(name)).not.toContain('not allowed');
    expect(permissionsOf(name).toSorted()).toEqual([...bed.google.permissions].toSorted());
  });

  it('says which one is missing', async () => {
    for (const removed of permissionsOf(name)) {
      await bed.dispose();
      bed = makeVertexBed();
      await BEFORE[name]();
      bed.ports.log.lines.length = 0;
      bed.google.allows = (permission) => permission !== removed;
      expect(await run(name), removed).toContain(removed);
    }
  });
});

it('who plans changes nothing', () => {
  expect(permissionsOf('plan').filter((permission) => !/\.(get|list)$/.test(permission))).toEqual([]);
});
