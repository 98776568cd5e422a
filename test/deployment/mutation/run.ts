/**
 * A process that runs mutants, one after the other: `run.ts drawn|alone|few|all FILE`, where the file has a list of them. Prints a
 * line of JSON for each. It lies in a copy of the project in which src/deployment holds all mutants.
 */
import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { differences } from '../decisions.ts';
import { explore } from '../explore.ts';
import { ODD } from '../odd.ts';
import { product, type Product } from '../product.ts';
import { ALONE, PAIRS, ROLLOUTS, SMALL, TORN, TORN_ROLLOUTS, type Expected } from '../scenarios.ts';
import { asked, differing, real, type Question } from './asked.ts';
import { askedOfDrawn } from './drawn.ts';
import { judged } from './judged.ts';

declare global {
  var isAlive: (mutant: number) => boolean;
}

/** More states than that: a run goes on for ever. */
const MOST_STATES = 60_000;
/** After it has decided otherwise in so many scenarios, and nothing was wrong, nothing will be. */
const ENOUGH = 6;

const isSingle = ({ goals }: Expected) => goals.length === 1;
const SINGLE = [...ODD, ...ALONE, ...ROLLOUTS].filter(isSingle);
const TORN_SINGLE = TORN_ROLLOUTS.filter(isSingle);
/** Two that write over each other, where we shift requests. */
const TORN_SMALL = TORN_ROLLOUTS.filter(({ name }) => name.startsWith('rollout: serve v2 | go back,'));
const SCENARIOS: Readonly<Record<string, readonly Expected[]>> = {
  // Most are found without a crash, in a part of the time; what is left is run with one, and beside others.
  alone: SINGLE.map((scenario) => ({ ...scenario, crashes: 0 })),
  few: [
    ...[...SINGLE, ...TORN_SINGLE].map((scenario) => ({
      ...scenario,
      crashes: Math.min(scenario.crashes, 1),
    })),
    ...[...SMALL, ...TORN_SMALL],
  ],
  all: [...SINGLE, ...TORN_SINGLE, ...PAIRS, ...ROLLOUTS.filter(({ goals }) => goals.length > 1), ...TORN],
};

/** So many looks are drawn, beside those that the scenarios lead to. */
const SEEDS = 30_000;
const A_LOOK = { ...SINGLE[0]!, name: 'a look that is drawn' };

interface Given {
  readonly mutant: number;
  /** It is evaluated when its file is loaded, so its files are loaded anew. */
  readonly isStatic: boolean;
}

interface Found {
  /** What was wrong; null where it survives. */
  readonly killed: string | null;
  /** Of one that survives: a line in which what it decides is not what is kept. Whoever means to change a decision changes that as well, so it counts for nothing. */
  readonly other: string | null;
  /** In how many scenarios it decides in another way. */
  readonly differs: number;
}

const [level = 'alone', file = ''] = process.argv.slice(2);
const mutants = JSON.parse(readFileSync(file, 'utf8')) as readonly Given[];
const mostStates = level === 'all' ? 1e6 : MOST_STATES;
reloadTogether();
const questions = level === 'drawn' ? askedOfDrawn(SEEDS, A_LOOK) : asked(SCENARIOS[level] ?? []);

for (const { mutant, isStatic } of mutants) {
  const started = performance.now();
  Object.assign(globalThis, { isAlive: (number: number) => number === mutant });
  const parts = isStatic ? await reloaded(mutant) : real;
  Object.assign(product, parts);
  const found = tryOut(mutant, isStatic, parts);
  Object.assign(product, real);
  const ms = Math.round(performance.now() - started);
  process.stdout.write(`${JSON.stringify({ mutant, ...found, ms })}\n`);
}

/** A file that is loaded for a mutant loads all of its own for it. */
function reloadTogether(): void {
  registerHooks({
    resolve: (specifier, context, next) => {
      const resolved = next(specifier, context);
      const { search } = new URL(context.parentURL ?? 'file:///');
      const isOurs = resolved.url.includes('/src/deployment/') && specifier.startsWith('.');
      return search === '' || !isOurs ? resolved : { ...resolved, url: resolved.url + search };
    },
  });
}

async function reloaded(mutant: number): Promise<Product> {
  const load = (name: string) =>
    import(`../../../src/deployment/${name}.ts?mutant=${mutant}`) as Promise<Product>;
  const [{ next }, memory] = [await load('next'), await load('memory')];
  const observed = (await load(
    'observed',
  )) as unknown as typeof import('../../../src/deployment/observed.ts');
  const { begin, notice, answered, remember, turned } = memory;
  const { holds, ABSENT } = observed;
  return { next, begin, notice, answered, remember, turned, holds, absent: () => ABSENT };
}

function tryOut(mutant: number, isStatic: boolean, parts: Product): Found {
  const own = isStatic ? questions.all : (questions.byMutant.get(mutant) ?? []);
  const scenarios = new Set<Expected>();
  for (const { question, value } of differing(own, parts)) {
    const { part, given, by } = question;
    for (const scenario of by) scenarios.add(scenario);
    const [wrong] = wrongIn(() => judged(part, given, value));
    // What is wrong with the answer of the product, too, is wrong with the promises.
    if (wrong !== undefined && judged(part, given, valueIn(question)).length === 0)
      return { killed: `${[...by][0]?.name ?? ''}: ${wrong}`, other: null, differs: scenarios.size };
  }
  return level === 'drawn' ? { killed: null, other: null, differs: scenarios.size } : exploredAll(scenarios);
}

function valueIn({ answer }: Question<Expected>): unknown {
  return (JSON.parse(answer) as readonly unknown[])[0];
}

/** What cannot be judged is no answer. */
function wrongIn(judge: () => readonly string[]): readonly string[] {
  try {
    return judge();
  } catch (error) {
    return [`throws ${String(error)}`];
  }
}

function exploredAll(scenarios: Iterable<Expected>): Found {
  let differs = 0;
  let other: string | null = null;
  for (const scenario of scenarios) {
    differs++;
    const { wrong, decided } = explored(scenario);
    if (wrong !== null) return { killed: `${scenario.name}: ${wrong}`, other: null, differs };
    if (decided !== null) other ??= `${scenario.name}: ${decided}`;
    if (differs >= ENOUGH) break;
  }
  return { killed: null, other, differs };
}

interface Wrong {
  readonly wrong: string | null;
  readonly decided: string | null;
}

function explored(scenario: Expected): Wrong {
  try {
    const result = explore(scenario, { mostStates, isOneEnough: true });
    const { violations, ends } = result;
    for (const what of violations.keys()) return { wrong: what, decided: null };
    const found = [...ends.keys()].sort().join(', ');
    const isEndKnown = scenario.ends !== undefined && level !== 'alone';
    const wrong = !isEndKnown || found === scenario.ends.join(', ') ? null : `ends ${found}`;
    // What is kept was decided with all its crashes; without them, less is decided.
    const decided = differences(scenario, result).find((line) => line.startsWith('+')) ?? null;
    return { wrong, decided };
  } catch (error) {
    return { wrong: `throws ${String(error)}`, decided: null };
  }
}
