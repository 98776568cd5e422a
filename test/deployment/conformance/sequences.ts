/** Random sequences of steps, the same on two platforms, and what each of them shows after each step. */
import type { Basis, Facets, Scaling } from '../../../src/deployment/observed.ts';
import { basisOf } from '../../../src/deployment/observed.ts';
import type { Step, StepKind } from '../../../src/deployment/verdict.ts';
import { answerTo } from '../world.ts';
import { FAILING, Model, show, type Shown, type Ways } from './model.ts';

/** A fake of a platform, behind the driver of the product. Versions are named `v1` and so on, whatever they are called there. */
export interface Subject {
  readonly ways: Ways;
  /** As it is found. */
  readonly start: Facets;
  look(): Promise<Facets>;
  /** What scales the versions, as `Model.beside` says it; absent if only the facet of scaling tells. */
  beside?(): Promise<readonly string[]>;
  perform(step: Step): Promise<void>;
  /** Until whatever is under way has ended. */
  settle(): Promise<void>;
  dispose(): Promise<void>;
}

export type Action =
  | { readonly settle: true }
  /** @property basis what the step is decided on: what both show now, or what they showed before it was changed last */
  | { readonly step: Step; readonly basis: 'now' | 'before' | 'none' };

export const VERSIONS = ['v1', 'v2', 'v3', FAILING];

/** Steps that the decisions never take without what they were decided on. */
const BASED: ReadonlySet<StepKind> = new Set([
  'shift',
  'close',
  'retire-version',
  'set-count',
  'abort-shift',
  'unmark',
  'set-scaling',
  'set-scaling-aside',
  'restore-scaling',
  'end-scaling',
]);

/** Mulberry32: small, and the same everywhere. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const MOST_STEPS = 12;

/** How far a shift of ours goes: all at once, or as a step of a rollout. */
const SHARES: readonly Partial<Step>[] = [
  { percent: 100 },
  { percent: 10, holdMs: 600_000 },
  { percent: 50, holdMs: 600_000 },
  { percent: 100, holdMs: 600_000 },
];

/** What a run, or another one, does with a rollout under way. */
const AFTER_SHARE: readonly ((version: string, other: string) => Step)[] = [
  (of) => ({ kind: 'shift', of, percent: 100, holdMs: 600_000 }),
  (of) => ({ kind: 'shift', of, percent: 100 }),
  (of) => ({ kind: 'unmark', of }),
  (of) => ({ kind: 'abort-shift', of }),
  (_, of) => ({ kind: 'retire-version', of }),
];

/** @param isShared we shift the requests */
export function sequenceOf(seed: number, kinds: readonly StepKind[], isShared = false): readonly Action[] {
  const random = randomOf(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const actions: Action[] = [];
  // Whatever is tried on nothing is lost: most sequences begin with an endpoint.
  const [first, second] = [pick(VERSIONS), pick(VERSIONS)];
  if (random() < 0.8) {
    actions.push(free('make-version', first), free('open', first), { settle: true });
    if (random() < 0.8) actions.push(free('note', first, 'served'));
    if (random() < 0.8) actions.push(free('make-version', second));
  }
  const length = actions.length + 2 + Math.floor(random() * (MOST_STEPS - 2));
  while (actions.length < length) {
    if (random() < 0.3) {
      actions.push({ settle: true });
      continue;
    }
    const kind = pick(kinds);
    const version = random() < 0.6 ? pick(madeBy(actions)) : pick(VERSIONS);
    const note = kind === 'note' ? pick(['served', 'withdrawn', 'reinstated'] as const) : undefined;
    const basis = BASED.has(kind) ? (random() < 0.65 ? 'now' : 'before') : 'none';
    const share = isShared && kind === 'shift' ? pick(SHARES) : {};
    actions.push({ step: { ...stepOf(kind, version, note), ...share }, basis });
    if (share.holdMs !== undefined && random() < 0.7)
      actions.push({ step: pick(AFTER_SHARE)(version, pick(madeBy(actions))), basis: 'now' });
    if (isShared && kinds.includes('restore-scaling') && random() < 0.4)
      actions.push(...withAnEnd(version, random() < 0.6, pick(['set-scaling', 'restore-scaling'])));
    if (isShared && kinds.includes('set-scaling') && random() < 0.15)
      actions.push(...withItsScaling(version, pick(madeBy(actions))));
  }
  return actions;
}

/** What served loses its requests, is due, and goes, or gets them again before it does. */
function withAnEnd(of: string, goes: boolean, by: StepKind): readonly Action[] {
  const gets: Action = { step: { kind: 'shift', of, percent: 100 }, basis: 'now' };
  const ends: Action = { step: { kind: by, of: '' }, basis: 'now' };
  return [free('make-version', of), gets, ...(goes ? [ends] : [])];
}

/** What serves is scaled, loses its requests, and is removed with all that it has. */
function withItsScaling(of: string, other: string): readonly Action[] {
  const step = (made: Step): Action => ({ step: made, basis: 'now' });
  return [
    free('make-version', of),
    step({ kind: 'shift', of, percent: 100 }),
    step({ kind: 'set-scaling', of: '' }),
    step({ kind: 'shift', of: other, percent: 100 }),
    step({ kind: 'retire-version', of }),
  ];
}

/** Versions that there may be by then: a step on any other is lost. */
function madeBy(actions: readonly Action[]): readonly string[] {
  const made = actions.flatMap((action) =>
    'step' in action && action.step.kind === 'make-version' ? [action.step.of] : [],
  );
  return made.length === 0 ? VERSIONS : made;
}

function free(kind: StepKind, version: string, note?: Step['note']): Action {
  return { step: stepOf(kind, version, note), basis: 'none' };
}

function stepOf(kind: StepKind, version: string, note?: Step['note']): Step {
  if (kind === 'close' || kind === 'set-count' || kind in SCALED) return { kind, of: '' };
  if (kind === 'guard' || kind === 'unguard') return { kind, of: `${version}@r` };
  if (kind === 'start-candidate') return { kind, of: `c-${version}`, with: version };
  const isOfCandidate = kind === 'drop-candidate' || kind === 'keep-candidate';
  const said = note === undefined ? {} : { note };
  return { kind, of: isOfCandidate ? `c-${version}` : version, ...said };
}

export interface Difference {
  readonly actions: readonly Action[];
  /** Of the last of them. */
  readonly model: Shown;
  readonly platform: Shown;
  readonly trace: readonly string[];
}

/** How often a step was decided on what was not so any more, by its kind. */
export type Stale = Map<StepKind, number>;

/** @returns the first difference; null where both show the same throughout */
export async function compare(
  actions: readonly Action[],
  open: () => Promise<Subject>,
  stale: Stale = new Map(),
): Promise<Difference | null> {
  const subject = await open();
  try {
    return await compareOn(actions, subject, stale);
  } finally {
    await subject.dispose();
  }
}

/** What both sides show of what serves. */
interface Both {
  readonly model: Basis;
  readonly platform: Basis;
}

async function compareOn(
  actions: readonly Action[],
  subject: Subject,
  stale: Stale,
): Promise<Difference | null> {
  const model = new Model(subject.start, subject.ways);
  let seen = await subject.look();
  const showing = (): Both => ({ platform: basisOf(seen.serving), model: basisOf(model.facets.serving) });
  let now = showing();
  let before: Both | null = null;
  const trace: string[] = [];
  for (const [at, action] of actions.entries()) {
    if ('settle' in action) {
      model.settle();
      await subject.settle();
    } else if (isDecidable(action, model.facets, subject.ways)) {
      const isStale = action.basis === 'before' && before !== null && isOther(before, now);
      const basis = isStale && before !== null ? before : now;
      if (isStale) stale.set(action.step.kind, (stale.get(action.step.kind) ?? 0) + 1);
      model.perform(based(action, basis.model));
      await subject.perform(based(action, basis.platform));
    }
    seen = await subject.look();
    const after = showing();
    if (isOther(now, after)) before = now;
    now = after;
    const shown = {
      model: show(model.facets, subject.ways, model.beside()),
      platform: show(seen, subject.ways, (await subject.beside?.()) ?? []),
    };
    trace.push(`${textOf(action)}  ->  ${shown.platform.serving}`);
    if (JSON.stringify(shown.model) !== JSON.stringify(shown.platform))
      return { actions: actions.slice(0, at + 1), ...shown, trace };
  }
  return null;
}

/** On both sides: what one of them cannot tell from what is so now is not lost there. */
function isOther(one: Both, other: Both): boolean {
  const differs = (side: keyof Both) => JSON.stringify(one[side]) !== JSON.stringify(other[side]);
  return differs('model') && differs('platform');
}

/** What the autoscaling is like when a step of it is decided; other steps of it are never asked for. */
const SCALED: Readonly<Partial<Record<StepKind, readonly Scaling[]>>> = {
  'set-scaling': ['none', 'other'],
  'set-scaling-aside': ['as-asked', 'other'],
  'restore-scaling': ['set-aside', 'half-aside'],
  'end-scaling': ['as-asked', 'other', 'set-aside', 'half-aside'],
};

/** Steps that are decided while a rollout is under way. */
const OF_ROLLOUTS: ReadonlySet<StepKind> = new Set(['abort-shift', 'unmark']);

/** Where one command runs at a time, the steps that name what they were decided on all the same. */
const COMPARED: ReadonlySet<StepKind> = new Set(['shift', 'retire-version']);

/**
 * No goal moves an endpoint to where it is, or notes of what does not serve that it does, or the other way round.
 */
function isDecidable(
  { step, basis }: Extract<Action, { readonly step: Step }>,
  facets: Facets,
  { isSerial, isShared, beside }: Ways,
): boolean {
  const { kind, of, note } = step;
  const { serving, versions, scaling } = facets;
  const scaled = SCALED[kind];
  if (scaled !== undefined)
    return serving.state === 'serving' && (beside !== undefined || scaled.includes(scaling));
  if (isShared && OF_ROLLOUTS.has(kind)) return serving.rollout !== undefined;
  if (isShared && kind === 'close') return serving.state !== 'absent';
  if (isSerial && basis === 'before') return COMPARED.has(kind) && isRefusable(step, facets);
  if (isSerial && !isRefusable(step, facets)) return false;
  if (kind === 'shift') return serving.version !== of && (isShared || serving.towards !== of);
  if (kind !== 'note') return true;
  if (note !== 'withdrawn') return serving.state === 'serving' && serving.version === of;
  const hasServed = versions.some(({ version, served }) => version === of && served);
  return serving.version !== of && (hasServed || !isSerial);
}

/** It can be done, or what it needs may be gone, which nobody looks at before. */
function isRefusable(step: Step, facets: Facets): boolean {
  const answer = answerTo(facets, step);
  return answer === 'done' || answer === 'missing' || step.kind === 'retire-version';
}

function based({ step, basis }: { readonly step: Step; readonly basis: string }, on: Basis): Step {
  return basis === 'none' ? step : { ...step, basis: on };
}

export function textOf(action: Action): string {
  if ('settle' in action) return 'time passes';
  const { kind, of, note, percent, holdMs } = action.step;
  const share = percent === undefined ? '' : `${percent} %${holdMs === undefined ? '' : ', held'}`;
  return [kind, of, note ?? '', share, action.basis === 'before' ? '(decided before)' : '']
    .filter(Boolean)
    .join(' ');
}

/** Leaves out what the difference does not need. */
export async function shrink(found: Difference, open: () => Promise<Subject>): Promise<Difference> {
  let least = found;
  for (let at = 0; at < least.actions.length;) {
    const fewer = await compare(least.actions.toSpliced(at, 1), open);
    if (fewer === null) at++;
    else least = fewer;
  }
  return least;
}

export function say(seed: number, { model, platform, trace }: Difference): string {
  const parts = Object.keys(model) as (keyof Shown)[];
  const other = parts.filter((part) => JSON.stringify(model[part]) !== JSON.stringify(platform[part]));
  return [
    `Sequence ${seed}:`,
    ...trace.map((line) => `    ${line}`),
    ...other.flatMap((part) => [
      `  ${part} in the model:    ${JSON.stringify(model[part])}`,
      `  ${part} on the platform: ${JSON.stringify(platform[part])}`,
    ]),
  ].join('\n');
}

export interface Report {
  readonly sequences: number;
  readonly steps: number;
  readonly differences: readonly string[];
  readonly stale: Stale;
}

/** @param enough how many differences are told */
export async function conform(
  open: () => Promise<Subject>,
  kinds: readonly StepKind[],
  {
    from,
    sequences,
    enough = 3,
    isShared = false,
  }: {
    readonly from: number;
    readonly sequences: number;
    readonly enough?: number;
    readonly isShared?: boolean;
  },
): Promise<Report> {
  const differences: string[] = [];
  const stale: Stale = new Map();
  let steps = 0;
  let seed = from;
  for (; seed < from + sequences && differences.length < enough; seed++) {
    const actions = sequenceOf(seed, kinds, isShared);
    steps += actions.length;
    const found = await compare(actions, open, stale);
    if (found !== null) differences.push(say(seed, await shrink(found, open)));
  }
  return { sequences: seed - from, steps, differences, stale };
}
