/** What an end is derived from, and the words that its sentences share. */
import type { UpstreamError } from '../core/errors.ts';
import { shortVersion } from '../core/targets.ts';
import type { Plan } from '../documents/plan.ts';
import type { Goal } from './goal.ts';
import { valueOf, type Observed, type Serving } from './observed.ts';
import type { Subject } from './port.ts';
import { sayShares } from './rollout/marker.ts';
import type { End, Step } from './verdict.ts';

/** Everything that an end is derived from. */
export interface Ended {
  readonly command: Subject['command'];
  readonly endpoint: string;
  readonly goal: Goal;
  readonly end: End;
  readonly seen: Observed;
  /** What the platform said when it last let nobody in; absent if it never did. */
  readonly refusal?: UpstreamError;
  /** What was carried out, in order. */
  readonly steps: readonly Step[];
  /** What could not be done, and is no reason to fail by itself. */
  readonly failed: readonly Step[];
  readonly plan: Plan | null;
  readonly timeoutMs: number;
}

export function versionOf({ goal, plan }: Ended): string {
  return plan?.version ?? ('version' in goal ? goal.version : 'to' in goal ? goal.to : 'nothing');
}

export function nameOf(ended: Ended): string {
  return shortVersion(versionOf(ended));
}

/** At the beginning of a sentence. */
export function capital(title: string): string {
  return title.charAt(0).toUpperCase() + title.slice(1);
}

export function servingOf({ seen }: Ended): Serving | undefined {
  return valueOf(seen, 'serving');
}

/** What serves, in a sentence. */
export function now(ended: Ended): string {
  return shortVersion(servingOf(ended)?.version ?? 'nothing');
}

/** What is left of a rollout, if one is in progress. */
export function sharesIn(ended: Ended): readonly string[] {
  const serving = servingOf(ended);
  const shares = serving === undefined ? null : sayShares(serving);
  return shares === null ? [] : [shares];
}
