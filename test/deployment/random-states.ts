/** Seeded states of an endpoint, and goals that somebody may have of it. */
import type { Goal, Serve } from '../../src/deployment/goal.ts';
import type {
  CandidateState,
  Facets,
  Scaling,
  ServingState,
  VersionState,
} from '../../src/deployment/observed.ts';
import type { Traits } from '../../src/deployment/traits.ts';
import { ETAG, goBack, LIMITS, LIVE, rollOut, serve, stage, version } from './scenarios.ts';

/** Numbers of 0 to 1, the same for the same seed (mulberry32, https://github.com/bryc/code/blob/master/jshash/PRNGs.md). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface Drawn {
  readonly facets: Facets;
  readonly goal: Goal;
  readonly traits: Traits;
}

/** Lags as platforms have them: the clock of the loop counts milliseconds. */
const PLATFORM: Traits = { ...ETAG, lagMs: 3_000, usualLagMs: 3_000, unusedMs: 3_600_000 };
const SHARES: Traits = { ...PLATFORM, shifts: 'us', abort: 'none' };
const ALL_TRAITS: readonly Traits[] = [
  PLATFORM,
  { ...PLATFORM, swap: 'serial', abort: 'none', broken: 'keep', lagMs: 0, usualLagMs: 0, unusedMs: 0 },
  SHARES,
  { ...PLATFORM, swap: 'compare-then-write' },
];

const STATES: readonly ServingState[] = [
  'serving',
  'serving',
  'serving',
  'absent',
  'moving',
  'broken',
  'mixed',
];
const SCALINGS: readonly Scaling[] = ['none', 'as-asked', 'other', 'set-aside'];

/** @param now milliseconds */
export function draw(seed: number, now: number): Drawn {
  const random = randomFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const maybe = () => random() < 0.5;
  const traits = pick(ALL_TRAITS);
  const versions = ['v3', 'v2', 'v1', 'v0', 'u9', 'u8']
    .filter((name) => name === 'v1' || maybe())
    .map((name): VersionState =>
      version(name, name !== 'v2' && name !== 'v3', {
        ours: name === 'v1' || random() < 0.9,
        definition: name === 'v2' && random() < 0.3 ? 'part' : 'whole',
        madeAt: now - pick([1, 1e9]),
        verified: maybe(),
        withdrawn: name !== 'v1' && random() < 0.2,
      }),
    );
  const candidates = ['c2', 'c9'].filter(maybe).map((name): CandidateState => ({
    name,
    version: name === 'c2' ? 'v2' : pick(['v2', 'v3', 'v0']),
    ours: random() < 0.8,
    environment: null,
    state: pick(['ready', 'ready', 'starting', 'broken']),
    expiresAt: now + pick([-1, 1e9]),
  }));
  const state = pick(STATES);
  const hasNothing = state === 'absent' || state === 'broken';
  const towards = state === 'moving' ? pick(['v2', 'v3']) : null;
  return {
    facets: {
      ...LIVE,
      serving: {
        ...LIVE.serving,
        state,
        version: hasNothing ? null : 'v1',
        towards,
        fit: state === 'serving' ? pick(['as-asked', 'as-asked', 'count-off']) : 'as-asked',
      },
      versions,
      candidates,
      guards: ['v2@x', 'v9@y'].filter(maybe).map((name) => ({ name, madeAt: now - pick([1, 1e9]) })),
      scaling: hasNothing ? 'none' : pick(SCALINGS),
      users: ['v0', 'u8'].filter(maybe),
    },
    goal: goalOf(pick, hasNothing ? null : 'v1', traits),
    traits,
  };
}

type Pick = <T>(from: readonly T[]) => T;

function goalOf(pick: Pick, base: string | null, traits: Traits): Goal {
  const us = traits.shifts === 'us';
  const more: Partial<Serve> = {
    base,
    guarded: traits.abort === 'guard' && pick([true, false]),
    otherMachines: pick([true, false]),
    scaling: pick(['leave', 'set', 'end']),
    keep: pick([0, 1, 3]),
    withdrawn: pick([true, false]),
  };
  const rollout = { steps: [10, 100], bakeMs: 60_000, lateMs: 0, limits: { ...LIMITS, fewest: 0 } };
  const move = us && pick([true, false]) ? rollOut('v2', 'a', { ...more, rollout }) : serve('v2', more);
  return pick<Goal>([
    move,
    move,
    { ...move, candidate: 'c2' } as Goal,
    { ...serve('v1', more), base: 'v1' } as Goal,
    { ...stage('v2', 'c2'), base, withdrawn: true } as Goal,
    { ...goBack('v1', 'v0'), otherMachines: pick([true, false]) } as Goal,
    { kind: 'without-candidate', candidate: 'c2', version: 'v2' },
    { kind: 'gone' },
    { kind: 'tidy', environment: null },
  ]);
}
