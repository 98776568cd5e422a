/**
 * What a run remembers of itself. Without it, a move that the platform undid is sent again and again, and "not seen
 * yet" looks like "undone". It is small on purpose: each field multiplies the states that the exploration visits.
 */
import { isPassing, valueOf, type Facet, type Observed, type Serving } from './observed.ts';
import { keyOf, type Step, type StepKind } from './verdict.ts';
import type { Traits } from './traits.ts';

export interface Memory {
  /** The change that was accepted, which everything now waits for. */
  readonly sent: Sent | null;
  /** Steps that this run does not try again: '' for one that was carried out, or the permission that is missing. */
  readonly given: Readonly<Record<string, string>>;
  /** Looks before that may not show everything: when this run last changed anything, or began. */
  readonly since: number;
  /** This run has changed something. */
  readonly changed: boolean;
  /** How often a step was lost to somebody else. */
  readonly lost: number;
  /** The platform refused a step for good; planning again would not help. */
  readonly refused: { readonly step: StepKind; readonly cause: string } | null;
  /** A change of this run was written over one that nobody had seen. */
  readonly overtook: boolean;
}

export interface Sent {
  readonly kind: StepKind;
  readonly of: string;
  readonly at: number;
  /** The share of requests, of a step of a rollout. */
  readonly percent?: number;
  /** What served while it was in progress; undefined if that was not seen. */
  readonly from?: string | null;
}

/** A run that begins may follow one that died a moment ago. @param now milliseconds */
export function begin(now: number): Memory {
  return { sent: null, given: {}, since: now, changed: false, lost: 0, refused: null, overtook: false };
}

export type Performed =
  /** `touches`: the facets that must be looked at again. */
  | {
      readonly is: 'done' | 'started';
      readonly touches: readonly Facet[];
      /** What was there when it was written, if the platform's answer says so: not always what was compared. */
      readonly before?: Serving;
    }
  /** One call of several was made; the same step follows. */
  | { readonly is: 'again'; readonly touches: readonly Facet[] }
  /** What the step was decided on is no longer so. */
  | { readonly is: 'lost' }
  /** What the step needs is gone. */
  | { readonly is: 'missing' }
  | { readonly is: 'refused'; readonly cause: string }
  | { readonly is: 'denied'; readonly permission: string };

/** What becomes of a step that is good to have is no reason to fail: one that is refused is left, as one that is denied. */
export function answered(performed: Performed, isOptional: boolean): Performed {
  if (!isOptional || performed.is !== 'refused') return performed;
  return { is: 'denied', permission: performed.cause };
}

/** After this many lost steps, others change the endpoint again and again. */
export const MOST_LOST = 5;

/** What is left of it for the goal that a failed one turns into. */
export function turned(memory: Memory): Memory {
  return { ...memory, refused: null, lost: 0 };
}

/** Steps whose effect comes later and is waited for. */
const SENT: ReadonlySet<StepKind> = new Set(['shift', 'unmark', 'open', 'start-candidate']);

/** Steps that are tried once: whether they worked is no reason to try again. */
const ONCE: ReadonlySet<StepKind> = new Set([
  'abort-shift',
  'ask',
  'set-count',
  'retire-version',
  'set-scaling',
  'keep-candidate',
  'note',
]);

/** After a step. */
export function remember(memory: Memory, step: Step, performed: Performed, now: number): Memory {
  switch (performed.is) {
    case 'lost':
    case 'missing':
      return { ...memory, lost: memory.lost + 1 };
    case 'denied':
      return { ...memory, given: { ...memory.given, [keyOf(step)]: performed.permission } };
    case 'refused':
      return { ...memory, refused: { step: step.kind, cause: performed.cause } };
    case 'again':
      return { ...memory, since: now, changed: true };
    case 'done':
    case 'started':
      return carriedOut(memory, step, performed.before, now);
  }
}

function carriedOut(memory: Memory, step: Step, before: Serving | undefined, now: number): Memory {
  const overtook = memory.overtook || (before !== undefined && wasWrittenOver(before, step));
  const given = ONCE.has(step.kind) ? { ...memory.given, [keyOf(step)]: '' } : memory.given;
  const sent = SENT.has(step.kind) ? sentBy(step, now) : memory.sent;
  return { ...memory, given, sent, since: now, changed: true, overtook };
}

/** Whether the step undid what somebody else had done; one that leads to the same is no reason to complain. */
function wasWrittenOver(before: Serving, { kind, of, basis }: Step): boolean {
  if (basis === undefined) return false;
  const leadsTo = kind === 'abort-shift' ? basis.version : of;
  const isSame =
    before.version === basis.version &&
    before.towards === basis.towards &&
    before.rollout?.percent === basis.rollout?.percent;
  const isFurther = before.version === basis.version && before.towards === leadsTo;
  return !isSame && !isFurther && before.version !== leadsTo;
}

/**
 * Without a compare-and-swap: whether this run's move left another version than it was meant for. If the platform
 * moves, that is seen while it does; if it was not seen, nobody can tell, and that counts.
 * @param base the version that was to be rolled back from
 */
export function hasOvertaken({ sent, overtook }: Memory, base: string | null, traits: Traits): boolean {
  if (traits.swap !== 'compare-then-write') return false;
  return overtook || (traits.shifts === 'platform' && sent?.kind === 'shift' && sent.from !== base);
}

function sentBy({ kind, of, percent }: Step, at: number): Sent {
  return { kind, of, at, ...(percent !== undefined && { percent }) };
}

/** After a look: what did the move that this run sent start from? */
export function notice(memory: Memory, seen: Observed): Memory {
  const { sent } = memory;
  const serving = valueOf(seen, 'serving');
  if (sent?.kind !== 'shift' || serving === undefined || sent.from !== undefined) return memory;
  const isUnderWay = isPassing(serving) && serving.towards === sent.of;
  return isUnderWay ? { ...memory, sent: { ...sent, from: serving.version } } : memory;
}

/**
 * Whether what was sent would be seen by now: if it is not there, it was undone. One look that saw it is not enough, for
 * the next may be answered by somebody who has not heard of it yet.
 */
export function isSettled({ sent }: Memory, seen: Observed, { lagMs }: Traits): boolean {
  return sent !== null && seen.now - sent.at > lagMs;
}

/** Whether a facet was looked at late enough to show everything that was changed until then. */
export function isFresh({ since }: Memory, seen: Observed, facet: Facet, { usualLagMs }: Traits): boolean {
  return (seen.facets[facet]?.at ?? -Infinity) > since + usualLagMs;
}
