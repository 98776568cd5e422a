/** What the replicas of an endpoint are billed by the hour: before, during and after the release. Pure. */
import { costLine, exactly, hoursOf, joined, type Billed } from '../../core/cost/lines.ts';
import { bakedMinutes } from '../../deployment/rollout/strategy.ts';
import type { PlanCost } from '../../documents/plan-cost.ts';
import type { Desired } from '../../documents/plan.ts';
import { versionOf } from './names.ts';
import type { DeployedModel, EndpointResource } from './resources.ts';
import { specOf, type DedicatedResources } from './spec.ts';

/** @param serving the version that serves; null if none does */
export function costOf(
  desired: Desired,
  found: Pick<EndpointResource, 'deployedModels'> | null,
  serving: string | null,
): PlanCost {
  const { deployed, keepWarmMinutes } = specOf(desired);
  const models = found?.deployedModels ?? [];
  const there = models.filter(({ dedicatedResources }) => dedicatedResources !== undefined);
  const what = (model: DeployedModel) =>
    versionOf(model) === serving ? 'what serves' : 'older version that is kept warm';
  const now = there.map((model) => costLine('now', what(model), billed(model.dedicatedResources)));
  const after = billed(deployed.dedicatedResources);
  const hours = hoursOf(bakedMinutes(desired.strategy) + keepWarmMinutes);
  const old = there
    .filter((model) => versionOf(model) === serving)
    .map((model) =>
      costLine('release', 'old version beside the new one', billed(model.dedicatedResources), hours),
    );
  const candidate = costLine('release', 'candidate', { ...after, count: exactly(1) });
  return {
    lines: joined([
      ...now,
      costLine('after', 'what serves', after),
      ...(desired.staging === 'none' ? [] : [candidate]),
      ...old,
    ]),
    notes:
      there.length === models.length
        ? []
        : ['Models on shared or automatic machines are not in these figures.'],
  };
}

/** Accelerators belong to the machine: `g2-standard-4`, or `n1-standard-4 with 1 NVIDIA_TESLA_T4`. */
function billed(resources: DedicatedResources | undefined): Billed {
  const { machineSpec, minReplicaCount: least = 1, maxReplicaCount: most = least } = resources ?? {};
  const { machineType = 'unknown machine', acceleratorType, acceleratorCount = 1 } = machineSpec ?? {};
  const machine =
    acceleratorType === undefined
      ? machineType
      : `${machineType} with ${acceleratorCount} ${acceleratorType}`;
  return { machine, count: { least, most: Math.max(least, most) } };
}
