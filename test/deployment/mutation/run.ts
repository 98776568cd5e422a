/**
 * A process that runs mutants, one after the other: `run.ts 0|1 NUMBER...`. Prints a line of JSON for each. It lies in a copy
 * of the project in which src/deployment holds all mutants.
 */
import { differences } from '../decisions.ts';
import { explore } from '../explore.ts';
import { ODD } from '../odd.ts';
import { ALONE, PAIRS, ROLLOUTS, SMALL, TORN, TORN_ROLLOUTS, type Expected } from '../scenarios.ts';
import { asked, differing } from './asked.ts';

declare global {
  var isAlive: (mutant: number) => boolean;
}

/** More states than that: a run goes on for ever. */
const MOST_STATES = 60_000;
/** After it has decided otherwise in so many scenarios, and nothing else was wrong, nothing else will be. */
const ENOUGH = 8;

/** Two that write over each other, where we shift requests. */
const TORN_SMALL = TORN_ROLLOUTS.filter(({ name }) => name.startsWith('rollout: serve v2 | go back,'));

const [every = 0, ...numbers] = process.argv.slice(2).map(Number);
const isLarge = every === 1;
const scenarios = [...ODD, ...ALONE, ...ROLLOUTS, ...TORN_ROLLOUTS, ...PAIRS]
  .filter(({ goals }) => isLarge || goals.length === 1)
  .concat(isLarge ? TORN : [...SMALL, ...TORN_SMALL])
  // One crash finds what two find, but for a few; those are run with --every.
  .map((scenario) => (isLarge ? scenario : { ...scenario, crashes: Math.min(scenario.crashes, 1) }));
// One that is alive since the files were loaded is explored in every scenario.
const isLoaded = numbers.some((mutant) => globalThis.isAlive(mutant));
const questions = isLoaded ? null : asked(scenarios);

for (const mutant of numbers) {
  const started = performance.now();
  Object.assign(globalThis, { isAlive: (number: number) => number === mutant });
  const found = tryOut(questions === null ? scenarios : differing(questions.get(mutant) ?? []));
  const ms = Math.round(performance.now() - started);
  process.stdout.write(`${JSON.stringify({ mutant, ...found, ms })}\n`);
}

interface Found {
  /** What was wrong; null where it survives. */
  readonly killed: string | null;
  /** It survives all but the comparison of what is decided with what was decided before. */
  readonly isOnlyOther: boolean;
  /** In how many scenarios it decides in another way. */
  readonly differs: number;
}

function tryOut(differing: Iterable<Expected>): Found {
  let differs = 0;
  let other: string | null = null;
  for (const scenario of differing) {
    differs++;
    const { wrong, decided } = explored(scenario);
    if (wrong !== null) return { killed: `${scenario.name}: ${wrong}`, isOnlyOther: false, differs };
    if (decided !== null) other ??= `${scenario.name}: ${decided}`;
    if (other !== null && differs >= ENOUGH) break;
  }
  return { killed: other, isOnlyOther: other !== null, differs };
}

interface Wrong {
  readonly wrong: string | null;
  readonly decided: string | null;
}

function explored(scenario: Expected): Wrong {
  try {
    const mostStates = isLarge ? 1e6 : MOST_STATES;
    const result = explore(scenario, { mostStates, isOneEnough: true });
    const { violations, ends } = result;
    for (const what of violations.keys()) return { wrong: what, decided: null };
    const found = [...ends.keys()].sort().join(', ');
    const wrong = scenario.ends === undefined || found === scenario.ends.join(', ') ? null : `ends ${found}`;
    const decided = differences(scenario, result)[0] ?? null;
    return { wrong, decided };
  } catch (error) {
    return { wrong: `throws ${String(error)}`, decided: null };
  }
}
