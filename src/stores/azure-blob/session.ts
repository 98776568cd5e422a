/** What every request to Azure Blob goes through: the address, the token, and errors that are explained. */
import { UserError } from '../../core/errors.ts';
import { AzureFailure } from '../../clouds/azure/errors.ts';
import { sendToAzure } from '../../clouds/azure/http.ts';
import { tokensOf, type AzureTokens } from '../../clouds/azure/tokens.ts';
import { safeEndpoint } from '../../clouds/safe-url.ts';
import { blobUrl, type BlobAddress } from './address.ts';
import type { AzureBlobOptions } from './options.ts';

/** https://learn.microsoft.com/rest/api/storageservices/versioning-for-the-azure-storage-services */
const API_VERSION = '2023-11-03';
const SCOPE = 'https://storage.azure.com/.default';
const DATA_ACTIONS = 'Microsoft.Storage/storageAccounts/blobServices/containers/blobs';
/** Part of a large blob over a slow line. */
const WRITE_MS = 600_000;

export interface BlobCall {
  /** As Azure's documentation calls it: `Put Block List`. */
  readonly operation: string;
  readonly method: 'GET' | 'HEAD' | 'PUT';
  /** Whole, with the store's prefix; '' for the container itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  readonly needs: 'read' | 'write';
  /** Called before it is sent again. */
  readonly onRepeat?: () => void;
}

export class BlobSession {
  readonly address: Omit<BlobAddress, 'key'>;
  readonly options: AzureBlobOptions;
  readonly #tokens: AzureTokens;
  /** Where requests go; another place than the address says for Azurite, or behind a gateway. */
  readonly #service: string;

  constructor(address: Omit<BlobAddress, 'key'>, options: AzureBlobOptions) {
    this.address = address;
    this.options = options;
    this.#tokens = tokensOf(options);
    this.#service =
      safeEndpoint('AZURE_STORAGE_SERVICE_ENDPOINT', options.environment.blobEndpoint) ?? address.service;
  }

  urlOf(key: string): string {
    return blobUrl(this.address, key);
  }

  /** @throws AzureFailure; UserError if there is no such container */
  async call({ operation, key, query = {}, headers = {}, needs, ...rest }: BlobCall): Promise<Response> {
    const { service: _, ...place } = this.address;
    const url = new URL(
      key === '' ? `${this.#service}/${place.container}` : blobUrl({ ...place, service: this.#service }, key),
    );
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const request = {
      ...rest,
      operation,
      on: this.urlOf(key),
      url: url.href,
      needs: [`${DATA_ACTIONS}/${needs}`],
      role: `Storage Blob Data ${needs === 'read' ? 'Reader' : 'Contributor'} on the container ${place.container}`,
      timeoutMs: rest.method === 'GET' ? null : WRITE_MS,
      headers: async () => ({
        ...headers,
        'x-ms-version': API_VERSION,
        authorization: `Bearer ${await this.#tokens.token(SCOPE)}`,
      }),
    };
    try {
      return await sendToAzure(request, this.options);
    } catch (error) {
      throw this.#placeError(error) ?? error;
    }
  }

  /** What is wrong with the place that is asked for; null if nothing is. */
  #placeError(error: unknown): UserError | null {
    if (!(error instanceof AzureFailure) || error.code !== 'ContainerNotFound') return null;
    const { container, service } = this.address;
    return new UserError(
      `There is no container "${container}" at ${service}. Check its name, or create it first.`,
      { cause: error, page: 'azure-refused' },
    );
  }
}
