import { googleEndpoint } from '../../clouds/google/endpoints.ts';
import { GoogleRest } from '../../clouds/google/rest.ts';
import { googleTokensOf } from '../../clouds/google/tokens.ts';
import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';
import { placeOf } from './place.ts';
import { createVertexTarget } from './vertex-target.ts';

/** @throws UserError where neither the group nor the credentials say where the endpoint is */
export function open(
  wishes: TargetWishes,
  { context, clock, signal, log, settings, google }: PlatformHost,
): DeploymentTarget {
  const { environment } = google;
  const place = placeOf(wishes.group ?? {}, environment.project);
  const own = `https://${place.location}-aiplatform.googleapis.com`;
  return createVertexTarget({
    rest: new GoogleRest({ ...google, tokens: googleTokensOf(google) }),
    place,
    hosts: { aiplatform: googleEndpoint(environment, 'aiplatform', own) },
    adopt: wishes.adopt ?? false,
    removesAdopted: wishes.removesAdopted ?? false,
    environment: wishes.environment ?? new Map(),
    environmentKey: wishes.environmentKey ?? null,
    tags: wishes.tags ?? new Map(),
    environmentName: wishes.environmentName,
    context,
    clock,
    signal,
    log,
    timeoutMs: wishes.timeoutMs,
    pollMs: settings.pollMs,
    keepVersions: wishes.keepVersions,
  });
}
