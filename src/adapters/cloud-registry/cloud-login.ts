/** Logins of the registries of Google Cloud and Azure, by the identity of the job: no password is kept anywhere. */
import { tokensOf } from '../../clouds/azure/tokens.ts';
import { sendToAzure, type AzureCall } from '../../clouds/azure/http.ts';
import { googleTokensOf } from '../../clouds/google/tokens.ts';
import type { AzureSignIn } from '../../core/azure-environment.ts';
import { UpstreamError, UserError } from '../../core/errors.ts';
import type { GoogleSignIn } from '../../core/google-environment.ts';
import type { Login } from '../../core/image/ecr.ts';
import type { Logger } from '../../core/ports.ts';

export interface CloudSignIns {
  readonly google: GoogleSignIn;
  readonly azure: AzureSignIn;
}

/** Each asked for once in a run, by host. */
export type CloudLogins = (host: string) => Promise<Login | null>;

/** https://cloud.google.com/artifact-registry/docs/docker/authentication, and gcr.io, which it took over. */
const GOOGLE = /^(?:[a-z0-9-]+-docker\.pkg\.dev|(?:[a-z0-9-]+\.)?gcr\.io)$/;
/** https://learn.microsoft.com/azure/container-registry/container-registry-get-started-azure-cli: global, US and China. */
const AZURE = /^[a-z0-9-]+\.azurecr\.(?:io|us|cn)$/;

/** What images are asked for: each needs another role. */
export type RegistryUse = 'read' | 'push';

/** null for the registry of somebody else. @throws what the cloud refuses, in its words */
export function cloudLogins(signIns: CloudSignIns, use: RegistryUse, log: Pick<Logger, 'info'>): CloudLogins {
  const known = new Map<string, Promise<Login | null>>();
  return (host) => {
    const request = loginOf(host, signIns, use);
    if (request === null) return Promise.resolve(null);
    const login = known.get(host) ?? (use === 'push' ? request() : orNone(request(), host, log));
    known.set(host, login);
    return login;
  };
}

/** Public images are read by anybody: a job without an identity at that cloud asks without a login. */
async function orNone(login: Promise<Login>, host: string, log: Pick<Logger, 'info'>): Promise<Login | null> {
  try {
    return await login;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    log.info(`${host} is read without a login. ${error.message}`);
    return null;
  }
}

function loginOf(
  host: string,
  { google, azure }: CloudSignIns,
  use: RegistryUse,
): (() => Promise<Login>) | null {
  if (GOOGLE.test(host)) {
    return async () => ({ username: 'oauth2accesstoken', password: await googleTokensOf(google).token() });
  }
  return AZURE.test(host) ? () => ofAzure(host, azure, use) : null;
}

/** https://learn.microsoft.com/azure/container-registry/container-registry-roles */
const NEEDS = {
  read: { permission: 'Microsoft.ContainerRegistry/registries/pull/read', role: 'AcrPull' },
  push: { permission: 'Microsoft.ContainerRegistry/registries/push/write', role: 'AcrPush' },
} as const;

/** Tokens of Resource Manager can be switched off for a registry; those of this one cannot. https://learn.microsoft.com/azure/container-registry/container-registry-disable-authentication-as-arm */
const SCOPE = 'https://containerregistry.azure.net/.default';
/** Says that the password is a token. https://learn.microsoft.com/azure/container-registry/container-registry-authentication#az-acr-login-with---expose-token */
const TOKEN_USER = '00000000-0000-0000-0000-000000000000';

/** https://github.com/Azure/acr/blob/main/docs/AAD-OAuth.md#calling-post-oauth2exchange-to-get-an-acr-refresh-token */
async function ofAzure(host: string, signIn: AzureSignIn, use: RegistryUse): Promise<Login> {
  const { permission, role } = NEEDS[use];
  const { tenantId } = signIn.environment;
  const form = {
    grant_type: 'access_token',
    service: host,
    ...(tenantId === null ? {} : { tenant: tenantId }),
    access_token: await tokensOf(signIn).token(SCOPE),
  };
  const call: AzureCall = {
    operation: 'the login of a container registry',
    on: host,
    needs: [permission],
    role: `${role} on the registry ${host}`,
    method: 'POST',
    url: `https://${host}/oauth2/exchange`,
    headers: () => Promise.resolve({ 'content-type': 'application/x-www-form-urlencoded' }),
    body: new URLSearchParams(form).toString(),
  };
  const password = refreshTokenIn(await (await sendToAzure(call, signIn)).text());
  if (password === null) {
    throw new UpstreamError(
      'Azure',
      `${host} gave no login for the identity of this job. Run this step again.`,
    );
  }
  signIn.hide(password);
  return { username: TOKEN_USER, password };
}

function refreshTokenIn(text: string): string | null {
  try {
    const { refresh_token: token } = JSON.parse(text) as { readonly refresh_token?: unknown };
    return typeof token === 'string' && token !== '' ? token : null;
  } catch {
    return null;
  }
}
