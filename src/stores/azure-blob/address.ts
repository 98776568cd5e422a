import { UserError } from '../../core/errors.ts';
import { objectStoreOf } from '../../core/stores.ts';

export interface BlobAddress {
  /** `https://<account>.blob.core.windows.net`, without a slash at its end. */
  readonly service: string;
  readonly container: string;
  /** As the blob is called, and not as a URL writes it; '' for the container itself. */
  readonly key: string;
}

/** https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
const CONTAINER = /^([a-z0-9](?:-?[a-z0-9]){2,62}|\$root|\$web)$/;
const FORM = 'Write https://account.blob.core.windows.net/container/prefix.';

/** @throws UserError for a URL that names no container */
export function parseBlobUrl(url: string): BlobAddress {
  // What is behind ? may be a signature: it is shown to nobody.
  const [plain = '', ...query] = url.split(/[?#]/);
  if (query.length > 0) {
    throw new UserError(
      `"${plain}" has a query or a fragment behind it. Leave it out: the store is opened with the job's own identity, and not with a SAS token.`,
    );
  }
  const [, host = '', container = '', rest = ''] = /^https:\/\/([^/]*)\/*([^/]*)\/*(.*)$/is.exec(url) ?? [];
  if (objectStoreOf(`https://${host}/`) !== 'azure-blob') {
    throw new UserError(`"${url}" is not in Azure Blob: "${host}" is not a blob service. ${FORM}`);
  }
  if (!CONTAINER.test(container)) {
    throw new UserError(
      `"${url}" names no container: "${container}" is not 3 to 63 small letters, digits and single hyphens. ${FORM}`,
    );
  }
  return { service: `https://${host.toLowerCase()}`, container, key: decoded(rest, url) };
}

/** The URL of a blob; each part of its name as URLs write it. */
export function blobUrl({ service, container }: Omit<BlobAddress, 'key'>, key: string): string {
  return `${service}/${container}/${key.split('/').map(encodeURIComponent).join('/')}`;
}

function decoded(path: string, url: string): string {
  try {
    return decodeURIComponent(path);
  } catch (cause) {
    throw new UserError(`"${url}" has a % that begins no character. Write %25 for it.`, { cause });
  }
}
