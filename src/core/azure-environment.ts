import type { Clock, Exec, Which } from './ports.ts';

/** What the environment of a job says about Azure, by the names that Azure's own clients read; null if it says nothing. */
export interface AzureEnvironment {
  /** Application (client) ID of an app registration or a user-assigned managed identity. (AZURE_CLIENT_ID) */
  readonly clientId: string | null;
  /** ID or domain of the directory. (AZURE_TENANT_ID) */
  readonly tenantId: string | null;
  /** (AZURE_CLIENT_SECRET) */
  readonly clientSecret: string | null;
  /** A file that somebody else keeps fresh, such as Kubernetes. (AZURE_FEDERATED_TOKEN_FILE) */
  readonly federatedTokenFile: string | null;
  /** Where Microsoft Entra is. (AZURE_AUTHORITY_HOST) */
  readonly authorityHost: string | null;
  /** The managed identity of a container or an app. (IDENTITY_ENDPOINT, IDENTITY_HEADER) */
  readonly identityEndpoint: string | null;
  readonly identityHeader: string | null;
  /** Names one credential, as Azure's clients have it, such as `ManagedIdentityCredential`. (AZURE_TOKEN_CREDENTIALS) */
  readonly credential: string | null;
  /** A blob service that is not at its own address, such as Azurite's. (AZURE_STORAGE_SERVICE_ENDPOINT) */
  readonly blobEndpoint: string | null;
  /** Azure Resource Manager if it is not at its own address, such as a stand-in. (AZURE_RESOURCE_MANAGER_ENDPOINT) */
  readonly resourceManager: string | null;
  /** The list of prices if it is not at its own address, such as a stand-in. (AZURE_RETAIL_PRICES_ENDPOINT) */
  readonly retailPrices?: string | null;
}

export const AZURE_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** An ID, or a domain of the directory. */
export const AZURE_TENANT = /^[0-9a-z][0-9a-z.-]*$/i;

/** How a job proves to Azure who it is. */
export interface AzureSignIn {
  readonly environment: AzureEnvironment;
  /** A new token of GitHub for an audience; null if the job lacks `id-token: write`. */
  readonly idToken: ((audience: string) => Promise<string>) | null;
  readonly exec: Exec;
  readonly which: Which;
  /** Hides a secret in whatever is logged from now on. */
  readonly hide: (secret: string) => void;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  readonly signal: AbortSignal;
  /** For tests. */
  readonly fetch?: typeof globalThis.fetch;
}
