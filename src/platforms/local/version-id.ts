import { digestOf } from '../../core/canonical-json.ts';
import type { Desired } from '../../documents/plan.ts';

/** The content that is served: the model alone, or a container with everything that decides what it answers. */
export function versionOf({
  model,
  image,
  environment,
}: Pick<Desired, 'model' | 'image' | 'environment'>): string {
  if (image === undefined) return model;
  return digestOf({ schema: 'ml-deploy/local-version/v2', model, image, environment });
}
