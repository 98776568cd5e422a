/**
 * The clouds of Azure: what one cloud calls Entra, others call otherwise.
 * https://learn.microsoft.com/entra/identity-platform/authentication-national-cloud
 */
export interface EntraCloud {
  /** Without a slash at its end. */
  readonly authorityHost: string;
  /** What a federated credential wants in the token of another issuer. */
  readonly audience: string;
  /** Azure Resource Manager; without a slash at its end. */
  readonly resourceManager: string;
  /** What a token for an online endpoint of Azure ML is for. */
  readonly mlAudience: string;
  /** Whether Azure Retail Prices has its prices. */
  readonly isListed: boolean;
}

const PUBLIC: EntraCloud = {
  authorityHost: 'https://login.microsoftonline.com',
  audience: 'api://AzureADTokenExchange',
  resourceManager: 'https://management.azure.com',
  mlAudience: 'https://ml.azure.com',
  isListed: true,
};

const CHINA = {
  audience: 'api://AzureADTokenExchangeChina',
  resourceManager: 'https://management.chinacloudapi.cn',
  mlAudience: 'https://ml.azure.cn',
  isListed: false,
};

/**
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations; of Azure ML:
 * azure-ai-ml, _azure_environments.py (AML_RESOURCE_ID)
 */
const OTHERS: readonly EntraCloud[] = [
  {
    authorityHost: 'https://login.microsoftonline.us',
    audience: 'api://AzureADTokenExchangeUSGov',
    resourceManager: 'https://management.usgovcloudapi.net',
    mlAudience: 'https://ml.azure.us',
    isListed: true,
  },
  { authorityHost: 'https://login.partner.microsoftonline.cn', ...CHINA },
  { authorityHost: 'https://login.chinacloudapi.cn', ...CHINA },
];

/** @param authorityHost null for the public cloud */
export function entraCloud(authorityHost: string | null): EntraCloud {
  const host = authorityHost?.replace(/\/+$/, '') ?? PUBLIC.authorityHost;
  return OTHERS.find((cloud) => cloud.authorityHost === host) ?? { ...PUBLIC, authorityHost: host };
}
