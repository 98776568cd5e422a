/** What an endpoint of SageMaker is billed by the hour, before, while and after a plan is carried out. Pure. */
import { costLine, exactly, hoursOf, type Billed } from '../../core/cost/lines.ts';
import type { ProductAsked } from '../../clouds/aws/price-list.ts';
import type { CostLine, CostRange, PlanCost } from '../../documents/plan-cost.ts';
import type { Desired } from '../../documents/plan.ts';
import { isObject, objectAt } from './api-json.ts';
import { isScaled, type Live } from './live.ts';
import { extraInstances, totalWaitSeconds } from './preflight/guardrails.ts';
import { numberAt, removesScaling, scalingOf, specsOf, textAt, variantOf, type Specs } from './specs.ts';

type Serving = Pick<Live, 'serving' | 'specs' | 'scaling' | 'scalingSaved' | 'summary'>;

/** @param isMoved whether another version will serve */
export function costOf(desired: Desired, live: Serving | null, isMoved: boolean): PlanCost {
  const wanted = specsOf(desired);
  const there = live?.serving == null ? null : live;
  const now = there?.specs == null ? null : billed(there.specs, countNow(there));
  const after = billed(wanted, countAfter(desired, there));
  const lines = [
    ...(now === null ? [] : [costLine('now', 'what serves', now)]),
    ...(after === null ? [] : [costLine('after', 'what serves', after)]),
    ...(isMoved && after !== null ? meanwhile(desired, there, after) : []),
  ];
  return { lines, notes: notesOf(wanted) };
}

/** The candidate is an endpoint of its own with the same config; an update starts new instances beside the old ones. */
function meanwhile(desired: Desired, there: Serving | null, { machine }: Billed): CostLine[] {
  const { staging, strategy } = desired;
  const initial = numberAt(variantOf(specsOf(desired)), 'InitialInstanceCount') ?? 1;
  const candidate = costLine('release', 'candidate', { machine, count: exactly(initial) });
  const current = there !== null && isKept(desired, there) ? currentOf(there) : null;
  const fleet = exactly(extraInstances(strategy, current ?? initial));
  const hours = hoursOf(totalWaitSeconds(strategy) / 60);
  const update = costLine('release', 'new instances beside the old ones', { machine, count: fleet }, hours);
  return [...(staging === 'none' ? [] : [candidate]), ...(there === null ? [] : [update])];
}

/** null for what is not billed by the hour */
function billed(specs: Pick<Specs, 'endpointConfig'>, count: CostRange): Billed | null {
  const variant = variantOf(specs);
  if (variant.ServerlessConfig !== undefined) return null;
  const machine = textAt(variant, 'InstanceType') ?? poolsOf(variant)[0] ?? null;
  return machine === null ? null : { machine, count };
}

function poolsOf(variant: ReturnType<typeof variantOf>): string[] {
  const pools = Array.isArray(variant.InstancePools) ? (variant.InstancePools as unknown[]) : [];
  return pools.filter(isObject).flatMap((pool) => textAt(pool, 'InstanceType') ?? []);
}

function currentOf({ summary, specs }: Serving): number | null {
  const configured = specs === null ? null : numberAt(variantOf(specs), 'InitialInstanceCount');
  return summary?.DesiredInstanceCount ?? summary?.CurrentInstanceCount ?? configured;
}

function countNow(there: Serving): CostRange {
  return rangeOf(there) ?? exactly(currentOf(there) ?? 1);
}

function rangeOf({ scaling }: Serving): CostRange | null {
  return scaling === null ? null : { least: scaling.target.minCapacity, most: scaling.target.maxCapacity };
}

/** Autoscaling stays if nobody asks for another. */
function isKept(desired: Desired, there: Serving): boolean {
  return isScaled(there as Live) && !removesScaling(desired);
}

function countAfter(desired: Desired, there: Serving | null): CostRange {
  const asked = scalingOf(desired);
  if (asked !== null) return { least: asked.minCapacity, most: asked.maxCapacity };
  const initial = exactly(numberAt(variantOf(specsOf(desired)), 'InitialInstanceCount') ?? 1);
  if (there === null || !isKept(desired, there)) return initial;
  return rangeOf(there) ?? exactly(currentOf(there) ?? initial.least);
}

function notesOf(specs: Specs): string[] {
  const variant = variantOf(specs);
  if (variant.ServerlessConfig === undefined) {
    const [, ...others] = poolsOf(variant);
    return others.length === 0
      ? []
      : [
          `If SageMaker has no instances of the first type, it takes ${others.join(' or ')} at another price.`,
        ];
  }
  const kept = numberAt(objectAt(variant, 'ServerlessConfig'), 'ProvisionedConcurrency');
  return [
    'A serverless endpoint is billed for its requests, and their number is not known.',
    ...(kept === null
      ? []
      : [`Its provisioned concurrency of ${kept} is billed by the hour, and is not in these figures.`]),
  ];
}

/** Real-time inference is `Hosting` in the price list; other uses of the same machine have other prices. */
export function productOf(instanceName: string): ProductAsked {
  const attributes = { instanceName, component: 'Hosting' };
  return { service: 'AmazonSageMaker', attributes, unit: /^hrs?$/i, inAnHour: 1 };
}
