import { Arm } from '../../clouds/azure/arm.ts';
import { entraCloud } from '../../clouds/azure/entra-clouds.ts';
import { tokensOf } from '../../clouds/azure/tokens.ts';
import { safeEndpoint } from '../../clouds/safe-url.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { cloudTargetOptions } from '../../deployment/target-options.ts';
import { createAzureMlTarget } from './azure-ml-target.ts';
import { placeOf } from './place.ts';
import { Resources } from './resources.ts';

/** @throws UserError if the group does not say where the endpoint is */
export function open(wishes: TargetWishes, host: PlatformHost): DeploymentTarget {
  const { azure } = host;
  const place = placeOf(wishes.group ?? {});
  const tokens = tokensOf(azure);
  const { authorityHost, resourceManager } = azure.environment;
  const cloud = entraCloud(authorityHost);
  const endpoint = safeEndpoint('AZURE_RESOURCE_MANAGER_ENDPOINT', resourceManager) ?? cloud.resourceManager;
  const resources = new Resources(new Arm({ ...azure, tokens, endpoint }), place);
  return createAzureMlTarget({
    resources,
    scoring: { tokens, resources, audience: cloud.mlAudience, hide: azure.hide },
    place,
    ...cloudTargetOptions(wishes, host),
    prices: async (skus) => {
      const { azurePrices } = await import('../../clouds/azure/price-list.ts');
      const at = safeEndpoint('AZURE_RETAIL_PRICES_ENDPOINT', azure.environment.retailPrices ?? null);
      const region = async () => (await resources.workspace()).location;
      return azurePrices({ ...azure, endpoint: at, isListed: cloud.isListed }, region)(skus);
    },
  });
}
