/**
 * The clouds of Azure: what one cloud calls Entra, others call otherwise.
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export interface EntraCloud {
  /** Without a slash at its end. */
  readonly authorityHost: string;
  /** What a federated credential wants in the token of another issuer. */
  readonly audience: string;
}

const PUBLIC: EntraCloud = {
  authorityHost: 'https://login.microsoftonline.com',
  audience: 'api://AzureADTokenExchange',
};

/** https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations */
const OTHERS: readonly EntraCloud[] = [
  { authorityHost: 'https://login.microsoftonline.us', audience: 'api://AzureADTokenExchangeUSGov' },
  { authorityHost: 'https://login.partner.microsoftonline.cn', audience: 'api://AzureADTokenExchangeChina' },
  { authorityHost: 'https://login.chinacloudapi.cn', audience: 'api://AzureADTokenExchangeChina' },
];

/** @param authorityHost null for the public cloud */
export function entraCloud(authorityHost: string | null): EntraCloud {
  const host = authorityHost?.replace(/\/+$/, '') ?? PUBLIC.authorityHost;
  return OTHERS.find((cloud) => cloud.authorityHost === host) ?? { ...PUBLIC, authorityHost: host };
}
