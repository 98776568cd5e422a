/** Tokens of Google Cloud, from a stand-in that looks at each proof. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { GoogleFailure } from '../../../../src/clouds/google/errors.ts';
import { googleTokensOf, GoogleTokens } from '../../../../src/clouds/google/tokens.ts';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import type { GoogleEnvironment, GoogleSignIn } from '../../../../src/core/google-environment.ts';
import {
  PROVIDER,
  SERVICE_ACCOUNT,
  startGoogleLogin,
  type FakeGoogleLogin,
} from '../../../fakes/google/google-login.ts';
import { fakeGoogleSignIn, type FakeGoogleSignIn } from '../../../fakes/google/sign-in.ts';
import { startOidc, type FakeOidc } from '../../../fakes/oidc.ts';

const HOUR = 3_600_000;
let google: FakeGoogleLogin;
let signIn: FakeGoogleSignIn;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'google-'));
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  google = await startGoogleLogin(() => signIn.clock.now().getTime());
});
afterEach(() => google.close());

function tokens(environment: Partial<GoogleEnvironment> = {}, more: Partial<GoogleSignIn> = {}) {
  const endpoints = { sts: google.url, iamcredentials: `${google.url}/` };
  signIn = fakeGoogleSignIn({ endpoints, ...environment }, more);
  return new GoogleTokens(signIn);
}

function fileOf(content: unknown, name = 'gha-creds-0123.json'): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** A job with id-token: write; GitHub's tokens are good for one use here. */
function ofGitHub(): { idToken: NonNullable<GoogleSignIn['idToken']>; audiences: string[] } {
  const audiences: string[] = [];
  const idToken = async (audience: string) => {
    audiences.push(audience);
    const assertion = `assertion-of-github-${audiences.length}`;
    google.assertions.clear();
    google.assertions.add(assertion);
    return assertion;
  };
  return { idToken, audiences };
}

const OWN = { workloadIdentityProvider: PROVIDER, serviceAccount: SERVICE_ACCOUNT };
const errorOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('nothing was thrown'),
    (error: unknown) => error as Error,
  );
const paths = () => google.requests.map(({ url }) => url);

describe('the token of GitHub', () => {
  it('is exchanged, and acts as the service account; a new one two hours later', async () => {
    const { idToken, audiences } = ofGitHub();
    const source = tokens(OWN, { idToken });
    const first = await source.token();
    expect(await source.token()).toBe(first);
    expect(paths()).toEqual([
      '/v1/token',
      `/v1/projects/-/serviceAccounts/${SERVICE_ACCOUNT}:generateAccessToken`,
    ]);
    signIn.clock.advance(2 * HOUR);
    expect(await source.token()).not.toBe(first);
    expect(audiences).toEqual(Array(2).fill(`https://iam.googleapis.com/${PROVIDER}`));
  });

  it('opens the API by itself where no service account is named', async () => {
    const { idToken } = ofGitHub();
    const token = await tokens({ workloadIdentityProvider: PROVIDER }, { idToken }).token();
    expect(token).toMatch(/^ya29\.federated-/);
    expect(paths()).toEqual(['/v1/token']);
  });

  it('and all that it is exchanged for are hidden before they are sent anywhere', async () => {
    const { idToken } = ofGitHub();
    const source = tokens(OWN, { idToken });
    const early: string[] = [];
    google.script = ({ headers, body }) => {
      const sent = [...google.assertions, ...google.tokens];
      const isIn = (secret: string) => body.includes(secret) || headers.authorization?.includes(secret);
      early.push(...sent.filter((secret) => isIn(secret) && !signIn.hidden.includes(secret)));
      return null;
    };
    const token = await source.token();
    expect(early).toEqual([]);
    expect(signIn.hidden).toEqual(['assertion-of-github-1', google.tokens[0], token]);
  });

  it('is asked for once by two that ask at the same time', async () => {
    const { idToken, audiences } = ofGitHub();
    const source = tokens(OWN, { idToken });
    const [first, second] = await Promise.all([source.token(), source.token()]);
    expect(first).toBe(second);
    expect(audiences).toHaveLength(1);
  });

  it('that the provider does not trust is told in its words, without the token', async () => {
    const error = await errorOf(tokens(OWN, { idToken: async () => 'not-trusted' }).token());
    expect(error).toMatchObject({
      kind: 'wrong-credentials',
      code: 'unauthorized_client',
      page: 'google-credentials',
      refusesCaller: true,
    });
    expect(error.message).toContain('its audience and its attribute condition; see docs/google.md.');
    expect(error.message).toContain('rejected by the attribute condition');
    expect(error.message).not.toContain('not-trusted');
  });

  it('may not act as another service account', async () => {
    const { idToken } = ofGitHub();
    const serviceAccount = 'other@acme-prod.iam.gserviceaccount.com';
    const error = await errorOf(tokens({ ...OWN, serviceAccount }, { idToken }).token());
    expect(error).toMatchObject({ kind: 'wrong-credentials', page: 'google-credentials' });
    expect(error.message).toContain(
      'This job may not act as the service account. Give its principal the role',
    );
    expect(error.message).toContain(`on ${serviceAccount}: 403`);
  });
});

describe('the file of google-github-actions/auth', () => {
  let oidc: FakeOidc;
  beforeEach(async () => {
    oidc = await startOidc((token) => google.assertions.add(token));
  });
  afterEach(() => oidc.close());

  /** Of workload identity: a page of GitHub, and what opens it. */
  const source = () => ({
    url: `${oidc.env.ACTIONS_ID_TOKEN_REQUEST_URL ?? ''}&audience=acme`,
    headers: { Authorization: `Bearer ${oidc.env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? ''}` },
    format: { type: 'json', subject_token_field_name: 'value' },
  });

  it('is asked for a new token of GitHub each time', async () => {
    const held = tokens({ credentialsFile: fileOf(google.externalFile(source())) });
    expect(await held.token()).toMatch(/^ya29\.account-/);
    signIn.clock.advance(2 * HOUR);
    await held.token();
    expect(oidc.audiences).toEqual(['acme', 'acme']);
    expect(signIn.hidden).toContain(source().headers.Authorization);
    expect(await held.headers()).toEqual({ authorization: `Bearer ${google.tokens.at(-1) ?? ''}` });
  });

  it('names no service account where the job is trusted by itself', async () => {
    const held = tokens({ credentialsFile: fileOf(google.externalFile(source(), false)) });
    expect(await held.token()).toMatch(/^ya29\.federated-/);
  });

  it('comes after the provider that is named, and before a token that nobody renews', async () => {
    const { idToken, audiences } = ofGitHub();
    const credentialsFile = fileOf(google.externalFile(source()));
    await tokens({ ...OWN, credentialsFile, accessToken: 'static' }, { idToken }).token();
    expect(audiences).toHaveLength(1);
    await tokens({ ...OWN, credentialsFile, accessToken: 'static' }).token();
    expect(oidc.audiences).toHaveLength(1);
  });

  it('is of no use where GitHub gives no token', async () => {
    oidc.down = true;
    const held = tokens({ credentialsFile: fileOf(google.externalFile(source())) });
    expect(await errorOf(held.token())).toMatchObject({ kind: 'unavailable', mayPass: true });
    expect(google.requests).toEqual([]);
  });

  it('holds a key where it was given one', async () => {
    const held = tokens({ credentialsFile: fileOf(google.keyFile()) });
    const token = await held.token();
    const assertion = new URLSearchParams(google.requests[0]?.body).get('assertion') ?? '';
    expect(signIn.hidden).toEqual([google.keyFile().private_key, assertion, token]);
    expect(JSON.parse(Buffer.from(assertion.split('.')[0] ?? '', 'base64url').toString())).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      kid: 'key-1',
    });
  });

  it('with a damaged key is told without it', async () => {
    const private_key = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n';
    const held = tokens({ credentialsFile: fileOf({ ...google.keyFile(), private_key }) });
    const error = await errorOf(held.token());
    expect(error.message).toContain('The private key of the Google Cloud service account is damaged.');
    expect(`${error.message} ${String(error.cause)}`).not.toContain('c2VjcmV0');
    expect(google.requests).toEqual([]);
  });

  it.each<[string, (file: Record<string, unknown>) => unknown, RegExp]>([
    ['no JSON', () => '{"private_key": "s3cret', /the file is not JSON\. Run google-github-actions\/auth/],
    ['of another type', () => ({ type: 'gdch', key: 's3cret' }), /is of a type that ml-deploy does not know/],
    ['without an audience', (file) => ({ ...file, audience: '' }), /the file has no audience\./],
    [
      'that sends secrets in the clear',
      (file) => ({ ...file, token_url: 'http://sts.example/s3cret' }),
      /has a token_url that does not begin with https:/,
    ],
    [
      'that starts a program',
      (file) => ({ ...file, credential_source: { executable: { command: 's3cret' } } }),
      /a credential_source that is neither a url nor a file/,
    ],
    [
      'of the keys of AWS',
      (file) => ({
        ...file,
        credential_source: { environment_id: 'aws1', url: 'http://169.254.169.254/s3cret' },
      }),
      /neither a url nor a file/,
    ],
  ])('%s is refused before anything is asked, and not quoted', async (_, change, message) => {
    const credentialsFile = fileOf(change(google.externalFile(source())));
    const error = await errorOf(tokens({ credentialsFile }).token());
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ page: 'google-credentials' });
    expect(error.message).toMatch(message);
    expect(`${error.message} ${String(error.cause)}`).not.toContain('s3cret');
    expect(google.requests).toEqual([]);
  });

  it('that checkout removed is told', async () => {
    const error = await errorOf(tokens({ credentialsFile: join(folder, 'gone.json') }).token());
    expect(error.message).toContain('The file of GOOGLE_APPLICATION_CREDENTIALS cannot be read');
    expect(error.message).toContain(
      'Run google-github-actions/auth after actions/checkout, which removes it.',
    );
  });
});

describe('other credentials', () => {
  it('a token in a file is read again for each request', async () => {
    const file = join(folder, 'subject');
    const held = tokens({ credentialsFile: fileOf(google.externalFile({ file }, false)) });
    for (const assertion of ['first', 'second']) {
      google.assertions.clear();
      google.assertions.add(assertion);
      writeFileSync(file, `${assertion}\n`);
      await held.token();
      signIn.clock.advance(HOUR);
    }
    rmSync(file);
    expect((await errorOf(held.token())).message).toContain('own token cannot be read');
  });

  it("a person's own login has the project that it is counted for", async () => {
    const userFile = fileOf(google.userFile(), 'application_default_credentials.json');
    const held = tokens({ userFile });
    expect(await held.headers()).toEqual({
      authorization: `Bearer ${google.tokens[0] ?? ''}`,
      'x-goog-user-project': 'acme-quota',
    });
    expect(signIn.hidden).toEqual(['secret-of-gcloud', 'refresh-token-of-a-person', google.tokens[0]]);
    const other = tokens({ userFile, quotaProject: 'other' });
    expect(await other.headers()).toMatchObject({ 'x-goog-user-project': 'other' });
  });

  it('a person may act as a service account', async () => {
    const credentialsFile = fileOf({
      type: 'impersonated_service_account',
      source_credentials: google.userFile(),
      service_account_impersonation_url: `${google.url}/v1/projects/-/serviceAccounts/${SERVICE_ACCOUNT}:generateAccessToken`,
      delegates: [],
    });
    expect(await tokens({ credentialsFile }).token()).toMatch(/^ya29\.account-/);
    expect(signIn.hidden).toEqual(expect.arrayContaining(google.tokens));
  });

  it("a login that is over is the job's to renew", async () => {
    const userFile = fileOf({ ...google.userFile(), refresh_token: 'old' }, 'old.json');
    const error = await errorOf(tokens({ userFile }).token());
    expect(error).toMatchObject({ kind: 'expired-credentials', code: 'invalid_grant', mayPass: false });
    expect(google.requests).toHaveLength(1);
  });

  it('a token that was handed in is used as it is', async () => {
    const held = tokens({ accessToken: 'ya29.given' });
    signIn.clock.advance(10 * HOUR);
    expect(await held.token()).toBe('ya29.given');
    expect(signIn.hidden).toEqual(['ya29.given']);
    expect(google.requests).toEqual([]);
  });

  it('a machine of Google is asked for its own, with the header that only a program sends', async () => {
    const vendorFile = fileOf('Google\n', 'bios_vendor');
    const held = tokens({ metadataHost: google.host }, { vendorFile });
    const first = await held.token();
    signIn.clock.advance(HOUR - 302_000);
    expect(await held.token()).toBe(first);
    signIn.clock.advance(2000);
    expect(await held.token()).not.toBe(first);
  });

  it('a machine is known by its maker, where nothing else is said', async () => {
    const asked: string[] = [];
    const fetch: typeof globalThis.fetch = async (input) => {
      asked.push(input instanceof Request ? input.url : String(input));
      return Response.json({ access_token: 'ya29.of-machine', expires_in: 3600 });
    };
    const vendorFile = fileOf('Google\n', 'bios_vendor');
    expect(await tokens({}, { vendorFile, fetch }).token()).toBe('ya29.of-machine');
    expect(asked).toEqual([
      'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/token',
    ]);
  });
});

describe('where there are none', () => {
  it.each<[string, Partial<GoogleEnvironment>, RegExp]>([
    ['nothing is set', {}, /^There are no Google Cloud credentials\. Run google-github-actions\/auth/],
    [
      'the job may not prove who it is',
      OWN,
      /^A workload identity provider is given, and this job may request no token of GitHub\. Add id-token: write/,
    ],
    [
      'the provider is a short name',
      { workloadIdentityProvider: 'acme' },
      /gcp-workload-identity-provider: "acme" is not the full name of a provider\./,
    ],
    [
      "the provider has the project's ID",
      { workloadIdentityProvider: PROVIDER.replace('123456789', 'acme-prod') },
      /with the number of the project/,
    ],
    [
      'the account is a name',
      { ...OWN, serviceAccount: 'deployer' },
      /gcp-service-account: "deployer" is no service account\./,
    ],
    [
      'the account has no provider',
      { serviceAccount: SERVICE_ACCOUNT },
      /gcp-service-account: is given, and gcp-workload-identity-provider is not\. Give both, or none\./,
    ],
  ])('%s: it is said before anything is asked', async (_, environment, message) => {
    const error = await errorOf(tokens(environment).token());
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toMatch(message);
    expect(error).toMatchObject({ page: 'google-credentials' });
    expect(google.requests).toEqual([]);
  });

  it('both of two wrong values are told', async () => {
    const wrong = { workloadIdentityProvider: 'acme', serviceAccount: 'deployer' };
    expect((await errorOf(tokens(wrong).token())).message).toContain('There are 2 problems');
  });

  it('an address that would get tokens in the clear is refused', async () => {
    const { idToken } = ofGitHub();
    const clear = { ...OWN, endpoints: { sts: 'http://sts.example' } };
    const error = await errorOf(tokens(clear, { idToken }).token());
    expect(error.message).toContain('"http://sts.example", does not begin with https://');
  });
});

describe('Google in trouble', () => {
  it('is asked again after the pause that it wants', async () => {
    const source = tokens({ credentialsFile: fileOf(google.keyFile()) });
    const answers = [{ status: 429, headers: { 'retry-after': '7' } }, { status: 503 }];
    google.script = () => answers.shift() ?? null;
    await source.token();
    expect(signIn.clock.sleeps).toEqual([7000, 2000]);
  });

  it('leaves a token in use that lasts five minutes more', async () => {
    const source = tokens({ credentialsFile: fileOf(google.keyFile()) });
    const first = await source.token();
    google.script = () => ({ status: 503 });
    signIn.clock.advance(HOUR - 200_000);
    expect(await source.token()).toBe(first);
    signIn.clock.advance(200_000);
    const error = await errorOf(source.token());
    expect(error).toBeInstanceOf(GoogleFailure);
    expect(error).toMatchObject({ kind: 'unavailable', mayPass: true, page: 'google-unavailable' });
  });

  it.each([
    ['/token', () => fileOf(google.keyFile())],
    [':generateAccessToken', () => fileOf(google.externalFile({ file: fileOf('a', 'subject') }))],
  ])('that answers to %s with something else has no token', async (path, file) => {
    google.assertions.add('a');
    google.script = ({ url }) => (url.endsWith(path) && url !== '/v1/token' ? { body: '<html>' } : null);
    const error = await errorOf(tokens({ credentialsFile: file() }).token());
    expect(error.message).toContain('the answer has no token');
  });

  it('is left alone by a run that was cancelled', async () => {
    const credentialsFile = fileOf(google.keyFile());
    const cancelled = tokens({ credentialsFile }, { signal: AbortSignal.abort() });
    expect(await errorOf(cancelled.token())).toBeInstanceOf(CancelledError);
  });
});

it('the stores and platforms of a step share its tokens', () => {
  signIn = fakeGoogleSignIn({ accessToken: 'a' });
  expect(googleTokensOf({ ...signIn })).toBe(googleTokensOf(signIn));
});
