/** What a move needs if we shift the requests. */
import type { Plan } from '../../documents/plan.ts';
import type { Move } from '../port.ts';
import { rolloutOf } from './strategy.ts';
import { USUAL_LIMITS } from './watch.ts';

/**
 * @param plan null for a way back, which is one step and is not watched
 * @param lateMs for so long a request may be missing in what the platform has measured, in milliseconds
 */
export function moveByShares(plan: Plan | null, lateMs: number, scaling: Move['scaling']): Move {
  const all = { guarded: false, otherMachines: false, scaling };
  if (plan === null) return all;
  return { ...all, rollout: rolloutOf(plan.desired.strategy, { lateMs, limits: USUAL_LIMITS }) };
}
