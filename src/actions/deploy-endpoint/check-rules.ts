/** The rules about inputs that belong together, judged by the platform that will read them. */
import type { Problem } from '../../core/errors.ts';
import { judge, type Moment } from '../../core/spec/rule.ts';
import { neutralRules } from '../../inputs/neutral-rules.ts';
import { groupOf, readsInput } from '../../platforms/groups.ts';
import { platformNames, platformOf, type PlatformName } from '../../platforms/table.ts';
import { factsOf } from './facts.ts';
import type { Given } from './inputs.ts';

/**
 * Nothing is said of an input that the platform does not read. If no platform is chosen yet, only what every platform
 * that reads the input would say is reported.
 */
export function ruleProblems(inputs: Given, moment: Moment, region: string | null): Problem[] {
  const names = inputs.target === null ? platformsMeant(inputs) : [inputs.target];
  const verdicts = names.map((name) => ({ name, problems: problemsFor(name, inputs, moment, region) }));
  const told = new Set<string>();
  return verdicts
    .flatMap(({ problems }) => problems)
    .filter(({ where }) => {
      const isAgreed = verdicts.every(
        ({ name, problems }) => !readsInput(name, where) || problems.some((other) => other.where === where),
      );
      return isAgreed && !told.has(where) && told.add(where).size > 0;
    });
}

/** Where no platform is chosen, those whose own group is there; without one, any. */
function platformsMeant(inputs: Given): readonly PlatformName[] {
  const grouped = platformNames.filter((name) =>
    Object.values(groupOf(inputs, name)).some((value) => value !== null),
  );
  return grouped.length === 0 ? platformNames : grouped;
}

/** @param inputs of this action, as ml-deploy.yml alone has them */
export function checkFile(inputs: Given): Problem[] {
  return ruleProblems(inputs, 'file', inputs.awsRegion);
}

function problemsFor(target: PlatformName, inputs: Given, moment: Moment, region: string | null): Problem[] {
  const rules = [...neutralRules, ...platformOf(target).inputs.rules];
  const facts = factsOf({ ...inputs, target }, region ?? '');
  return judge(rules, facts, moment).filter(({ where }) => readsInput(target, where));
}
