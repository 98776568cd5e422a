/**
 * What a verdict has to be, said in another way than the product says it: which steps are needed at all, for which reason,
 * and what it comes to if none is left. So a step that nobody needs, one that is left out, one that comes too early, and an
 * end that is not so are all wrong, in whatever scenario they come up.
 */
import type { Goal } from '../../../src/deployment/goal.ts';
import type { Memory, Performed } from '../../../src/deployment/memory.ts';
import type { Basis, Facet, Serving } from '../../../src/deployment/observed.ts';
import { keyOf, type End, type Step, type StepKind, type Verdict } from '../../../src/deployment/verdict.ts';
import { conclusionOf, givingUp, unsure } from './concluded.ts';
import { isCurrent, isHidden, isPassing, viewOf, type Asked, type View } from './view.ts';
import { wantedBy, type Wanted } from './wanted.ts';

/** Steps that cannot be taken back carry what they were decided on. */
const BASED: ReadonlySet<StepKind> = new Set([
  'shift',
  'abort-shift',
  'unmark',
  'close',
  'retire-version',
  'set-count',
  'set-scaling',
  'set-scaling-aside',
  'restore-scaling',
  'end-scaling',
]);
/** So often a step may be lost to others. */
const MOST_LOST = 5;

/** Everything that a goal may ask for. */
const FACETS: readonly Facet[] = ['serving', 'versions', 'candidates', 'guards', 'scaling', 'users', 'watch'];

/** @returns what is wrong with it; nothing where not all was looked at, since what follows is a look */
export function breaking(verdict: Verdict, asked: Asked): string[] {
  if (FACETS.some((facet) => asked.seen.facets[facet] === undefined)) return [];
  if (!isVerdict(verdict)) return ['it decides nothing'];
  const view = viewOf(asked.seen);
  const given = hopeless(asked);
  if (given !== null) return isLike(verdict, given) ? [] : [`it says ${said(verdict)}, not ${said(given)}`];
  if (view === null)
    return 'do' in verdict && !isBlindly(verdict.do) ? ['it acts on what it cannot see'] : [];
  const wanted = wantedBy(asked, view).filter(({ step }) => asked.memory.given[keyOf(step)] === undefined);
  const denied = firstDenied(asked, view);
  if ('do' in verdict) return unwanted(verdict, wanted, denied, view.serving);
  const { stage = Infinity } = denied ?? {};
  const [left] = wanted.filter((one) => one.stage < stage);
  if (left !== undefined && !isHidden(asked.seen))
    return [`${keyOf(left.step)} is left, and it says ${said(verdict)}`];
  return concluding(verdict, denied, asked, view);
}

function isVerdict(verdict: object): boolean {
  return ['do', 'look', 'wait', 'turn', 'end'].some((kind) => kind in verdict);
}

/** A step of which nobody could know that it is needed, by what was looked at. */
export function unneeded(step: Step, asked: Asked): string[] {
  const view = viewOf(asked.seen);
  if (view === null) return isBlindly(step) ? [] : ['it acts on what it has not seen'];
  const { basis: _, ...bare } = step;
  const isKnown = wantedBy(asked, view).some((one) => isLike(one.step, bare));
  return isKnown ? [] : [`${keyOf(step)} is not known to be needed`];
}

/** What is needed may not be looked at. */
export function mistakenFor(verdict: Verdict, permission: string, asked: Asked): string[] {
  const expected = deniedTo(asked.goal, permission, asked.memory);
  return same(verdict, expected, asked) ? [] : [`it says ${said(verdict)}, not ${said(expected)}`];
}

/** A candidate goes whatever serves. */
function isBlindly({ kind }: Step): boolean {
  return kind === 'drop-candidate';
}

function unwanted(
  { do: step, optional }: Extract<Verdict, { readonly do: Step }>,
  wanted: readonly Wanted[],
  denied: Wanted | null,
  serving: Serving,
): string[] {
  const { basis, ...bare } = step;
  const found = wanted.find((one) => isLike(one.step, bare));
  if (found === undefined) return [`${textOf(bare)} is not needed`];
  const key = keyOf(step);
  const earliest = Math.min(...wanted.map(({ stage }) => stage), denied?.stage ?? Infinity);
  const isBased = basis !== undefined && isLike(basis, basisOf(serving));
  return [
    ...(found.stage > earliest ? [`${key} comes too early`] : []),
    ...(found.isOptional === (optional === true)
      ? []
      : [`${key} is ${optional === true ? '' : 'not '}optional`]),
    ...((BASED.has(step.kind) ? isBased : basis === undefined) ? [] : [`${key} is bound to something else`]),
  ];
}

/** What it cannot do without, and may not do. */
function firstDenied(asked: Asked, view: View): Wanted | null {
  const blocked = wantedBy(asked, view).filter(
    ({ step, isOptional }) => !isOptional && (asked.memory.given[keyOf(step)] ?? '') !== '',
  );
  return blocked.toSorted((a, b) => a.stage - b.stage)[0] ?? null;
}

function concluding(verdict: Verdict, denied: Wanted | null, asked: Asked, view: View): string[] {
  const { goal, memory } = asked;
  if (isHidden(asked.seen)) return [];
  const permission = denied === null ? '' : (memory.given[keyOf(denied.step)] ?? '');
  const expected = denied === null ? conclusionOf(asked, view) : deniedTo(goal, permission, memory);
  return same(verdict, expected, asked) ? [] : [`it says ${said(verdict)}, not ${said(expected)}`];
}

/** Who is denied a step after others were carried out leaves nothing of those. */
function deniedTo(goal: Goal, permission: string, { changed }: Memory): Verdict {
  const why: End = { kind: 'denied', permission };
  const leaves = (goal.kind === 'serve' || goal.kind === 'stage') && changed;
  return leaves ? givingUp(goal, why) : { end: why };
}

/** Whatever is seen. */
function hopeless({ goal, memory }: Asked): Verdict | null {
  const { lost, refused } = memory;
  const why: End | null =
    lost >= MOST_LOST ? { kind: 'contended' } : refused === null ? null : { kind: 'refused', ...refused };
  if (why === null) return null;
  if (goal.kind === 'serve' || goal.kind === 'stage') return givingUp(goal, why);
  const isOwn = goal.kind !== 'give-up' || (why.kind === 'refused' && why.step === 'abort-shift');
  return { end: isOwn ? why : goal.why };
}

const SURE = ['serves', 'staged', 'unchanged', 'went-back', 'denied', 'tidied'];
const SEEN: readonly Facet[] = ['serving', 'versions', 'candidates', 'guards', 'scaling', 'users'];

/** Who has changed something, or fails, says so of nothing that is older than what it has changed. */
function same(verdict: Verdict, expected: Verdict, asked: Asked): boolean {
  const { memory, seen } = asked;
  const why = 'turn' in expected ? expected.turn.why.kind : 'end' in expected ? expected.end.kind : '';
  const isSure =
    'turn' in expected
      ? why === 'refused' || why === 'denied'
      : !('end' in expected) || (!memory.changed && SURE.includes(why));
  const old = SEEN.find((facet) => seen.facets[facet] !== undefined && !isCurrent(facet, asked));
  return isLike(verdict, isSure || old === undefined ? expected : unsure(asked, old));
}

function basisOf({ etag, state, version, towards, rollout }: Serving): Basis {
  return { etag, state, version, towards, ...(rollout && { rollout }) };
}

function said(verdict: Verdict): string {
  if ('do' in verdict) return keyOf(verdict.do);
  return JSON.stringify(verdict);
}

/** Whether their content is the same, in whatever order; most often it is in the same one. */
function isLike(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other) || textOf(one) === textOf(other);
}

/** The same for the same content, in whatever order. */
function textOf(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

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
/** Steps whose effect comes later. */
const SENT: ReadonlySet<StepKind> = new Set(['shift', 'unmark', 'open', 'start-candidate']);

/** What a run remembers of a step, at the time 0. */
export function misremembering(before: Memory, step: Step, answer: Performed, after: Memory): string[] {
  const { overtook, ...rest } = after;
  const { overtook: had, ...known } = before;
  const has = had || ('before' in answer && undid(answer.before, step));
  const wrong = overtook === has ? [] : [`it ${has ? 'forgets' : 'believes'} that it wrote over something`];
  const isSame = isLike(rest, remembered(known, step, answer));
  return isSame ? wrong : [...wrong, `it remembers something else of ${keyOf(step)}, ${answer.is}`];
}

/** What was there when it was written is neither what it was decided on, nor there or on its way where the step leads. */
function undid(there: Serving, { kind, of, basis }: Step): boolean {
  if (basis === undefined) return false;
  const goal = kind === 'abort-shift' ? basis.version : of;
  const shares = (serving: Basis) => [serving.version, serving.towards, serving.rollout?.percent];
  const isAsDecided = isLike(shares(there), shares(basis));
  const isOnItsWay = there.version === basis.version && there.towards === goal;
  return ![isAsDecided, isOnItsWay, there.version === goal].includes(true);
}

type Known = Omit<Memory, 'overtook'>;

function remembered(memory: Known, step: Step, answer: Performed): Known {
  const { kind, of, percent } = step;
  const given = (why: string) => ({ ...memory.given, [keyOf(step)]: why });
  switch (answer.is) {
    case 'lost':
    case 'missing':
      return { ...memory, lost: memory.lost + 1 };
    case 'denied':
      return { ...memory, given: given(answer.permission) };
    case 'refused':
      return { ...memory, refused: { step: kind, cause: answer.cause } };
    case 'again':
      return { ...memory, since: 0, changed: true };
    case 'done':
    case 'started':
      return {
        ...memory,
        ...(ONCE.has(kind) ? { given: given('') } : {}),
        ...(SENT.has(kind)
          ? { sent: { kind, of, at: 0, ...(percent === undefined ? {} : { percent }) } }
          : {}),
        since: 0,
        changed: true,
      };
  }
}

/** What a look has shown of the move that this run has sent: which version it leaves. */
export function misnoticing(before: Memory, serving: Serving | undefined, after: Memory): string[] {
  const { sent } = before;
  const isMoving = serving !== undefined && isPassing(serving) && serving.towards === sent?.of;
  const isNew = sent?.kind === 'shift' && sent.from === undefined && isMoving;
  const expected = isNew ? { ...before, sent: { ...sent, from: serving.version } } : before;
  return after === expected || isLike(after, expected) ? [] : ['it notices something else'];
}

/** What is left of it for the goal that a failed one turns into. */
export function misturning(before: Memory, after: Memory): string[] {
  return isLike(after, { ...before, refused: null, lost: 0 }) ? [] : ['it forgets too much, or too little'];
}

/** A step is carried out on nothing but what it was decided on. */
export function misbinding(basis: Basis | undefined, serving: Serving, holds: boolean): string[] {
  if (basis === undefined) return [];
  return holds === isLike(basis, basisOf(serving)) ? [] : ['it compares something else'];
}

/** What becomes of a step that is good to have is no reason to fail. */
export function misanswering(given: Performed, isOptional: boolean, answer: Performed): string[] {
  const isSoft = isOptional && given.is === 'refused';
  const expected: Performed = isSoft ? { is: 'denied', permission: given.cause } : given;
  return isLike(answer, expected) ? [] : ['it takes an answer for another one'];
}

/** Nothing serves, nothing is on its way, and nothing about it differs from what was asked for. */
export function misabsent({ state, fit, guards, ...others }: Serving): string[] {
  const isSo = state === 'absent' && fit === 'as-asked' && guards.length === 0;
  return isSo && Object.values(others).every((value) => value === null)
    ? []
    : ['what is absent is something'];
}

/** A run begins with nothing, and may follow one that died a moment ago. */
export function misbeginning(now: number, memory: Memory): string[] {
  const nothing = {
    sent: null,
    given: {},
    since: now,
    changed: false,
    lost: 0,
    refused: null,
    overtook: false,
  };
  return isLike(memory, nothing) ? [] : ['it begins with something'];
}
