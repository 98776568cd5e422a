/**
 * What a platform supplies, so `createEngineTarget` makes a DeploymentTarget of it. A platform looks and carries
 * out; what comes next, when it is over, and how that is worded, is decided here.
 */
import type { FailurePage } from '../core/failure-pages.ts';
import type { Plan } from '../documents/plan.ts';
import type { EndpointDescription } from '../core/targets.ts';
import type { Driver } from './loop.ts';
import type { Serving } from './observed.ts';
import type { Rollout } from './rollout/strategy.ts';
import type { Traits } from './traits.ts';

export interface EnginePlatform {
  /** What people call it, in messages. */
  readonly title: string;
  /** Where it looks for an endpoint, as sentences end: 'in eu-west-1'. */
  readonly place: string;
  readonly traits: Traits;
  /** Between two looks while waiting, in milliseconds. */
  readonly pollMs: number;
  /** Makes no request by itself. */
  open(subject: Subject): Operation;
}

/** What one command is about. */
export interface Subject {
  readonly endpoint: string;
  /** null for the commands that make no plan. */
  readonly plan: Plan | null;
  /** `plan`: nothing is carried out. */
  readonly command: Command | 'plan';
}

/** @throws TypeError for a command that makes no plan */
export function planOf({ plan, command }: Subject): Plan {
  if (plan !== null) return plan;
  throw new TypeError(`The command ${command} has no plan.`);
}

export type Command = 'stage' | 'deploy' | 'promote' | 'discard' | 'rollback' | 'teardown' | 'reap';

/** One command at work. */
export interface Operation extends Driver {
  /**
   * What a move from what serves to the version needs.
   * @throws UserError if the platform could not make it: before anything is changed
   */
  moveTo(version: string, serving: Serving): Promise<Move>;
  /**
   * Refusals that only the platform knows: what is not ours is not torn down, what a version is made of must exist before
   * it serves again. Nothing is changed.
   * @param version that the command is to make serve; null for the commands that have none
   * @throws UserError
   */
  check(version: string | null): Promise<void>;
  /** The last rollback that is noted on the endpoint, so a run that repeats it goes back once; null if none is. */
  lastWayBack(): Promise<WayBack | null>;
  /** What is true now, for people. Shares what the last look has read. */
  describe(): Promise<EndpointDescription>;
  /** Why a move, a candidate or a step failed, from what was seen on the way. */
  explain(failure: Failure): Promise<Explained>;
  /** What people find a guard by; null if the platform has none. */
  titleOf(guard: string): string | null;
  /** How what serves differs from what was planned, in words; empty if it does not. */
  differences(): Promise<readonly string[]>;
}

export interface Move {
  /** Guards of our own watch it. */
  readonly guarded: boolean;
  /** The machines change, so autoscaling has to be out of the way. */
  readonly otherMachines: boolean;
  readonly scaling: 'leave' | 'set' | 'end';
  /** The steps, if we shift requests; absent: all at once, and nothing is watched. */
  readonly rollout?: Rollout;
}

export interface WayBack {
  readonly run: string;
  readonly from: string;
  readonly to: string;
}

export interface Failure {
  /**
   * - `move`: to the planned version, or back to an old one · `start`: of a new endpoint, or of a candidate
   * - `step`: the platform refused it
   */
  readonly of: 'move' | 'start' | 'step';
  /** The endpoint, or the candidate. */
  readonly name: string;
}

export interface Explained {
  /** What failed and what to do, in a sentence or two; '' if the platform says nothing. */
  readonly message: string;
  /** The platform's reason and the tail of the log, for the summary. */
  readonly detail: string;
  readonly page: FailurePage | undefined;
}
