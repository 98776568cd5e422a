/**
 * What deployment guardrails make of a strategy: its steps, how long it waits, how many instances it takes.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html
 */
import type { Strategy } from '../../../documents/plan.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_BlueGreenUpdatePolicy.html */
export const LONGEST_WAIT_SECONDS = 3600;
export const SHORTEST_EXECUTION_SECONDS = 600;
export const LONGEST_EXECUTION_SECONDS = 28_800;

/** In how many steps traffic moves. */
export function stepsOf({ type, stepPercent }: Strategy): number {
  if (type === 'all-at-once') return 1;
  if (type === 'canary') return 2;
  return Math.ceil(100 / (stepPercent ?? 100));
}

/** The waits of one update together, in seconds: one bake after each step. */
export function totalWaitSeconds(strategy: Strategy): number {
  return stepsOf(strategy) * strategy.bakeMinutes * 60;
}

/**
 * Instances that run beside what serves while the update is in progress. Blue/green starts the whole new fleet first,
 * rolling one batch at a time (https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails-rolling.html).
 */
export function extraInstances(strategy: Strategy, count: number): number {
  if (strategy.type !== 'rolling') return count;
  return Math.max(1, Math.ceil((count * (strategy.stepPercent ?? 100)) / 100));
}
