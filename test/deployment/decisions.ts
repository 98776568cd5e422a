/** What is decided in each scenario of one command, and how two of them end, as lines that people can read, and that are kept in decisions.json. */
import { readFileSync } from 'node:fs';
import { valueOf, type Observed } from '../../src/deployment/observed.ts';
import { keyOf, type Verdict } from '../../src/deployment/verdict.ts';
import type { Explored, Scenario } from './explore.ts';

/** @returns `what serves: what follows`, the same whichever time a command begins anew */
export function decision(observed: Observed, verdict: Verdict): string {
  return `${servingText(observed)}: ${verdictText(verdict)}`.replace(/(@\w+)\.\d+/g, '$1');
}

function servingText(observed: Observed): string {
  const serving = valueOf(observed, 'serving');
  if (serving === undefined) return 'not to be seen';
  const { state, version, towards, rollout } = serving;
  const share = rollout === undefined ? '' : ` ${rollout.percent} %`;
  return [state, version ?? '', towards === null ? '' : `to ${towards}${share}`].filter(Boolean).join(' ');
}

function verdictText(verdict: Verdict): string {
  if ('wait' in verdict) {
    const { for: what, until } = verdict.wait;
    return until === null ? `waits for ${what}` : `waits for ${what} until ${until}`;
  }
  if ('turn' in verdict) {
    const { why, candidate, run } = verdict.turn;
    return `gives up ${[candidate ?? '', run === '' ? '' : `@${run}`].filter(Boolean).join(' ')}: ${textOf(why)}`;
  }
  if ('end' in verdict) return `ends ${textOf(verdict.end)}`;
  const soft = verdict.optional === true ? ', if it may' : '';
  if ('look' in verdict) return `looks at ${verdict.look}${soft}`;
  const { holdMs, requests, basis } = verdict.do;
  const hold = holdMs === undefined ? '' : `, held for ${holdMs}`;
  const many = requests === undefined ? '' : ` ${requests} times`;
  return keyOf(verdict.do) + many + hold + (basis === undefined ? '' : ', if nothing changed') + soft;
}

function textOf({ kind, ...rest }: { readonly kind: string }): string {
  const said = JSON.stringify(rest);
  return said === '{}' ? kind : `${kind} ${said}`;
}

/** By name of a scenario. Written anew by `node test/deployment/main.ts --write`. */
export const FILE = new URL('decisions.json', import.meta.url);

let kept: Readonly<Record<string, readonly string[]>> | null = null;

/** What is kept of a scenario: the decisions of one command; of two, how they end together. */
export function linesOf(
  { goals }: Pick<Scenario, 'goals'>,
  { decisions, ends }: Explored,
): readonly string[] {
  return [...(goals.length === 1 ? decisions : ends.keys())].sort();
}

/** @returns what is so, and was not before (`+`), and the other way round (`-`); nothing for a scenario that is not kept */
export function differences(scenario: Scenario, explored: Explored): readonly string[] {
  kept ??= JSON.parse(readFileSync(FILE, 'utf8')) as Readonly<Record<string, readonly string[]>>;
  const before = kept[scenario.name];
  if (before === undefined) return scenario.goals.length > 1 ? [] : ['is not kept'];
  const now = linesOf(scenario, explored);
  const more = now.filter((line) => !before.includes(line)).map((line) => `+ ${line}`);
  const less = before.filter((line) => !now.includes(line)).map((line) => `- ${line}`);
  return [...more, ...less];
}
