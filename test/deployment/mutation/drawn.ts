/** Questions that no exploration has to lead to: looks that are drawn, what a run remembers of what it does there, and how it goes on. */
import type { Memory, Performed } from '../../../src/deployment/memory.ts';
import type { Observed, Serving } from '../../../src/deployment/observed.ts';
import type { Step, StepKind, Verdict } from '../../../src/deployment/verdict.ts';
import { drawn } from '../promised/drawn.ts';
import { viewOf } from '../promised/view.ts';
import { walk } from '../promised/walked.ts';
import { wantedBy } from '../promised/wanted.ts';
import { asking, type Asked, type Asking } from './asked.ts';

const ANSWERS: readonly Performed[] = [
  { is: 'done', touches: [] },
  { is: 'started', touches: [] },
  { is: 'again', touches: [] },
  { is: 'lost' },
  { is: 'missing' },
  { is: 'refused', cause: 'No.' },
  { is: 'denied', permission: 'may not' },
];
const KINDS: readonly StepKind[] = [
  'make-version',
  'retire-version',
  'start-candidate',
  'keep-candidate',
  'drop-candidate',
  'open',
  'shift',
  'abort-shift',
  'unmark',
  'ask',
  'set-count',
  'close',
  'guard',
  'unguard',
  'set-scaling',
  'set-scaling-aside',
  'restore-scaling',
  'end-scaling',
  'note',
];
const BLIND: Observed = { now: 0, facets: {} };
const DENIED: Observed = { now: 0, facets: { serving: { at: 0, denied: 'may see serving' } } };
/** Of so many looks that are drawn, one is where a run begins that goes on to its end. */
const WALKED = 4;
/** And of so many, one is remembered each kind of step at. */
const STEPPED = 200;

export function askedOfDrawn<Of>(seeds: number, by: Of): Asked<Of> {
  const all = asking<Of>();
  all.ask('absent', [], by);
  for (let seed = 1; seed <= seeds; seed++) {
    askOf(seed, all, by);
    if (seed % WALKED === 0)
      walk(seed, ({ asked: { goal, seen, memory, traits }, whole, denied }) => {
        const given = [goal, seen, memory, traits, whole, denied];
        return all.ask('next', given, by) as Verdict;
      });
  }
  return all.asked;
}

function askOf<Of>(seed: number, all: Asking<Of>, by: Of): void {
  const looked = drawn(seed);
  const { goal, seen, memory, traits } = looked;
  all.ask('next', [goal, seen, memory, traits], by);
  for (const before of beforeNotice(memory))
    for (const look of [seen, BLIND, DENIED]) all.ask('notice', [before, look], by);
  all.ask('turned', [memory], by);
  all.ask('begin', [seed % 3], by);
  const view = viewOf(seen);
  if (view === null) return;
  const answer = ANSWERS[seed % ANSWERS.length] ?? { is: 'lost' };
  for (const optional of [true, false]) all.ask('answered', [answer, optional], by);
  for (const { step } of wantedBy(looked, view)) all.ask('remember', [memory, step, answer, 0], by);
  for (const other of othersThan(view.serving)) all.ask('holds', [basisOf(view.serving), other], by);
  if (seed % STEPPED === 0) askOfSteps(memory, view.serving, seen, all, by);
}

/** What is noticed is noticed once. */
function beforeNotice(memory: Memory): readonly Memory[] {
  if (memory.sent?.from === undefined) return [memory];
  const { from: _, ...sent } = memory.sent;
  return [memory, { ...memory, sent }];
}

/** Each kind of step, with each answer; and what was there when it was written, or was not. */
function askOfSteps<Of>(memory: Memory, serving: Serving, seen: Observed, all: Asking<Of>, by: Of): void {
  const done = ANSWERS[0]!;
  for (const kind of KINDS) {
    const step: Step = { kind, of: 'v2', basis: basisOf(serving) };
    for (const answer of ANSWERS) all.ask('remember', [memory, step, answer, seen.now], by);
    const others = [...othersThan(serving), ...leadingTo('v2', serving), ...leadingTo('v1', serving)];
    for (const before of others) all.ask('remember', [memory, step, { ...done, before }, seen.now], by);
    const { basis: _, ...free } = step;
    all.ask('remember', [memory, free, { ...done, before: serving }, seen.now], by);
  }
}

function leadingTo(version: string, serving: Serving): readonly Serving[] {
  return [
    { ...serving, version },
    { ...serving, towards: version },
    { ...serving, version: 'other', towards: version },
  ];
}

function basisOf({ etag, state, version, towards, rollout }: Serving) {
  return { etag, state, version, towards, ...(rollout && { rollout }) };
}

/** The same, and what differs from it in one thing. */
function othersThan(serving: Serving): readonly Serving[] {
  const { rollout } = serving;
  const shares = rollout === undefined ? [] : (['percent', 'at', 'until'] as const);
  return [
    { ...serving },
    { ...serving, etag: 'other' },
    { ...serving, state: serving.state === 'mixed' ? 'serving' : 'mixed' },
    { ...serving, version: 'other' },
    { ...serving, towards: 'other' },
    ...shares.map((share) => ({ ...serving, rollout: { ...rollout!, [share]: 77 } })),
  ];
}
