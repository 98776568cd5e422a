/**
 * How the decisions are written: a goal is a list of what could be done next, in the order of urgency, as a generator.
 * The first thing that it yields is the verdict; the rest of the list is for another look.
 */
import { isFresh, type Memory } from '../memory.ts';
import {
  basisOf,
  isAnswer,
  type Facet,
  type Facets,
  type Known,
  type Observed,
  type Serving,
} from '../observed.ts';
import { keyOf, type End, type Step, type Verdict } from '../verdict.ts';
import type { Traits } from '../traits.ts';

export interface Situation {
  readonly seen: Observed;
  readonly memory: Memory;
  readonly traits: Traits;
}

/** Yields a verdict if there is one to give; otherwise returns, and the list goes on. */
export type Deciding<T = void> = Generator<Verdict, T, never>;

/** A facet that nothing can be decided without. */
export function* need<F extends Facet>({ seen }: Situation, facet: F): Deciding<Facets[F]> {
  const known: Known<Facets[F]> | undefined = seen.facets[facet];
  if (known === undefined) return yield { look: facet };
  if (isAnswer(known)) return known.value;
  return yield { end: { kind: 'denied', permission: known.denied } };
}

/** A facet that is good to know; undefined if nobody may look. */
export function* wish<F extends Facet>({ seen }: Situation, facet: F): Deciding<Facets[F] | undefined> {
  const known: Known<Facets[F]> | undefined = seen.facets[facet];
  if (known === undefined) return yield { look: facet, optional: true };
  return isAnswer(known) ? known.value : undefined;
}

/** A step that the goal cannot do without. */
export function* must({ memory }: Situation, step: Step): Deciding {
  const permission = memory.given[keyOf(step)];
  if (permission === undefined) yield { do: step };
  else if (permission !== '') yield { end: { kind: 'denied', permission } };
}

/** A step whose failure is no reason to fail; whoever carries it out says so. */
export function* may({ memory }: Situation, step: Step): Deciding {
  if (memory.given[keyOf(step)] === undefined) yield { do: step, optional: true };
}

/** A facet as it is after this run's own last change: what is removed for good is decided on nothing older. */
export function* certain(situation: Situation, facet: Facet): Deciding {
  if (!isFresh(situation.memory, situation.seen, facet, situation.traits)) yield lookAgain(facet, situation);
}

/** Once what was changed last can be seen. */
export function lookAgain(facet: Facet, { seen, memory, traits }: Situation): Verdict {
  const visible = memory.since + traits.usualLagMs;
  return seen.now > visible ? { look: facet } : { wait: { for: 'seen', until: visible } };
}

export function* end(what: End): Deciding {
  yield { end: what };
}

/** A step that is carried out on nothing but what it was decided on. */
export function on(serving: Serving, step: Step): Step {
  return { ...step, basis: basisOf(serving) };
}

/** Whether this run has changed anything. */
export function changed({ memory }: Situation): boolean {
  return memory.changed;
}
