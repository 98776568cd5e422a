/** Tokens of Microsoft Entra, from a stand-in that looks at each proof. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AzureFailure } from '../../../../src/clouds/azure/errors.ts';
import { AzureTokens } from '../../../../src/clouds/azure/tokens.ts';
import type { AzureEnvironment, AzureSignIn } from '../../../../src/core/azure-environment.ts';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import { startEntra, type FakeEntra } from '../../../fakes/azure/entra.ts';
import { fakeSignIn, type FakeSignIn } from '../../../fakes/azure/sign-in.ts';

const STORAGE = 'https://storage.azure.com/.default';
const ML = 'https://ml.azure.com/.default';
const HOUR = 3_600_000;
let entra: FakeEntra;
let signIn: FakeSignIn;

beforeEach(async () => {
  entra = await startEntra(() => signIn.clock.now().getTime());
});
afterEach(() => entra.close());

function tokens(environment: Partial<AzureEnvironment> = {}, more: Parameters<typeof fakeSignIn>[1] = {}) {
  const { clientId, tenantId, url: authorityHost } = entra;
  signIn = fakeSignIn({ clientId, tenantId, authorityHost, ...environment }, more);
  return new AzureTokens(signIn);
}

/** A job with id-token: write; GitHub's tokens are good for one use here. */
function ofGitHub(): { idToken: NonNullable<AzureSignIn['idToken']>; audiences: string[] } {
  const audiences: string[] = [];
  const idToken = async (audience: string) => {
    audiences.push(audience);
    const assertion = `assertion-of-github-${audiences.length}`;
    entra.assertions.clear();
    entra.assertions.add(assertion);
    return assertion;
  };
  return { idToken, audiences };
}

const errorOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );

describe('the token of GitHub', () => {
  it('is a new one for each scope, and two hours later', async () => {
    const { idToken, audiences } = ofGitHub();
    const source = tokens({}, { idToken });
    const first = await source.token(STORAGE);
    expect(await source.token(STORAGE)).toBe(first);
    expect(await source.token(ML)).not.toBe(first);
    signIn.clock.advance(2 * HOUR);
    expect(await source.token(STORAGE)).not.toBe(first);
    expect(audiences).toEqual(Array(3).fill('api://AzureADTokenExchange'));
  });

  it('and what it is exchanged for are hidden', async () => {
    const { idToken } = ofGitHub();
    const token = await tokens({}, { idToken }).token(STORAGE);
    expect(signIn.hidden).toEqual(['assertion-of-github-1', token]);
  });

  it('is asked for once by two that ask at the same time', async () => {
    const { idToken, audiences } = ofGitHub();
    const source = tokens({}, { idToken });
    const [first, second] = await Promise.all([source.token(STORAGE), source.token(STORAGE)]);
    expect(first).toBe(second);
    expect(audiences).toHaveLength(1);
  });

  it('that nobody trusts is told with the subject that Entra saw, and without the token', async () => {
    const error = await errorOf(tokens({}, { idToken: async () => 'not-trusted' }).token(STORAGE));
    expect(error).toMatchObject({
      kind: 'wrong-credentials',
      code: 'AADSTS700213',
      page: 'azure-credentials',
    });
    expect(error.message).toContain('Make a federated credential with this issuer, subject and audience');
    expect(error.message).toContain("'repo:acme/churn:ref:refs/heads/main'");
    expect(error.message).not.toMatch(/not-trusted|Trace ID/);
  });
});

it.each([
  ['https://login.microsoftonline.us/', 'api://AzureADTokenExchangeUSGov'],
  ['https://login.partner.microsoftonline.cn', 'api://AzureADTokenExchangeChina'],
  ['https://login.microsoftonline.com', 'api://AzureADTokenExchange'],
])('the audience at %s is %s', async (authorityHost, audience) => {
  const asked: string[] = [];
  const idToken = async (wanted: string) => {
    asked.push(wanted);
    throw new UserError('far enough');
  };
  await errorOf(tokens({ authorityHost }, { idToken }).token(STORAGE));
  expect(asked).toEqual([audience]);
});

describe('other credentials', () => {
  it('a client secret comes before the token of GitHub, which every job with id-token: write has', async () => {
    entra.secrets.add('s3cret');
    const { idToken, audiences } = ofGitHub();
    await tokens({ clientSecret: 's3cret' }, { idToken }).token(STORAGE);
    expect(audiences).toEqual([]);
  });

  it('a wrong client secret is not repeated', async () => {
    const error = await errorOf(tokens({ clientSecret: 'wr0ng' }).token(STORAGE));
    expect(error).toMatchObject({ code: 'AADSTS7000215', refusesCaller: true, mayPass: false });
    expect(error.message).not.toContain('wr0ng');
    expect(entra.requests).toHaveLength(1);
  });

  it('workload identity reads its file again for each request', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'workload-'));
    const federatedTokenFile = join(folder, 'token');
    try {
      const source = tokens({ federatedTokenFile });
      for (const assertion of ['first', 'second']) {
        entra.assertions.clear();
        entra.assertions.add(assertion);
        writeFileSync(federatedTokenFile, `${assertion}\n`);
        await source.token(STORAGE);
        signIn.clock.advance(HOUR);
      }
      expect(entra.tokens).toHaveLength(2);
      rmSync(federatedTokenFile);
      expect((await errorOf(source.token(STORAGE))).message).toContain(
        'AZURE_FEDERATED_TOKEN_FILE cannot be read',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('a managed identity is asked for a resource, and says when its token ends', async () => {
    const identityEndpoint = `${entra.url}/identity/token`;
    const managed = { tenantId: null, identityEndpoint, identityHeader: 'header-of-the-app' };
    const source = tokens(managed);
    const first = await source.token(ML);
    signIn.clock.advance(HOUR - 301_000);
    expect(await source.token(ML)).toBe(first);
    signIn.clock.advance(2000);
    expect(await source.token(ML)).not.toBe(first);
    const asked = new URL(entra.requests[0]?.url ?? '', entra.url).searchParams;
    expect(asked.get('resource')).toBe('https://ml.azure.com');
    expect(asked.get('client_id')).toBe(entra.clientId);
  });

  it('az comes last, with an argument for each part', async () => {
    const answer = { accessToken: 'of-az', expires_on: 1_800_000_000, expiresOn: 'in local time' };
    const az = { exitCode: 0, stdout: JSON.stringify(answer), stderr: '' };
    expect(await tokens({ clientId: null }, { az }).token(ML)).toBe('of-az');
    const args = [
      'account',
      'get-access-token',
      '--output',
      'json',
      '--scope',
      ML,
      '--tenant',
      entra.tenantId,
    ];
    expect(signIn.started).toEqual([args]);
    expect(signIn.hidden).toEqual(['of-az']);
  });

  it("az's own token of GitHub is over after five minutes", async () => {
    const stderr = 'ERROR: AADSTS700024: Client assertion is not within its valid time range.';
    const az = { exitCode: 1, stdout: '', stderr };
    const error = await errorOf(tokens({ clientId: null, tenantId: null }, { az }).token(ML));
    expect(error).toMatchObject({ kind: 'expired-credentials', code: 'AADSTS700024' });
    expect(error.message).toContain('Let this step request its own');
  });

  it('one is picked by the name that the clients of Azure use', async () => {
    const az = { exitCode: 0, stdout: '{"accessToken":"of-az","expires_on":1800000000}', stderr: '' };
    const picked = tokens({ clientSecret: 's3cret', credential: 'azureclicredential' }, { az });
    expect(await picked.token(ML)).toBe('of-az');
  });
});

describe('where there are none', () => {
  it.each<[string, Partial<AzureEnvironment>, RegExp]>([
    [
      'nothing is set',
      { clientId: null, tenantId: null },
      /^There are no Azure credentials\. Set AZURE_CLIENT_ID/,
    ],
    ['nothing proves who it is', {}, /^There are no Azure credentials\./],
    [
      'a secret has no tenant',
      { tenantId: null, clientSecret: 'x' },
      /AZURE_CLIENT_SECRET: is set, and AZURE_TENANT_ID is not\. Set all of them, or none\./,
    ],
    [
      'the ID is a name',
      { clientId: 'my-app' },
      /AZURE_CLIENT_ID: "my-app" is not the ID of an application\./,
    ],
    [
      'the tenant is a path',
      { tenantId: 'a/../b' },
      /AZURE_TENANT_ID: "a\/\.\.\/b" is not a valid directory\./,
    ],
    [
      'secrets would go in the clear',
      { authorityHost: 'http://entra.example' },
      /does not begin with https:/,
    ],
    ['nobody knows the name', { credential: 'Magic' }, /"Magic" is no credential that ml-deploy knows\./],
    [
      'what is picked is not there',
      { credential: 'WorkloadIdentityCredential' },
      /asks for WorkloadIdentityCredential, and this job has nothing that it needs/,
    ],
  ])('%s: it is said before anything is asked', async (_, environment, message) => {
    const error = await errorOf(tokens(environment).token(STORAGE));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ page: 'azure-credentials' });
    expect(entra.requests).toEqual([]);
  });

  it('both of two wrong values are told', async () => {
    const { message } = await errorOf(tokens({ clientId: 'a', tenantId: '/' }).token(STORAGE));
    expect(message).toContain('There are 2 problems');
  });
});

describe('Entra in trouble', () => {
  it('is asked again after the pause that it wants', async () => {
    entra.secrets.add('s3cret');
    const source = tokens({ clientSecret: 's3cret' });
    const answers = [{ status: 429, headers: { 'retry-after': '7' } }, { status: 503 }];
    entra.script = () => answers.shift() ?? null;
    await source.token(STORAGE);
    expect(signIn.clock.sleeps).toEqual([7000, 2000]);
  });

  it('leaves a token in use that lasts five minutes more', async () => {
    entra.secrets.add('s3cret');
    const source = tokens({ clientSecret: 's3cret' });
    const first = await source.token(STORAGE);
    entra.script = () => ({ status: 503 });
    signIn.clock.advance(HOUR - 200_000);
    expect(await source.token(STORAGE)).toBe(first);
    signIn.clock.advance(200_000);
    const error = await errorOf(source.token(STORAGE));
    expect(error).toBeInstanceOf(AzureFailure);
    expect(error).toMatchObject({ kind: 'unavailable', mayPass: true, page: 'azure-unavailable' });
  });

  it('that answers with something else has no token', async () => {
    entra.secrets.add('s3cret');
    entra.script = () => ({ body: '<html>a proxy</html>' });
    const error = await errorOf(tokens({ clientSecret: 's3cret' }).token(STORAGE));
    expect(error.message).toContain('the answer has no token');
  });

  it('is left alone by a run that was cancelled', async () => {
    const cancelled = tokens({ clientSecret: 'x' }, { signal: AbortSignal.abort() });
    expect(await errorOf(cancelled.token(STORAGE))).toBeInstanceOf(CancelledError);
  });
});
