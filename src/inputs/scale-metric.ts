/** Platforms that scale by the load of their machines: the members of their groups, and the rule that holds them together. */
import type { Problem } from '../core/errors.ts';
import type { DeploymentFacts } from '../core/plan/deployment-facts.ts';
import { choice, integer } from '../core/spec/input.ts';

/** @param machines what the platform calls them */
export function scaleMembers(machines: 'replicas' | 'instances') {
  return {
    'scale-metric': choice(['cpu', 'gpu'], {
      description: `With min-capacity and max-capacity: what decides on the number of ${machines}, the load of processors or the duty cycle of accelerators. Default: cpu.`,
    }),
    'scale-target': integer({
      description: 'The percentage of scale-metric that is aimed at. Default: 60.',
      min: 1,
      max: 100,
    }),
  } as const;
}

/** @param group the name of the platform's group */
export function scaleProblems(group: string, { settings = {}, capacity }: DeploymentFacts): Problem[] {
  const isScaled = capacity.min !== null && capacity.max !== null;
  const given = { 'scale-metric': settings.scaleMetric, 'scale-target': settings.scaleTarget };
  return Object.entries(given)
    .filter(([, value]) => value !== undefined && !isScaled)
    .map(([name, value]) => ({
      where: `${group}: ${name}`,
      message: `${value} is given without min-capacity and max-capacity.`,
      fix: 'Give them too, or leave it out.',
      beside: ['min-capacity', 'max-capacity'],
    }));
}
