/** What a plan costs, by the platform's price list. */
import type { DeploymentTarget } from '../../core/targets.ts';
import type { Plan } from '../../documents/plan.ts';
import type { Command } from './inputs.ts';

/** Where something is decided on: whoever carries a plan out asks for no price. */
export async function withCost(
  plan: Plan,
  command: Command,
  target: Pick<DeploymentTarget, 'prices'>,
): Promise<Plan> {
  const { cost, ...rest } = plan;
  if (cost === undefined || command !== 'plan' || plan.action === 'unchanged') return rest;
  const skus = [...new Set(cost.lines.map(({ sku }) => sku))];
  if (skus.length === 0 || target.prices === undefined) return plan;
  return { ...plan, cost: { ...cost, prices: await target.prices(skus) } };
}
