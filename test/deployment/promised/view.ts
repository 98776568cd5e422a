/**
 * What a verdict is given on, as the promises read it. Nothing in this folder uses what the product makes of it: a mistake
 * there would be one of the promises, too.
 */
import type { Goal } from '../../../src/deployment/goal.ts';
import type { Memory, Sent } from '../../../src/deployment/memory.ts';
import type { CandidateState, Facet, Facets, Observed, Serving } from '../../../src/deployment/observed.ts';
import type { Traits } from '../../../src/deployment/traits.ts';

export interface Asked {
  readonly goal: Goal;
  readonly seen: Observed;
  /** With what the look has shown of the move. */
  readonly memory: Memory;
  readonly traits: Traits;
}

/** A facet that nobody may look at is undefined. */
export type View = { readonly [F in Facet]?: Facets[F] } & { readonly serving: Serving };

/** @returns null if nobody may see what serves */
export function viewOf({ facets }: Observed): View | null {
  const view: Record<string, unknown> = {};
  for (const [facet, known] of Object.entries(facets)) if ('value' in known) view[facet] = known.value;
  return view.serving === undefined ? null : (view as unknown as View);
}

export function isHidden({ facets }: Observed): boolean {
  return Object.values(facets).some((known) => 'denied' in known);
}

export function isPassing({ state }: Serving): boolean {
  return ['starting', 'moving', 'going-back', 'going'].includes(state);
}

export function isAtRest({ state }: CandidateState): boolean {
  return state === 'ready' || state === 'broken';
}

/** It would be seen by now, or was undone. */
export function isOver({ at }: Sent, { seen, traits }: Asked): boolean {
  return seen.now - at > traits.lagMs;
}

/** When the facet was looked at, everything that this run had changed could usually be seen. */
export function isCurrent(facet: Facet, { seen, memory, traits }: Asked): boolean {
  return (seen.facets[facet]?.at ?? -Infinity) > memory.since + traits.usualLagMs;
}

/** A change that was written over somebody else's, where the platform cannot compare and swap. */
export function hasWrittenOver({ memory, traits }: Asked, base: string | null): boolean {
  const { sent, overtook } = memory;
  if (traits.swap !== 'compare-then-write') return false;
  return overtook || (traits.shifts === 'platform' && sent?.kind === 'shift' && sent.from !== base);
}

/** Where a rollback from a version would go to: a verified one first, and none that was rolled back from. */
export function wayBack(versions: Facets['versions'], from: string | null | undefined): string | null {
  const at = versions.findIndex(({ version }) => version === from);
  const older = at === -1 ? [] : versions.filter(({ withdrawn }, index) => index > at && !withdrawn);
  const best = older.find(({ verified }) => verified) ?? older.find(({ served }) => served);
  return best?.version ?? null;
}
