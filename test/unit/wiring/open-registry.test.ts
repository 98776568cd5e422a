/** Who is asked for the login of a registry, and in which order. Both push-image and deploy-endpoint open theirs here. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { FindCredentials } from '../../../src/adapters/registry/credentials.ts';
import { openRegistry } from '../../../src/wiring/open-registry.ts';
import { fakeSignIn } from '../../fakes/azure/sign-in.ts';
import { fakeGoogleSignIn } from '../../fakes/google/sign-in.ts';
import { fakePorts } from '../../fakes/ports.ts';

const NAME = { registry: 'europe-west4-docker.pkg.dev', repository: 'acme/models/churn' };
const TOKEN = 'ya29.of-the-job';

afterEach(() => void vi.unstubAllGlobals());

/** A registry that gives a token to whoever shows that password. */
function registryOf(passwords: string[]) {
  vi.stubGlobal('fetch', async (input: string | URL, { headers = {} }: RequestInit = {}) => {
    const authorization = new Headers(headers).get('authorization') ?? '';
    const { pathname } = new URL(String(input));
    if (pathname === '/token') {
      passwords.push(Buffer.from(authorization.replace('Basic ', ''), 'base64').toString('utf8'));
      return Response.json({ token: 'for-the-repository' });
    }
    if (authorization === 'Bearer for-the-repository') return Response.json({ schemaVersion: 2 });
    const challenge = `Bearer realm="https://${NAME.registry}/token",service="registry"`;
    return new Response('', { status: 401, headers: { 'www-authenticate': challenge } });
  });
}

async function open(auths: Readonly<Record<string, { readonly auth: string }>>, first?: FindCredentials) {
  const file = join(await mkdtemp(join(tmpdir(), 'auth-')), 'config.json');
  await writeFile(file, JSON.stringify({ auths }));
  const signIns = { google: fakeGoogleSignIn({ accessToken: TOKEN }), azure: fakeSignIn() };
  const { exec, which } = signIns.azure;
  const machine = { exec, which, settings: { registryAuthFiles: [file] } };
  return openRegistry('read', signIns, fakePorts(), machine, first);
}

const loggedIn = { [NAME.registry]: { auth: Buffer.from('someone:s3cret').toString('base64') } };

test.each<[string, Parameters<typeof open>, string]>([
  ['nobody has logged in: the identity of the job', [{}], `oauth2accesstoken:${TOKEN}`],
  ['the job has logged in: that login', [loggedIn], 'someone:s3cret'],
  [
    'a registry with a login of its own: that login',
    [loggedIn, () => Promise.resolve({ kind: 'password', username: 'AWS', password: 'ecr' })],
    'AWS:ecr',
  ],
])('%s reads the manifest', async (_, [auths, first], login) => {
  const passwords: string[] = [];
  registryOf(passwords);
  const { registry } = await open(auths, first);
  expect((await registry.manifest(NAME, 'latest'))?.digest).toMatch(/^sha256:/);
  expect(passwords).toEqual([login]);
});

test('an engine gets the login of the cloud, unless the job has logged in', async () => {
  const login = { username: 'oauth2accesstoken', password: TOKEN };
  expect(await (await open({})).cloudLogin(NAME)).toEqual(login);
  expect(await (await open(loggedIn)).cloudLogin(NAME)).toBeNull();
});
