/**
 * Tokens of Microsoft Entra, each for one scope, asked for again before they end. One form is posted for an application, one
 * page is fetched for a managed identity, and `az` is started for whoever it signed in: @azure/identity does the same with
 * MSAL, for 90 kB that each action's users would download (docs/decisions/0011-azure-by-requests-of-our-own.md).
 */
import { readFile } from 'node:fs/promises';
import type { AzureSignIn } from '../../core/azure-environment.ts';
import { messageOf, UserError } from '../../core/errors.ts';
import { HeldToken, type Token } from '../held-token.ts';
import { AzureFailure } from './errors.ts';
import { sendToAzure } from './http.ts';
import { identityOf, type Application, type AzureIdentity } from './identity.ts';

export class AzureTokens {
  readonly #signIn: AzureSignIn;
  readonly #held = new Map<string, HeldToken>();
  #identity: Promise<AzureIdentity> | null = null;

  constructor(signIn: AzureSignIn) {
    this.#signIn = signIn;
  }

  /**
   * @param scope such as `https://storage.azure.com/.default`
   * @throws UserError if there are no credentials; AzureFailure if Entra refuses them
   */
  async token(scope: string): Promise<string> {
    const held = this.#held.get(scope) ?? new HeldToken(this.#signIn.clock, () => this.#request(scope));
    this.#held.set(scope, held);
    return held.text();
  }

  async #request(scope: string): Promise<Token> {
    this.#identity ??= findIdentity(this.#signIn);
    const token = await requestToken(await this.#identity, scope, this.#signIn);
    this.#signIn.hide(token.text);
    return token;
  }
}

async function findIdentity({ environment, idToken, which }: AzureSignIn): Promise<AzureIdentity> {
  const hasCli = (await which('az')) !== null;
  return identityOf({ environment, hasIdToken: idToken !== null, hasCli });
}

function requestToken(identity: AzureIdentity, scope: string, signIn: AzureSignIn): Promise<Token> {
  if (identity.kind === 'cli') return ofCli(identity.tenantId, scope, signIn);
  if (identity.kind === 'managed') return ofManagedIdentity(identity, scope, signIn);
  return ofApplication(identity, scope, signIn);
}

type OfApplication = Extract<AzureIdentity, Application>;

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
async function ofApplication(identity: OfApplication, scope: string, signIn: AzureSignIn): Promise<Token> {
  const { authorityHost, tenantId, clientId } = identity;
  const url = `${authorityHost}/${tenantId}/oauth2/v2.0/token`;
  const form = {
    client_id: clientId,
    grant_type: 'client_credentials',
    scope,
    ...(await proof(identity, signIn)),
  };
  const call = {
    operation: 'a token',
    on: `${url} for ${scope}`,
    method: 'POST',
    url,
    headers: () => Promise.resolve({ 'content-type': 'application/x-www-form-urlencoded' }),
    body: new URLSearchParams(form).toString(),
  } as const;
  return tokenIn(await (await sendToAzure(call, signIn)).text(), call, signIn);
}

async function proof(identity: OfApplication, signIn: AzureSignIn): Promise<Record<string, string>> {
  if (identity.kind === 'secret') return { client_secret: identity.secret };
  const assertion =
    identity.kind === 'workload' ? await readToken(identity.file) : await freshIdToken(identity, signIn);
  signIn.hide(assertion);
  return {
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  };
}

/** GitHub's tokens last five minutes, so each request has its own. */
async function freshIdToken(
  { audience }: Extract<AzureIdentity, { kind: 'github' }>,
  { idToken }: AzureSignIn,
): Promise<string> {
  if (idToken === null) throw new Error('The job has no id-token: write.');
  return idToken(audience);
}

async function readToken(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim();
  } catch (cause) {
    throw new UserError(
      `The file of AZURE_FEDERATED_TOKEN_FILE cannot be read: ${messageOf(cause)}. Check its path.`,
      { cause, page: 'azure-credentials' },
    );
  }
}

/** A virtual machine's own, at an address that only itself can reach. */
const MACHINE = 'http://169.254.169.254/metadata/identity/oauth2/token';

/** https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token#get-a-token-using-http */
async function ofManagedIdentity(
  { clientId, endpoint, header }: Extract<AzureIdentity, { kind: 'managed' }>,
  scope: string,
  signIn: AzureSignIn,
): Promise<Token> {
  const url = new URL(endpoint ?? MACHINE);
  url.searchParams.set('api-version', endpoint === null ? '2018-02-01' : '2019-08-01');
  // These ask for a resource, and not for a scope of it.
  url.searchParams.set('resource', scope.replace(/\/\.default$/, ''));
  if (clientId !== null) url.searchParams.set('client_id', clientId);
  const headers: Record<string, string> =
    endpoint === null ? { metadata: 'true' } : { 'x-identity-header': header ?? '' };
  const call = {
    operation: 'a token of the managed identity',
    on: `${url.origin}${url.pathname} for ${scope}`,
    method: 'GET',
    url: url.href,
    headers: () => Promise.resolve(headers),
    timeoutMs: 10_000,
  } as const;
  return tokenIn(await (await sendToAzure(call, signIn)).text(), call, signIn);
}

/** https://learn.microsoft.com/cli/azure/account#az-account-get-access-token */
async function ofCli(tenantId: string | null, scope: string, signIn: AzureSignIn): Promise<Token> {
  const tenant = tenantId === null ? [] : ['--tenant', tenantId];
  const args = ['account', 'get-access-token', '--output', 'json', '--scope', scope, ...tenant];
  const { exec, signal } = signIn;
  const { exitCode, stdout, stderr } = await exec('az', args, { outputIsSecret: true, signal });
  const request = { operation: 'az account get-access-token', on: scope };
  if (exitCode !== 0) throw cliFailure(stderr, request);
  return tokenIn(stdout, request, signIn);
}

function cliFailure(stderr: string, request: { operation: string; on: string }): AzureFailure {
  const said = stderr.replaceAll(/\s+/g, ' ').trim();
  const code = /AADSTS\d+/.exec(said)?.[0] ?? '';
  return new AzureFailure(request, { status: 401, code, said: said.slice(0, 500) });
}

/** Entra has `expires_in` in seconds; a managed identity and az have when, in seconds since 1970. */
function tokenIn(text: string, request: { operation: string; on: string }, signIn: AzureSignIn): Token {
  const answer = parsed(text);
  const token = answer.access_token ?? answer.accessToken;
  if (typeof token !== 'string' || token === '') {
    const said = 'the answer has no token';
    throw new AzureFailure(request, { status: 0, code: '', said });
  }
  const at = Number(answer.expires_on);
  if (at > 0) return { text: token, until: at * 1000 };
  const seconds = Number(answer.expires_in);
  return { text: token, until: signIn.clock.now().getTime() + (seconds > 0 ? seconds : 0) * 1000 };
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

const known = new WeakMap<AzureSignIn, AzureTokens>();

/** The tokens of one way to sign in: stores and platforms of a step share them. */
export function tokensOf(signIn: AzureSignIn): AzureTokens {
  const tokens = known.get(signIn) ?? new AzureTokens(signIn);
  known.set(signIn, tokens);
  return tokens;
}
