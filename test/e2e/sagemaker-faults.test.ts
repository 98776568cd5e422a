/**
 * A share of the fault matrix, a process that is really killed, and two runs at once for one endpoint: each race once,
 * `npm run test:faults` each as often as there are seeds, and all that there is of the others.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { OPTIONAL_READS, tryDenials } from '../faults/denied.ts';
import { FLOWS } from '../faults/flows.ts';
import { killSomewhere, REAL_DIST } from '../faults/main-real.ts';
import { baseline, tryCase } from '../faults/matrix.ts';
import { act, healthy, openScene } from '../faults/scene.ts';
import { LOST_RACES, RACES, runRace } from '../faults/races.ts';
import { SAGEMAKER_FLOWS } from '../faults/real-sagemaker.ts';
import { denialLines, failureLine, tryShare } from '../faults/share.ts';
import { triedOf } from '../share.ts';

/** One of so many flows, and of so many of its cases: no multiple of the number of faults, so that each has its turn. */
const EVERY_FLOW = 6;
const EVERY = 193;
const SEEDS = Array.from({ length: 4 }, (_, seed) => seed);

describe('a share of the fault matrix', () => {
  it.each(triedOf(FLOWS, EVERY_FLOW).map(({ name }, at) => ({ name, at })))('$name', async ({ name, at }) => {
    const failed: string[] = [];
    let tried = 0;
    const share = { part: at % EVERY, of: EVERY, flow: name, fault: '', exact: true };
    await tryShare(share, ({ verdicts, denials }) => {
      tried += verdicts.length;
      failed.push(...verdicts.filter(({ wrong }) => wrong.length > 0).map(failureLine));
      failed.push(...denialLines({ flow: name, denials }));
    });
    expect(failed).toEqual([]);
    expect(tried).toBeGreaterThanOrEqual(2);
  });

  it.each(triedOf(FLOWS, 8))('A3 $name, with each read denied that it can do without', async (flow) => {
    const { start, alone } = await baseline(flow);
    const denials = await tryDenials(flow, start, alone.trace);
    expect(denialLines({ flow: flow.name, denials })).toEqual([]);
    expect(denials.length).toBeGreaterThanOrEqual(flow.command === 'discard' ? 0 : 1);
  });

  it('A3 the guide names every read that a flow can do without', () => {
    const guide = readFileSync(join(root, 'docs/iam/README.md'), 'utf8');
    for (const read of Object.keys(OPTIONAL_READS)) expect(guide).toContain(`\`${read}\``);
  });

  it('A3 counts what the policy of the role does not have as a failure', async () => {
    const flow = FLOWS.find(({ name }) => name === 'deploy, update');
    if (flow === undefined) throw new Error('There is no such flow.');
    const base = await baseline(flow);
    // With the role that may roll back, and nothing more.
    const scene = await openScene({ ...flow, command: 'rollback' }, base.start);
    const deploys = { ...scene, flow };
    await expect(act(deploys, healthy(deploys))).rejects.toThrow('do not allow');
    expect([...scene.guard.missing].join()).toContain('docs/iam/rollback.json has no sagemaker:Create');
    await scene.bed.dispose();
  });

  it('counts a fault that is never met as a failure, and one that changes the end', async () => {
    const flow = FLOWS.find(({ name }) => name === 'stage');
    if (flow === undefined) throw new Error('There is no such flow.');
    const base = await baseline(flow);
    const place = { name: 'sagemaker:CreateEndpoint', nth: 2 };
    const missed = await tryCase(flow, { place, fault: 'denied' }, base);
    expect(missed.wrong).toEqual(['the fault was never met']);
    const met = { place: { ...place, nth: 1 }, fault: 'kill-after' } as const;
    expect((await tryCase(flow, met, base)).wrong).toEqual([]);
    const other = { ...base, end: base.end.slice(1) };
    expect((await tryCase(flow, met, other)).wrong.join()).toContain('in the end left: ');
  });
});

const isBuilt = existsSync(join(REAL_DIST, 'deploy-endpoint/index.js'));
if (!isBuilt) console.log('skipped: dist is not built (npm run build)');

describe.skipIf(!isBuilt)('a process of the built action, killed', () => {
  it.each(triedOf(SAGEMAKER_FLOWS, SAGEMAKER_FLOWS.length))('$name', async (flow) => {
    const { verdicts } = await killSomewhere(flow, SAGEMAKER_FLOWS.length);
    expect(verdicts.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
    expect(verdicts.length).toBeGreaterThan(0);
  });
});

describe('two runs at once for one endpoint', () => {
  it.each(RACES)('$name', async (race) => {
    const verdicts = await runRace(race, triedOf(SEEDS, SEEDS.length));
    expect(verdicts.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  });

  it.each(LOST_RACES)('$name', async (race) => {
    const verdicts = await runRace(race, race.seeds);
    expect(verdicts.filter(({ wrong }) => wrong.length > 0)).toEqual([]);
  });
});
