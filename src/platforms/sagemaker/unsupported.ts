/** Shapes of endpoints that exist, and that we would damage: refused by name. */
import type { Problem } from '../../core/errors.ts';
import type { Live } from './live.ts';

/** Each says what it found; null if the endpoint is not of that shape. */
const SHAPES: readonly ((live: Live) => string | null)[] = [
  (live) => {
    const variants = variantsOf(live);
    return variants.length > 1 ? `several variants (${namesOf(variants)})` : null;
  },
  ({ config, described }) => {
    const shadows = config?.ShadowProductionVariants ?? described.ShadowProductionVariants ?? [];
    return shadows.length > 0 ? `a shadow variant (${namesOf(shadows)})` : null;
  },
  ({ model }) => {
    const containers = model?.Containers ?? [];
    const several = model?.PrimaryContainer === undefined && containers.length > 1;
    return several ? `several containers (${containers.length}) in one model` : null;
  },
  ({ model }) => {
    const container = model?.PrimaryContainer ?? model?.Containers?.[0];
    return container?.Mode === 'MultiModel' ? 'a multi-model container' : null;
  },
  ({ config }) => (config?.AsyncInferenceConfig === undefined ? null : 'asynchronous inference'),
  ({ config }) => {
    const [variant] = config?.ProductionVariants ?? [];
    return variant !== undefined && variant.ModelName === undefined ? 'inference components' : null;
  },
];

export function unsupportedShapes(live: Live): Problem[] {
  return SHAPES.map((shape) => shape(live))
    .filter((what) => what !== null)
    .map((what) => ({
      where: 'endpoint-name',
      message: `"${live.endpoint}" has ${what}, which is not supported.`,
      fix: 'Use another endpoint-name, or deploy to this one with another tool.',
    }));
}

type Named = readonly { readonly VariantName?: string | undefined }[];

function variantsOf({ config, described }: Live): Named {
  return config?.ProductionVariants ?? described.ProductionVariants ?? [];
}

function namesOf(variants: Named): string {
  return variants.map(({ VariantName = '' }) => VariantName).join(', ');
}
