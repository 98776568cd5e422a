/** The versions of the model and the environment of a deployment: named by their content, and created once. */
import { digestOf } from '../../core/canonical-json.ts';
import type { Plan } from '../../documents/plan.ts';
import { environmentProperties, modelProperties } from './deployment.ts';
import type { AssetKind } from './resources.ts';
import { specOf } from './spec.ts';

export interface Asset {
  readonly kind: AssetKind;
  readonly name: string;
  readonly version: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const DIGITS = 16;

export function assetsOf({ endpoint: name, desired }: Pick<Plan, 'endpoint' | 'desired'>): {
  readonly model: Asset;
  readonly environment: Asset;
} {
  const { modelUrl, imageUri, settings } = specOf(desired);
  const asset = (kind: AssetKind, properties: Readonly<Record<string, unknown>>): Asset => ({
    kind,
    name,
    version: digestOf(properties).slice(0, DIGITS),
    properties,
  });
  return {
    model: asset('models', modelProperties(modelUrl, desired.model)),
    environment: asset('environments', environmentProperties(imageUri, settings)),
  };
}
