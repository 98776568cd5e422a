/**
 * Looks, memories and goals that are drawn from a seed: states of an endpoint that no scenario leads to, and that somebody
 * may find all the same. `node test/deployment/promised/drawn.ts [--seeds N] [--from SEED]` asks the product in each of them.
 */
import { parseArgs } from 'node:util';
import type { Goal } from '../../../src/deployment/goal.ts';
import type { Memory, Sent } from '../../../src/deployment/memory.ts';
import type { Facet, Facets, Observed, Serving, VersionState } from '../../../src/deployment/observed.ts';
import { NOTHING_SEEN } from '../../../src/deployment/rollout/watch.ts';
import type { Traits } from '../../../src/deployment/traits.ts';
import { keyOf, type End } from '../../../src/deployment/verdict.ts';
import { product } from '../product.ts';
import { randomFrom } from '../random-states.ts';
import { ETAG, LIMITS } from '../scenarios.ts';
import { breaking } from './promises.ts';
import { viewOf, type Asked } from './view.ts';
import { wantedBy } from './wanted.ts';

type Pick = <T>(from: readonly T[]) => T;

const NAMES = ['v3', 'v2', 'v1', 'v0', 'u9', 'u8'];
const NOW = 0;
/** Around all the bounds that times are compared with: the lags are 1, and what is unused for 1000 is old. */
const TIMES = [-1e9, -1001, -1000, -999, -2, -1, 0];
const LATER = [...TIMES, 1, 2, 1e9];

export function drawn(seed: number): Asked {
  const random = randomFrom(seed);
  const pick: Pick = (from) => from[Math.floor(random() * from.length)]!;
  const maybe = (share = 0.5) => random() < share;
  const us = maybe();
  const traits: Traits = {
    ...ETAG,
    swap: pick(['etag', 'serial', 'compare-then-write']),
    shifts: us ? 'us' : 'platform',
    abort: us ? 'none' : pick(['guard', 'none']),
    broken: pick(['replace', 'keep']),
    usualLagMs: pick([0, 1]),
  };
  const versions = shuffled(NAMES, random)
    .filter(() => maybe(0.7))
    .map((name): VersionState => ({
      version: name,
      ours: maybe(0.8),
      definition: maybe(0.8) ? 'whole' : 'part',
      madeAt: pick(TIMES),
      served: maybe(),
      verified: maybe(0.3),
      withdrawn: maybe(0.3),
    }));
  const found = servingFrom(pick, maybe, us);
  const goal = goalFrom(pick, maybe, us);
  const serving = maybe() ? onItsWay(goal, found) : found;
  const facets: Facets = {
    serving,
    versions,
    candidates: ['c2', 'c9', 'c8']
      .filter(() => maybe())
      .map((name) => ({
        name,
        version: pick(['v2', 'v2', 'v3', 'u8']),
        ours: maybe(0.8),
        environment: pick([null, 'dev']),
        state: pick(['starting', 'ready', 'broken', 'going']),
        expiresAt: pick(LATER),
      })),
    guards: ['v2@a', 'v2@a#part', 'v2@b', 'v3@z', 'v1@x']
      .filter(() => maybe(0.4))
      .map((name) => ({ name, madeAt: pick(TIMES) })),
    scaling: pick(['none', 'as-asked', 'other', 'set-aside', 'half-aside']),
    users: NAMES.filter(() => maybe(0.2)),
    watch: {
      ...NOTHING_SEEN,
      to: { requests: pick([0, 4, 9, 10, 100]), errors: pick([0, 0, 0, 4]), p95Ms: null },
      own: { requests: pick([0, 6, 10]), failed: 0 },
      alarms: pick([[], [], [], ['slow']]),
    },
  };
  const seen = lookedAt(facets, pick, maybe);
  const memory = memoryFrom(goal, serving, pick, maybe);
  return withSteps({ goal, seen, memory: product.notice(memory, seen), traits }, maybe);
}

function shuffled(names: readonly string[], random: () => number): readonly string[] {
  return names
    .map((name) => ({ name, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ name }) => name);
}

type Maybe = (share?: number) => boolean;

function servingFrom(pick: Pick, maybe: Maybe, us: boolean): Serving {
  const states = ['serving', 'serving', 'serving', 'absent', 'starting', 'broken', 'going', 'mixed'] as const;
  const state = pick([
    ...states,
    ...(us ? (['shifting', 'shifting', 'shifting'] as const) : (['moving', 'moving', 'going-back'] as const)),
  ]);
  const version = pick(['v1', 'v1', 'v2', 'v0']);
  const towards = pick(['v2', 'v2', 'v3', 'v1'].filter((name) => name !== version));
  const quiet: Serving = {
    state,
    version,
    towards: null,
    guards: [],
    etag: pick([null, '7']),
    fit: 'as-asked',
  };
  switch (state) {
    case 'serving':
      return { ...quiet, fit: pick(['as-asked', 'as-asked', 'count-off', 'other']) };
    case 'absent':
    case 'broken':
      return { ...quiet, version: null };
    case 'starting':
      return { ...quiet, version: null, towards, guards: ['v2@a'].filter(() => maybe(0.3)) };
    case 'moving':
      return { ...quiet, towards, guards: ['v2@a', 'v3@z'].filter(() => maybe()) };
    case 'shifting':
      return {
        ...quiet,
        towards,
        rollout: {
          percent: pick([10, 50, 100]),
          at: pick([-4, -3, -2, -1, 0]),
          until: pick([-1, 0, 1, 1e9]),
        },
      };
    case 'going':
      return { ...quiet, version: pick([null, 'v1']) };
    case 'going-back':
    case 'mixed':
      return quiet;
  }
}

/** A rollout is the goal's own more often than chance would have it. */
function onItsWay(goal: Goal, serving: Serving): Serving {
  if (serving.rollout === undefined) return serving;
  const own = { ...serving, ...waysOf(goal) };
  return own.version === own.towards ? serving : own;
}

/** What a rollout comes from and leads to that is this goal's, or that it has to bring back. */
function waysOf(goal: Goal): Partial<Record<'version' | 'towards', string | null>> {
  if (goal.kind === 'go-back') return { version: goal.to, towards: goal.from };
  if (goal.kind === 'give-up') return { towards: goal.version };
  if (goal.kind === 'serve' && goal.base !== null) return { version: goal.base, towards: goal.version };
  return {};
}

const FACETS: readonly Facet[] = ['serving', 'versions', 'candidates', 'guards', 'scaling', 'users', 'watch'];

/** Some of it a while ago, and now and then one that nobody may see. */
function lookedAt(facets: Facets, pick: Pick, maybe: Maybe): Observed {
  const hidden = maybe(0.1) ? pick(FACETS) : null;
  const isFresh = maybe();
  const known = FACETS.map((facet) => {
    const at = isFresh ? NOW : pick([-2, -1, 0]);
    return [
      facet,
      facet === hidden ? { at, denied: `may see ${facet}` } : { at, value: facets[facet] },
    ] as const;
  });
  return { now: NOW, facets: Object.fromEntries(known) };
}

function goalFrom(pick: Pick, maybe: Maybe, us: boolean): Goal {
  const keep = pick([0, 1, 2, 9]);
  const otherMachines = maybe(0.3);
  const version = pick(['v2', 'v2', 'v2', 'v1']);
  const base = pick(['v1', 'v1', 'v1', null, 'v0']);
  const candidate = pick([null, null, 'c2']);
  const withdrawn = maybe(0.3);
  const whole = {
    steps: pick([[100], [10, 100], [10, 50, 100]]),
    bakeMs: pick([0, 1]),
    lateMs: pick([0, 1]),
  };
  const rollout =
    us && maybe(0.8) ? { rollout: { ...whole, limits: { ...LIMITS, fewest: pick([0, 10]) } } } : {};
  const why = pick<End>([
    { kind: 'failed' },
    { kind: 'rolled-back' },
    { kind: 'rolled-back', found: { is: 'errors', says: 'It fails.' } },
    { kind: 'refused', step: 'shift', cause: 'No.' },
    { kind: 'denied', permission: 'may not' },
    { kind: 'withdrawn' },
  ]);
  const serve = {
    kind: 'serve',
    version,
    base,
    candidate,
    run: 'a',
    guarded: !us && maybe(),
    otherMachines,
  } as const;
  return pick<Goal>([
    { ...serve, scaling: pick(['leave', 'set', 'end']), withdrawn, keep, ...rollout },
    { ...serve, scaling: pick(['leave', 'set', 'end']), withdrawn, keep, ...rollout },
    { kind: 'stage', version, base, candidate: 'c2', until: pick([0, 5]), withdrawn },
    { kind: 'without-candidate', candidate: 'c2', version: 'v2' },
    { kind: 'go-back', from: pick(['v1', 'v2']), to: pick(['v0', 'v1']), run: 'r', otherMachines, keep },
    { kind: 'gone' },
    { kind: 'tidy', environment: pick([null, 'dev']) },
    { kind: 'give-up', version: 'v2', candidate, run: pick(['', 'a']), why },
  ]);
}

function memoryFrom(goal: Goal, serving: Serving, pick: Pick, maybe: Maybe): Memory {
  const changed = maybe();
  return {
    sent: changed && maybe() ? sentFor(goal, serving, pick) : null,
    given: {},
    since: pick([-2, -1, 0]),
    changed,
    lost: maybe(0.05) ? pick([4, 5, 6]) : 0,
    refused: maybe(0.05) ? { step: pick(['shift', 'abort-shift', 'close']), cause: 'No.' } : null,
    overtook: maybe(0.25),
  };
}

/** What a run of that goal may have sent. */
function sentFor(goal: Goal, { rollout }: Serving, pick: Pick): Sent | null {
  const at = pick([-2, -1, 0]);
  const reached = rollout === undefined ? {} : { percent: rollout.percent };
  const percent = pick([{}, { percent: 10 }, { percent: 100 }, reached]);
  const from = pick([{}, { from: 'v1' }, { from: 'v0' }, { from: null }]);
  if (goal.kind === 'serve')
    return { kind: pick(['shift', 'shift', 'open', 'unmark']), of: goal.version, at, ...percent, ...from };
  if (goal.kind === 'stage') return { kind: 'start-candidate', of: goal.candidate, at };
  if (goal.kind === 'go-back') return { kind: 'shift', of: goal.to, at, ...from };
  if (goal.kind !== 'give-up') return null;
  return pick<Sent>([
    { kind: 'start-candidate', of: 'c2', at },
    { kind: 'shift', of: goal.version, at },
  ]);
}

const ONCE = ['abort-shift', 'ask', 'set-count', 'retire-version', 'set-scaling', 'keep-candidate', 'note'];

/** Steps that are the last thing that is tried: after them come only looks, waits and ends. */
const LAST = ['ask', 'abort-shift'];

/** Some of what is wanted was done already, or may not be done. */
function withSteps(asked: Asked, maybe: Maybe): Asked {
  const view = viewOf(asked.seen);
  if (view === null || !maybe()) return asked;
  const given: Record<string, string> = {};
  for (const { step } of wantedBy(asked, view))
    if (maybe(LAST.includes(step.kind) ? 0.8 : 0.3)) {
      const isDone = ONCE.includes(step.kind) && maybe(0.7);
      given[keyOf(step)] = isDone ? '' : `may ${step.kind}`;
    }
  return { ...asked, memory: { ...asked.memory, given } };
}

/** @returns what is wrong with what the product decides there */
export function wrongAt(seed: number): readonly string[] {
  const asked = drawn(seed);
  const { goal, seen, memory, traits } = asked;
  return breaking(product.next(goal, seen, memory, traits), asked);
}

if (import.meta.main) {
  const options = {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
  } as const;
  const { values } = parseArgs({ options });
  const first = Number(values.from);
  let bad = 0;
  for (let seed = first; seed < first + Number(values.seeds); seed++) {
    const wrong = wrongAt(seed);
    if (wrong.length === 0 || ++bad > 5) continue;
    process.stdout.write(`Seed ${seed}: ${wrong.join('; ')}\n    ${JSON.stringify(drawn(seed))}\n`);
  }
  process.stdout.write(`${values.seeds} looks, ${bad} at which a promise is broken\n`);
  process.exitCode = bad === 0 ? 0 : 1;
}
