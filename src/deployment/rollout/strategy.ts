/** The steps of a rollout, if we shift requests. */
import { areRising, sharesOf, type Strategy } from '../../documents/plan.ts';
import type { Limits } from './watch.ts';

export interface Rollout {
  /** The share of requests that the new version takes after each step, in percent; rising, and the last is 100. */
  readonly steps: readonly number[];
  /** How long each step is watched, in milliseconds; 0: not at all. */
  readonly bakeMs: number;
  /** For so long a request may be missing in what the platform has measured, in milliseconds; added to each bake. */
  readonly lateMs: number;
  readonly limits: Limits;
}

/** What the platform and the inputs add to a strategy. */
export type Watching = Pick<Rollout, 'lateMs' | 'limits'>;

/**
 * @throws RangeError for `rolling`, which replaces machines and shifts no requests, for steps without a size, and for
 * shares that do not rise: all are refused when inputs are read
 */
export function rolloutOf(strategy: Strategy, watching: Watching): Rollout {
  return { steps: stepsOf(strategy), bakeMs: strategy.bakeMinutes * 60_000, ...watching };
}

/** How long a rollout that shifts requests is watched at least, all its steps together. */
export function bakedMinutes(strategy: Strategy): number {
  return stepsOf(strategy).length * strategy.bakeMinutes;
}

function stepsOf(strategy: Strategy): readonly number[] {
  const { type, stepPercent: size } = strategy;
  if (type === 'all-at-once') return [100];
  if (type === 'rolling') throw new RangeError('The strategy "rolling" shifts no requests.');
  if (size === null || !(size >= 1 && size <= 100))
    throw new RangeError(`The strategy "${type}" needs a step of 1 to 100 %, not ${size}.`);
  if (type === 'canary') return rising([...sharesOf(strategy), 100]);
  return Array.from({ length: Math.ceil(100 / size) }, (_, at) => Math.min(100, size * (at + 1)));
}

/** @throws RangeError for shares that do not rise. One canary of 100 % is all at once. */
function rising(shares: readonly number[]): readonly number[] {
  if (shares.length === 2 && shares[0] === 100) return [100];
  if (areRising(shares)) return shares;
  throw new RangeError(`The shares ${shares.join(', ')} do not rise.`);
}

/** What a run needs beyond the bake for its next step; a marker that is older belongs to a run that died. */
const GRACE_MS = 3_600_000;

/** How long the marker of a step is good for, in milliseconds. */
export function holdOf({ bakeMs, lateMs }: Pick<Rollout, 'bakeMs' | 'lateMs'>): number {
  return bakeMs + lateMs + GRACE_MS;
}
