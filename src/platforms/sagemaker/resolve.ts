/** The request and what serves, together: the whole of what shall serve. What the request leaves open is carried over. */
import type { Problem } from '../../core/errors.ts';
import type { Desired } from '../../documents/plan.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { merged } from './api-json.ts';
import type { Live } from './live.ts';
import { wantedConfig } from './resolve/config.ts';
import { environmentOf } from './resolve/environment.ts';
import type { ResolvedImage } from './resolve/image.ts';
import { wantedModel } from './resolve/model.ts';
import { overrideProblems } from './resolve/overrides.ts';
import { cloudSettings } from './resolve/settings.ts';
import { configSpec, containerOf, imageDigestOf, modelSpec, textAt } from './specs.ts';

/**
 * @param image what the request asks for; null to keep that of what serves
 * @param key what the digests of the environment are keyed with; null if they are not
 */
export function resolve(
  request: DeploymentRequest,
  live: Live | null,
  image: ResolvedImage | null,
  key: string | null,
): { readonly desired: Desired; readonly problems: readonly Problem[] } {
  const settings = cloudSettings(request);
  const problems: Problem[] = [...overrideProblems(settings)];
  const model = modelSpec(merged(wantedModel(request, live, image, problems), settings.modelOverrides ?? {}));
  const endpointConfig = configSpec(
    merged(wantedConfig(request, live, problems), settings.endpointConfigOverrides ?? {}),
  );
  const specs = { model, endpointConfig };
  const { strategy, staging, model: modelDigest, reference } = request.desired;
  const pinned = imageDigestOf(textAt(containerOf(specs), 'Image'));
  const desired: Desired = {
    model: modelDigest,
    ...(reference === undefined ? {} : { reference }),
    ...(pinned === null ? {} : { image: pinned }),
    environment: environmentOf(request, live, image, key),
    staging,
    strategy,
    spec: {
      ...specs,
      ...(settings.scaling === undefined ? {} : { scaling: settings.scaling }),
      ...(settings.removeScaling ? { removeScaling: true } : {}),
    },
  };
  return { desired, problems };
}
