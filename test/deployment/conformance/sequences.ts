/** Random sequences of steps, the same on two platforms, and what each of them shows after each step. */
import type { Basis, Facets } from '../../../src/deployment/observed.ts';
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
  perform(step: Step): Promise<void>;
  /** Until whatever is under way has ended. */
  settle(): Promise<void>;
  dispose(): Promise<void>;
}

export type Action =
  | { readonly settle: true }
  /** @property basis what the step is decided on: what both show now, or what they showed some steps ago */
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
    const basis = BASED.has(kind) ? (random() < 0.8 ? 'now' : 'before') : 'none';
    const share = isShared && kind === 'shift' ? pick(SHARES) : {};
    actions.push({ step: { ...stepOf(kind, version, note), ...share }, basis });
    if (share.holdMs !== undefined && random() < 0.7)
      actions.push({ step: pick(AFTER_SHARE)(version, pick(madeBy(actions))), basis: 'now' });
  }
  return actions;
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
  if (kind === 'close' || kind === 'set-count') return { kind, of: '' };
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

/** @returns the first difference; null where both show the same throughout */
export async function compare(
  actions: readonly Action[],
  open: () => Promise<Subject>,
): Promise<Difference | null> {
  const subject = await open();
  try {
    return await compareOn(actions, subject);
  } finally {
    await subject.dispose();
  }
}

async function compareOn(actions: readonly Action[], subject: Subject): Promise<Difference | null> {
  const model = new Model(subject.start, subject.ways);
  let seen = await subject.look();
  const before = { platform: basisOf(seen.serving), model: basisOf(model.facets.serving) };
  const trace: string[] = [];
  for (const [at, action] of actions.entries()) {
    if ('settle' in action) {
      model.settle();
      await subject.settle();
    } else if (isDecidable(action, model.facets, subject.ways)) {
      const [ofModel, ofPlatform] = [model.facets.serving, seen.serving].map(basisOf);
      model.perform(based(action, ofModel!, before.model));
      await subject.perform(based(action, ofPlatform!, before.platform));
      if (at % 3 === 0) Object.assign(before, { platform: ofPlatform, model: ofModel });
    }
    seen = await subject.look();
    const shown = { model: show(model.facets, subject.ways), platform: show(seen, subject.ways) };
    trace.push(`${textOf(action)}  ->  ${shown.platform.serving}`);
    if (JSON.stringify(shown.model) !== JSON.stringify(shown.platform))
      return { actions: actions.slice(0, at + 1), ...shown, trace };
  }
  return null;
}

/** Steps that are decided while a rollout is under way. */
const OF_ROLLOUTS: ReadonlySet<StepKind> = new Set(['abort-shift', 'unmark']);

/**
 * No goal moves an endpoint to where it is, or notes of what does not serve that it does, or the other way round. Where
 * one command runs at a time, nothing is decided on what is not so any more.
 */
function isDecidable(
  { step, basis }: Extract<Action, { readonly step: Step }>,
  facets: Facets,
  { isSerial, isShared }: Ways,
): boolean {
  const { kind, of, note } = step;
  const { serving, versions } = facets;
  if (isShared && OF_ROLLOUTS.has(kind)) return serving.rollout !== undefined;
  if (isShared && kind === 'close') return serving.state !== 'absent';
  if (isSerial && (basis === 'before' || !isRefusable(step, facets))) return false;
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

function based(action: { readonly step: Step; readonly basis: string }, now: Basis, before: Basis): Step {
  if (action.basis === 'none') return action.step;
  return { ...action.step, basis: action.basis === 'now' ? now : before };
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
  let steps = 0;
  let seed = from;
  for (; seed < from + sequences && differences.length < enough; seed++) {
    const actions = sequenceOf(seed, kinds, isShared);
    steps += actions.length;
    const found = await compare(actions, open);
    if (found !== null) differences.push(say(seed, await shrink(found, open)));
  }
  return { sequences: seed - from, steps, differences };
}
