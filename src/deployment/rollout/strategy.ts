/** The steps of a rollout, where requests are shifted by us. */
import type { Strategy } from '../../documents/plan.ts';
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
 * @throws RangeError for `rolling`, which replaces machines and shifts no requests, and for steps without a size: both
 * are refused when inputs are read
 */
export function rolloutOf({ type, stepPercent, bakeMinutes }: Strategy, watching: Watching): Rollout {
  return { steps: stepsOf(type, stepPercent), bakeMs: bakeMinutes * 60_000, ...watching };
}

function stepsOf(type: Strategy['type'], size: number | null): readonly number[] {
  if (type === 'all-at-once') return [100];
  if (type === 'rolling') throw new RangeError('The strategy "rolling" shifts no requests.');
  if (size === null || !(size >= 1 && size <= 100))
    throw new RangeError(`The strategy "${type}" needs a step of 1 to 100 %, not ${size}.`);
  if (type === 'canary') return size === 100 ? [100] : [size, 100];
  return Array.from({ length: Math.ceil(100 / size) }, (_, at) => Math.min(100, size * (at + 1)));
}

/** What a run needs beyond the bake for its next step; a marker that is older belongs to a run that died. */
const GRACE_MS = 3_600_000;

/** How long the marker of a step is good for, in milliseconds. */
export function holdOf({ bakeMs, lateMs }: Rollout): number {
  return bakeMs + lateMs + GRACE_MS;
}
