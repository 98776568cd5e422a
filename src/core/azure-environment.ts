/** What the environment of a job says about Azure, by the names that Azure's own clients read; null where it says nothing. */
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
}
