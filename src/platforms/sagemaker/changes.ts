/** Field by field, what a plan would change. */
import { sha256 } from '../../core/canonical-json.ts';
import type { Change, Desired } from '../../documents/plan.ts';
import { leavesOf } from './api-json.ts';
import { isScaled, type Live } from './live.ts';
import { scalingChanges } from './scaling/scaling.ts';
import { specsOf } from './resolve.ts';
import { removesScaling } from './specs.ts';
import type { Version } from './versions.ts';

/** @param current what is known of the version that serves; null where nothing serves */
export function changesOf(desired: Desired, live: Live | null, current: Version | null): Change[] {
  const isServing = live?.serving != null;
  const before = isServing ? live : null;
  return [
    ...compare('model', current?.modelDigest || null, desired.modelDigest),
    ...compare('reference', current?.referenceDigest ?? null, desired.referenceDigest),
    ...compareSpecs(desired, before),
    ...compareEnvironment(desired, before),
    ...countDrift(desired, before),
    ...(before?.scalingSaved
      ? [{ field: 'autoscaling', from: 'set aside by an update that was cut short', to: 'restored' }]
      : []),
    ...removal(desired, before),
    ...(desired.scaling === null
      ? []
      : scalingChanges(desired.scaling, before?.scaling ?? null).map(({ field, from, to }) => ({
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
function compareEnvironment(desired: Desired, live: Live | null): Change[] {
  const before = Object.fromEntries(
    Object.entries(live?.environment ?? {}).map(([name, value]) => [name, sha256(value)]),
  );
  const shown = (digest: string | undefined) =>
    digest === undefined ? null : `(sha256 ${digest.slice(0, 8)}…)`;
  return [...new Set([...Object.keys(before), ...Object.keys(desired.environment)])].flatMap((name) =>
    before[name] === desired.environment[name]
      ? []
      : [{ field: `environment.${name}`, from: shown(before[name]), to: shown(desired.environment[name]) }],
  );
}

/** Somebody set another count by hand, and this request names one. */
function countDrift(desired: Desired, live: Live | null): Change[] {
  const runs = live?.summary?.DesiredInstanceCount;
  const isTheirs = live !== null && isScaled(live) && !removesScaling(desired);
  if (live?.status !== 'InService' || isTheirs || runs === undefined) return [];
  if (desired.instanceCount === null || desired.instanceCount === runs) return [];
  return [{ field: 'instances', from: String(runs), to: String(desired.instanceCount) }];
}
