/** Groups of other platforms than the one that the run is about. */
import type { Problem } from '../errors.ts';
import { camelCase, type ActionSpec } from './action-spec.ts';
import { isGroup, memberPath } from './group.ts';

export interface ForeignGroups {
  /** Those in `with:`: whoever writes one there means it. */
  readonly problems: readonly Problem[];
  /** Those of the chosen environment in ml-deploy.yml; its defaults are for other environments too. */
  readonly notices: readonly string[];
}

/**
 * @param origins where each value that was given comes from, as `parseInputs` gives it
 * @param isGiven whether `with:` has that group
 */
export function foreignGroups(
  spec: ActionSpec,
  inputs: Readonly<Record<string, unknown>>,
  origins: ReadonlyMap<string, string>,
  isGiven: (group: string) => boolean,
): ForeignGroups {
  const { target } = inputs;
  const problems: Problem[] = [];
  const notices: string[] = [];
  for (const [name, input] of Object.entries(spec.inputs)) {
    // A target that is missing or was not understood is reported separately.
    const isUnknown = target === null && (spec.inputs.target?.required === true || origins.has('target'));
    if (!isGroup(input) || target === name || isUnknown) continue;
    const reason = typeof target === 'string' ? `the target is "${target}"` : 'there is no target';
    if (isGiven(name)) {
      const message = `the group ${name} is for target: ${name}, and ${reason}.`;
      const ofTarget = typeof target === 'string' && Object.hasOwn(spec.inputs, target);
      const fix = ofTarget ? `Remove it, or write it as ${target}.` : 'Remove it.';
      problems.push({ where: name, message, fix });
    }
    for (const member of Object.keys(input.members)) {
      const origin = origins.get(memberPath(name, member)) ?? '';
      if (!/(, |\.)environments\./.test(origin)) continue;
      notices.push(`${memberPath(name, member)} (${origin}) is not used: ${reason}.`);
    }
  }
  return { problems, notices };
}

/** The same inputs without what other platforms' groups say, so nobody reads it by mistake. */
export function withoutForeign<T extends Readonly<Record<string, unknown>>>(spec: ActionSpec, inputs: T): T {
  const groups = Object.entries(spec.inputs).filter(([, input]) => isGroup(input));
  const emptied = groups
    .filter(([name]) => name !== inputs.target)
    .map(([name]) => {
      const values = inputs[camelCase(name)] as object;
      return [camelCase(name), Object.fromEntries(Object.keys(values).map((key) => [key, null]))];
    });
  return { ...inputs, ...(Object.fromEntries(emptied) as Partial<T>) };
}
