/**
 * What a driver has seen of an endpoint. Plain JSON throughout: it can be kept, compared, shown, and made up by tests.
 *
 * A version is always named by its content, so two runs that mean the same name the same.
 */

import type { Watch } from './rollout/watch.ts';

/** The part of the world that one look answers; each is read only when something asks for it. */
export interface Facets {
  readonly serving: Serving;
  /** Versions that are defined on the platform, newest first. */
  readonly versions: readonly VersionState[];
  readonly candidates: readonly CandidateState[];
  /** The guards (alarms for the time of a move) that this endpoint has, made by any run. */
  readonly guards: readonly GuardState[];
  readonly scaling: Scaling;
  /** Versions of ours that other endpoints use. */
  readonly users: readonly string[];
  /** What was measured since the last step of the rollout in progress. Asked for only if we shift requests. */
  readonly watch: Watch;
}
export type Facet = keyof Facets;

/** An answer, with the time of the look; or that nobody may look, with the permission that is missing. */
export type Known<T> = Answer<T> | { readonly at: number; readonly denied: string };

interface Answer<T> {
  readonly at: number;
  readonly value: T;
}

export interface Observed {
  /** Milliseconds; all times in here are of this clock. */
  readonly now: number;
  readonly facets: { readonly [F in Facet]?: Known<Facets[F]> };
}

/**
 * - `absent`: there is no endpoint · `starting`: it is being made · `serving` · `moving`: towards another version
 * - `going-back`: the platform undoes a move · `mixed`: undoing failed, two versions serve · `broken`: it can do nothing
 *   but be removed · `going`: it is being removed · `shifting`: a rollout of ours is in progress; it does not
 *   end by itself
 */
export type ServingState =
  'absent' | 'starting' | 'serving' | 'moving' | 'going-back' | 'mixed' | 'broken' | 'going' | 'shifting';

export interface Serving {
  readonly state: ServingState;
  /** What answers requests now, and while shifting what did so before; null if nothing does. */
  readonly version: string | null;
  /** Where the change in progress leads, if the platform says so. */
  readonly towards: string | null;
  /** The guards that the move in progress names. */
  readonly guards: readonly string[];
  /** Changes with every change of the endpoint; null if the platform has no compare-and-swap. */
  readonly etag: string | null;
  /** How what serves compares with the version's own definition. */
  readonly fit: 'as-asked' | 'count-off' | 'other';
  /** How far it has come; there while `shifting`, and at no other time. */
  readonly rollout?: RolloutState;
}

export interface RolloutState {
  /** Of the requests, what `towards` gets. */
  readonly percent: number;
  /** Since when. */
  readonly at: number;
  /** Until then the run that began it, or one that took over, goes on; after that it is dead. */
  readonly until: number;
}

export interface VersionState {
  readonly version: string;
  /** Made by us for this endpoint. Nothing else is ever removed. */
  readonly ours: boolean;
  readonly definition: 'whole' | 'part';
  readonly madeAt: number;
  /** It was read back as serving. */
  readonly served: boolean;
  readonly verified: boolean;
  /** It was rolled back from, and nobody deployed it again. */
  readonly withdrawn: boolean;
}

export interface GuardState {
  /** Followed by `#` and some word if only a part of it is there, so it does not count as the guard. */
  readonly name: string;
  readonly madeAt: number;
}

export interface CandidateState {
  readonly name: string;
  readonly version: string;
  readonly ours: boolean;
  readonly environment: string | null;
  readonly state: 'starting' | 'ready' | 'broken' | 'going';
  readonly expiresAt: number;
}

/**
 * `other`: it differs from what was asked for. `set-aside`: saved and switched off for a move to other machines.
 * `half-aside`: saved, and not switched off, or put back and not forgotten: a run died in between
 */
export type Scaling = 'none' | 'as-asked' | 'other' | 'set-aside' | 'half-aside';

/** The value of a facet that was read and may be looked at; undefined otherwise. */
export function valueOf<F extends Facet>(seen: Observed, facet: F): Facets[F] | undefined {
  const known: Known<Facets[F]> | undefined = seen.facets[facet];
  return known !== undefined && isAnswer(known) ? known.value : undefined;
}

export function isAnswer<T>(known: Known<T>): known is Answer<T> {
  return 'value' in known;
}

/** There is no endpoint. */
export const ABSENT: Serving = {
  state: 'absent',
  version: null,
  towards: null,
  guards: [],
  etag: null,
  fit: 'as-asked',
};

/** A change is in progress, and ends by itself. */
export function isPassing({ state }: Serving): boolean {
  return state === 'starting' || state === 'moving' || state === 'going-back' || state === 'going';
}

/** What a step was decided on. On anything else it is not carried out. */
export interface Basis {
  readonly etag: string | null;
  readonly state: ServingState;
  readonly version: string | null;
  readonly towards: string | null;
  readonly rollout?: RolloutState;
}

export function basisOf({ etag, state, version, towards, rollout }: Serving): Basis {
  return { etag, state, version, towards, ...(rollout && { rollout }) };
}

export function holds(basis: Basis, serving: Serving): boolean {
  const now = basisOf(serving);
  return (
    basis.etag === now.etag &&
    basis.state === now.state &&
    basis.version === now.version &&
    basis.towards === now.towards &&
    basis.rollout?.percent === now.rollout?.percent &&
    basis.rollout?.at === now.rollout?.at &&
    basis.rollout?.until === now.rollout?.until
  );
}
