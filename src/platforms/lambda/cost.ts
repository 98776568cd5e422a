/** What of a function is billed by the hour: environments that are kept started, and nothing else. Pure. */
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import type { ProductAsked } from '../../clouds/aws/price-list.ts';
import { costLine, exactly, hoursOf, type Billed } from '../../core/cost/lines.ts';
import { bakedMinutes } from '../../deployment/rollout/strategy.ts';
import type { PlanCost } from '../../documents/plan-cost.ts';
import type { Desired } from '../../documents/plan.ts';
import { aroundOf, type Provision } from './around/wanted.ts';
import { specOf } from './spec.ts';

type Size = Pick<FunctionConfiguration, 'MemorySize' | 'Architectures'>;

/** Of the price list, for either kind of processor (the attribute `group`). */
export const GROUPS = {
  x86_64: 'AWS-Lambda-Provisioned-Concurrency',
  arm64: 'AWS-Lambda-Provisioned-Concurrency-ARM',
} as const;

/**
 * @param has what serves keeps started; null for nothing
 * @param found what serves; null if nothing does
 */
export function costOf(
  desired: Desired,
  { has, found }: { readonly has: Provision | null; readonly found: Size | null },
  isMoved: boolean,
): PlanCost {
  const { provisioned = null, warmUp } = aroundOf(desired);
  const after = { ...found, ...specOf(desired).settings };
  const now = has === null || found === null ? null : billed(has, found);
  const hours = hoursOf(bakedMinutes(desired.strategy));
  const isBeside = isMoved && now !== null && provisioned !== null;
  return {
    lines: [
      ...(now === null ? [] : [costLine('now', 'what serves', now)]),
      ...(provisioned === null ? [] : [costLine('after', 'what serves', billed(provisioned, after))]),
      ...(isBeside ? [costLine('release', 'old version beside the new one', now, hours)] : []),
    ],
    notes: [
      'Lambda bills each request and its duration too, and their number is not known.',
      ...(warmUp === undefined ? [] : ['The warm-up sends requests of its own.']),
    ],
  };
}

/** AWS's own defaults for what no input sets: https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html */
const MEMORY_MB = 128;

function billed({ count, scaling }: Provision, { MemorySize = MEMORY_MB, Architectures }: Size): Billed {
  const [processor = 'x86_64'] = Architectures ?? [];
  const size = MemorySize / 1024;
  return {
    machine: `× ${size} GB of provisioned concurrency (${processor})`,
    count: scaling === undefined ? exactly(count) : { least: scaling.min, most: scaling.max },
    sku: GROUPS[processor],
    size,
  };
}

/** One GB for one second, in the group of each kind of processor. */
export function productOf(group: string): ProductAsked {
  return { service: 'AWSLambda', attributes: { group }, unit: /second/i, inAnHour: 3600 };
}
