/**
 * The platform as the exploration has it: it accepts what a real one would, refuses what a real one would, and does
 * the rest in its own time: moves end or fail, changes are seen late.
 */
import { accept } from '../../src/deployment/effects.ts';
import type { Performed } from '../../src/deployment/memory.ts';
import {
  isPassing,
  type Facet,
  type Facets,
  type Observed,
  type RolloutState,
  type Serving,
  type VersionState,
} from '../../src/deployment/observed.ts';
import type { Step, StepKind } from '../../src/deployment/verdict.ts';
import { product } from './product.ts';

export interface World {
  readonly facets: Facets;
  /** What a look may still see: the world before the last change, until the lag is over; null after that. */
  readonly before: Facets | null;
  /** Of the move under way: traffic moves, so that its guards must be there. */
  readonly isBaking: boolean;
  /** Whether nobody renewed a marker in time: once, or what is renewed would be late for ever. Null: not to happen. */
  readonly isLate: boolean | null;
  /** Whether others have moved it to the version of `thereAndBack`, and back again. */
  readonly wasAway: boolean;
}

/** Time is counted in lags: the lag trait of the exploration is 1, and one tick is more than that. */
export const LAG = 1;
export const TICK = 2;

/** Said here once more: a mistake in the product's own idea of it would otherwise be one of the platform's, too. */
export function isUnderWay({ state }: Serving): boolean {
  return ['starting', 'moving', 'going-back', 'going'].includes(state);
}

export interface Faults {
  /** Versions that never start, as the endpoint and as a candidate. */
  readonly failing: readonly string[];
  readonly denied: readonly StepKind[];
  /** Steps that the platform refuses for good. */
  readonly refused?: readonly StepKind[];
  /** Steps that somebody else is always quicker than. */
  readonly lost?: readonly StepKind[];
  /** Facets that nobody may look at. */
  readonly hidden?: readonly Facet[];
  /** A rollout may be left until its marker is no good any more. */
  readonly late?: boolean;
  /** Others move it to that version, and roll back from it: once, between any two looks. */
  readonly thereAndBack?: string;
}

export interface Answer {
  readonly world: World;
  readonly performed: Performed;
}

export function perform(world: World, step: Step, { denied, refused, lost }: Faults): Answer {
  if (denied.includes(step.kind))
    return { world, performed: { is: 'denied', permission: `may ${step.kind}` } };
  if (refused?.includes(step.kind) === true) return { world, performed: { is: 'refused', cause: step.kind } };
  if (lost?.includes(step.kind) === true) return { world, performed: { is: 'lost' } };
  const performed = { is: answerTo(world.facets, step), touches: [] } as Performed;
  if (performed.is !== 'done') return { world, performed };
  const facets = accept(world.facets, step, 0);
  return { world: changed(world, facets), performed };
}

type Answered = 'done' | 'lost' | 'missing';

export function answerTo(facets: Facets, step: Step): Answered {
  const { serving, versions, candidates, guards } = facets;
  if (step.basis !== undefined && !product.holds(step.basis, serving)) return 'lost';
  const isThere = (version = '') => versions.some((entry) => entry.version === version);
  const candidate = candidates.find(({ name }) => name === step.of);
  const isReady = !isUnderWay(serving) && serving.state !== 'absent' && serving.state !== 'broken';
  const hasGuard = step.with === undefined || guards.some(({ name }) => name === step.with);
  const answers: Partial<Record<StepKind, Answered>> = {
    shift: isReady ? doneIf(hasGuard && isThere(step.of), 'missing') : 'lost',
    open: serving.state === 'absent' ? doneIf(isThere(step.of), 'missing') : 'lost',
    close: doneIf(!isUnderWay(serving) && serving.state !== 'absent', 'lost'),
    'abort-shift': doneIf(serving.state === 'moving' || serving.state === 'shifting', 'lost'),
    unmark: doneIf(serving.rollout?.percent === 100 && serving.towards === step.of, 'lost'),
    ask: doneIf(serving.rollout !== undefined && serving.towards === step.of, 'lost'),
    'retire-version': doneIf(isThere(step.of) && !isWanted(facets, step.of), 'lost'),
    note: doneIf(isThere(step.of), 'lost'),
    'start-candidate': candidate === undefined ? doneIf(isThere(step.with), 'missing') : 'lost',
    'keep-candidate': doneIf(candidate !== undefined, 'lost'),
    'drop-candidate': doneIf(candidate?.state === 'ready' || candidate?.state === 'broken', 'lost'),
  };
  return answers[step.kind] ?? 'done';
}

const doneIf = (isSo: boolean, otherwise: Answered): Answered => (isSo ? 'done' : otherwise);

/**
 * What was compared a moment ago, and is written as a whole: whatever others made of it in between is gone, and the
 * platform's answer says what was there.
 */
export function write(world: World, { basis, ...step }: Step, faults: Faults): Answer {
  const { serving } = world.facets;
  const isThere = serving.version !== null && !isPassing(serving);
  if (!isThere || basis === undefined) return perform(world, step, faults);
  const { rollout: _, ...rest } = serving;
  const compared: Serving = { ...rest, ...basis };
  const made = perform({ ...world, facets: { ...world.facets, serving: compared } }, step, faults);
  const { performed } = made;
  if (performed.is !== 'done') return { world, performed };
  const after = changed(world, made.world.facets);
  return { world: after, performed: { ...performed, before: serving } };
}

/** What a driver looks at immediately before it removes a version for good. */
function isWanted({ serving, candidates }: Facets, version: string): boolean {
  return (
    serving.version === version ||
    serving.towards === version ||
    candidates.some((entry) => entry.version === version && entry.state !== 'going')
  );
}

function changed(world: World, facets: Facets): World {
  if (JSON.stringify(facets) === JSON.stringify(world.facets)) return world;
  const isStill = facets.serving.state === world.facets.serving.state;
  return {
    ...world,
    facets: retagged(facets, world),
    before: world.facets,
    isBaking: isStill && world.isBaking,
  };
}

/** Each change of what serves has an etag of its own, in the scenarios that begin with one. */
function retagged(facets: Facets, { facets: before }: World): Facets {
  const { etag } = before.serving;
  if (etag === null || facets.serving === before.serving) return facets;
  return { ...facets, serving: { ...facets.serving, etag: String(Number(etag) + 1) } };
}

export interface Event {
  readonly name: string;
  readonly world: World;
  readonly wrong?: string;
}

/** What the platform may do next by itself. */
export function* events(world: World, { failing, thereAndBack }: Faults): Generator<Event> {
  const { facets } = world;
  const { serving, candidates, guards } = facets;
  const isQuiet = serving.state === 'serving' && serving.version !== thereAndBack;
  if (thereAndBack !== undefined && isQuiet && !world.wasAway)
    yield { name: `to ${thereAndBack} and back`, world: wentAway(world, thereAndBack) };
  const endpoint = (name: string, change: Partial<Facets['serving']>): Event => ({
    name,
    world: changed(world, { ...facets, serving: { ...serving, ...change } }),
  });
  const quiet = { towards: null, guards: [] };
  const willFail = failing.includes(serving.towards ?? '');
  if (serving.state === 'moving' && !world.isBaking) {
    const isWatched = serving.guards.every((name) => guards.some((guard) => guard.name === name));
    const wrong = isWatched ? {} : { wrong: 'traffic moves without its guard' };
    yield { name: 'bake', world: { ...world, isBaking: true }, ...wrong };
  }
  if (serving.state === 'moving' && willFail) yield endpoint('fails', { state: 'going-back', towards: null });
  if (serving.state === 'moving' && world.isBaking)
    yield endpoint('moved', { ...quiet, state: 'serving', version: serving.towards });
  if (serving.state === 'going-back') yield endpoint('back', { ...quiet, state: 'serving' });
  if (serving.state === 'starting') {
    yield endpoint('up', { ...quiet, state: 'serving', version: serving.towards });
    if (willFail) yield endpoint('down', { ...quiet, state: 'broken', version: null });
  }
  if (serving.state === 'going') yield endpoint('gone', { ...quiet, state: 'absent', version: null });
  if (serving.rollout !== undefined) yield* whileShifting(world, serving.rollout, failing);
  for (const candidate of candidates) {
    const to = (state: 'ready' | 'broken' | null): Event => ({
      name: `${candidate.name} ${state ?? 'gone'}`,
      world: changed(world, {
        ...facets,
        candidates: candidates.flatMap((entry) =>
          entry !== candidate ? [entry] : state === null ? [] : [{ ...entry, state }],
        ),
      }),
    });
    if (candidate.state === 'starting') yield to('ready');
    if (candidate.state === 'starting' && failing.includes(candidate.version)) yield to('broken');
    if (candidate.state === 'going') yield to(null);
  }
}

/** A version that served for a while, and was rolled back from. */
function wentAway(world: World, version: string): World {
  const { facets } = world;
  const known = facets.versions.find((entry) => entry.version === version);
  const flags = { ours: true, definition: 'whole', madeAt: 0, verified: false } as const;
  const left: VersionState = { ...flags, ...known, version, served: true, withdrawn: true };
  const versions = [left, ...facets.versions.filter((entry) => entry !== known)];
  return { ...changed(world, { ...facets, versions, serving: { ...facets.serving } }), wasAway: true };
}

/** Requests come, and are answered or not; and the time of the marker passes. */
function* whileShifting(world: World, rollout: RolloutState, failing: readonly string[]): Generator<Event> {
  const { facets } = world;
  const { serving, watch } = facets;
  const asked = (errors: number): World => ({
    ...world,
    facets: { ...facets, watch: { ...watch, to: { requests: 100, errors, p95Ms: null } } },
  });
  if (watch.to.requests === 0) {
    yield { name: 'is asked', world: asked(0) };
    if (failing.includes(serving.towards ?? '')) yield { name: 'fails some', world: asked(50) };
  }
  if (world.isLate !== false) return;
  const over = { ...serving, rollout: { ...rollout, until: -TICK } };
  yield { name: 'nobody renews', world: { ...world, isLate: true, facets: { ...facets, serving: over } } };
}

/** What a marker says of its time, a tick later. */
export function aged(facets: Facets): Facets {
  const { rollout } = facets.serving;
  if (rollout === undefined || rollout.at < 0) return facets;
  return { ...facets, serving: { ...facets.serving, rollout: { ...rollout, at: -TICK } } };
}

const looked = new WeakMap<readonly Facet[], WeakMap<Facets, Observed>>();
const NOTHING_HIDDEN: readonly Facet[] = [];

/** Everything at once, at the time 0. The same is seen as the same object: looks are by far the most of an exploration. */
export function look(facets: Facets, hidden: readonly Facet[] = NOTHING_HIDDEN): Observed {
  const known = looked.get(hidden) ?? new WeakMap<Facets, Observed>();
  looked.set(hidden, known);
  const seen = known.get(facets) ?? lookAnew(facets, hidden);
  known.set(facets, seen);
  return seen;
}

function lookAnew(facets: Facets, hidden: readonly Facet[]): Observed {
  const seen = lookAtAll(facets);
  const denied = hidden.map((facet) => [facet, { at: 0, denied: `may see ${facet}` }] as const);
  return { ...seen, facets: { ...seen.facets, ...Object.fromEntries(denied) } };
}

function lookAtAll(facets: Facets): Observed {
  const known = <T>(value: T) => ({ at: 0, value });
  const { serving, versions, candidates, guards, scaling, users, watch } = facets;
  return {
    now: 0,
    facets: {
      serving: known(serving),
      versions: known(versions),
      candidates: known(candidates),
      guards: known(guards),
      scaling: known(scaling),
      users: known(users),
      watch: known(watch),
    },
  };
}
