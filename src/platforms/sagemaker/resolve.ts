/** The request and what serves, together: the whole of what shall serve. What the request leaves open is carried over. */
import { UserError, type Problem } from '../../core/errors.ts';
import type { Desired } from '../../documents/plan.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { isObject, merged } from './api-json.ts';
import type { Live } from './live.ts';
import { wantedConfig } from './resolve/config.ts';
import { environmentOf } from './resolve/environment.ts';
import type { ResolvedImage } from './resolve/image.ts';
import { wantedModel } from './resolve/model.ts';
import { overrideProblems } from './resolve/overrides.ts';
import { cloudSettings } from './resolve/settings.ts';
import {
  configSpec,
  containerOf,
  imageDigestOf,
  modelSpec,
  numberAt,
  textAt,
  variantOf,
  type Specs,
} from './specs.ts';

export function specsOf(desired: Desired): Specs {
  const { model, endpointConfig } = desired.settings;
  if (!isObject(model) || !isObject(endpointConfig)) {
    throw new UserError(
      'This plan was not made for SageMaker: its settings hold no model and no endpoint config.',
    );
  }
  return { model, endpointConfig };
}

/** @param image what the request asks for; null to keep that of what serves */
export function resolve(
  request: DeploymentRequest,
  live: Live | null,
  image: ResolvedImage | null,
): { readonly desired: Desired; readonly problems: readonly Problem[] } {
  const settings = cloudSettings(request);
  const problems: Problem[] = [...overrideProblems(settings)];
  const model = modelSpec(merged(wantedModel(request, live, image, problems), settings.modelOverrides ?? {}));
  const endpointConfig = configSpec(
    merged(wantedConfig(request, live, problems), settings.endpointConfigOverrides ?? {}),
  );
  const specs = { model, endpointConfig };
  const variant = variantOf(specs);
  const environment = environmentOf(request, live, image);
  const { strategy, scaling, staging, modelDigest, referenceDigest } = request.desired;
  const desired: Desired = {
    modelDigest,
    referenceDigest,
    imageDigest: imageDigestOf(textAt(containerOf(specs), 'Image')),
    variantName: textAt(variant, 'VariantName'),
    instanceType: textAt(variant, 'InstanceType'),
    instanceCount: numberAt(variant, 'InitialInstanceCount'),
    scaling,
    strategy,
    staging,
    environment,
    settings: { ...specs, ...(settings.removeScaling ? { removeScaling: true } : {}) },
  };
  return { desired, problems };
}
