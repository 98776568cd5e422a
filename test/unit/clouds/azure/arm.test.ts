/** Resource Manager, against a stand-in that behaves as recorded sessions of azure-ai-ml show. */
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Arm, armId, type ArmOperation, type ArmRequest } from '../../../../src/clouds/azure/arm.ts';
import { AzureTokens } from '../../../../src/clouds/azure/tokens.ts';
import { startEntra, type FakeEntra } from '../../../fakes/azure/entra.ts';
import { startFakeAzure, type FakeAzure } from '../../../fakes/azure/fake-azure.ts';
import { fakeSignIn, type FakeSignIn } from '../../../fakes/azure/sign-in.ts';
import { SECONDS } from '../../../fakes/azure/world.ts';

interface Endpoint {
  readonly tags: Record<string, string>;
  readonly properties: {
    readonly provisioningState: string;
    readonly traffic: Record<string, number>;
    readonly scoringUri: string | null;
  };
}

let azure: FakeAzure;
let entra: FakeEntra;
let signIn: FakeSignIn;
let arm: Arm;

beforeEach(async () => {
  azure = await startFakeAzure();
  entra = await startEntra(() => azure.world.now);
  entra.secrets.add('s3cret');
  const { clientId, tenantId, url: authorityHost } = entra;
  signIn = fakeSignIn({ clientId, tenantId, authorityHost, clientSecret: 's3cret' });
  arm = new Arm({ ...signIn, tokens: new AzureTokens(signIn), endpoint: azure.url });
});
afterEach(async () => {
  await azure.stop();
  await entra.close();
});

const of = (id: string, operation = 'Online Endpoints - Get'): ArmRequest => ({
  operation,
  id: azure.world.workspace.id + id,
  apiVersion: '2024-10-01',
});
const churn = () => of('/onlineEndpoints/churn');
const blue = () => of('/onlineEndpoints/churn/deployments/blue');
const endpointWith = (traffic: Record<string, number>) => ({
  location: 'westeurope',
  tags: { team: 'churn' },
  identity: { type: 'SystemAssigned' },
  properties: { authMode: 'AADToken', traffic },
});
const machine = { properties: { instanceType: 'Standard_DS3_v2' }, sku: { name: 'Default', capacity: 1 } };
const errorOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );

function operationOf({ operation }: { operation: ArmOperation | null }): ArmOperation {
  if (operation === null) throw new Error('It is done already.');
  return operation;
}

/** An endpoint that serves by one deployment. */
async function serving(): Promise<void> {
  await arm.put(churn(), endpointWith({}));
  azure.world.advance(SECONDS.endpoint);
  await arm.put(blue(), machine);
  azure.world.advance(SECONDS.deployment);
  await arm.put(churn(), endpointWith({ blue: 100 }));
  azure.world.advance(60);
}

describe('a change', () => {
  it('goes on after its answer, and is asked about until it is done', async () => {
    const begun = await arm.put<Endpoint>(churn(), endpointWith({}));
    expect(begun.resource?.properties).toMatchObject({ provisioningState: 'Creating', scoringUri: null });
    const operation = operationOf(begun);
    const asked = { operation: 'operation', on: 'churn' };
    expect(await arm.stateOf(operation, asked)).toEqual({ state: 'under-way', percent: 0 });
    azure.world.advance(SECONDS.endpoint);
    expect(await arm.stateOf(operation, asked)).toEqual({ state: 'succeeded' });
    expect((await arm.get<Endpoint>(churn())).properties.provisioningState).toBe('Succeeded');
  });

  it('of traffic is answered with that of before, and is seen after it has succeeded', async () => {
    await serving();
    const { resource } = await arm.put<Endpoint>(churn(), endpointWith({ blue: 0 }));
    expect(resource?.properties).toMatchObject({ provisioningState: 'Updating', traffic: { blue: 100 } });
    azure.world.advance(SECONDS.traffic);
    const late = await arm.get<Endpoint>(churn());
    expect(late.properties).toMatchObject({ provisioningState: 'Succeeded', traffic: { blue: 100 } });
    azure.world.advance(60);
    expect((await arm.get<Endpoint>(churn())).properties.traffic).toEqual({ blue: 0 });
  });

  it('that fails says why', async () => {
    await arm.put(churn(), endpointWith({}));
    azure.world.advance(SECONDS.endpoint);
    azure.world.fails = () => ({
      code: 'ResourceNotReady',
      message: 'User container has crashed or terminated.',
    });
    const operation = operationOf(await arm.put(blue(), machine));
    azure.world.advance(SECONDS.deployment);
    expect(await arm.stateOf(operation, { operation: 'operation', on: 'blue' })).toMatchObject({
      state: 'failed',
      error: { code: 'ResourceNotReady', said: 'User container has crashed or terminated.' },
    });
  });

  it('is sent again where its answer is lost', async () => {
    azure.lose = ({ method }) => method === 'PUT';
    azure.script = ({ method }) =>
      azure.asked.filter((each) => each.method === method).length > 1 ? { status: 201, body: {} } : null;
    await arm.put(churn(), endpointWith({}));
    expect(azure.asked.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });
});

describe('a removal', () => {
  it('is answered by 202 and null, and is over when it is', async () => {
    await serving();
    await arm.put(churn(), endpointWith({}));
    azure.world.advance(60);
    const begun = await arm.delete(blue());
    expect(begun?.resource).toBeNull();
    expect(await arm.find(blue())).not.toBeNull();
    azure.world.advance(SECONDS.removal);
    expect(await arm.find(blue())).toBeNull();
  });

  it('of what is not there is none', async () => {
    await serving();
    expect(await arm.delete(of('/onlineEndpoints/churn/deployments/green'))).toBeNull();
    expect(await arm.delete(of('/onlineEndpoints/other/deployments/green'))).toBeNull();
  });

  it('of what serves is refused in the words of Azure', async () => {
    await serving();
    const error = await errorOf(arm.delete(blue()));
    expect(error.message).toContain('Azure refused the request.');
    expect(error.message).toContain('Cannot delete deployment blue as it has non-zero traffic.');
  });
});

describe('where an operation is asked about', () => {
  it('is signed, has kilobytes, and is shown nowhere', async () => {
    const begun = await arm.put(churn(), endpointWith({}));
    const operation = operationOf(begun);
    expect(operation.url.length).toBeGreaterThan(4000);
    expect(JSON.stringify({ operation })).toBe('{"operation":"an operation of Azure"}');
    expect(inspect(operation, { depth: 9 })).not.toContain('mfeOperationsStatus');
    azure.script = ({ path }) =>
      path.includes('mfeOperations') ? { status: 403, body: { error: { code: 'x' } } } : null;
    const { message } = await errorOf(arm.stateOf(operation, { operation: 'operation', on: 'churn' }));
    expect(message).not.toMatch(/mfeOperationsStatus|t=/);
  });

  it('is Azure itself: a token goes to nobody else', async () => {
    const elsewhere = 'https://evil.example/mfeOperationsStatus/1';
    azure.script = () => ({ status: 201, headers: { 'azure-asyncoperation': elsewhere }, body: {} });
    const error = await errorOf(arm.put(churn(), endpointWith({})));
    expect(error.message).toContain("Azure's answer leads to https://evil.example");
  });
});

describe('a look', () => {
  it('at what is not there finds nothing; at a group that is not there, it is said', async () => {
    expect(await arm.find(churn())).toBeNull();
    const elsewhere = { ...churn(), id: '/subscriptions/x/resourceGroups/nothing/providers/y' };
    expect((await errorOf(arm.find(elsewhere))).message).toContain(
      "Resource group 'nothing' could not be found.",
    );
  });

  it('at many goes over all pages', async () => {
    const pages = [
      { value: [1, 2], nextLink: `${azure.url}/next?page=2` },
      { value: [3], nextLink: null },
    ];
    azure.script = ({ path }) => ({ status: 200, body: path === '/next' ? pages[1] : pages[0] });
    expect(await arm.list(of('/onlineEndpoints'))).toEqual([1, 2, 3]);
    azure.script = () => ({ status: 200, body: { value: [], nextLink: 'https://evil.example/next' } });
    expect((await errorOf(arm.list(of('/onlineEndpoints')))).message).toContain('https://evil.example');
  });

  it('that is not allowed names the operation of a role', async () => {
    azure.allows = (permission) => !permission.endsWith('onlineEndpoints/read');
    const error = await errorOf(arm.get(churn()));
    expect(error.message).toContain(
      'not allowed Microsoft.MachineLearningServices/workspaces/onlineEndpoints/read.',
    );
    expect(error).toMatchObject({ kind: 'denied', refusesCaller: true });
  });

  it('at something that is no JSON is no empty answer', async () => {
    azure.script = () => ({ status: 200, body: '<html>a proxy</html>' });
    expect((await errorOf(arm.get(churn()))).message).toContain('did not answer with JSON');
  });
});

it('an action answers at once', async () => {
  await serving();
  const request = of('/onlineEndpoints/churn/deployments/blue/getLogs', 'Online Deployments - Get Logs');
  expect(await arm.post(request, { containerType: 'StorageInitializer', tail: 100 })).toEqual({
    content: 'StorageInitializer of blue\n',
  });
});

it('a name is written as URLs write it', () => {
  expect(armId('subscriptions', 'a/b?c', 'resourceGroups', 'é')).toBe(
    '/subscriptions/a%2Fb%3Fc/resourceGroups/%C3%A9',
  );
});
