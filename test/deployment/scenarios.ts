/** What is explored: every command alone with two crashes, and every pair of commands with one crash each. */
import type { Goal, Serve } from '../../src/deployment/goal.ts';
import type { Facets, VersionState } from '../../src/deployment/observed.ts';
import type { Rollout } from '../../src/deployment/rollout/strategy.ts';
import { NOTHING_SEEN, type Limits } from '../../src/deployment/rollout/watch.ts';
import type { Traits } from '../../src/deployment/traits.ts';
import type { StepKind } from '../../src/deployment/verdict.ts';
import type { Scenario } from './explore.ts';

import { LAG } from './world.ts';

export const version = (name: string, served: boolean, flags: Partial<VersionState> = {}): VersionState => ({
  version: name,
  ours: true,
  definition: 'whole',
  madeAt: 0,
  served,
  verified: false,
  withdrawn: false,
  ...flags,
});

/** v1 serves, and v0 served before it. */
export const LIVE: Facets = {
  serving: { state: 'serving', version: 'v1', towards: null, guards: [], etag: null, fit: 'as-asked' },
  versions: [version('v1', true), version('v0', true)],
  candidates: [],
  guards: [],
  scaling: 'none',
  users: [],
  watch: NOTHING_SEEN,
};
export const NOTHING_YET: Facets = {
  ...LIVE,
  serving: { ...LIVE.serving, state: 'absent', version: null },
  versions: [],
};
export const STAGED: Facets = {
  ...LIVE,
  versions: [version('v2', false), ...LIVE.versions],
  candidates: [{ name: 'c2', version: 'v2', ours: true, environment: null, state: 'ready', expiresAt: 1e9 }],
};
export const SCALED: Facets = { ...LIVE, scaling: 'as-asked' };
/** Four versions: a pruning that counts wrongly is seen. */
export const OLD: Facets = {
  ...LIVE,
  versions: [...LIVE.versions, version('u9', true), version('u8', true)],
};

export const serve = (name: string, more: Partial<Serve> = {}): Goal => ({
  kind: 'serve',
  version: name,
  base: 'v1',
  run: 'a',
  candidate: null,
  guarded: true,
  otherMachines: false,
  scaling: 'leave',
  withdrawn: false,
  keep: 1,
  ...more,
});
export const stage = (name: string, candidate: string): Goal => ({
  kind: 'stage',
  version: name,
  base: 'v1',
  candidate,
  until: 0,
  withdrawn: false,
});
export const goBack = (from: string, to: string, run = 'r'): Goal => ({
  kind: 'go-back',
  from,
  to,
  run,
  otherMachines: false,
  keep: 1,
});
export const gone: Goal = { kind: 'gone' };
export const discard: Goal = { kind: 'without-candidate', candidate: 'c2', version: 'v2' };

export const ETAG: Traits = {
  swap: 'etag',
  shifts: 'platform',
  abort: 'guard',
  broken: 'replace',
  lagMs: LAG,
  usualLagMs: LAG,
  unusedMs: 1000,
};

/** Where we shift requests: nothing is under way by itself, and no guard watches. */
const SHARES: Traits = { ...ETAG, shifts: 'us', abort: 'none' };
export const LIMITS: Limits = { fewest: 10, moreErrors: 0.01, slower: null };
const ROLLOUT: Rollout = { steps: [10, 100], bakeMs: LAG, lateMs: 0, limits: LIMITS };
export const rollOut = (name: string, run = 'a', more: Partial<Serve> = {}): Goal =>
  serve(name, { run, guarded: false, rollout: ROLLOUT, ...more });

/** How a command may end, where that is told with the scenario. */
export interface Expected extends Scenario {
  readonly ends?: readonly string[];
}

export const scenario = (
  name: string,
  start: Facets,
  goals: readonly Goal[],
  more: Partial<Expected> = {},
): Expected => ({
  name,
  start,
  goals,
  crashes: goals.length === 1 ? 2 : 1,
  faults: { failing: ['v2'], denied: [] },
  traits: ETAG,
  ...more,
});
const denied = (kind: StepKind): Scenario['faults'] => ({ failing: ['v2'], denied: [kind] });

const TAGGED: Facets = { ...LIVE, serving: { ...LIVE.serving, etag: '0' } };
/** The base serves again, and what was approved for it was rolled back from since. */
const THERE_AND_BACK: Partial<Expected> = {
  faults: { failing: [], denied: [], thereAndBack: 'v2' },
  ends: ['serves', 'serves unchanged', 'withdrawn'],
};

export const ALONE: readonly Expected[] = [
  scenario('serve', OLD, [serve('v2')], { ends: ['rolled-back', 'serves', 'serves unchanged'] }),
  scenario('serve on other machines', SCALED, [serve('v2', { otherMachines: true })], {
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  scenario('serve and end autoscaling', SCALED, [serve('v2', { scaling: 'end' })], {
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  scenario('serve and set autoscaling', LIVE, [serve('v2', { scaling: 'set' })], {
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  scenario('first release', NOTHING_YET, [serve('v2', { base: null })], {
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  scenario('promote', STAGED, [serve('v2', { candidate: 'c2' })], {
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  scenario('stage', LIVE, [stage('v2', 'c2')], { ends: ['failed', 'staged'] }),
  scenario('serve, others go there and back', TAGGED, [serve('v2')], THERE_AND_BACK),
  scenario('serve again, others go there and back', TAGGED, [serve('v2', { withdrawn: true })], {
    ...THERE_AND_BACK,
    ends: ['serves', 'serves unchanged'],
  }),
  scenario('stage, others go there and back', TAGGED, [stage('v2', 'c2')], {
    ...THERE_AND_BACK,
    ends: ['staged', 'withdrawn'],
  }),
  scenario('discard', STAGED, [discard], { ends: ['discarded', 'discarded unchanged'] }),
  scenario('go back', OLD, [goBack('v1', 'v0')], { ends: ['went-back', 'went-back unchanged'] }),
  scenario('gone', STAGED, [gone], { ends: ['gone'] }),
  scenario('tidy', STAGED, [{ kind: 'tidy', environment: null }], { ends: ['tidied unchanged'] }),
  scenario('serve, may not retire', OLD, [serve('v2')], {
    faults: denied('retire-version'),
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  scenario('serve, may not note', LIVE, [serve('v2')], {
    faults: denied('note'),
    // A rollback goes by what is noted: what cannot be noted is no success.
    ends: ['denied', 'rolled-back'],
  }),
  scenario('serve, may not remove guards', LIVE, [serve('v2')], {
    faults: denied('unguard'),
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  scenario('serve, may not shift', LIVE, [serve('v2')], { faults: denied('shift'), ends: ['denied'] }),
];

const shares = (name: string, start: Facets, goals: readonly Goal[], more: Partial<Expected> = {}) =>
  scenario(`rollout: ${name}`, start, goals, {
    traits: SHARES,
    faults: { failing: ['v2'], denied: [], late: goals.length === 1 },
    ...more,
  });
/** With another run, each step is judged without a floor: what is asked for want of requests is explored alone. */
const LATE = { faults: { failing: ['v2'], denied: [], late: true } };
const BRIEF: Rollout = { ...ROLLOUT, limits: { ...LIMITS, fewest: 0 } };
const briefly = (name: string, run: string, more: Partial<Serve> = {}) =>
  rollOut(name, run, { rollout: BRIEF, ...more });
/** A run died when it had sent a tenth of the requests to v2. */
export const SPLIT: Facets = {
  ...LIVE,
  versions: [version('v2', false), ...LIVE.versions],
  serving: {
    ...LIVE.serving,
    state: 'shifting',
    towards: 'v2',
    rollout: { percent: 10, at: 0, until: 1e9 },
  },
};

/** Until now, and no longer. */
const AT_LAST: Facets = {
  ...SPLIT,
  serving: { ...SPLIT.serving, rollout: { percent: 10, at: 0, until: 0 } },
};
/** Fewer than are needed to judge it. */
const FEW_CAME: Facets['watch'] = { ...NOTHING_SEEN, to: { requests: 4, errors: 0, p95Ms: null } };

export const ROLLOUTS: readonly Expected[] = [
  shares('serve', OLD, [rollOut('v2')], { ends: ['rolled-back', 'serves', 'serves unchanged'] }),
  shares('serve at once', LIVE, [serve('v2', { guarded: false })], { ends: ['serves', 'serves unchanged'] }),
  shares('serve at once, watched', LIVE, [rollOut('v2', 'a', { rollout: { ...ROLLOUT, steps: [100] } })], {
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  shares('serve in steps, unwatched', LIVE, [rollOut('v2', 'a', { rollout: { ...ROLLOUT, bakeMs: 0 } })], {
    ends: ['serves', 'serves unchanged'],
  }),
  shares('promote', STAGED, [rollOut('v2', 'a', { candidate: 'c2' })], {
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  shares('first release', NOTHING_YET, [rollOut('v2', 'a', { base: null })], {
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  shares('go on', SPLIT, [rollOut('v2')], { ends: ['rolled-back', 'serves', 'serves unchanged'] }),
  shares('go back from the middle', SPLIT, [goBack('v2', 'v1')], {
    ends: ['went-back', 'went-back unchanged'],
  }),
  shares('go on, another way back', SPLIT, [goBack('v2', 'v0')], { ends: ['outdated'] }),
  shares('go back, another rollout', SPLIT, [goBack('v3', 'v1')], { ends: ['outdated'] }),
  shares('another rollout', SPLIT, [rollOut('v3')], { ends: ['outdated'] }),
  shares('another base', SPLIT, [rollOut('v2', 'a', { base: 'v0' })], { ends: ['outdated'] }),
  shares('stage from the middle', SPLIT, [stage('v3', 'c3')], { ends: ['staged'] }),
  shares('serve, may not shift on', LIVE, [rollOut('v2')], {
    faults: { failing: [], denied: ['unmark'] },
    ends: ['denied'],
  }),
  shares('serve, shift back is refused', LIVE, [rollOut('v2')], {
    faults: { failing: ['v2'], denied: [], refused: ['abort-shift'] },
    ends: ['refused', 'serves', 'serves unchanged'],
  }),
  shares('serve, the end is refused', LIVE, [rollOut('v2')], {
    faults: { failing: [], denied: [], refused: ['unmark'] },
    ends: ['refused'],
  }),
  shares('serve, may not see the watch', LIVE, [rollOut('v2')], {
    faults: { failing: [], denied: [], hidden: ['watch'] },
    ends: ['denied'],
  }),
  shares('go back', OLD, [goBack('v1', 'v0')], { ends: ['went-back', 'went-back unchanged'] }),
  shares('gone from the middle', SPLIT, [{ kind: 'gone' }], { ends: ['gone'] }),
  shares('tidy', SPLIT, [{ kind: 'tidy', environment: null }], { ends: ['tidied', 'tidied unchanged'] }),
  shares('serve, may not shift back', LIVE, [rollOut('v2')], {
    faults: { failing: ['v2'], denied: ['abort-shift'], late: true },
    ends: ['denied', 'serves', 'serves unchanged'],
  }),
  shares('serve, may not ask', LIVE, [rollOut('v2')], {
    faults: { failing: [], denied: ['ask'] },
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  shares(
    'serve in three steps',
    LIVE,
    [rollOut('v2', 'a', { rollout: { ...BRIEF, steps: [10, 50, 100], lateMs: LAG / 2 } })],
    { ends: ['rolled-back', 'serves', 'serves unchanged'] },
  ),
  shares(
    'serve in steps, unwatched, may not see the watch',
    LIVE,
    [rollOut('v2', 'a', { rollout: { ...ROLLOUT, bakeMs: 0 } })],
    { faults: { failing: [], denied: [], hidden: ['watch'] }, ends: ['serves', 'serves unchanged'] },
  ),
  shares('serve, usually seen soon', LIVE, [rollOut('v2')], {
    traits: { ...SHARES, usualLagMs: 0 },
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  shares('go on, few have come', { ...SPLIT, watch: FEW_CAME }, [rollOut('v2')], {
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  shares('go on, at the last moment', AT_LAST, [rollOut('v2')], {
    faults: { failing: ['v2'], denied: [] },
    ends: ['rolled-back', 'serves', 'serves unchanged'],
  }),
  shares('tidy, at the last moment', AT_LAST, [{ kind: 'tidy', environment: null }], {
    faults: { failing: [], denied: [] },
    ends: ['tidied unchanged'],
  }),
  shares(
    'tidy from the middle, old guards',
    { ...SPLIT, guards: [{ name: 'v9@x', madeAt: -1e9 }] },
    [{ kind: 'tidy', environment: null }],
    { faults: { failing: [], denied: [] }, ends: ['tidied unchanged'] },
  ),
  shares('stage from the middle, refused', SPLIT, [stage('v3', 'c3')], {
    faults: { failing: [], denied: [], refused: ['start-candidate'] },
    ends: ['refused'],
  }),
  ...(
    [
      ['serve v2', LIVE, briefly('v2', 'b')],
      ['serve v3', LIVE, briefly('v3', 'c')],
      ['go back from v2', LIVE, goBack('v2', 'v1', 'd')],
      ['go back', LIVE, goBack('v1', 'v0', 'd')],
      ['promote v2', STAGED, briefly('v2', 'p', { candidate: 'c2' })],
      ['stage v2', LIVE, stage('v2', 'c2')],
      ['discard v2', STAGED, discard],
      ['gone', LIVE, gone],
      ['tidy', LIVE, { kind: 'tidy', environment: null }],
    ] as const
  ).map(([name, start, goal]) => shares(`serve v2 | ${name}`, start, [briefly('v2', 'a'), goal])),
  shares('go on | go on', SPLIT, [briefly('v2', 'a'), briefly('v2', 'b')]),
  shares('go on | tidy', SPLIT, [briefly('v2', 'a'), { kind: 'tidy', environment: null }], LATE),
  shares('go on | serve v3', SPLIT, [briefly('v2', 'a'), briefly('v3', 'b')]),
  shares('go back | go back', SPLIT, [goBack('v2', 'v1', 'd'), goBack('v2', 'v1', 'e')]),
];

const COMMANDS: readonly { readonly name: string; readonly start: Facets; readonly goal: Goal }[] = [
  { name: 'serve v2', start: LIVE, goal: serve('v2', { run: 'b' }) },
  { name: 'serve v3', start: LIVE, goal: serve('v3', { run: 'c' }) },
  { name: 'promote v2', start: STAGED, goal: serve('v2', { run: 'p', candidate: 'c2' }) },
  { name: 'stage v2', start: LIVE, goal: stage('v2', 'c2') },
  { name: 'discard v2', start: STAGED, goal: discard },
  { name: 'go back', start: LIVE, goal: goBack('v1', 'v0', 'd') },
  { name: 'gone', start: LIVE, goal: gone },
  { name: 'tidy', start: LIVE, goal: { kind: 'tidy', environment: null } },
];

/** Each command with each, itself included; the richer of the two starts. */
export const PAIRS: readonly Expected[] = [
  ...COMMANDS.flatMap((one, at) =>
    COMMANDS.slice(at).map((other) => {
      const goals = [one.goal, one === other ? anotherRun(other.goal) : other.goal];
      const start = [one.start, other.start].includes(STAGED) ? STAGED : LIVE;
      return scenario(`${one.name} | ${other.name}`, start, goals);
    }),
  ),
  scenario('first v2 | first v3', NOTHING_YET, [
    serve('v2', { base: null, run: 'b' }),
    serve('v3', { base: null, run: 'c' }),
  ]),
  scenario('go back | go back, three versions', OLD, [goBack('v1', 'v0', 'd'), goBack('v1', 'v0', 'e')]),
];

/** Without a compare-and-swap: the window of one call remains, and is never green. */
export const TORN: readonly Expected[] = PAIRS.filter(({ name }) =>
  ['serve v2 | serve v3', 'serve v2 | go back', 'promote v2 | gone'].includes(name),
).map((pair) => ({
  ...pair,
  name: `${pair.name}, compare then write`,
  traits: { ...pair.traits, swap: 'compare-then-write' as const },
  // A run that dies in that window and begins anew cannot know what it has overtaken; two that live can.
  crashes: 0,
}));

/**
 * The same where we shift requests, as on Azure ML: a change writes all shares at once, and the answer says what was there
 * before. Alone, a run never says that it has overtaken another one.
 */
export const TORN_ROLLOUTS: readonly Expected[] = ROLLOUTS.filter(
  ({ name }) => !name.startsWith('rollout: go on | ') || name.endsWith('| tidy'),
).map((known) => ({
  ...known,
  name: `${known.name}, compare then write`,
  traits: { ...known.traits, swap: 'compare-then-write' as const },
  crashes: known.goals.length === 1 ? known.crashes : 0,
}));

const FEW: readonly string[] = [
  'rollout: serve v2 | stage v2',
  'serve v2 | tidy',
  'serve v3 | go back',
  'promote v2 | stage v2',
  'stage v2 | stage v2',
  'stage v2 | discard v2',
  'go back | go back, three versions',
  'go back | gone',
  'first v2 | first v3',
  'rollout: serve v2 | tidy',
  'rollout: serve v2 | go back',
  'rollout: go back | go back',
  'serve v2 | go back, compare then write',
];

/** The pairs with few states. All of them are explored by test:faults. */
export const SMALL: readonly Expected[] = [...PAIRS, ...ROLLOUTS, ...TORN].filter(({ name }) =>
  FEW.includes(name),
);

function anotherRun(goal: Goal): Goal {
  return 'run' in goal ? { ...goal, run: `${goal.run}2` } : goal;
}
