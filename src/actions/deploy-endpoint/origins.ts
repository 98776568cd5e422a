/** Where the inputs of a plan come from: shown beside it, and no part of its digest. */
import { code, details, table } from '../../core/markdown.ts';
import type { Plan } from '../../documents/plan.ts';
import { commonInputs } from '../../core/spec/action-spec.ts';

/** What chooses the run, not what is deployed. */
const OF_THE_RUN: readonly string[] = [
  ...Object.keys(commonInputs),
  'command',
  'approved-plan',
  'require-approval',
];

/** @param origins by input or by path of a member; '' for an input of the step */
export function withInputOrigins(plan: Plan, origins: ReadonlyMap<string, string>): Plan {
  const shown = [...origins].filter(([name]) => !OF_THE_RUN.includes(name));
  if (shown.length === 0) return plan;
  return {
    ...plan,
    inputOrigins: Object.fromEntries(shown.map(([name, origin]) => [name, origin || 'with:'])),
  };
}

export function originsBlock({ inputOrigins = {} }: Plan): string[] {
  const rows = Object.entries(inputOrigins).map(([name, origin]) => [code(name), code(origin)]);
  return rows.length === 0 ? [] : [details('Where the inputs come from', table(['Input', 'From'], rows))];
}
