/**
 * What of Google a job asks for tokens, on a loopback port: the security token service, IAM credentials, the OAuth token
 * endpoint and a machine's metadata server. Each looks at every proof.
 * https://cloud.google.com/iam/docs/reference/sts/rest/v1/TopLevel/token
 * https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken
 * https://developers.google.com/identity/protocols/oauth2/service-account#httprest
 * https://cloud.google.com/compute/docs/access/authenticate-workloads#applications
 */
import { createVerify, generateKeyPairSync } from 'node:crypto';
import { startHttp, type FakeAnswer, type HttpFake, type SeenRequest } from '../http.ts';

export interface FakeGoogleLogin {
  readonly url: string;
  /** The host and port of the metadata server. */
  readonly host: string;
  /** Tokens of another issuer that the provider trusts. */
  readonly assertions: Set<string>;
  readonly requests: SeenRequest[];
  /** Every token that was given out, those on the way among them. */
  readonly tokens: string[];
  /** Those that open an API. */
  readonly opens: Set<string>;
  /** A key of the service account, as the console downloads it. */
  readonly keyFile: () => Record<string, string>;
  /** As google-github-actions/auth writes it. */
  readonly externalFile: (source: object, impersonated?: boolean) => Record<string, unknown>;
  /** As `gcloud auth application-default login` writes it. */
  readonly userFile: () => Record<string, string>;
  /** What is answered in the place of the usual; null for the usual. */
  script: (request: SeenRequest) => FakeAnswer | null;
  /** How long tokens last, in seconds. */
  seconds: number;
  close(): Promise<void>;
}

export const PROVIDER = 'projects/123456789/locations/global/workloadIdentityPools/github/providers/acme';
export const SERVICE_ACCOUNT = 'deployer@acme-prod.iam.gserviceaccount.com';
const AUDIENCE = `//iam.googleapis.com/${PROVIDER}`;
const SCOPE = 'https://www.googleapis.com/auth/cloud-platform';
const keys = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** @param now in milliseconds since 1970 */
export async function startGoogleLogin(now: () => number): Promise<FakeGoogleLogin> {
  let http: HttpFake | null = null;
  const url = () => http?.url ?? '';
  /** By token: whether it may act as the service account. */
  const federated = new Set<string>();
  const fake: FakeGoogleLogin = {
    get url() {
      return url();
    },
    get host() {
      return url().replace('http://', '');
    },
    assertions: new Set(),
    get requests() {
      return http?.requests ?? [];
    },
    tokens: [],
    opens: new Set(),
    keyFile: () => ({
      type: 'service_account',
      client_email: SERVICE_ACCOUNT,
      private_key: keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      private_key_id: 'key-1',
      token_uri: `${url()}/token`,
    }),
    externalFile: (source, impersonated = true) => ({
      type: 'external_account',
      audience: AUDIENCE,
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: `${url()}/v1/token`,
      credential_source: source,
      ...(impersonated
        ? {
            service_account_impersonation_url: `${url()}/v1/projects/-/serviceAccounts/${SERVICE_ACCOUNT}:generateAccessToken`,
          }
        : {}),
    }),
    userFile: () => ({
      type: 'authorized_user',
      client_id: 'client',
      client_secret: 'secret-of-gcloud',
      refresh_token: 'refresh-token-of-a-person',
      quota_project_id: 'acme-quota',
      token_uri: `${url()}/token`,
    }),
    script: () => null,
    seconds: 3599,
    close: async () => http?.close(),
  };
  const token = (kind: string): string => {
    const made = `ya29.${kind}-${fake.tokens.length}`;
    fake.tokens.push(made);
    fake.opens.add(made);
    return made;
  };

  http = await startHttp((request) => fake.script(request) ?? usual(request));
  return fake;

  function usual(request: SeenRequest): FakeAnswer {
    const { pathname } = new URL(request.url, 'http://google');
    if (pathname === '/v1/token') return exchanged(new URLSearchParams(request.body));
    if (pathname.endsWith(':generateAccessToken')) return impersonated(pathname, request);
    if (pathname === '/token') return granted(new URLSearchParams(request.body));
    if (pathname === '/computeMetadata/v1/instance/service-accounts/default/token') return ofMachine(request);
    return { status: 404, body: '<!DOCTYPE html><html><title>Error 404 (Not Found)</title></html>' };
  }

  function exchanged(form: URLSearchParams): FakeAnswer {
    const wanted = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
      subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      scope: SCOPE,
    };
    for (const [name, value] of Object.entries(wanted)) {
      if (form.get(name) !== value) return refusal(400, 'invalid_request', `Invalid value for "${name}".`);
    }
    if (form.get('audience') !== AUDIENCE) {
      return refusal(
        400,
        'invalid_target',
        'The target service indicated by the "audience" parameters is invalid.',
      );
    }
    if (!fake.assertions.has(form.get('subject_token') ?? '')) {
      return refusal(
        403,
        'unauthorized_client',
        'The given credential is rejected by the attribute condition.',
      );
    }
    const access = token('federated');
    federated.add(access);
    return { body: { access_token: access, token_type: 'Bearer', expires_in: fake.seconds } };
  }

  function impersonated(pathname: string, { headers, body }: SeenRequest): FakeAnswer {
    const bearer = (headers.authorization ?? '').replace('Bearer ', '');
    if (!fake.opens.has(bearer)) return apiError(401, 'UNAUTHENTICATED', 'Request had invalid credentials.');
    if (!pathname.includes(`/serviceAccounts/${SERVICE_ACCOUNT}:`)) {
      const said =
        "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).";
      return apiError(403, 'PERMISSION_DENIED', said);
    }
    const { scope, lifetime } = JSON.parse(body) as { scope?: string[]; lifetime?: string };
    if (scope?.join(' ') !== SCOPE) return apiError(400, 'INVALID_ARGUMENT', 'Scope required.');
    if (lifetime !== '3600s') return apiError(400, 'INVALID_ARGUMENT', 'Lifetime must be within an hour.');
    const expireTime = new Date(now() + fake.seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
    return { body: { accessToken: token('account'), expireTime } };
  }

  function granted(form: URLSearchParams): FakeAnswer {
    const answer = () => ({
      body: { access_token: token('granted'), expires_in: fake.seconds, token_type: 'Bearer' },
    });
    if (form.get('grant_type') === 'refresh_token') {
      const { client_id, client_secret, refresh_token } = fake.userFile();
      const isRight = Object.entries({ client_id, client_secret, refresh_token }).every(
        ([name, value]) => form.get(name) === value,
      );
      return isRight ? answer() : refusal(400, 'invalid_grant', 'Token has been expired or revoked.');
    }
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
      return refusal(400, 'unsupported_grant_type', 'Invalid grant_type.');
    }
    return isSigned(form.get('assertion') ?? '')
      ? answer()
      : refusal(400, 'invalid_grant', 'Invalid JWT Signature.');
  }

  function isSigned(assertion: string): boolean {
    const [head = '', claims = '', signature = ''] = assertion.split('.');
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    const seconds = Math.floor(now() / 1000);
    const isRight =
      said.iss === SERVICE_ACCOUNT &&
      said.scope === SCOPE &&
      said.aud === `${url()}/token` &&
      Number(said.iat) <= seconds &&
      Number(said.exp) > seconds &&
      Number(said.exp) === Number(said.iat) + 3600;
    return (
      isRight &&
      createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(keys.publicKey, signature, 'base64url')
    );
  }

  function ofMachine({ headers }: SeenRequest): FakeAnswer {
    if (headers['metadata-flavor'] !== 'Google')
      return { status: 403, body: 'Missing Metadata-Flavor:Google header.' };
    return { body: { access_token: token('machine'), expires_in: fake.seconds, token_type: 'Bearer' } };
  }
}

function refusal(status: number, error: string, said: string): FakeAnswer {
  return { status, body: { error, error_description: said } };
}

function apiError(code: number, status: string, message: string): FakeAnswer {
  return { status: code, body: { error: { code, message, status } } };
}
