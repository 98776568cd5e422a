/** How traffic moves: which of the inputs belong together on every platform. */
import type { Problem } from '../core/errors.ts';
import type { DeploymentFacts } from '../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../core/spec/rule.ts';
import { areRising, sharesOf } from '../documents/plan.ts';

export const strategyRules: readonly Rule[] = [rule(steps), rule(shares)];

const [where, beside] = ['step-percent', ['strategy']];

function steps({ strategy }: DeploymentFacts): Problem[] {
  const { type } = strategy;
  const all = sharesOf(strategy);
  if (type === 'all-at-once') {
    if (all.length === 0) return [];
    const message = `${all.join(', ')} is given, but the strategy "${type}" has no steps.`;
    return [{ where, message, fix: 'Leave it out, or set strategy.', beside }];
  }
  if (all.length > 0) return [];
  return [{ where, message: `is required for the strategy "${type}".`, fix: 'Add it, such as 10.', beside }];
}

/** Only a canary has steps of different sizes. */
function shares({ strategy }: DeploymentFacts): Problem[] {
  const { type } = strategy;
  const all = sharesOf(strategy);
  if (all.length < 2 || type === 'all-at-once') return [];
  if (type !== 'canary') {
    const message = `"${all.join(', ')}" are several numbers, and all steps of the strategy "${type}" have the same size.`;
    return [{ where, message, fix: 'Give one number, or use canary.', beside }];
  }
  if (areRising(all)) return [];
  const message = `"${all.join(', ')}" does not rise: each number is the share of the new version after that step.`;
  return [{ where, message, fix: 'Write larger numbers after smaller ones, such as 10, 50.' }];
}

/** @param why the end of the message: what machines have to do with a version of that platform */
export function notRolling(why: string): (facts: DeploymentFacts) => Problem[] {
  return ({ strategy: { type } }) => {
    if (type !== 'rolling') return [];
    const message = `"rolling" replaces machines one after the other, and ${why}.`;
    return [{ where: 'strategy', message, fix: 'Use canary, linear or all-at-once.' }];
  };
}
