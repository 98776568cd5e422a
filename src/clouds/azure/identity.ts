/** Which credentials a job has: decided by what its environment says, before anything is asked of Azure. */
import { AZURE_ID, AZURE_TENANT, type AzureEnvironment } from '../../core/azure-environment.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import { isSafeUrl } from '../safe-url.ts';
import { entraCloud } from './entra-clouds.ts';
import { NO_CREDENTIALS } from './errors.ts';

/** An application of a directory, which proves itself by one of three. */
export interface Application {
  readonly clientId: string;
  readonly tenantId: string;
  /** Without a slash at its end. */
  readonly authorityHost: string;
}

export type AzureIdentity =
  | ({ readonly kind: 'secret'; readonly secret: string } & Application)
  | ({ readonly kind: 'workload'; readonly file: string } & Application)
  /** A new token of GitHub for each request. */
  | ({ readonly kind: 'github'; readonly audience: string } & Application)
  /** `endpoint` is null on a virtual machine, and `clientId` for the one identity that a machine has. */
  | {
      readonly kind: 'managed';
      readonly clientId: string | null;
      readonly endpoint: string | null;
      readonly header: string | null;
    }
  /** Whoever `az login` (azure/login) signed in. */
  | { readonly kind: 'cli'; readonly tenantId: string | null };

export interface Surroundings {
  readonly environment: AzureEnvironment;
  /** Whether the job may have tokens of GitHub (`id-token: write`). */
  readonly hasIdToken: boolean;
  readonly hasCli: boolean;
}

/** By the names of Azure's own clients; `dev` and `prod` are groups of them. https://aka.ms/azsdk/js/identity/credential-chains */
const NAMED: Readonly<Record<string, AzureIdentity['kind'] | null>> = {
  EnvironmentCredential: 'secret',
  WorkloadIdentityCredential: 'workload',
  ManagedIdentityCredential: 'managed',
  AzureCliCredential: 'cli',
  dev: 'cli',
  prod: null,
};

/**
 * What was set on purpose comes first: a secret, a file. Then GitHub's token, which every job with id-token: write has;
 * az comes last, since its own token of GitHub ends after minutes.
 * @throws UserError if there are none, or if one of them is half set
 */
export function identityOf({ environment, hasIdToken, hasCli }: Surroundings): AzureIdentity {
  refuseWrong(environment);
  const { clientId, tenantId, identityEndpoint, identityHeader, credential } = environment;
  const { authorityHost, audience } = entraCloud(environment.authorityHost);
  const { clientSecret: secret, federatedTokenFile: file } = environment;
  const application = clientId === null || tenantId === null ? null : { clientId, tenantId, authorityHost };
  const managed = { kind: 'managed', clientId, endpoint: identityEndpoint, header: identityHeader } as const;
  const found: (AzureIdentity | null)[] = [
    application && secret !== null ? { kind: 'secret', secret, ...application } : null,
    application && file !== null ? { kind: 'workload', file, ...application } : null,
    application && hasIdToken ? { kind: 'github', audience, ...application } : null,
    // A machine is asked only if somebody says that it has one: GitHub's own runners are machines of Azure too.
    identityEndpoint !== null || kindOf(credential) === 'managed' ? managed : null,
    hasCli ? { kind: 'cli', tenantId } : null,
  ];
  const wanted = kindOf(credential);
  const identity = found.find((each) => each !== null && (wanted === null || each.kind === wanted));
  if (identity) return identity;
  throw new UserError(wanted === null ? NO_CREDENTIALS : notThere(credential ?? ''), {
    page: 'azure-credentials',
  });
}

function kindOf(credential: string | null): AzureIdentity['kind'] | null {
  return credential === null ? null : (NAMED[spelled(credential) ?? ''] ?? null);
}

/** They are read in any case; undefined if there is none of that name. */
function spelled(credential: string): string | undefined {
  return Object.keys(NAMED).find((name) => name.toLowerCase() === credential.toLowerCase());
}

function notThere(credential: string): string {
  return `AZURE_TOKEN_CREDENTIALS asks for ${credential}, and this job has nothing that it needs. Set that, or leave AZURE_TOKEN_CREDENTIALS out.`;
}

const IDENTITY_PROTOCOL = /^https?:\/\//;

/** Nothing is asked for with what cannot be right. */
function refuseWrong(environment: AzureEnvironment): void {
  const problems = [...wrongValues(environment), ...halfSet(environment)];
  if (problems.length > 0) throw UserError.of(problems, { page: 'azure-credentials' });
}

function* wrongValues({
  clientId,
  tenantId,
  authorityHost,
  identityEndpoint,
}: AzureEnvironment): Generator<Problem> {
  if (clientId !== null && !AZURE_ID.test(clientId)) {
    const fix = 'Give the application (client) ID, as 00000000-0000-0000-0000-000000000000.';
    yield { where: 'AZURE_CLIENT_ID', message: `"${clientId}" is not the ID of an application.`, fix };
  }
  if (tenantId !== null && !AZURE_TENANT.test(tenantId)) {
    const fix = 'Give the directory (tenant) ID, or a domain of it.';
    yield { where: 'AZURE_TENANT_ID', message: `"${tenantId}" is not a valid directory.`, fix };
  }
  if (authorityHost !== null && !isSafeUrl(authorityHost)) {
    const message = `"${authorityHost}" does not begin with https://, and secrets are sent there.`;
    yield { where: 'AZURE_AUTHORITY_HOST', message, fix: 'Leave it out for the public cloud.' };
  }
  if (identityEndpoint !== null && !IDENTITY_PROTOCOL.test(identityEndpoint)) {
    yield { where: 'IDENTITY_ENDPOINT', message: `"${identityEndpoint}" is not a URL.` };
  }
}

function* halfSet({
  clientId,
  tenantId,
  clientSecret,
  federatedTokenFile,
  credential,
}: AzureEnvironment): Generator<Problem> {
  const proofs = {
    AZURE_CLIENT_SECRET: clientSecret,
    AZURE_FEDERATED_TOKEN_FILE: federatedTokenFile,
  };
  for (const [where, proof] of Object.entries(proofs)) {
    if (proof === null) continue;
    const missing = [
      ...(clientId === null ? ['AZURE_CLIENT_ID'] : []),
      ...(tenantId === null ? ['AZURE_TENANT_ID'] : []),
    ];
    if (missing.length === 0) continue;
    const message = `is set, and ${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} not.`;
    yield { where, message, fix: 'Set all of them, or none.' };
  }
  if (credential !== null && spelled(credential) === undefined) {
    const message = `"${credential}" is no credential that ml-deploy knows.`;
    const fix = `It knows ${Object.keys(NAMED).join(', ')}. Leave it out to take what is there.`;
    yield { where: 'AZURE_TOKEN_CREDENTIALS', message, fix };
  }
}
