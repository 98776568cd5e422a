import { googleEndpoint } from '../../clouds/google/endpoints.ts';
import { GoogleRest } from '../../clouds/google/rest.ts';
import { googleTokensOf } from '../../clouds/google/tokens.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { cloudTargetOptions } from '../../deployment/target-options.ts';
import { placeOf } from './place.ts';
import { createVertexTarget } from './vertex-target.ts';

/** @throws UserError where neither the group nor the credentials say where the endpoint is */
export function open(wishes: TargetWishes, host: PlatformHost): DeploymentTarget {
  const { google } = host;
  const { environment } = google;
  const place = placeOf(wishes.group ?? {}, environment.project);
  const own = `https://${place.location}-aiplatform.googleapis.com`;
  return createVertexTarget({
    rest: new GoogleRest({ ...google, tokens: googleTokensOf(google) }),
    place,
    hosts: { aiplatform: googleEndpoint(environment, 'aiplatform', own) },
    removesAdopted: wishes.removesAdopted ?? false,
    ...cloudTargetOptions(wishes, host),
  });
}
