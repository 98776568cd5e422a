/** How many instances, and who decides on that. */
import type { Problem } from '../core/errors.ts';
import type { DeploymentFacts } from '../core/plan/deployment-facts.ts';
import { rule, stepRule, type Rule } from '../core/spec/rule.ts';

export const capacityRules: readonly Rule[] = [
  rule(bounds),
  rule(count),
  rule(removal),
  stepRule(removedCount),
];

function bounds({ capacity: { min, max } }: DeploymentFacts): Problem[] {
  if (min !== null && max !== null) {
    if (min <= max) return [];
    const message = `${min} is more than max-capacity, ${max}.`;
    return [{ where: 'min-capacity', message, beside: ['max-capacity'] }];
  }
  if (min === null && max === null) return [];
  const [missing, given] = min === null ? ['min-capacity', 'max-capacity'] : ['max-capacity', 'min-capacity'];
  const message = `is missing, while ${given} is given.`;
  return [{ where: missing, message, fix: 'Give both or none.', beside: [given] }];
}

function count({ capacity: { min, max }, instanceCount }: DeploymentFacts): Problem[] {
  if (min === null || max === null || min > max || instanceCount === null) return [];
  if (instanceCount >= min && instanceCount <= max) return [];
  const where = 'initial-instance-count';
  const message = `${instanceCount} is not between min-capacity (${min}) and max-capacity (${max}).`;
  const fix = 'Autoscaling would change it at once.';
  return [{ where, message, fix, beside: ['min-capacity', 'max-capacity'] }];
}

function removal({ endsScaling, capacity }: DeploymentFacts): Problem[] {
  if (!endsScaling) return [];
  const given = { 'min-capacity': capacity.min, 'max-capacity': capacity.max };
  return Object.entries(given).flatMap(([where, value]) => removedToo(where, value));
}

/** Of a setting of autoscaling that is given while autoscaling is to end. */
export function removedToo(where: string, value: number | null): Problem[] {
  if (value === null) return [];
  const message = `${value} is set, but autoscaling is to be removed.`;
  return [{ where, message, fix: 'Remove one of them.', beside: ['autoscaling'] }];
}

function removedCount({ endsScaling, instanceCount, serverless }: DeploymentFacts): Problem[] {
  if (!endsScaling || instanceCount !== null || serverless !== null) return [];
  const message = 'is required if autoscaling is removed: this is the number of instances from then on.';
  return [{ where: 'initial-instance-count', message, fix: 'Set it.' }];
}
