/** What a plan does, as people read it. */
import type { PlanStep } from '../../documents/plan.ts';

/** A line for each step, plain text. */
export function stepLines(steps: readonly PlanStep[]): string[] {
  return steps.map(({ when, what, because }) => {
    if (when === 'will') return what;
    if (when === 'if-it-fails') return `If it fails: ${what}`;
    return `If needed: ${what}${because === undefined ? '' : ` (not known: ${because})`}`;
  });
}
