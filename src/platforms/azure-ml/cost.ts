/** What the machines of an endpoint's deployments are billed by the hour. Kept versions go on running. Pure. */
import { costLine, exactly, joined, type Billed } from '../../core/cost/lines.ts';
import type { PlanCost } from '../../documents/plan-cost.ts';
import type { Plan } from '../../documents/plan.ts';
import type { DeploymentResource } from './resources.ts';
import { specOf } from './spec.ts';

export interface Deployed {
  /** Content id. */
  readonly id: string;
  readonly found: Pick<DeploymentResource, 'sku' | 'properties'>;
}

/**
 * @param versions those that have machines now
 * @param removed of those, the ones that the release removes
 */
export function costOf(
  { desired, version, base }: Pick<Plan, 'desired' | 'version' | 'base'>,
  versions: readonly Deployed[],
  removed: ReadonlySet<string>,
): PlanCost {
  const { instances, settings } = specOf(desired);
  const serving = versions.find(({ id }) => id === base);
  const machine = settings.instanceType ?? (serving && machineOf(serving)) ?? UNKNOWN;
  const what = (id: string, live: string | null) => (id === live ? 'what serves' : 'version that is kept');
  const others = versions.filter(({ id }) => id !== version);
  const lines = joined([
    ...versions.map((each) => costLine('now', what(each.id, base), billed(each))),
    costLine('after', 'what serves', { machine, count: exactly(instances) }),
    ...others
      .filter(({ id }) => !removed.has(id))
      .map((each) => costLine('after', 'version that is kept', billed(each))),
    ...others
      .filter(({ id }) => removed.has(id))
      .map((each) => costLine('release', 'old version until it is removed', billed(each))),
  ]);
  const kept = lines.some(({ phase, what: of }) => phase === 'after' && of === 'version that is kept');
  return {
    lines,
    notes: kept ? ['Versions that are kept for a rollback are billed until keep-versions removes them.'] : [],
  };
}

const UNKNOWN = 'unknown machine';

function machineOf({ found }: Deployed): string | undefined {
  return found.properties.instanceType ?? undefined;
}

function billed(version: Deployed): Billed {
  return { machine: machineOf(version) ?? UNKNOWN, count: exactly(version.found.sku?.capacity ?? 1) };
}
