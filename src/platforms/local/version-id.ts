import { digestOf } from '../../core/canonical-json.ts';
import type { Desired } from '../../documents/plan.ts';

/** The content that is served: the model alone, or a container with everything that decides what it answers. */
export function versionOf({
  modelDigest,
  imageDigest,
  environment,
}: Pick<Desired, 'modelDigest' | 'imageDigest' | 'environment'>): string {
  if (imageDigest === null) return modelDigest;
  return digestOf({ schema: 'ml-deploy/local-version/v1', modelDigest, imageDigest, environment });
}
