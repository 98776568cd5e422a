/** Logins of Artifact Registry and Azure Container Registry, by the identity of the job. */
import { expect, test } from 'vitest';
import { cloudLogins, type RegistryUse } from '../../../../src/adapters/cloud-registry/cloud-login.ts';
import { fakeSignIn } from '../../../fakes/azure/sign-in.ts';
import { fakeGoogleSignIn } from '../../../fakes/google/sign-in.ts';

const HOST = 'acme.azurecr.io';
const google = fakeGoogleSignIn({ accessToken: 'ya29.of-the-job' });
const said: string[] = [];
const log = { info: (line: string) => void said.push(line) };

/** A directory that gives tokens for the registry, and a registry that takes them. */
function setUp(exchange: (form: URLSearchParams) => Response, use: RegistryUse = 'push') {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const url = input instanceof Request ? input.url : String(input);
    asked.push(url);
    const form = new URLSearchParams(typeof init?.body === 'string' ? init.body : '');
    return url.startsWith('https://login.microsoftonline.com/')
      ? Response.json({ access_token: `entra for ${form.get('scope') ?? ''}`, expires_in: 3600 })
      : exchange(form);
  };
  const application = {
    clientId: '11111111-1111-1111-1111-111111111111',
    tenantId: '22222222-2222-2222-2222-222222222222',
    clientSecret: 's3cret',
  };
  const azure = fakeSignIn(application, { fetch });
  return { azure, asked, logins: cloudLogins({ google, azure }, use, log) };
}

const taken = (form: URLSearchParams) =>
  form.get('access_token') === 'entra for https://containerregistry.azure.net/.default' &&
  form.get('grant_type') === 'access_token' &&
  form.get('service') === HOST &&
  form.get('tenant') === '22222222-2222-2222-2222-222222222222';

test.each(['europe-west4-docker.pkg.dev', 'gcr.io', 'eu.gcr.io'])(
  'the token of the job opens %s',
  async (host) => {
    const login = await cloudLogins({ google, azure: fakeSignIn() }, 'push', log)(host);
    expect(login).toEqual({ username: 'oauth2accesstoken', password: 'ya29.of-the-job' });
    expect(google.hidden).toContain('ya29.of-the-job');
  },
);

test('an Azure registry exchanges a token of its own kind, once in a run', async () => {
  const { azure, asked, logins } = setUp((form) =>
    taken(form) ? Response.json({ refresh_token: 'refresh' }) : new Response('', { status: 401 }),
  );
  const login = { username: '00000000-0000-0000-0000-000000000000', password: 'refresh' };
  expect(await Promise.all([logins(HOST), logins(HOST)])).toEqual([login, login]);
  expect(asked.filter((url) => url === `https://${HOST}/oauth2/exchange`)).toHaveLength(1);
  expect(azure.hidden).toContain('refresh');
});

test('an Azure registry that is only read from asks for the role that reads', async () => {
  const { logins } = setUp(() => Response.json({ errors: [] }, { status: 403 }), 'read');
  await expect(logins(HOST)).rejects.toThrow(
    'is not allowed Microsoft.ContainerRegistry/registries/pull/read. Give it the role AcrPull on the registry acme.azurecr.io',
  );
});

test.each([HOST, 'gcr.io'])(
  'a job without an identity reads %s without a login, and says so; it pushes nothing',
  async (host) => {
    const nobody = { google: fakeGoogleSignIn(), azure: fakeSignIn() };
    said.length = 0;
    expect(await cloudLogins(nobody, 'read', log)(host)).toBeNull();
    expect(said).toEqual([expect.stringMatching(new RegExp(`^${host} is read without a login. .*`))]);
    await expect(cloudLogins(nobody, 'push', log)(host)).rejects.toThrow();
  },
);

test.each<[string, () => Response, string]>([
  [
    'no role',
    () => Response.json({ errors: [{ code: 'DENIED' }] }, { status: 403 }),
    'is not allowed Microsoft.ContainerRegistry/registries/push/write. Give it the role AcrPush on the registry acme.azurecr.io',
  ],
  ['something else', () => new Response('<html>'), 'gave no login for the identity of this job'],
])('a registry that answers with %s is told, without the token', async (_, exchange, message) => {
  const error: unknown = await setUp(exchange)
    .logins(HOST)
    .catch((thrown: unknown) => thrown);
  expect(String(error)).toContain(message);
  expect(String(error)).not.toContain('entra for');
});

test.each([
  'ghcr.io',
  'docker.io',
  'evil-docker.pkg.dev.example.com',
  'acme.azurecr.io.example.com',
  'notgcr.io',
  'localhost:5000',
])('%s gets no token', async (host) => {
  const { asked, logins } = setUp(() => new Response(''));
  expect(await logins(host)).toBeNull();
  expect(asked).toEqual([]);
});
