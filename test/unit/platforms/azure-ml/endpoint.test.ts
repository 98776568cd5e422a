/** Azure ML's endpoints: what is sent is all that was there, what serves is read from the traffic, and is compared as it is named. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Arm } from '../../../../src/clouds/azure/arm.ts';
import { AzureTokens } from '../../../../src/clouds/azure/tokens.ts';
import { writeMarker } from '../../../../src/deployment/rollout/marker.ts';
import { changedEndpoint, type EndpointResource } from '../../../../src/platforms/azure-ml/endpoint.ts';
import {
  readServed,
  readWaiting,
  servedTags,
  TAG,
  waitingTag,
} from '../../../../src/platforms/azure-ml/ledger.ts';
import { deploymentOf, NAME, versionOf } from '../../../../src/platforms/azure-ml/names.ts';
import { Resources } from '../../../../src/platforms/azure-ml/resources.ts';
import { servingOf, sharesOf, trafficOf } from '../../../../src/platforms/azure-ml/serving.ts';
import { startEntra, type FakeEntra } from '../../../fakes/azure/entra.ts';
import { startFakeAzure, type FakeAzure } from '../../../fakes/azure/fake-azure.ts';
import { fakeSignIn } from '../../../fakes/azure/sign-in.ts';
import { SECONDS } from '../../../fakes/azure/world.ts';

const OLD = 'a'.repeat(16);
const NEW = 'b'.repeat(16);
const USER_IDENTITY =
  '/subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/i';

/** As somebody's Bicep or azapi makes one, with what ml-deploy has never heard of. */
const BY_OTHERS = {
  location: 'westeurope',
  kind: 'Managed',
  sku: { name: 'Default', tier: 'Standard' },
  tags: { team: 'churn', 'cost-centre': '7' },
  identity: { type: 'UserAssigned', userAssignedIdentities: { [USER_IDENTITY]: {} } },
  properties: {
    authMode: 'Key',
    description: 'Churn, since 2023',
    publicNetworkAccess: 'Disabled',
    compute: '/subscriptions/s/computes/c',
    properties: { enforce_access_to_default_secret_stores: 'Enabled' },
    mirrorTraffic: { blue: 10 },
    traffic: {},
    fromTheFuture: { nested: [1, 2] },
  },
};

describe('against the stand-in', () => {
  let azure: FakeAzure;
  let entra: FakeEntra;
  let resources: Resources;

  beforeEach(async () => {
    azure = await startFakeAzure();
    entra = await startEntra(() => azure.world.now);
    entra.secrets.add('s3cret');
    const { clientId, tenantId, url: authorityHost } = entra;
    const signIn = fakeSignIn({ clientId, tenantId, authorityHost, clientSecret: 's3cret' });
    const arm = new Arm({ ...signIn, tokens: new AzureTokens(signIn), endpoint: azure.url });
    const [, , subscription = '', , resourceGroup = '', , , , workspace = ''] =
      azure.world.workspace.id.split('/');
    resources = new Resources(arm, { subscription, resourceGroup, workspace });
  });
  afterEach(async () => {
    await azure.stop();
    await entra.close();
  });

  const found = async (): Promise<EndpointResource> => {
    const endpoint = await resources.endpoint('churn');
    if (endpoint === null) throw new Error('There is no endpoint.');
    return endpoint;
  };

  it('an endpoint of others keeps every field, known or not, but for the traffic and our tags', async () => {
    await resources.putEndpoint('churn', BY_OTHERS);
    azure.world.advance(SECONDS.endpoint);
    await resources.putDeployment('churn', 'blue', {
      location: 'westeurope',
      properties: { instanceType: 'Standard_DS3_v2' },
    });
    azure.world.advance(SECONDS.deployment);
    const before = await found();
    const body = changedEndpoint(before, { traffic: { blue: 100 }, tags: { [TAG.endpoint]: 'churn' } });
    expect(JSON.stringify(body)).not.toMatch(
      /AzureAsyncOperationUri|onlineendpointid|principalId|provisioningState|scoringUri/,
    );
    await resources.putEndpoint('churn', body);
    azure.world.advance(60);
    const after = await found();
    expect(after.properties.traffic).toEqual({ blue: 100 });
    expect(after).toEqual({
      ...before,
      tags: { ...BY_OTHERS.tags, [TAG.endpoint]: 'churn' },
      properties: { ...before.properties, traffic: { blue: 100 } },
    });
  });

  it('its state is followed from nothing to what serves, late as Azure tells it', async () => {
    const state = async () => {
      const { state: is, version } = servingOf(await resources.endpoint('churn'), new Date(azure.world.now));
      return [is, version];
    };
    expect(await state()).toEqual(['absent', null]);
    await resources.putEndpoint('churn', BY_OTHERS);
    expect(await state()).toEqual(['starting', null]);
    azure.world.advance(SECONDS.endpoint);
    expect(await state()).toEqual(['absent', null]);
    for (const version of [OLD, NEW]) {
      const properties = { instanceType: 'Standard_DS3_v2' };
      await resources.putDeployment('churn', deploymentOf(version), { location: 'westeurope', properties });
      azure.world.advance(SECONDS.deployment);
    }
    await resources.putEndpoint(
      'churn',
      changedEndpoint(await found(), { traffic: { [deploymentOf(OLD)]: 100 }, tags: {} }),
    );
    azure.world.advance(60);
    expect(await state()).toEqual(['serving', OLD]);
    await resources.putEndpoint(
      'churn',
      changedEndpoint(await found(), { traffic: { [deploymentOf(NEW)]: 100 }, tags: {} }),
    );
    expect(await state()).toEqual(['moving', OLD]);
    azure.world.advance(SECONDS.traffic);
    expect(await state()).toEqual(['serving', OLD]);
    azure.world.advance(60);
    expect(await state()).toEqual(['serving', NEW]);
  });

  it('a version of a model is made once, and is not another one the next time', async () => {
    const properties = { modelUri: 'https://acme.blob.core.windows.net/models/x', modelType: 'custom_model' };
    const made = await resources.putAsset('models', 'churn', 'ab12', properties);
    expect(await resources.putAsset('models', 'churn', 'ab12', properties)).toEqual(made);
    expect(await resources.asset('models', 'churn', 'ab12')).toEqual(made);
    expect(await resources.asset('environments', 'churn', 'ab12')).toBeNull();
    const other = resources.putAsset('models', 'churn', 'ab12', {
      ...properties,
      modelUri: 'https://elsewhere',
    });
    await expect(other).rejects.toThrow('A version of the same name exists');
  });

  it('each request names the permission that Azure asks for', async () => {
    await resources.workspace();
    await resources.putEndpoint('churn', BY_OTHERS);
    azure.world.advance(SECONDS.endpoint);
    await resources.putDeployment('churn', 'blue', { properties: {} });
    azure.world.advance(SECONDS.deployment);
    await resources.deployments('churn');
    await resources.deployment('churn', 'blue');
    expect(await resources.logs('churn', 'blue', 'InferenceServer', 50)).toContain('InferenceServer of blue');
    await resources.putAsset('models', 'churn', '1', {});
    await resources.asset('models', 'churn', '1');
    await resources.deleteDeployment('churn', 'blue');
    await resources.deleteEndpoint('churn');
    azure.allows = () => false;
    for (const permission of azure.permissions) {
      azure.script = () => null;
      expect(await denials()).toContain(permission);
    }

    /** What each request says that it needs, where Azure does not say what is missing. */
    async function denials(): Promise<string[]> {
      azure.script = ({ path }) => ({
        status: 403,
        body: { error: { code: 'AuthorizationFailed', message: `No: ${path}` } },
      });
      const requests = [
        resources.workspace(),
        resources.endpoint('churn'),
        resources.putEndpoint('churn', {}),
        resources.deleteEndpoint('churn'),
        resources.deployments('churn'),
        resources.putDeployment('churn', 'blue', {}),
        resources.deleteDeployment('churn', 'blue'),
        resources.logs('churn', 'blue', 'InferenceServer', 1),
        resources.asset('models', 'churn', '1'),
        resources.putAsset('models', 'churn', '1', {}),
      ];
      const settled = await Promise.allSettled(requests);
      return settled.map((each) =>
        each.status === 'rejected' ? (/not allowed (\S+)\. /.exec(String(each.reason))?.[1] ?? '') : '',
      );
    }
  });
});

/** Longer after everything than Azure may take to show it. */
const NOW = new Date('2026-01-02T04:00:00Z');

const endpointWith = (
  traffic: Record<string, number>,
  { tags = {}, state = 'Succeeded' }: { tags?: Record<string, string>; state?: string } = {},
) =>
  ({
    name: 'churn',
    location: 'x',
    tags,
    properties: { authMode: 'AADToken', provisioningState: state, traffic },
  }) as EndpointResource;

describe('what serves', () => {
  const at = Date.parse('2026-01-02T03:00:00Z');
  const marker = { from: OLD, to: NEW, percent: 10, at, until: at + 600_000 };
  const marked = { [TAG.rollout]: writeMarker(marker) };
  const [oldName, newName] = [deploymentOf(OLD), deploymentOf(NEW)];

  it.each([
    [
      'a rollout of ours',
      { [oldName]: 90, [newName]: 10 },
      marked,
      { state: 'shifting', version: OLD, towards: NEW },
    ],
    [
      'a marker that somebody made untrue',
      { [oldName]: 50, [newName]: 50 },
      marked,
      { state: 'mixed', version: OLD },
    ],
    ['a split of others', { blue: 70, green: 30 }, {}, { state: 'mixed', version: 'blue' }],
    [
      'one, beside names that get nothing',
      { BLUE: 100, green: 0 },
      {},
      { state: 'serving', version: 'blue' },
    ],
    ['nothing, for a candidate', {}, {}, { state: 'absent', version: null }],
    ['nothing, with names', { blue: 0 }, {}, { state: 'absent', version: null }],
  ])('%s', (_, traffic, tags, serving) => {
    expect(servingOf(endpointWith(traffic, { tags }), NOW)).toMatchObject(serving);
  });

  it.each([
    ['Deleting', { state: 'going', version: 'blue' }],
    ['Updating', { state: 'moving', version: 'blue', towards: null }],
    ['Failed', { state: 'serving', version: 'blue' }],
  ])('while %s', (state, serving) => {
    expect(servingOf(endpointWith({ blue: 100 }, { state }), NOW)).toMatchObject(serving);
  });

  it('that failed before it served is broken', () => {
    expect(servingOf(endpointWith({}, { state: 'Failed' }), NOW)).toMatchObject({ state: 'broken' });
  });

  it('goes back into the traffic that it was read from', () => {
    const traffic = { [newName]: 10, blue: 90 };
    expect(trafficOf(sharesOf(traffic))).toEqual(traffic);
    expect(
      trafficOf([
        { version: OLD, percent: 0 },
        { version: NEW, percent: 100 },
      ]),
    ).toEqual({ [newName]: 100 });
  });
});

describe('names', () => {
  it.each([OLD, 'blue', 'v-short', 'deployment-x', `deployment-${OLD}`])('%s is found again', (version) => {
    expect(versionOf(deploymentOf(version))).toBe(version);
  });

  it.each(['V-AAAAAAAAAAAAAAAA', 'Blue', 'abcdef0123456789'])(
    'the deployment %s is found again',
    (deployment) => {
      expect(deploymentOf(versionOf(deployment))).toBe(deployment.toLowerCase());
    },
  );

  it('ours are names of Azure', () => {
    expect(deploymentOf(OLD)).toMatch(NAME);
    for (const wrong of ['ab', '1abc', 'a--b', 'a-', 'a'.repeat(33), 'a_b']) expect(wrong).not.toMatch(NAME);
  });
});

describe('tags', () => {
  it('hold what has served, and forget the oldest where there is no room', () => {
    const versions = Array.from({ length: 30 }, (_, at) => String(at).padStart(16, '0'));
    const back = { run: '17', from: NEW, to: OLD };
    const tags = servedTags({ versions, back, marker: '' });
    expect(tags[TAG.rollout]).toBeNull();
    const written = Object.entries(tags).filter((pair): pair is [string, string] => pair[1] !== null);
    expect(written.every(([, value]) => value.length <= 256)).toBe(true);
    const read = readServed(Object.fromEntries(written));
    expect(read).toEqual({ versions: versions.slice(0, 15), back, marker: '' });
    expect(readServed({})).toEqual({ versions: [], back: null, marker: '' });
  });

  it('hold candidates, whose names may be longer than those of Azure', () => {
    const endpoint = 'a'.repeat(32);
    const waiting = {
      name: `${endpoint}-c-0123abcd`,
      version: NEW,
      until: Date.parse('2026-01-02T03:04:05Z'),
      environment: 'pro duction',
    };
    const tags = {
      team: 'churn',
      'ml-deploy:c-nonsense': 'x',
      ...Object.fromEntries([waitingTag(endpoint, waiting)]),
    };
    expect(readWaiting(endpoint, tags)).toEqual([waiting]);
    const [tag, value] = waitingTag(endpoint, { ...waiting, environment: null });
    expect(readWaiting(endpoint, { [tag]: value })).toEqual([{ ...waiting, environment: null }]);
  });
});
