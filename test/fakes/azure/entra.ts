/**
 * Microsoft Entra and the metadata service of a machine on a loopback port: what of them a job without a user meets.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 */
import { startHttp, type FakeAnswer, type HttpFake, type SeenRequest } from '../http.ts';

export interface FakeEntra {
  /** An authority host. */
  readonly url: string;
  readonly tenantId: string;
  readonly clientId: string;
  /** Of the application; what is not one of them is refused. */
  readonly secrets: Set<string>;
  /** Tokens of another issuer that a federated credential fits. */
  readonly assertions: Set<string>;
  /** Every token that was given out. */
  readonly tokens: string[];
  readonly requests: SeenRequest[];
  /** What is answered in the place of the usual; null for the usual. */
  script: (request: SeenRequest) => FakeAnswer | null;
  /** How long tokens last, in seconds. */
  seconds: number;
  close(): Promise<void>;
}

const TENANT = '22222222-2222-2222-2222-222222222222';
const CLIENT = '11111111-1111-1111-1111-111111111111';

/** @param now in milliseconds since 1970; what is in the tokens */
export async function startEntra(now: () => number): Promise<FakeEntra> {
  let http: HttpFake | null = null;
  const fake: FakeEntra = {
    get url() {
      return http?.url ?? '';
    },
    tenantId: TENANT,
    clientId: CLIENT,
    secrets: new Set(),
    assertions: new Set(),
    tokens: [],
    get requests() {
      return http?.requests ?? [];
    },
    script: () => null,
    seconds: 3600,
    close: async () => http?.close(),
  };
  const token = (audience: string): string => {
    const from = Math.floor(now() / 1000);
    const claims = {
      aud: audience,
      iss: `https://sts.windows.net/${TENANT}/`,
      iat: from,
      nbf: from - 5,
      exp: from + fake.seconds,
    };
    const made = [{ alg: 'none' }, { ...claims, jti: fake.tokens.length }]
      .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
      .join('.');
    fake.tokens.push(`${made}.signature`);
    return `${made}.signature`;
  };
  http = await startHttp((request) => {
    const scripted = fake.script(request);
    if (scripted !== null) return scripted;
    const url = new URL(request.url, 'http://entra');
    return url.pathname.startsWith('/identity') ? ofMachine(url, request) : ofApplication(url, request);
  });
  return fake;

  function ofApplication(url: URL, { body }: SeenRequest): FakeAnswer {
    if (url.pathname !== `/${TENANT}/oauth2/v2.0/token`) return refusal('AADSTS90002', 'Tenant not found.');
    const form = new URLSearchParams(body);
    if (form.get('client_id') !== CLIENT) return refusal('AADSTS700016', 'Application not found.');
    const scope = form.get('scope') ?? '';
    if (!scope.endsWith('/.default'))
      return refusal('AADSTS1002012', 'The scope is not valid.', 'invalid_scope');
    if (form.get('grant_type') !== 'client_credentials')
      return refusal('AADSTS70003', 'Unsupported grant type.');
    const said = refusedProof(form);
    if (said !== null) return said;
    const expires = { expires_in: fake.seconds, token_type: 'Bearer' };
    return { body: { ...expires, access_token: token(scope.replace(/\/\.default$/, '')) } };
  }

  function refusedProof(form: URLSearchParams): FakeAnswer | null {
    const secret = form.get('client_secret');
    if (secret !== null) {
      return fake.secrets.has(secret) ? null : refusal('AADSTS7000215', 'Invalid client secret provided.');
    }
    const assertion = form.get('client_assertion') ?? '';
    const type = form.get('client_assertion_type');
    if (
      type !== 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' ||
      !fake.assertions.has(assertion)
    ) {
      return refusal(
        'AADSTS700213',
        "No matching federated identity record found for presented assertion subject 'repo:acme/churn:ref:refs/heads/main'.",
      );
    }
    return null;
  }

  /** https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference */
  function ofMachine(url: URL, { headers }: SeenRequest): FakeAnswer {
    if (headers['x-identity-header'] !== 'header-of-the-app') return { status: 401, body: 'no header' };
    const resource = url.searchParams.get('resource') ?? '';
    if (resource === '' || resource.endsWith('.default'))
      return { status: 400, body: { message: 'no resource' } };
    const until = Math.floor(now() / 1000) + fake.seconds;
    return { body: { access_token: token(resource), expires_on: String(until), resource } };
  }
}

function refusal(code: string, said: string, error = 'invalid_client'): FakeAnswer {
  const described = `${code}: ${said} Trace ID: 0f3a Correlation ID: 77aa Timestamp: 2026-01-02 03:04:05Z`;
  return { status: error === 'invalid_client' ? 401 : 400, body: { error, error_description: described } };
}
