/** How traffic moves: which of the inputs belong together on every platform. */
import type { Problem } from '../core/errors.ts';
import type { DeploymentFacts } from '../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../core/spec/rule.ts';

export const strategyRules: readonly Rule[] = [rule(steps)];

function steps({ strategy: { type, stepPercent } }: DeploymentFacts): Problem[] {
  const [where, beside] = ['step-percent', ['strategy']];
  if (type === 'all-at-once') {
    if (stepPercent === null) return [];
    const message = `${stepPercent} is given, but the strategy "${type}" has no steps.`;
    return [{ where, message, fix: 'Leave it out, or set strategy.', beside }];
  }
  if (stepPercent !== null) return [];
  return [{ where, message: `is required for the strategy "${type}".`, fix: 'Add it, such as 10.', beside }];
}
