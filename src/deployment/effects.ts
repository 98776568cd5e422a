/**
 * What a step changes, on a platform that does what it is told. The plan is `next` on it, the exploration lets it fail
 * and be late, and the fakes of the platforms are held against it.
 */
import type { CandidateState, Facet, Facets, GuardState, Serving, VersionState } from './observed.ts';
import { NOTHING_SEEN } from './rollout/watch.ts';
import type { Step, StepKind } from './verdict.ts';

type Effect = (facets: Facets, step: Step, now: number) => Facets;

const EFFECTS: Readonly<Record<StepKind, Effect>> = {
  'make-version': (facets, { of }, now) => ({ ...facets, versions: withVersion(facets.versions, of, now) }),
  'retire-version': (facets, { of }) => ({
    ...facets,
    versions: facets.versions.filter(({ version }) => version !== of),
  }),
  note: (facets, step) => ({ ...facets, versions: noted(facets.versions, step) }),
  'start-candidate': (facets, step) => ({ ...facets, candidates: [...facets.candidates, candidateOf(step)] }),
  'keep-candidate': (facets, { of }) => ({
    ...facets,
    candidates: facets.candidates.map((entry) => kept(entry, of)),
  }),
  'drop-candidate': (facets, { of }) => ({
    ...facets,
    candidates: facets.candidates.map((entry) => going(entry, of)),
  }),
  open: (facets, { of }) =>
    serving(facets, { state: 'starting', version: null, towards: of, guards: [], fit: 'as-asked' }),
  shift: (facets, step, now) =>
    step.percent === undefined ? moving(facets, step) : shifted(facets, step, step.percent, now),
  'abort-shift': (facets) =>
    facets.serving.state === 'shifting'
      ? arrived(facets, facets.serving.version)
      : serving(facets, { state: 'going-back', towards: null }),
  unmark: (facets, { of }) => arrived(facets, of),
  ask: (facets, { requests = 0 }) => {
    const { own } = facets.watch;
    return { ...facets, watch: { ...facets.watch, own: { ...own, requests: own.requests + requests } } };
  },
  close: (facets) => serving(arrived(facets, null), { state: 'going' }),
  'set-count': (facets) => serving(facets, { fit: 'as-asked' }),
  guard: (facets, { of }, now) => ({
    ...facets,
    guards: withGuard(facets.guards, { name: of, madeAt: now }),
  }),
  unguard: (facets, { of }) => ({ ...facets, guards: facets.guards.filter(({ name }) => name !== of) }),
  'set-scaling': (facets) => ({ ...facets, scaling: 'as-asked' }),
  'restore-scaling': (facets) => ({ ...facets, scaling: 'as-asked' }),
  'set-scaling-aside': (facets) => ({ ...facets, scaling: 'set-aside' }),
  'end-scaling': (facets) => ({ ...facets, scaling: 'none' }),
};

/** Right after the platform has accepted a step. @param now milliseconds */
export function accept(facets: Facets, step: Step, now: number): Facets {
  return EFFECTS[step.kind](facets, step, now);
}

function moving(facets: Facets, { of, with: guard }: Step): Facets {
  return serving(facets, { state: 'moving', towards: of, guards: guard === undefined ? [] : [guard] });
}

/** Without a marker it has arrived. */
function shifted(facets: Facets, { of, holdMs }: Step, percent: number, now: number): Facets {
  if (holdMs === undefined) return arrived(facets, of);
  const rollout = { percent, at: now, until: now + holdMs };
  const begun = serving(facets, { state: 'shifting', towards: of, guards: [], rollout });
  return { ...begun, watch: NOTHING_SEEN };
}

function arrived(facets: Facets, version: string | null): Facets {
  const { rollout: _, ...before } = facets.serving;
  const fit = version === before.version ? before.fit : 'as-asked';
  return { ...facets, serving: { ...before, state: 'serving', version, towards: null, guards: [], fit } };
}

function serving(facets: Facets, changed: Partial<Serving>): Facets {
  return { ...facets, serving: { ...facets.serving, ...changed } };
}

/** Whatever is in progress has ended well. */
export function settle(facets: Facets): Facets {
  const candidates = facets.candidates
    .filter(({ state }) => state !== 'going')
    .map((entry) => (entry.state === 'starting' ? { ...entry, state: 'ready' as const } : entry));
  return { ...facets, candidates, serving: settled(facets.serving) };
}

function settled(before: Serving): Serving {
  const { state, version, towards } = before;
  const quiet = { ...before, towards: null, guards: [] };
  switch (state) {
    case 'starting':
    case 'moving':
      return { ...quiet, state: 'serving', version: towards ?? version, fit: 'as-asked' };
    case 'going-back':
      return { ...quiet, state: 'serving' };
    case 'going':
      return { ...quiet, state: 'absent', version: null };
    case 'absent':
    case 'serving':
    case 'shifting':
    case 'mixed':
    case 'broken':
      return before;
  }
}

/** Which facets a step changes, and so which must be read again. */
export const TOUCHED: Readonly<Record<StepKind, readonly Facet[]>> = {
  'make-version': ['versions'],
  'retire-version': ['versions'],
  note: ['versions'],
  'start-candidate': ['candidates'],
  'keep-candidate': ['candidates'],
  'drop-candidate': ['candidates'],
  guard: ['guards'],
  unguard: ['guards'],
  'set-scaling': ['scaling'],
  'set-scaling-aside': ['scaling'],
  'restore-scaling': ['scaling'],
  'end-scaling': ['scaling', 'serving'],
  open: ['serving'],
  shift: ['serving', 'watch'],
  'abort-shift': ['serving', 'watch'],
  unmark: ['serving'],
  ask: ['watch'],
  'set-count': ['serving'],
  close: ['serving'],
};

/** Without an end: a candidate of a plan is not one that a later plan may remove. */
function candidateOf({ of, with: version = '' }: Step): CandidateState {
  return { name: of, version, ours: true, environment: null, state: 'starting', expiresAt: Infinity };
}

function kept(entry: CandidateState, name: string): CandidateState {
  return entry.name === name ? { ...entry, expiresAt: Infinity } : entry;
}

function going(entry: CandidateState, name: string): CandidateState {
  return entry.name === name ? { ...entry, state: 'going' } : entry;
}

function withGuard(guards: readonly GuardState[], made: GuardState): readonly GuardState[] {
  return guards.some(({ name }) => name === made.name) ? guards : [...guards, made];
}

function withVersion(
  versions: readonly VersionState[],
  version: string,
  madeAt: number,
): readonly VersionState[] {
  const known = versions.find((entry) => entry.version === version);
  if (known !== undefined) {
    const whole = { ...known, definition: 'whole' as const };
    return versions.map((entry) => (entry === known ? whole : entry));
  }
  const flags = { served: false, verified: false, withdrawn: false } as const;
  return [{ version, ours: true, definition: 'whole', madeAt, ...flags }, ...versions];
}

/** One that is noted to serve is the newest from then on: for the first time, after it was withdrawn, or after another one. */
function noted(versions: readonly VersionState[], { of, note }: Step): readonly VersionState[] {
  const known = versions.find(({ version }) => version === of);
  if (known === undefined) return versions;
  if (note === 'served')
    return [{ ...known, served: true, withdrawn: false }, ...versions.filter((entry) => entry !== known)];
  const isWithdrawn = note === 'withdrawn';
  const changed = { ...known, withdrawn: isWithdrawn, verified: known.verified && !isWithdrawn };
  return versions.map((entry) => (entry === known ? changed : entry));
}
