/**
 * A process that runs mutants, one after the other: `run.ts 0|1 NUMBER...`. Prints a line of JSON for each. It lies in a copy
 * of the project in which src/deployment holds all mutants.
 */
import { explore } from '../explore.ts';
import { ODD } from '../odd.ts';
import { ALONE, PAIRS, ROLLOUTS, type Expected } from '../scenarios.ts';

/** More states than that: a run goes on for ever. */
const MOST_STATES = 60_000;

const [every = 0, ...numbers] = process.argv.slice(2).map(Number);
/** The pairs with few states. */
const SMALL = [
  'go back | go back, three versions',
  'stage v2 | stage v2',
  'stage v2 | discard v2',
  'first v2 | first v3',
  'rollout: serve v2 | tidy',
  'rollout: go back | go back',
  'serve v2 | tidy',
];
const isSmall = ({ name, goals }: Expected) => goals.length === 1 || SMALL.includes(name);
const isLarge = every === 1;
const scenarios = [...ODD, ...ALONE, ...ROLLOUTS, ...PAIRS]
  .filter((scenario) => isLarge || isSmall(scenario))
  // One crash finds what two find, but for a few; those are run with --every.
  .map((scenario) => (isLarge ? scenario : { ...scenario, crashes: Math.min(scenario.crashes, 1) }))
  .sort((a, b) => a.goals.length - b.goals.length);

for (const mutant of numbers) {
  const started = performance.now();
  const killed = killerOf(mutant);
  const ms = Math.round(performance.now() - started);
  process.stdout.write(`${JSON.stringify({ mutant, killed, ms })}\n`);
}

/** @returns what was wrong; null where it survives */
function killerOf(mutant: number): string | null {
  Object.assign(globalThis, { mutant });
  try {
    for (const scenario of scenarios) {
      const { violations, ends } = explore(scenario, {
        mostStates: isLarge ? 1e6 : MOST_STATES,
        isOneEnough: true,
      });
      for (const what of violations.keys()) return `${scenario.name}: ${what}`;
      const found = [...ends.keys()].sort().join(', ');
      if (scenario.ends !== undefined && found !== scenario.ends.join(', '))
        return `${scenario.name}: ends ${found}`;
    }
    return null;
  } catch (error) {
    return `throws ${String(error)}`;
  }
}
