/** What `next` decides: one step, one look, one wait, or the end. */
import type { GiveUp } from './goal.ts';
import type { Basis, Facet } from './observed.ts';
import type { Found } from './rollout/watch.ts';

export type Verdict =
  /** `optional`: whatever becomes of it is no reason to fail. */
  | { readonly do: Step; readonly optional?: true }
  | { readonly look: Facet; readonly optional?: true }
  /** The goal failed, and what it made goes: go on with this one. */
  | { readonly turn: GiveUp }
  | { readonly wait: Wait }
  | { readonly end: End };

/**
 * - `move`, `candidate`: a change is in progress and ends by itself
 * - `bake`: a step of a rollout is watched
 * - `seen`: a change of ours was accepted, and may not be seen yet
 */
export interface Wait {
  readonly for: 'move' | 'candidate' | 'bake' | 'seen';
  /** When waiting makes no sense any longer; null if the command's own timeout decides. */
  readonly until: number | null;
}

/** Data: the plan, the approval, the log and the call to the platform are all made of it. */
export interface Step {
  readonly kind: StepKind;
  /** A version, a candidate or a guard, by kind; '' if the endpoint itself is meant. */
  readonly of: string;
  /** The guard of a shift; the version of a candidate. */
  readonly with?: string;
  /** Of a shift that we make: the share of requests that the version gets, in percent. */
  readonly percent?: number;
  /** Of a shift that is a step of a rollout: for so long its marker is good, in milliseconds. Absent: it leaves none. */
  readonly holdMs?: number;
  /** How many requests of our own are sent. */
  readonly requests?: number;
  /** What a note says of a version. */
  readonly note?: 'served' | 'withdrawn' | 'reinstated';
  /** Every step that cannot be taken back carries what it was decided on. */
  readonly basis?: Basis;
}

export type StepKind =
  | 'make-version'
  /** Lost if, immediately before the call, it serves, is on its way, or a candidate has it. */
  | 'retire-version'
  | 'start-candidate'
  /** It expires later. */
  | 'keep-candidate'
  | 'drop-candidate'
  | 'open'
  | 'shift'
  /** Undoes a move: its guard is set off, or, if we shift, all requests go where they came from. */
  | 'abort-shift'
  /** A rollout has arrived: its marker goes. */
  | 'unmark'
  /** Sends requests of our own to a version that gets too few to be judged. */
  | 'ask'
  | 'set-count'
  | 'close'
  | 'guard'
  | 'unguard'
  | 'set-scaling'
  | 'set-scaling-aside'
  | 'restore-scaling'
  | 'end-scaling'
  | 'note';

export type End =
  /** `changed`: this run did something for it. */
  | { readonly kind: 'serves'; readonly changed: boolean }
  | { readonly kind: 'staged' }
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'discarded'; readonly changed: boolean }
  | { readonly kind: 'went-back'; readonly changed: boolean }
  | { readonly kind: 'gone' }
  | { readonly kind: 'tidied'; readonly changed: boolean }
  /** The move was undone: by the platform or by somebody else, or by this run for what it has found. */
  | { readonly kind: 'rolled-back'; readonly found?: Found }
  /** Somebody else changed the endpoint first; nothing that was asked for has been done. */
  | { readonly kind: 'outdated'; readonly serving: string | null }
  /** It serves what was asked for, but moved there from a version that nobody approved it for. */
  | { readonly kind: 'overtaken' }
  /** What this run sent was accepted, and somebody else has removed it since, or moved the endpoint on. */
  | { readonly kind: 'replaced' }
  | { readonly kind: 'withdrawn' }
  | { readonly kind: 'no-candidate' }
  | { readonly kind: 'not-as-asked' }
  | { readonly kind: 'nothing-to-go-back-to' }
  | { readonly kind: 'refused'; readonly step: StepKind; readonly cause: string }
  | { readonly kind: 'denied'; readonly permission: string }
  | { readonly kind: 'failed' }
  | { readonly kind: 'needs-human' }
  | { readonly kind: 'contended' }
  | { readonly kind: 'timed-out' };

/** Steps are the same if they would do the same: what they were decided on does not count. */
export function keyOf({ kind, of, with: other, note, percent }: Step): string {
  const share = percent === undefined ? '' : `${percent}%`;
  return [kind, of, other, note, share].filter((part) => part !== undefined && part !== '').join(' ');
}
