/** Field by field, what a plan would change. */
import { environmentChanges } from '../../core/plan/environment-changes.ts';
import type { Change, Desired } from '../../documents/plan.ts';
import { leavesOf } from './api-json.ts';
import { isScaled, type Live } from './live.ts';
import { scalingChanges } from './scaling/scaling.ts';
import { removesScaling, scalingOf, specsOf, variantFacts } from './specs.ts';
import type { Version } from './versions.ts';

/** @param current what is known of the version that serves; null if nothing serves */
export function changesOf(
  desired: Desired,
  live: Live | null,
  current: Version | null,
  key: string | null,
): Change[] {
  const isServing = live?.serving != null;
  const before = isServing ? live : null;
  const scaling = scalingOf(desired);
  return [
    ...compare('model', current?.modelDigest || null, desired.model),
    ...compare('reference', current?.referenceDigest ?? null, desired.reference ?? null),
    ...compareSpecs(desired, before),
    ...environmentChanges(desired, Object.entries(before?.environment ?? {}), key),
    ...countDrift(desired, before),
    ...(before?.scalingSaved
      ? [{ field: 'autoscaling', from: 'set aside by an update that was cut short', to: 'restored' }]
      : []),
    ...removal(desired, before),
    ...(scaling === null
      ? []
      : scalingChanges(scaling, before?.scaling ?? null).map(({ field, from, to }) => ({
          field: `autoscaling.${field}`,
          from,
          to,
        }))),
  ];
}

function removal(desired: Desired, live: Live | null): Change[] {
  const scaling = live?.scaling ?? null;
  if (!removesScaling(desired) || scaling === null) return [];
  const { target, policies, scheduled } = scaling;
  const names = [...policies, ...scheduled].map(({ name }) => name).join(', ') || 'no policy';
  const from = `${target.minCapacity} to ${target.maxCapacity} instances, by ${names}`;
  return [{ field: 'autoscaling', from, to: null }];
}

function compare(field: string, from: string | null, to: string | null): Change[] {
  return from === to ? [] : [{ field, from, to }];
}

/** `ProductionVariants.InstanceType` is what the API calls it, and what a search finds; `variant.` reads better. */
function fieldName(path: string): string {
  return path.replace(/^ProductionVariants\b/, 'variant').replace(/^PrimaryContainer\b/, 'container');
}

function compareSpecs(desired: Desired, live: Live | null): Change[] {
  const wanted = specsOf(desired);
  const none = { model: {}, endpointConfig: {} };
  const before = live?.specs ?? none;
  return [
    ...compareLeaves(leavesOf(before.model), leavesOf(wanted.model)),
    ...compareLeaves(leavesOf(before.endpointConfig), leavesOf(wanted.endpointConfig)),
  ];
}

function compareLeaves(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((path) =>
    compare(fieldName(path), before.get(path) ?? null, after.get(path) ?? null),
  );
}

/** Values are never shown: that they differ is. */
/** Somebody set another count by hand, and this request names one. */
function countDrift(desired: Desired, live: Live | null): Change[] {
  const runs = live?.summary?.DesiredInstanceCount;
  const isTheirs = live !== null && isScaled(live) && !removesScaling(desired);
  if (live?.status !== 'InService' || isTheirs || runs === undefined) return [];
  const { instanceCount } = variantFacts(desired);
  if (instanceCount === null || instanceCount === runs) return [];
  return [{ field: 'instances', from: String(runs), to: String(instanceCount) }];
}
