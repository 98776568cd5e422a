/** acceptance-azure.yml, which is for a real workspace, on the stand-in for Azure: that its steps fit together. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAcceptanceBed, type AcceptanceBed } from './acceptance-bed.ts';
import { missingAct } from './act-bed.ts';
import { startAzureSide, STORE, type AzureSide } from './azure-side.ts';

const missing = missingAct();
if (missing !== null) console.log(`skipped: acceptance-azure.yml under act: ${missing}`);

describe.skipIf(missing !== null)('acceptance-azure.yml under act', () => {
  let side: AzureSide;
  let bed: AcceptanceBed;
  const stops: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    side = await startAzureSide();
    stops.push(() => side.close());
    bed = await startAcceptanceBed('acceptance-azure', { config: 'ml-deploy-azure.yml', env: side.env });
    stops.push(() => bed.close());
  });
  afterAll(async () => {
    for (const stop of stops.toReversed()) await stop();
  });

  test('releases, promotes by a canary, refuses, rolls back, and leaves nothing', async () => {
    const { world } = side.azure;
    const [, , subscription = '', , group = '', , , , workspace = ''] = world.workspace.id.split('/');
    // What the page says of the quota: three versions of one instance.
    world.cores = 12;
    const run = await bed.accept({
      ACCEPTANCE_AZURE_WORKSPACE: workspace,
      ACCEPTANCE_AZURE_RESOURCE_GROUP: group,
      ACCEPTANCE_AZURE_SUBSCRIPTION_ID: subscription,
      ACCEPTANCE_AZURE_TENANT_ID: side.entra.tenantId,
      ACCEPTANCE_AZURE_CLIENT_ID: side.entra.clientId,
      ACCEPTANCE_AZURE_SERVING_IDENTITY: `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/serving`,
      ACCEPTANCE_AZURE_CONTAINER: STORE,
      ACCEPTANCE_AZURE_REGISTRY: 'acme.azurecr.io',
      ACCEPTANCE_AZURE_IMAGE: `acme.azurecr.io/ml-deploy-acceptance@sha256:${'a'.repeat(64)}`,
    });
    expect(run.exitCode, run.log.slice(-6000)).toBe(0);
    expect(run.log).toContain('outcome=torn-down');
    const sent = side.azure.asked
      .filter(
        ({ method, path }) => method === 'PUT' && path.endsWith('/onlineEndpoints/ml-deploy-acceptance'),
      )
      .map(({ body }) => body.toString());
    expect(sent.some((body) => /"traffic":\{[^}]*:25[,}]/.test(body))).toBe(true);
    expect([...world.endpoints.keys()]).toEqual([]);
    const lines = run.log.split('\n').filter((line) => !line.includes('::add-mask::'));
    expect(side.entra.tokens.length).toBeGreaterThan(1);
    for (const token of side.entra.tokens) expect(lines.some((line) => line.includes(token))).toBe(false);
  });

  test('does nothing where no workspace is named', async () => {
    const run = await bed.accept();
    expect(run.jobs).toEqual({});
  });
});
