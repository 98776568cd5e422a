import { googleEndpoint } from '../../clouds/google/endpoints.ts';
import { GoogleRest } from '../../clouds/google/rest.ts';
import { googleTokensOf } from '../../clouds/google/tokens.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { cloudTargetOptions } from '../../deployment/target-options.ts';
import { placeOf } from './place.ts';
import { createVertexTarget } from './vertex-target.ts';

/** @throws UserError if neither the group nor the credentials say where the endpoint is */
export function open(wishes: TargetWishes, host: PlatformHost): DeploymentTarget {
  const { google } = host;
  const { environment } = google;
  const place = placeOf(wishes.group ?? {}, environment.project);
  const own = `https://${place.location}-aiplatform.googleapis.com`;
  const tokens = googleTokensOf(google);
  return createVertexTarget({
    rest: new GoogleRest({ ...google, tokens }),
    place,
    hosts: {
      aiplatform: googleEndpoint(environment, 'aiplatform', own),
      monitoring: googleEndpoint(environment, 'monitoring'),
      logging: googleEndpoint(environment, 'logging'),
      storage: googleEndpoint(environment, 'storage'),
    },
    openStore: host.openStore,
    imageDigest: host.imageDigest,
    ...cloudTargetOptions(wishes, host),
    prices: async (skus) => {
      const { googlePrices } = await import('../../clouds/google/price-list.ts');
      const endpoint = googleEndpoint(environment, 'cloudbilling');
      return googlePrices({ ...google, tokens, endpoint, location: place.location })(skus);
    },
  });
}
