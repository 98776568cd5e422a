/** What is shown is what is carried out: over random states, with runs that are killed and moves that fail. */
import { describe, expect, it } from 'vitest';
import { settle } from '../../../src/deployment/effects.ts';
import { reach } from '../../../src/deployment/loop.ts';
import { forecast, type Forecast } from '../../../src/deployment/plan.ts';
import { isPassing, type Facets, type Observed } from '../../../src/deployment/observed.ts';
import { keyOf, type Step } from '../../../src/deployment/verdict.ts';
import { InMemoryDriver } from '../../deployment/in-memory.ts';
import { draw, randomFrom, type Drawn } from '../../deployment/random-states.ts';
import { look } from '../../deployment/world.ts';
import { FakeClock } from '../../fakes/clock.ts';

const SEEDS = 400;
/** A change under way may end before the first look of a run, or after it: what follows is not known when it is planned. */
const isQuiet = ({ facets: { serving, candidates } }: Drawn) =>
  !isPassing(serving) && candidates.every(({ state }) => state !== 'starting' && state !== 'going');

class Killed extends Error {}

/** Dies before or after one of its steps. */
class MortalDriver extends InMemoryDriver {
  #left = Infinity;
  #isDone = false;

  die(at: number, isDone: boolean): void {
    this.#left = at;
    this.#isDone = isDone;
  }

  override async perform(step: Step) {
    const isLast = this.#left-- === 0;
    if (isLast && !this.#isDone) throw new Killed();
    const performed = await super.perform(step);
    if (isLast) throw new Killed();
    return performed;
  }
}

function scene({ facets, goal, traits }: Drawn, clock: FakeClock) {
  const driver = new MortalDriver(facets, clock);
  const { signal } = new AbortController();
  const options = { driver, traits, clock, signal, timeoutMs: 600_000, pollMs: 10_000 };
  const planned = forecast(goal, seenBy(facets, clock), traits);
  return { driver, planned, run: () => reach(goal, options) };
}

function seenBy(facets: Facets, clock: FakeClock): Observed {
  const now = clock.now().getTime();
  const seen = Object.entries(look(facets).facets).map(([facet, known]) => [facet, { ...known, at: now }]);
  return { now, facets: Object.fromEntries(seen) as Observed['facets'] };
}

const keysOf = ({ lines }: Forecast, ...when: string[]) =>
  lines.filter((line) => when.includes(line.when)).map(({ step }) => keyOf(step));

/** The first that is not in its place; null where there is none. */
function outOfOrder(some: readonly string[], all: readonly string[]): string | null {
  let at = 0;
  for (const key of some) {
    at = all.indexOf(key, at) + 1;
    if (at === 0) return key;
  }
  return null;
}

const scenes = Array.from({ length: SEEDS }, (_, at) => at + 1).map((seed) => {
  const clock = new FakeClock('2026-03-01T12:00:00Z');
  return { seed, clock, drawn: draw(seed, clock.now().getTime()) };
});
const quiet = scenes.filter(({ drawn }) => isQuiet(drawn));

describe(`the lines of a plan, in ${quiet.length} states`, () => {
  it('are the steps that are carried out, and so is the end', async () => {
    for (const { seed, clock, drawn } of quiet) {
      const { driver, planned, run } = scene(drawn, clock);
      const { end } = await run();
      const will = keysOf(planned, 'will');
      expect({ seed, log: driver.log, end }).toEqual({ seed, log: will, end: planned.end });
    }
  });

  it('are carried out by two runs together where the first one is killed', async () => {
    for (const { seed, clock, drawn } of quiet) {
      const { driver, planned, run } = scene(drawn, clock);
      const random = randomFrom(-seed);
      const will = keysOf(planned, 'will');
      driver.die(Math.floor(random() * will.length), random() < 0.5);
      await run().catch((error: unknown) => {
        if (!(error instanceof Killed)) throw error;
      });
      driver.die(Infinity, false);
      await run();
      const wrong = outOfOrder(driver.log, keysOf(planned, 'will', 'if'));
      const missing = will.filter((key) => !driver.log.includes(key));
      expect({ seed, wrong, missing }).toEqual({ seed, wrong: null, missing: [] });
    }
  });

  it('say beforehand what is done where the move fails', async () => {
    for (const { seed, clock, drawn } of quiet) {
      const { driver, planned, run } = scene(drawn, clock);
      driver.ending = failing;
      await run();
      const known = keysOf(planned, 'will', 'if', 'if-it-fails');
      const unsaid = driver.log.filter((key) => !known.includes(key));
      expect({ seed, unsaid }).toEqual({ seed, unsaid: [] });
    }
  });
});

it('promises nothing that depends on how a change ends that is under way', () => {
  for (const { clock, drawn } of scenes.filter((known) => !isQuiet(known.drawn))) {
    const { lines } = scene(drawn, clock).planned;
    expect(lines.filter(({ when }) => when === 'will')).toEqual([]);
    expect(lines.filter(({ when }) => when === 'if').every(({ because }) => because !== undefined)).toBe(
      true,
    );
  }
});

/** Moves that this run sends go back, first releases break; candidates start. */
function failing(facets: Facets): Facets {
  const { serving } = facets;
  const isNew = serving.towards === 'v2';
  if (isNew && serving.state === 'starting')
    return settle({ ...facets, serving: { ...serving, state: 'broken', towards: null } });
  return settle(
    isNew && serving.state === 'moving'
      ? { ...facets, serving: { ...serving, state: 'going-back' } }
      : facets,
  );
}
