/**
 * Visits every state that runs of commands, crashes, late looks and failing versions can lead to, and says what is
 * wrong in any of them. It uses the product's own `next`, `notice` and `remember`; only the loop is written again, one
 * state at a time.
 */
import type { Goal } from '../../src/deployment/goal.ts';
import type { Memory } from '../../src/deployment/memory.ts';
import type { Basis, Facets, Observed, Serving } from '../../src/deployment/observed.ts';
import type { Traits } from '../../src/deployment/traits.ts';
import type { End, Step, StepKind, Verdict } from '../../src/deployment/verdict.ts';
import { components } from './components.ts';
import { decision } from './decisions.ts';
import { always, atEnd, atStep, deciding, onVerdict, sayingSo } from './invariants.ts';
import { looking } from './looks.ts';
import { product } from './product.ts';
import { breaking, misbinding, misnoticing, misremembering, misturning } from './promised/promises.ts';
import { aged, events, look, perform, TICK, write, type Faults, type World } from './world.ts';

export interface Scenario {
  readonly name: string;
  readonly start: Facets;
  readonly goals: readonly Goal[];
  /** How often each run may die; the same command then begins anew. */
  readonly crashes: number;
  readonly faults: Faults;
  readonly traits: Traits;
  /** The versions that are there at a green end, newest first; where that is told. */
  readonly leaves?: string;
}

export interface RunState {
  readonly at: 'look' | 'act' | 'write' | 'end';
  readonly goal: Goal;
  readonly memory: Memory;
  readonly step: Step | null;
  /** Whatever becomes of the step is no reason to fail. */
  readonly isOptional: boolean;
  readonly crashes: number;
  readonly end: End | null;
  /** Its move left from a version that it was not approved for. */
  readonly isOffBase: boolean;
  /** How often it lost a step, for its present goal; counted only where that matters: it multiplies the states. */
  readonly losses: number;
}

export interface State {
  readonly world: World;
  readonly runs: readonly RunState[];
}

interface Edge {
  readonly name: string;
  readonly state: State;
  readonly wrong: readonly string[];
  /** A run changed something. */
  readonly acts?: boolean;
  /** What a run decided, and on what. */
  readonly decided?: string;
}

export interface Violation {
  count: number;
  readonly path: readonly string[];
}

export interface Explored {
  readonly states: number;
  readonly edges: number;
  readonly ends: ReadonlyMap<string, number>;
  /** What was ever decided, each with the state of the endpoint that was seen. */
  readonly decisions: ReadonlySet<string>;
  readonly violations: ReadonlyMap<string, Violation>;
}

export interface Bounds {
  readonly mostStates?: number;
  /** Stops where anything is wrong. */
  readonly isOneEnough?: boolean;
}

export function explore(
  scenario: Scenario,
  { mostStates = 1_500_000, isOneEnough = false }: Bounds = {},
): Explored {
  decisionsBefore = new WeakMap();
  const start = begin(scenario);
  const keyOf = keys();
  const ids = new Map([[keyOf(start), 0]]);
  const all: State[] = [start];
  const from: { id: number; edge: string }[] = [{ id: -1, edge: '' }];
  const out: number[][] = [];
  const acting: Set<number>[] = [];
  const ends = new Map<string, number>();
  const decisions = new Set<string>();
  const violations = new Map<string, Violation>();
  let edges = 0;

  const pathTo = (id: number): string[] => {
    const path: string[] = [];
    for (let at = id; at > 0; at = from[at]!.id) path.unshift(from[at]!.edge);
    return path;
  };
  const note = (wrong: string, id: number, edge = '') => {
    const known = violations.get(wrong);
    if (known) known.count++;
    else violations.set(wrong, { count: 1, path: [...pathTo(id), edge] });
  };

  for (let id = 0; id < all.length; id++) {
    if (isOneEnough && violations.size > 0) break;
    const state = all[id]!;
    const targets: number[] = (out[id] = []);
    const active = (acting[id] = new Set<number>());
    for (const wrong of always(state, scenario)) note(wrong, id);
    if (state.runs.every(({ at }) => at === 'end')) {
      for (const wrong of atEnd(state, scenario)) note(`in the end: ${wrong}`, id);
      const key = state.runs.map(endOf).join(' + ');
      ends.set(key, (ends.get(key) ?? 0) + 1);
    }
    for (const { name, state: after, wrong, acts = false, decided } of successors(state, scenario)) {
      edges++;
      if (decided !== undefined) decisions.add(decided);
      for (const what of wrong) note(what, id, name);
      const key = keyOf(after);
      let known = ids.get(key);
      if (known === undefined) {
        known = all.length;
        if (known > mostStates) throw new Error(`${scenario.name}: more than ${mostStates} states.`);
        ids.set(key, known);
        all.push(after);
        from.push({ id, edge: name });
      }
      targets.push(known);
      if (acts) active.add(known);
    }
  }
  if (out.length === all.length) reportCycles(all, out, acting, note);
  return { states: all.length, edges, ends, decisions, violations };
}

/** A short name for each state. Most of a state is shared with the one before it, so its parts are written once. */
function keys(): (state: State) => string {
  const names = new Map<string, number>();
  const known = new WeakMap<object, number>();
  const nameOf = (part: object): number => {
    const name = known.get(part) ?? nameByText(part);
    known.set(part, name);
    return name;
  };
  const nameByText = (part: object): number => {
    const text = JSON.stringify(part);
    const name = names.get(text) ?? names.size;
    names.set(text, name);
    return name;
  };
  return ({ world, runs }) => [world, ...runs].map(nameOf).join();
}

/** Steps that repeat for ever, and waits that nothing ends. */
function reportCycles(
  all: readonly State[],
  out: readonly (readonly number[])[],
  acting: readonly ReadonlySet<number>[],
  note: (wrong: string, id: number) => void,
): void {
  const component = components(out);
  const hasExit = new Set<number>();
  for (const [id, targets] of out.entries())
    for (const to of targets) if (component[to] !== component[id]) hasExit.add(component[id] ?? -1);
  const stuck = new Set<number>();
  for (const [id, targets] of acting.entries()) {
    for (const to of targets) if (component[to] === component[id]) note('steps repeat for ever', id);
    const own = component[id]!;
    const isOver = all[id]!.runs.every(({ at }) => at === 'end');
    if (isOver || hasExit.has(own) || stuck.has(own)) continue;
    stuck.add(own);
    note('waits for ever', id);
  }
}

function endOf({ end }: RunState): string {
  if (end === null) return '';
  return 'changed' in end && !end.changed ? `${end.kind} unchanged` : end.kind;
}

function begin({ start, goals, faults }: Scenario): State {
  const isBaking = start.serving.state === 'moving';
  const isLate = faults.late === true ? false : null;
  const world: World = { facets: start, before: null, isBaking, isLate, wasAway: false };
  return { world, runs: goals.map((goal) => fresh(goal, 0)) };
}

/** A guard carries the run's name, and a command that begins anew is another run. */
function fresh(goal: Goal, crashes: number): RunState {
  const own = 'run' in goal ? { ...goal, run: `${goal.run.split('.')[0] ?? ''}.${crashes}` } : goal;
  return {
    at: 'look',
    goal: own,
    memory: product.begin(0),
    step: null,
    crashes,
    end: null,
    isOptional: false,
    isOffBase: false,
    losses: 0,
  };
}

function* successors(state: State, scenario: Scenario): Generator<Edge> {
  for (const { name, world, wrong } of events(state.world, scenario.faults))
    yield { name, state: { ...state, world }, wrong: wrong === undefined ? [] : [wrong] };
  const facets = aged(state.world.facets);
  if (facets !== state.world.facets || state.world.before !== null || state.runs.some(isYoung)) {
    const later = { world: { ...state.world, facets, before: null }, runs: state.runs.map(older) };
    yield { name: 'lag over', state: later, wrong: [] };
  }
  for (const [index, run] of state.runs.entries()) {
    if (run.at === 'end') continue;
    if (run.crashes < scenario.crashes) {
      const again = fresh(scenario.goals[index]!, run.crashes + 1);
      yield { name: `${index} dies`, state: withRun(state, index, again), wrong: [] };
    }
    yield* run.at === 'look' ? looks(state, index, scenario) : acts(state, index, scenario);
  }
}

function withRun(state: State, index: number, run: RunState, world = state.world): State {
  return { world, runs: state.runs.map((other, at) => (at === index ? run : other)) };
}

interface Decided {
  readonly memory: Memory;
  readonly verdict: Verdict;
  readonly decided: string;
  readonly wrong: readonly string[];
}

/** What is decided on the same look with the same memory is decided once. */
type Decisions = WeakMap<Observed, Map<string, Decided>>;
let decisionsBefore: Decisions = new WeakMap();

function decide(
  observed: Observed,
  facets: Facets,
  run: RunState,
  traits: Traits,
  isAlone: boolean,
): Decided {
  const before = decisionsBefore.get(observed) ?? new Map<string, Decided>();
  decisionsBefore.set(observed, before);
  const key = JSON.stringify([run.goal, run.memory]);
  const known = before.get(key);
  if (known !== undefined) return known;
  const memory = product.notice(run.memory, observed);
  const verdict = product.next(run.goal, observed, memory, traits);
  const asked = { goal: run.goal, seen: observed, memory: run.memory, traits };
  const wrong = [
    ...breaking(verdict, { ...asked, memory }),
    ...misnoticing(run.memory, facets.serving, memory),
    // With another run about, the same is decided in the same way.
    ...(isAlone ? looking(verdict, asked) : []),
  ];
  const made = { memory, verdict, decided: decision(observed, verdict), wrong };
  before.set(key, made);
  return made;
}

/** A look sees the world as it is, or as it was before the last change. */
function* looks(state: State, index: number, scenario: Scenario): Generator<Edge> {
  const run = state.runs[index]!;
  const { facets, before } = state.world;
  const isAlone = state.runs.length === 1;
  for (const seen of before === null ? [facets] : [before, facets]) {
    const observed = look(seen, scenario.faults.hidden);
    const { memory, verdict, decided, wrong: found } = decide(observed, seen, run, scenario.traits, isAlone);
    const wrong = [...found, ...onVerdict(verdict, observed, run, scenario)];
    const to = (name: string, after: RunState, found = wrong): Edge => ({
      name: `${index} ${name}`,
      state: withRun(state, index, after),
      wrong: found,
      decided,
    });
    if ('end' in verdict) {
      const ended: RunState = {
        ...run,
        at: 'end',
        memory: product.begin(-TICK),
        step: null,
        end: verdict.end,
      };
      yield to(`ends ${verdict.end.kind}`, ended, [...wrong, ...sayingSo(ended, state, scenario)]);
    } else if ('turn' in verdict) {
      const turned = product.turned(memory);
      const failed: RunState = { ...run, goal: verdict.turn, memory: turned, losses: 0 };
      yield to('gives up', failed, [...wrong, ...misturning(memory, turned)]);
    } else if ('do' in verdict) {
      const isOptional = verdict.optional === true;
      const acting: RunState = { ...run, at: 'act', step: verdict.do, isOptional, memory };
      const early = deciding(verdict.do, observed, run.goal);
      yield to(`decides ${verdict.do.kind}`, acting, [...wrong, ...early]);
    } else {
      // A wait, or a second look: either way another look follows.
      yield to('waits', { ...run, memory });
    }
  }
}

/** With compare-then-write, something may happen between the two. */
function* acts(state: State, index: number, scenario: Scenario): Generator<Edge> {
  const run = state.runs[index]!;
  const step = run.step!;
  const { basis, ...free } = step;
  const isTorn = scenario.traits.swap === 'compare-then-write' && basis !== undefined;
  if (isTorn && run.at === 'act') {
    const { performed } = perform(state.world, { kind: 'set-count', of: '', basis }, scenario.faults);
    const compared: RunState =
      performed.is === 'done'
        ? { ...run, at: 'write' }
        : { ...run, at: 'look', step: null, isOptional: false };
    yield { name: `${index} compares`, state: withRun(state, index, compared), wrong: [] };
    return;
  }
  const isWhole = isTorn && scenario.traits.shifts === 'us' && WRITES.has(step.kind);
  const { world, performed } = isWhole
    ? write(state.world, { ...free, basis }, scenario.faults)
    : perform(state.world, isTorn ? free : step, scenario.faults);
  const answered = product.answered(performed, run.isOptional);
  const remembered = product.remember(run.memory, step, answered, 0);
  const wrong = [
    ...misremembering(run.memory, step, answered, remembered),
    ...misbinding(
      basis,
      state.world.facets.serving,
      basis === undefined || product.holds(basis, state.world.facets.serving),
    ),
  ];
  const isCounted = scenario.faults.lost !== undefined;
  const memory = isCounted ? remembered : { ...remembered, lost: 0 };
  const isLost = performed.is === 'lost' || performed.is === 'missing';
  const losses = isCounted && isLost ? run.losses + 1 : run.losses;
  const isOffBase =
    run.isOffBase || (performed.is === 'done' && movesOff(step, state, scenario.goals[index]!, isWhole));
  const looking: RunState = { ...run, at: 'look', step: null, isOptional: false, memory, isOffBase, losses };
  const hasChanged = world !== state.world;
  yield {
    name: `${index}! ${step.kind} ${step.of} ${performed.is}`,
    state: withRun(state, index, looking, world),
    wrong: performed.is === 'done' ? [...wrong, ...atStep(step, state, scenario, index)] : wrong,
    acts: hasChanged,
  };
}

/** Steps that write all of what serves, where we shift requests. */
const WRITES: ReadonlySet<StepKind> = new Set(['shift', 'abort-shift', 'unmark']);

/** What the run writes over is neither what it was meant to change, nor on the way that it takes itself. */
function isAnothers({ version, towards }: Serving, basis: Basis, goal: Goal): boolean {
  const meant = goal.kind === 'serve' ? [goal.base, goal.version] : [];
  const own = goal.kind === 'go-back' ? [goal.from, goal.to] : meant;
  const wasRolledBack = goal.kind === 'serve' && basis.towards !== null && version === goal.base;
  return !own.includes(version) || (towards === null ? wasRolledBack : !own.includes(towards));
}

/** @param isWhole it was written over whatever was there */
function movesOff({ kind, basis }: Step, { world }: State, goal: Goal, isWhole: boolean): boolean {
  const { serving } = world.facets;
  if (isWhole) return isAnothers(serving, basis!, goal);
  if (kind !== 'shift') return false;
  if (goal.kind === 'serve') return serving.version !== goal.base;
  return goal.kind === 'go-back' && serving.version !== goal.from;
}

function isYoung({ at, memory }: RunState): boolean {
  return at !== 'end' && [memory.sent?.at ?? -TICK, memory.since].some((time) => time > -TICK);
}

/** All times are counted from now, so that two states that differ in age alone are one. */
function older(run: RunState): RunState {
  if (run.at === 'end') return run;
  const { sent, since } = run.memory;
  const age = (at: number) => Math.max(at - TICK, -TICK);
  const memory = {
    ...run.memory,
    sent: sent === null ? null : { ...sent, at: age(sent.at) },
    since: age(since),
  };
  return { ...run, memory };
}
