/**
 * A push as a user makes it: deploy-ml-model.yml -> deploy.yml with target azure-ml. What serves then is read back by
 * Microsoft's own client. Azure, GitHub and Slack are stand-ins.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { missingWitness, startWitness, type Witness } from '../beds/azure-witness.ts';
import { missingAct, startActBed, type ActBed } from './act-bed.ts';
import { startAzureSide, type AzureSide } from './azure-side.ts';

const missing = missingAct() ?? missingWitness;
if (missing !== null) console.log(`skipped: Azure ML by workflows under act: ${missing}`);

interface Read {
  readonly traffic: Readonly<Record<string, number>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly deployments: readonly { readonly name: string; readonly instanceType: string }[];
}

describe.skipIf(missing !== null)('Azure ML: a push, under act', () => {
  let side: AzureSide;
  let bed: ActBed;
  let witness: Witness;
  const stops: (() => Promise<void> | void)[] = [];

  beforeAll(async () => {
    side = await startAzureSide();
    stops.push(() => side.close());
    bed = await startActBed({ config: 'ml-deploy-azure.yml', env: side.env });
    stops.push(() => bed.close());
    const [, , subscription = '', , resourceGroup = '', , , , workspace = ''] =
      side.azure.world.workspace.id.split('/');
    witness = startWitness(side.azure.url, { subscription, resourceGroup, workspace });
    stops.push(() => witness.close());
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  test("lets a version serve, which Microsoft's own client reads back, and tells no token", async () => {
    const run = await bed.push('develop', 'v2', { log: 'azure-develop' });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.jobs).toEqual({ train: true, prepare: true, release: true });
    side.azure.world.advance(600);
    const { traffic, tags, deployments } = await witness.ask<Read>({ read: 'churn-dev' });
    const [live] = deployments;
    expect(deployments).toHaveLength(1);
    expect(live).toMatchObject({ instanceType: 'Standard_DS2_v2' });
    expect(traffic).toEqual({ [live?.name ?? '']: 100 });
    const version = live?.name.replace(/^v-/, '') ?? '';
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    expect(tags).toMatchObject({
      'ml-deploy:endpoint': 'churn-dev',
      // That it was verified.
      [`ml-deploy:n-${version}`]: expect.stringMatching(/^f:v/) as string,
    });
    expect(run.log).toContain(`running-version=${version}`);
    const lines = run.log.split('\n').filter((line) => !line.includes('::add-mask::'));
    expect(side.entra.tokens.length).toBeGreaterThan(1);
    for (const token of side.entra.tokens) expect(lines.some((line) => line.includes(token))).toBe(false);
  });
});
