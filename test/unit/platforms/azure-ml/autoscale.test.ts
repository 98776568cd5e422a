/** Autoscaling by Azure Monitor: one setting for each deployment, which comes before its requests and goes before it does. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CloudSettings } from '../../../../src/core/plan/cloud-settings.ts';
import type { Json } from '../../../fakes/azure/world.ts';
import { makeAzureMlBed, type AzureMlBed } from '../../../platforms/azure-ml-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

const scaling = {
  minCapacity: 2,
  maxCapacity: 8,
  invocationsPerInstance: null,
  scaleInCooldown: null,
  scaleOutCooldown: null,
};
const SCALED: CloudSettings = { scaling };

let bed: AzureMlBed;
beforeEach(async () => {
  bed = await makeAzureMlBed();
});
afterEach(() => bed.dispose());

const planOf = (model: ModelName, settings: CloudSettings = {}) =>
  bed.target.plan(bed.requestWith(model, settings));
const serve = async (model: ModelName, settings: CloudSettings = {}) => {
  const result = await bed.target.deploy(await planOf(model, settings));
  expect(result.outcome, result.message).toMatch(/deployed|unchanged/);
  return result.description.live?.version ?? '';
};
const deployments = () => bed.azure.world.endpoints.get(ENDPOINT)?.deployments ?? new Map<string, never>();
const capacityOf = (version: string) =>
  (deployments().get(`v-${version}`)?.body.sku as { capacity?: number } | undefined)?.capacity;
/** The number that Azure Monitor has come to. */
const grow = (version: string, capacity: number) => {
  const found = deployments().get(`v-${version}`);
  if (found === undefined) throw new Error(`There is no ${version}.`);
  found.body = { ...found.body, sku: { name: 'Default', capacity } };
};
const ours = () =>
  [...bed.azure.world.settings.values()].map(({ properties }) => targetOf(properties as Json));
const targetOf = ({ targetResourceUri }: Json) => String(targetResourceUri).split('/').at(-1);
const changes = () =>
  bed.azure.asked
    .filter(({ method }) => method === 'PUT' || method === 'DELETE')
    .map(({ method, path, body }) => {
      const { properties } = (body.length > 0 ? JSON.parse(body.toString()) : {}) as { properties?: Json };
      const traffic = Object.keys(properties?.traffic ?? {}).length > 0 ? ' with traffic' : '';
      const [kind = '', name = ''] = path.split('/').slice(-2);
      return `${method} ${kind === 'onlineEndpoints' ? `endpoint${traffic}` : kind} ${name.replaceAll(/[0-9a-f]{8,16}/g, '*')}`;
    });

it('a version is scaled before it gets requests, and the plan says how', async () => {
  const plan = await planOf('one', SCALED);
  expect(plan.changes).toContainEqual({
    field: 'autoscaling',
    from: null,
    to: '2 to 8 instances, aiming at 60 % of CPU',
  });
  expect(plan.findings.map(({ message }) => message).join('\n')).toContain(
    'Azure Monitor scales each version by itself: 2 to 8 instances, aiming at 60 % of CPU.',
  );
  expect(JSON.stringify(plan.steps)).toContain('PUT its autoscaleSettings');
  await bed.target.deploy(plan);
  expect(changes()).toEqual([
    'PUT versions *',
    'PUT versions *',
    'PUT endpoint churn',
    'PUT deployments v-*',
    'PUT autoscaleSettings ml-deploy-churn-v-*-*',
    'PUT endpoint with traffic churn',
  ]);
  const [setting] = bed.azure.world.settings.values();
  expect(setting).toMatchObject({
    tags: { 'ml-deploy:endpoint': ENDPOINT, team: 'growth' },
    properties: {
      enabled: true,
      profiles: [
        {
          capacity: { minimum: '2', maximum: '8', default: '2' },
          rules: [
            {
              metricTrigger: {
                metricName: 'CpuUtilizationPercentage',
                operator: 'GreaterThan',
                threshold: 60,
              },
              scaleAction: { direction: 'Increase', type: 'ChangeCount', value: '1' },
            },
            {
              metricTrigger: { operator: 'LessThan', threshold: 30 },
              scaleAction: { direction: 'Decrease', type: 'ChangeCount', value: '1' },
            },
          ],
        },
      ],
    },
  });
});

it('the number that it has come to is no change, and no reason to change it back', async () => {
  const version = await serve('one', SCALED);
  grow(version, 6);
  const digest = (await planOf('two', SCALED)).digest;
  bed.azure.asked.length = 0;
  expect((await planOf('one', SCALED)).action).toBe('unchanged');
  await serve('one', SCALED);
  expect(changes()).toEqual([]);
  expect(capacityOf(version)).toBe(6);
  // Nor is an approval outdated by the load.
  grow(version, 7);
  expect((await planOf('two', SCALED)).digest).toBe(digest);
});

it('the next version begins with what the one before it carries, and is scaled as that was', async () => {
  const one = await serve('one', SCALED);
  grow(one, 6);
  const two = await serve('two');
  expect(capacityOf(two)).toBe(6);
  expect(ours().toSorted()).toEqual([`v-${one}`, `v-${two}`].toSorted());
});

it('other bounds are no other version', async () => {
  const version = await serve('one', SCALED);
  const plan = await planOf('one', { scaling: { ...scaling, minCapacity: 3 }, scaleTarget: 70 });
  expect(plan.changes.map(({ field }) => field)).toEqual(['instances', 'autoscaling']);
  expect((await bed.target.deploy(plan)).description.live?.version).toBe(version);
  expect(capacityOf(version)).toBe(3);
  expect([...bed.azure.world.settings.values()]).toMatchObject([
    { properties: { profiles: [{ capacity: { minimum: '3' } }] } },
  ]);
});

it('autoscaling ends where that is asked for', async () => {
  const version = await serve('one', SCALED);
  grow(version, 6);
  await serve('one', { removeScaling: true, instanceCount: 2 });
  expect(ours()).toEqual([]);
  expect(capacityOf(version)).toBe(2);
});

it('a version that goes takes its setting with it, first', async () => {
  const keepFew = bed.targetWith({ keepVersions: 0 });
  const another = { ...SCALED, maxConcurrentRequests: 2 };
  for (const [model, settings] of [
    ['one', SCALED],
    ['two', SCALED],
    ['three', SCALED],
    ['three', another],
  ] as const)
    await keepFew.deploy(await keepFew.plan(bed.requestWith(model, settings)));
  expect(ours()).toHaveLength(3);
  expect(ours().toSorted()).toEqual([...deployments().keys()].toSorted());
  const gone = changes().filter((change) => change.startsWith('DELETE'));
  expect(gone).toEqual(['DELETE autoscaleSettings ml-deploy-churn-v-*-*', 'DELETE deployments v-*']);
});

/** What others keep in the same resource group. */
function putOthers() {
  const id = (endpoint: string) =>
    `${bed.azure.world.workspace.id}/onlineEndpoints/${endpoint}/deployments/blue`;
  const others: readonly (readonly [string, Json])[] = [
    ['of people', { tags: {}, properties: { targetResourceUri: id(ENDPOINT), profiles: [] } }],
    [
      'of another endpoint',
      {
        tags: { 'ml-deploy:endpoint': 'fraud' },
        properties: { targetResourceUri: id('fraud'), profiles: [] },
      },
    ],
    [
      'of another workspace',
      {
        tags: { 'ml-deploy:endpoint': ENDPOINT },
        properties: { targetResourceUri: id(ENDPOINT).replace('/acme/', '/other/'), profiles: [] },
      },
    ],
  ];
  for (const [name, setting] of others)
    bed.azure.world.settings.set(name, { ...setting, name, location: 'x' });
  return others.map(([name]) => name);
}

it('teardown removes the settings of the endpoint, and no other', async () => {
  await serve('one', SCALED);
  await serve('two', SCALED);
  const others = putOthers();
  await bed.target.teardown(ENDPOINT);
  expect([...bed.azure.world.settings.keys()]).toEqual(others);
});

it('reap removes the settings of deployments that somebody else has removed, and no other', async () => {
  const one = await serve('one', SCALED);
  const two = await serve('two', SCALED);
  const others = putOthers();
  deployments().delete(`v-${one}`);
  await bed.target.reap(ENDPOINT, null);
  expect([...bed.azure.world.settings.keys()]).toEqual([expect.stringContaining(two), ...others]);
});

it('a setting that somebody has removed is made again', async () => {
  const version = await serve('one', SCALED);
  bed.azure.world.settings.clear();
  const plan = await planOf('one', SCALED);
  expect(plan.action).toBe('update');
  await bed.target.deploy(plan);
  expect(ours()).toEqual([`v-${version}`]);
});

it('who may not scale is told which permission is missing, and the old version serves', async () => {
  const version = await serve('one');
  bed.azure.allows = (permission) => permission !== 'Microsoft.Insights/autoscaleSettings/write';
  const plan = await planOf('two', SCALED);
  const said = await bed.target.deploy(plan).then(
    ({ outcome, message }) => `${outcome}: ${message}`,
    (error: unknown) => String(error),
  );
  expect(said).toContain('Microsoft.Insights/autoscaleSettings/write');
  expect(said).not.toMatch(/^deployed/);
  expect((await bed.target.describe(ENDPOINT)).live?.version).toBe(version);
});
