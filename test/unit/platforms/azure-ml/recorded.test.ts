/**
 * What Azure itself has answered, as tests of azure-ai-ml recorded it (test/fixtures/azure/recorded-sessions.json names both
 * sources): the driver reads it right, and the stand-in of all other tests answers alike.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { root } from '../../../../scripts/lib/paths.ts';
import { Arm } from '../../../../src/clouds/azure/arm.ts';
import { changeEndpoint } from '../../../../src/platforms/azure-ml/change.ts';
import { changedEndpoint, type EndpointResource } from '../../../../src/platforms/azure-ml/endpoint.ts';
import type { AzureMlTargetOptions } from '../../../../src/platforms/azure-ml/options.ts';
import { readsOf } from '../../../../src/platforms/azure-ml/reads.ts';
import { Resources } from '../../../../src/platforms/azure-ml/resources.ts';
import { servingBefore, servingOf } from '../../../../src/platforms/azure-ml/serving.ts';
import { SECONDS } from '../../../fakes/azure/world.ts';
import { fakePorts } from '../../../fakes/ports.ts';
import { makeAzureMlBed, type AzureMlBed } from '../../../platforms/azure-ml-bed.ts';

interface Entry {
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** Of the header Azure-AsyncOperation; `(n characters)` stands for a signature of that length. */
  readonly operation?: string;
  readonly body: unknown;
}

const recorded = JSON.parse(
  readFileSync(join(root, 'test/fixtures/azure/recorded-sessions.json'), 'utf8'),
) as Readonly<Record<'2022' | '2025', { readonly source: string; readonly entries: readonly Entry[] }>>;

const whole = (url: string) =>
  url.replaceAll(/\((\d+) characters\)/g, (_, count: string) =>
    'MIIHhzCCBm'.repeat(300).slice(0, Number(count)),
  );
const answers = (year: '2022' | '2025', ...kinds: readonly string[]) =>
  kinds.map((kind) => {
    const [method, part = '', nth = '1'] = kind.split(' ');
    const isOperation = part === 'operation';
    const all = recorded[year].entries.filter(
      (entry) => entry.method === method && entry.path.includes('/mfeOperationsStatus/') === isOperation,
    );
    const found = all[Number(nth) - 1];
    if (found === undefined) throw new Error(`There is no ${kind}.`);
    return found;
  });

/** One after the other, whatever is asked; that it is what was asked then is compared. */
function replay(entries: readonly Entry[]) {
  const waiting = [...entries];
  const ports = fakePorts();
  const fetch: typeof globalThis.fetch = async (input, { method } = {}) => {
    const entry = waiting.shift();
    const { pathname } = new URL(input);
    if (entry === undefined || entry.method !== method || entry.path !== decodeURIComponent(pathname))
      throw new Error(`Nobody recorded ${method} ${pathname} here.`);
    const { status, operation, body } = entry;
    const headers = new Headers({ 'content-type': 'application/json; charset=utf-8' });
    if (operation !== undefined) headers.set('azure-asyncoperation', whole(operation));
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  };
  const tokens = { token: () => Promise.resolve('token') };
  const { clock, signal, log } = ports;
  const place = {
    subscription: '00000000-0000-0000-0000-000000000',
    resourceGroup: '00000',
    workspace: '00000',
  };
  const resources = new Resources(new Arm({ clock, signal, fetch, tokens }), place);
  const options = {
    clock,
    signal,
    log,
    resources,
    pollMs: 1000,
    timeoutMs: 600_000,
  } as Partial<AzureMlTargetOptions> as AzureMlTargetOptions;
  return { resources, options, log, left: () => waiting.length };
}

const NAME_2022 = 'online-ept-10cd4ed17147449';
const NAME_2025 = 'online-ept-14d1f9e5ffd6412';
const NOW = new Date('2022-10-28T19:27:00Z');

let bed: AzureMlBed | null = null;
afterEach(async () => {
  await bed?.dispose();
  bed = null;
});

it('a change of the traffic is answered with 201 and the traffic of before, and is no success yet', async () => {
  const { resources } = replay(
    answers('2022', 'PUT endpoint 2', 'GET operation 2', 'GET operation 3', 'GET endpoint'),
  );
  const { resource, operation } = await resources.putEndpoint(NAME_2022, {});
  if (resource === null || operation === null) throw new Error('There is no answer.');
  expect(resource.properties.traffic).toEqual({});
  expect(servingOf(resource, NOW)).toMatchObject({ state: 'starting', version: null });
  expect(servingBefore(resource, resource).version).toBeNull();
  expect(await resources.operation(operation, NAME_2022)).toEqual({ state: 'under-way', percent: 0 });
  expect(await resources.operation(operation, NAME_2022)).toEqual({ state: 'succeeded' });
  expect(servingOf(await resources.endpoint(NAME_2022), NOW)).toMatchObject({
    state: 'serving',
    version: NAME_2022,
  });
});

it('a change that Azure shows late is waited for until it is seen, and where it was asked is not told', async () => {
  const [put, seen] = answers('2022', 'PUT endpoint 2', 'GET endpoint');
  const before = put?.body as EndpointResource;
  const get = { ...seen!, body: before };
  // As https://github.com/Azure/azure-dev/issues/3881 has it: it is done, and the traffic is that of before.
  const late = {
    ...get,
    body: { ...before, properties: { ...before.properties, provisioningState: 'Succeeded' } },
  };
  const session = replay([put!, get, late, late, seen!]);
  const { options, log } = session;
  const found = {
    ...before,
    properties: { ...before.properties, provisioningState: 'Succeeded' },
  } as EndpointResource;
  const change = { traffic: { [NAME_2022]: 100 }, tags: {} };
  const answer = await changeEndpoint(found, change, readsOf(NAME_2022, options), options);
  expect(session.left()).toBe(0);
  expect(answer?.properties.traffic).toEqual({});
  expect(log.text).toContain('not seen yet');
  expect(log.text).not.toContain('mfeOperationsStatus');
});

it('a removal is answered with 202 and a body that says null', async () => {
  const { resources } = replay(answers('2022', 'DELETE endpoint'));
  const begun = await resources.deleteEndpoint(NAME_2022);
  expect(begun?.resource).toBeNull();
  expect(begun?.operation).not.toBeNull();
});

it('the signed URL of an operation is asked, and never told or sent back', async () => {
  const [put, get] = answers('2025', 'PUT endpoint', 'GET operation');
  expect(whole(put?.operation ?? '').length).toBeGreaterThan(3000);
  const { resources, log } = replay([put!, get!]);
  const { resource, operation } = await resources.putEndpoint(NAME_2025, {});
  if (resource === null || operation === null) throw new Error('There is no answer.');
  // The year 1 is when it ends that has not.
  expect(await resources.operation(operation, NAME_2025)).toEqual({ state: 'under-way', percent: 0 });
  expect(JSON.stringify({ operation })).toBe('{"operation":"an operation of Azure"}');
  expect(log.text).not.toContain('MIIHhz');
  const sent = JSON.stringify(changedEndpoint(resource, { traffic: {}, tags: {} }));
  expect(sent).not.toMatch(/mfeOperationsStatus|provisioningState|principalId|createdBy/);
});

it('the stand-in answers as Azure did', async () => {
  bed = await makeAzureMlBed();
  const { resources } = bed.options;
  const { world } = bed.azure;
  const essence = (entry: Entry) => {
    const { properties } = (entry.body === 'null' ? {} : entry.body) as Partial<EndpointResource>;
    const { provisioningState: state, scoringUri } = properties ?? {};
    return {
      status: entry.status,
      begins: entry.operation !== undefined,
      state,
      hasUrl: typeof scoringUri === 'string',
      traffic: properties?.traffic,
    };
  };
  const told: Entry[] = [];
  bed.azure.meet = () => undefined;
  const { fetch } = bed.azure;
  const ask = async (method: string, body?: unknown) => {
    const url = `${bed?.azure.url ?? ''}${world.workspace.id}/onlineEndpoints/${NAME_2022}?api-version=2024-10-01`;
    const claims = Buffer.from(JSON.stringify({ aud: bed?.azure.url })).toString('base64url');
    const headers = { authorization: `Bearer head.${claims}.signature` };
    const answer = await fetch(url, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const operation = answer.headers.get('azure-asyncoperation');
    const text = await answer.text();
    const read: unknown = text === 'null' ? text : JSON.parse(text);
    told.push({
      at: '',
      method,
      path: '',
      status: answer.status,
      ...(operation === null ? {} : { operation }),
      body: read,
    });
  };
  const put = (traffic: object) => ({
    location: 'westeurope',
    properties: { authMode: 'AMLToken', traffic },
  });
  await ask('PUT', put({}));
  world.advance(SECONDS.endpoint);
  await resources.putDeployment(NAME_2022, NAME_2022, { properties: { instanceType: 'Standard_DS2_V2' } });
  world.advance(SECONDS.deployment);
  await ask('PUT', put({ [NAME_2022]: 100 }));
  world.advance(60);
  await ask('GET');
  await ask('DELETE');
  const real = answers('2022', 'PUT endpoint', 'PUT endpoint 2', 'GET endpoint', 'DELETE endpoint');
  expect(told.map(essence)).toEqual(real.map(essence));
});
