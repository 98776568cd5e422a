/** An endpoint that people, azapi or Bicep made: taken over only where that is asked for, and without a field lost. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { DeploymentTarget } from '../../../../src/core/targets.ts';
import { makeAzureMlBed, type AzureMlBed } from '../../../platforms/azure-ml-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const IDENTITY =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i';
const BY_OTHERS = {
  location: 'westeurope',
  kind: 'Managed',
  sku: { name: 'Default', tier: 'Standard' },
  tags: { team: 'churn', 'cost-centre': '7' },
  identity: { type: 'UserAssigned', userAssignedIdentities: { [IDENTITY]: {} } },
  properties: {
    authMode: 'AADToken',
    description: 'Churn, since 2023',
    publicNetworkAccess: 'Disabled',
    properties: { enforce_access_to_default_secret_stores: 'Enabled' },
    mirrorTraffic: {},
    traffic: {},
    fromTheFuture: { nested: [1, 2] },
  },
};
const BLUE = {
  location: 'westeurope',
  tags: { made: 'by hand' },
  sku: { name: 'Default', capacity: 2 },
  properties: {
    endpointComputeType: 'Managed',
    instanceType: 'Standard_DS3_v2',
    model: '/m',
    environmentId: '/e',
  },
};

let bed: AzureMlBed;
let target: DeploymentTarget;
beforeEach(async () => {
  bed = await makeAzureMlBed();
  target = bed.targetWith({ adopt: true });
  const { world } = bed.azure;
  world.putEndpoint(ENDPOINT, BY_OTHERS);
  world.advance(600);
  world.putDeployment(world.endpointOf(ENDPOINT), 'blue', BLUE);
  world.advance(900);
  world.putEndpoint(ENDPOINT, {
    ...BY_OTHERS,
    properties: { ...BY_OTHERS.properties, traffic: { blue: 100 } },
  });
  world.advance(300);
  bed.ports.clock.advance(1_800_000);
});
afterEach(() => bed.dispose());

/** Every leaf of what a GET answers, by its path. */
async function leaves(): Promise<ReadonlyMap<string, string>> {
  const found = await bed.options.resources.endpoint(ENDPOINT);
  const all = new Map<string, string>();
  const walk = (value: unknown, path: string): void => {
    if (typeof value === 'object' && value !== null && Object.keys(value).length > 0)
      for (const [key, inner] of Object.entries(value)) walk(inner, `${path}/${key}`);
    else all.set(path, JSON.stringify(value));
  };
  walk(found, '');
  return all;
}

it('is taken over only where that is asked for', async () => {
  await expect(bed.target.plan(bed.request('two'))).rejects.toThrow(
    /adopt: false, but the endpoint churn was not created by ml-deploy/,
  );
  await expect(bed.target.teardown(ENDPOINT)).rejects.toThrow(/was not created by ml-deploy/);
});

it('keeps every field but its traffic and our tags, through a release and a rollback', async () => {
  const before = await leaves();
  const differences = async () => {
    const after = await leaves();
    return [...new Set([...before.keys(), ...after.keys()])].filter(
      (path) => before.get(path) !== after.get(path),
    );
  };
  const isOurs = (path: string) => /^\/properties\/traffic\/|^\/tags\/ml-deploy:/.test(path);
  expect((await target.deploy(await target.plan(bed.request('two')))).outcome).toBe('deployed');
  expect((await differences()).filter((path) => !isOurs(path))).toEqual([]);
  expect((await target.describe(ENDPOINT)).previous?.version).toBe('blue');
  expect((await target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
  expect((await differences()).filter((path) => !path.startsWith('/tags/ml-deploy:'))).toEqual([]);
});

it('never loses the deployment of others, and is not torn down', async () => {
  const few = bed.targetWith({ adopt: true, keepVersions: 0 });
  for (const model of ['one', 'two', 'three'] as const) await few.deploy(await few.plan(bed.request(model)));
  expect(bed.azure.world.endpointOf(ENDPOINT).deployments.has('blue')).toBe(true);
  expect(bed.azure.world.endpointOf(ENDPOINT).deployments.get('blue')?.body).toEqual(BLUE);
  await expect(bed.targetWith({}).teardown(ENDPOINT)).rejects.toThrow(
    /was not created by ml-deploy, which took it over/,
  );
});
