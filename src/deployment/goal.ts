/**
 * What a run wants to be true. A goal is bound once, at the first look (bind.ts), and says nothing relative: a repeated
 * "go back to the previous version" would otherwise walk further back each time.
 */
import type { Rollout } from './rollout/strategy.ts';
import type { End } from './verdict.ts';

export type Goal = Serve | Stage | WithoutCandidate | GoBack | Gone | Tidy | GiveUp;

/** Names that one run makes and no other run may share: two runs would remove each other's. */
interface OfRun {
  readonly run: string;
}

export interface Serve extends OfRun {
  readonly kind: 'serve';
  readonly version: string;
  /** What was serving when the plan was made: the version that the approval is for. */
  readonly base: string | null;
  /** The candidate that must be ready first; null for a deployment without one. */
  readonly candidate: string | null;
  /** Guards watch the move. */
  readonly guarded: boolean;
  /** The move needs autoscaling out of the way: the machines change. */
  readonly otherMachines: boolean;
  /** What becomes of autoscaling afterwards. */
  readonly scaling: 'leave' | 'set' | 'end';
  /** It was rolled back from before this was planned, and is wanted all the same. Whoever rolls back later ends the plan. */
  readonly withdrawn: boolean;
  /** How many old versions stay for a rollback. */
  readonly keep: number;
  /** The steps, if we shift requests; absent: all at once, and nothing is watched. */
  readonly rollout?: Rollout;
}

export interface Stage {
  readonly kind: 'stage';
  readonly version: string;
  readonly base: string | null;
  readonly candidate: string;
  /** For so long the candidate stays, in milliseconds: one that an earlier run started is kept longer. */
  readonly until: number;
  /** As of `Serve`. */
  readonly withdrawn: boolean;
}

export interface WithoutCandidate {
  readonly kind: 'without-candidate';
  readonly candidate: string;
  readonly version: string;
}

export interface GoBack extends OfRun {
  readonly kind: 'go-back';
  /** What is left: the version that serves, or that a move in progress leads to. */
  readonly from: string;
  readonly to: string;
  readonly otherMachines: boolean;
  readonly keep: number;
}

/** No endpoint, and nothing that was made for it. */
export interface Gone {
  readonly kind: 'gone';
}

/** What dead runs have left is removed. */
export interface Tidy {
  readonly kind: 'tidy';
  /** Candidates of that environment alone; null for all. */
  readonly environment: string | null;
}

/** Never asked for: what `serve` and `stage` turn into when they fail. Leaves nothing that was made for them. */
export interface GiveUp extends OfRun {
  readonly kind: 'give-up';
  readonly version: string;
  readonly candidate: string | null;
  readonly why: End;
}

/** For so long a candidate stays that nobody promotes, in milliseconds; on every platform the same, as the docs say. */
export const CANDIDATE_MS = 6 * 60 * 60 * 1000;

/** The guard of a run's own move: named by version and run. */
export function guardName(version: string, run: string): string {
  return `${version}@${run}`;
}
