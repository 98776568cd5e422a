/**
 * Rules about inputs that belong together, each written once. They are judged three times, in the same words: when
 * ml-deploy.yml is read, when a step starts, and when a plan is made, which knows what serves as well.
 */
import type { Problem } from '../errors.ts';
import type { DeploymentFacts } from '../plan/deployment-facts.ts';

/** Each knows more than the one before it. In a file a value may be missing that the step gives later. */
const MOMENTS = ['file', 'step', 'plan'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Rule {
  /** From when on it holds: `step` if a value that is missing in the file is not a mistake yet. */
  readonly from: 'file' | 'step';
  /** Of what is not known (null) it says nothing. */
  readonly check: (facts: DeploymentFacts) => readonly Problem[];
}

/** Holds from the file on. */
export function rule(check: Rule['check']): Rule {
  return { from: 'file', check };
}

/** Holds from the step on. */
export function stepRule(check: Rule['check']): Rule {
  return { from: 'step', check };
}

/** What breaks a rule; of each input, the first one only. */
export function judge(rules: readonly Rule[], facts: DeploymentFacts, moment: Moment): Problem[] {
  const due = rules.filter(({ from }) => MOMENTS.indexOf(from) <= MOMENTS.indexOf(moment));
  const told = new Set<string>();
  return due.flatMap(({ check }) => {
    const found = check(facts).filter(({ where }) => !told.has(where));
    for (const { where } of found) told.add(where);
    return found;
  });
}
