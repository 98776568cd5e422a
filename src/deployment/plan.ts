/** The plan: what `next` would do on a platform that does what it is told. What is shown is what is carried out. */
import { accept, settle, TOUCHED } from './effects.ts';
import type { Goal } from './goal.ts';
import { begin, notice, remember, turned, type Memory } from './memory.ts';
import { next } from './next.ts';
import { ABSENT, isAnswer, isPassing, valueOf, type Facet, type Facets, type Observed } from './observed.ts';
import { NOTHING_SEEN } from './rollout/watch.ts';
import type { Traits } from './traits.ts';
import type { End, Step, Wait } from './verdict.ts';

export interface PlanLine {
  readonly step: Step;
  /**
   * - `will`: it will be done
   * - `if`: it depends on something that nobody may look at (`because`: the permission), or that nobody can know yet, as
   *   how a change ends that is in progress
   * - `if-it-fails`: what is done if the move is undone
   */
  readonly when: 'will' | 'if' | 'if-it-fails';
  readonly because?: string;
}

export interface Forecast {
  readonly lines: readonly PlanLine[];
  readonly end: End;
}

/** No goal needs as many verdicts; a plan that does is a mistake in `next`. */
const MOST_VERDICTS = 500;

/**
 * @param seen every facet that could be read
 * @throws RangeError if the goal is never reached
 */
export function forecast(goal: Goal, seen: Observed, traits: Traits): Forecast {
  const well = follow(goal, seen, traits, false);
  const shift = well.lines.find(({ step }) => step.kind === 'shift' || step.kind === 'open');
  if (goal.kind !== 'serve' || shift === undefined) return well;
  const badly = follow(goal, seen, traits, true);
  const known = new Set(well.lines.map(({ step }) => JSON.stringify(step)));
  const extra = badly.lines
    .filter(({ step }) => !known.has(JSON.stringify(step)))
    .map((line): PlanLine => ({ ...line, when: 'if-it-fails' }));
  return { lines: [...well.lines, ...extra], end: well.end };
}

function follow(asked: Goal, seen: Observed, traits: Traits, fails: boolean): Forecast {
  const lines: PlanLine[] = [];
  let goal = asked;
  let { now } = seen;
  let memory: Memory = begin(now);
  let facets = believed(seen);
  const underWay = changeUnderWay(facets);
  for (let verdicts = 0; verdicts < MOST_VERDICTS; verdicts++) {
    if (traits.notesMoves === true) facets = noted(facets);
    const looked = observe(facets, seen, now);
    memory = notice(memory, looked);
    const verdict = next(goal, looked, memory, traits);
    if ('end' in verdict) return { lines, end: verdict.end };
    if ('turn' in verdict) {
      goal = verdict.turn;
      memory = turned(memory);
    } else if ('do' in verdict) {
      lines.push(lineOf(verdict.do, seen, underWay));
      memory = remember(memory, verdict.do, { is: 'done', touches: [] }, now);
      facets = accept(facets, verdict.do, now);
    } else if ('wait' in verdict) {
      now = Math.max(now, verdict.wait.until ?? now) + 1;
      facets = after(verdict.wait, facets, fails);
    }
  }
  throw new RangeError(`The plan for the goal ${asked.kind} has no end.`);
}

/** What serves has served, and last of all. */
function noted(facets: Facets): Facets {
  const { serving, versions } = facets;
  const known = versions.find(({ version }) => version === serving.version);
  if (serving.state !== 'serving' || known === undefined) return facets;
  const others = versions.filter((other) => other !== known);
  return { ...facets, versions: [{ ...known, served: true }, ...others] };
}

/** Nobody sends a request, unless the move is to fail: then all of them do. */
function after(wait: Wait, facets: Facets, fails: boolean): Facets {
  if (wait.for === 'seen') return facets;
  if (wait.for !== 'bake') return fails ? undone(facets) : settle(facets);
  const to = { requests: 1000, errors: 1000, p95Ms: null };
  return fails ? { ...facets, watch: { ...NOTHING_SEEN, to } } : facets;
}

/** What is done depends on how it ends, and when. @returns null if nothing is */
function changeUnderWay({ serving, candidates }: Facets): string | null {
  if (isPassing(serving)) return 'a change of the endpoint is in progress';
  const candidate = candidates.find(({ state }) => state === 'starting' || state === 'going');
  if (candidate === undefined) return null;
  return `the candidate ${candidate.name} is being ${candidate.state === 'going' ? 'removed' : 'started'}`;
}

function lineOf(step: Step, seen: Observed, underWay: string | null): PlanLine {
  if (step.kind === 'ask') return { step, when: 'if', because: `${step.requests} requests do not reach it` };
  if (underWay !== null) return { step, when: 'if', because: underWay };
  return asFarAsSeen({ step, when: 'will' }, seen);
}

/** What may not be looked at, and decides whether a step is taken: it may be done already, or not be needed. */
export function asFarAsSeen(line: PlanLine, { facets }: Observed): PlanLine {
  if (line.when !== 'will') return line;
  const known = dependsOn(line.step).map((facet) => facets[facet]);
  const denied = known.find((facet) => facet !== undefined && !isAnswer<unknown>(facet));
  return denied !== undefined && 'denied' in denied ? { ...line, when: 'if', because: denied.denied } : line;
}

/**
 * Whoever may not see what serves, or what is measured, decides nothing; anything else is looked at to see whether the
 * step would change it. A version is removed only if nobody else uses it.
 */
function dependsOn({ kind }: Step): readonly Facet[] {
  if (kind === 'retire-version') return ['users', 'candidates', 'versions'];
  return TOUCHED[kind].filter((facet) => facet !== 'serving' && facet !== 'watch');
}

/** No endpoint, and nothing beside it. */
export const NOTHING: Facets = {
  serving: ABSENT,
  versions: [],
  candidates: [],
  guards: [],
  scaling: 'none',
  users: [],
  watch: NOTHING_SEEN,
};

/** What may not be looked at is taken to be empty; the lines that depend on it say so. */
function believed(seen: Observed): Facets {
  return {
    serving: valueOf(seen, 'serving') ?? NOTHING.serving,
    versions: valueOf(seen, 'versions') ?? NOTHING.versions,
    candidates: valueOf(seen, 'candidates') ?? NOTHING.candidates,
    guards: valueOf(seen, 'guards') ?? NOTHING.guards,
    scaling: valueOf(seen, 'scaling') ?? NOTHING.scaling,
    users: valueOf(seen, 'users') ?? NOTHING.users,
    watch: NOTHING_SEEN,
  };
}

/** Facets that are needed, and may not be looked at, stay denied; those that are good to know are believed. */
function observe(facets: Facets, seen: Observed, now: number): Observed {
  const known = <F extends Facet>(facet: F) => ({ at: now, value: facets[facet] });
  const all = {
    serving: known('serving'),
    versions: known('versions'),
    candidates: known('candidates'),
    guards: known('guards'),
    scaling: known('scaling'),
    users: known('users'),
    watch: known('watch'),
  };
  const { serving, watch } = seen.facets;
  const denied = {
    ...(serving !== undefined && !isAnswer(serving) && { serving }),
    ...(watch !== undefined && !isAnswer(watch) && { watch }),
  };
  return { now, facets: { ...all, ...denied } };
}

/** A move that fails leaves what served; a first release that fails leaves an endpoint that can do nothing. */
function undone(facets: Facets): Facets {
  const { serving } = facets;
  if (serving.state === 'starting')
    return { ...facets, serving: { ...serving, state: 'broken', towards: null } };
  const isBack = serving.state === 'moving' ? 'going-back' : serving.state;
  return settle({ ...facets, serving: { ...serving, state: isBack } });
}
