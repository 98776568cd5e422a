/** What must be so: at any time, at a step, when an end is said, and when all runs have ended. */
import type { Goal } from '../../src/deployment/goal.ts';
import {
  valueOf,
  type Facets,
  type Observed,
  type Serving,
  type VersionState,
} from '../../src/deployment/observed.ts';
import { NOTHING_SEEN, type Watch } from '../../src/deployment/rollout/watch.ts';
import type { Step, Verdict } from '../../src/deployment/verdict.ts';
import type { RunState, Scenario, State } from './explore.ts';
import { reap } from './reap.ts';
import { isUnderWay } from './world.ts';

/** What serves is the old version, or one that a command asked for. */
export function always({ world }: State, { start, goals }: Scenario): string[] {
  const old = start.serving.version;
  if (old === null || goals.some(({ kind }) => kind === 'gone')) return [];
  const { version } = world.facets.serving;
  if (version === null) return ['nothing serves'];
  const may = [old, start.serving.towards, ...goals.flatMap(wanted)];
  const wrong = may.includes(version) ? [] : [`${version} serves, which nobody asked for`];
  return isApproved(world.facets.serving, start, goals) ? wrong : [...wrong, 'shares that nobody approved'];
}

/** Requests are split as a strategy says, between the version that it begins with and the one that it leads to. */
function isApproved({ version, towards, rollout }: Serving, start: Facets, goals: readonly Goal[]): boolean {
  const { percent } = rollout ?? start.serving.rollout ?? {};
  if (rollout === undefined || percent === undefined) return true;
  const isLeft = start.serving.towards === towards && start.serving.rollout?.percent === percent;
  const isStep = (goal: Goal) =>
    goal.kind === 'serve' &&
    goal.version === towards &&
    goal.base === version &&
    goal.rollout?.steps.includes(percent);
  return isLeft || goals.some(isStep);
}

/** No step is taken that the watch has not found good, for as long as the plan says. */
export function deciding(step: Step, { now, facets }: Observed, goal: Goal): string[] {
  const versions = facets.versions as { readonly value: Facets['versions'] } | undefined;
  const serving = facets.serving as { readonly value: Serving } | undefined;
  const { rollout } = serving?.value ?? {};
  if (rollout === undefined && isOfOldPlan(step, versions?.value ?? [], goal))
    return ['a version that was rolled back from since is decided on'];
  const isOn =
    step.kind === 'unmark' || (step.kind === 'shift' && (step.percent ?? 0) > (rollout?.percent ?? 0));
  if (goal.kind !== 'serve' || rollout === undefined || !isOn || (goal.rollout?.bakeMs ?? 0) === 0) return [];
  const watch = facets.watch as { readonly value: Watch } | undefined;
  const { to, own } = watch?.value ?? NOTHING_SEEN;
  const isGood =
    to.errors + own.failed === 0 && Math.max(to.requests, own.requests) >= goal.rollout!.limits.fewest;
  const isBaked = rollout.at + goal.rollout!.bakeMs < now;
  return [
    ...(isGood ? [] : ['it goes on, and the watch has not found it good']),
    ...(isBaked ? [] : ['it goes on, and the step is not over']),
  ];
}

/** What is waited for is under way, or was done a moment ago; and what is seen to be needed comes first. */
export function onVerdict(verdict: Verdict, seen: Observed, run: RunState, scenario: Scenario): string[] {
  const { memory, goal } = run;
  const serving = valueOf(seen, 'serving');
  if (!('wait' in verdict)) return giving(verdict, run, scenario);
  const { for: what, until } = verdict.wait;
  const candidates = valueOf(seen, 'candidates') ?? [];
  const isSo = {
    move: serving !== undefined && isUnderWay(serving),
    candidate: candidates.some(({ state }) => state === 'starting' || state === 'going'),
    bake: serving?.rollout !== undefined && until !== null,
    seen: until !== null && until >= seen.now && isYoung(memory, seen.now - scenario.traits.lagMs),
  }[what] as boolean | undefined;
  const wrong = isSo === true ? [] : [`waits for "${what}", which is not to come`];
  if (goal.kind !== 'go-back' || what !== 'move') return wrong;
  const { abort } = scenario.traits;
  const isOurs = serving?.state === 'moving' && serving.towards === goal.from;
  const guard = valueOf(seen, 'guards')?.find(({ name }) => serving?.guards.includes(name));
  const isToDo = isOurs && abort === 'guard' && guard !== undefined;
  const isDone = Object.keys(memory.given).some((key) => key.startsWith('abort-shift'));
  return isToDo && !isDone ? [...wrong, 'waits for a move that it should undo'] : wrong;
}

/** So often a step may be lost to others. */
const MOST_LOST = 5;

/** A run gives up when it has lost a step five times, neither earlier nor later. */
function giving(verdict: Verdict, { losses, goal }: RunState, { faults }: Scenario): string[] {
  if (faults.lost === undefined) return [];
  if ('do' in verdict) return losses >= MOST_LOST ? ['it tries again and again'] : [];
  const why =
    'turn' in verdict ? verdict.turn.why : 'end' in verdict && goal.kind !== 'give-up' ? verdict.end : null;
  return why?.kind === 'contended' && losses < MOST_LOST ? ['it gives up too early'] : [];
}

function isYoung({ sent, since }: RunState['memory'], from: number): boolean {
  return Math.max(sent?.at ?? since, since) >= from;
}

/** A first step towards a version that others have rolled back from since it was planned. */
function isOfOldPlan({ kind, of }: Step, versions: Facets['versions'], goal: Goal): boolean {
  if (goal.kind !== 'serve' && goal.kind !== 'stage') return false;
  if (goal.withdrawn || !['shift', 'open', 'start-candidate'].includes(kind)) return false;
  const aimed = kind === 'start-candidate' ? goal.version : of;
  return versions.some(({ version, withdrawn }) => version === aimed && withdrawn);
}

function wanted(goal: Goal): string[] {
  if (goal.kind === 'serve') return [goal.version];
  return goal.kind === 'go-back' ? [goal.to] : [];
}

export function atStep(step: Step, { world }: State, { goals, traits }: Scenario, index: number): string[] {
  const goal = goals[index]!;
  const { version } = world.facets.serving;
  if (goal.kind === 'serve' && step.kind === 'shift' && traits.swap !== 'compare-then-write')
    return [
      ...(version === goal.base ? [] : ['an approval is carried out on another base']),
      ...(isOfOldPlan(step, world.facets.versions, goal) && world.facets.serving.etag !== null
        ? ['an approval is carried out after a rollback from its version']
        : []),
    ];
  if (goal.kind === 'go-back' && step.kind === 'shift' && traits.swap !== 'compare-then-write')
    return version === goal.from ? [] : ['goes back from a version that was not meant'];
  if (step.kind === 'retire-version') {
    const { serving, users } = world.facets;
    const isUsed = serving.version === step.of || users.includes(step.of);
    const isForGood = goals.some(({ kind }) => kind === 'gone') && serving.version !== step.of;
    const isOurs = world.facets.versions.find(({ version }) => version === step.of)?.ours === true;
    return [
      ...(isUsed && !isForGood && traits.swap !== 'compare-then-write'
        ? ['a version in use is removed']
        : []),
      ...(isOurs ? [] : ['a version is removed that is not ours']),
    ];
  }
  return step.kind === 'drop-candidate' ? dropping(step, world.facets, goal) : [];
}

/** Only what the command is about: the candidates of its version, its own, or those whose time is over. */
function dropping({ of }: Step, { candidates }: Facets, goal: Goal): string[] {
  const candidate = candidates.find(({ name }) => name === of);
  if (candidate === undefined) return [];
  const { ours, version, expiresAt, environment } = candidate;
  const isMeant =
    goal.kind === 'gone' ||
    (goal.kind === 'serve' && version === goal.version) ||
    (goal.kind === 'stage' && (of === goal.candidate || expiresAt <= 0)) ||
    (goal.kind === 'without-candidate' && of === goal.candidate) ||
    (goal.kind === 'tidy' && expiresAt <= 0 && [null, environment].includes(goal.environment));
  const isTheirs = !ours && goal.kind !== 'without-candidate' && goal.kind !== 'stage';
  return isMeant && !isTheirs ? [] : ['a candidate is removed that the command is not about'];
}

const GREEN = ['serves', 'staged', 'went-back', 'gone'];

/** An end is said of what is so; with other runs about, of what was so a moment ago. */
export function sayingSo(
  { end, goal, isOffBase }: RunState,
  { world, runs }: State,
  scenario: Scenario,
): string[] {
  const kind = end?.kind ?? '';
  if ((kind === 'serves' || kind === 'went-back') && isOffBase)
    return ['green, although it moved from another base'];
  if (kind === 'rolled-back' && runs.length === 1 && takesRequests(goal, world.facets))
    return [`${scenario.name} says rolled-back, and the version takes requests`];
  if (runs.length > 1 || !GREEN.includes(kind)) return [];
  return [
    ...(isTrue(kind, goal, world.facets, scenario)
      ? []
      : [`${scenario.name} says ${kind}, and it is not so`]),
    ...(scenario.faults.denied.length === 0 ? unfinished(goal, world.facets, scenario) : []),
  ];
}

/** Where a rollback from a version would go to. */
function wayBack({ versions }: Pick<Facets, 'versions'>, from: string): string | null {
  const names = versions.map(({ version }) => version);
  const older = versions.filter(
    ({ version, withdrawn }) => names.indexOf(version) > names.indexOf(from) && !withdrawn,
  );
  const [best] = [...older.filter(({ verified }) => verified), ...older.filter(({ served }) => served)];
  return best?.version ?? null;
}

/** What is green is noted as well, and has left no more old versions than were asked for. */
function unfinished(
  goal: Goal,
  { serving, versions, scaling }: Facets,
  { faults, start, leaves }: Scenario,
): string[] {
  const noted = (version: string | null) => versions.find((entry) => entry.version === version);
  const wrong: string[] = [];
  const names = versions.map(({ version }) => version).join(' ');
  if (leaves !== undefined && names !== leaves) wrong.push(`${names} are left, not ${leaves}`);
  if (goal.kind === 'go-back' && noted(goal.from)?.withdrawn === false)
    wrong.push('it went back from a version that is not noted as withdrawn');
  if (goal.kind !== 'serve' && goal.kind !== 'go-back') return wrong;
  if (noted(serving.version)?.withdrawn === true) wrong.push('what serves is noted as withdrawn');
  if (goal.kind === 'serve' && goal.scaling === 'set' && scaling !== 'as-asked')
    wrong.push('autoscaling is not set');
  if (goal.kind === 'serve' && goal.scaling === 'end' && scaling !== 'none')
    wrong.push('autoscaling is not ended');
  const needed = [serving.version, goal.kind === 'serve' ? goal.base : goal.from, ...start.users];
  const live = start.versions.find(({ version }) => version === serving.version);
  const asIfNew = [live!, ...start.versions.filter((entry) => entry !== live)];
  const isMoved = goal.kind === 'serve' && goal.base !== goal.version && live !== undefined;
  if (isMoved && wayBack({ versions: asIfNew }, live.version) !== wayBack({ versions }, live.version))
    wrong.push('what a rollback would go to is gone');
  const old = versions.filter(({ version, served, ours }) => served && ours && !needed.includes(version));
  // Those that are kept, one that a rollback would go to, and one that a rollback from there would go to.
  if (old.length > goal.keep + 2 && faults.hidden === undefined) wrong.push('old versions are left');
  return wrong;
}

function takesRequests(goal: Goal, { serving }: Facets): boolean {
  return 'version' in goal && [serving.version, serving.towards].includes(goal.version);
}

function isTrue(
  kind: string,
  goal: Goal,
  { serving, candidates, versions }: Facets,
  { start, faults }: Scenario,
): boolean {
  const isQuiet = serving.state === 'serving';
  if (goal.kind === 'serve') return isQuiet && serving.version === goal.version;
  if (goal.kind === 'go-back') return isQuiet && serving.version === goal.to;
  if (goal.kind === 'stage')
    return candidates.some(({ name, state }) => name === goal.candidate && state === 'ready');
  const isNeeded = (name: string) =>
    start.users.includes(name) || candidates.some(({ version, ours }) => !ours && version === name);
  const isKept = ({ ours, version }: VersionState) => !ours || isNeeded(version);
  if (goal.kind === 'gone')
    return serving.state === 'absent' && (faults.hidden !== undefined || versions.every(isKept));
  throw new TypeError(`The goal ${goal.kind} ended as ${kind}.`);
}

/** When all is quiet: nothing is lost, and after the reaper nothing is left either. */
export function atEnd(state: State, scenario: Scenario): string[] {
  const { facets } = state.world;
  if (isUnderWay(facets.serving)) return [];
  if (facets.candidates.some((entry) => entry.state === 'starting' || entry.state === 'going')) return [];
  const hasDied = state.runs.some(({ crashes }) => crashes > 0);
  const { denied, refused = [], hidden = [], lost: overtaken = [] } = scenario.faults;
  // What may not be looked at counts as in use.
  const isBlind = hidden.includes('candidates') || hidden.includes('users');
  const isHindered = denied.length + refused.length > 0 || isBlind || overtaken.includes('retire-version');
  const isAlone = state.runs.length === 1 && !hasDied && !isHindered;
  return [
    ...lost(facets, scenario),
    ...(hasDied || isHindered ? [] : unstaged(state, scenario)),
    ...(isAlone ? leftovers(facets, scenario, false) : []),
    ...(denied.length > 0
      ? []
      : leftovers(reap(facets, scenario), scenario, true).map((what) => `${what} after the reaper`)),
  ];
}

/** A candidate is there that nobody has told of: whoever started it has failed, and left it. */
function unstaged({ world, runs }: State, { start, goals }: Scenario): string[] {
  const isTold = (name: string) =>
    goals.some(
      (goal, at) => 'candidate' in goal && goal.candidate === name && runs[at]?.end?.kind === 'staged',
    );
  const isNew = (name: string) => start.candidates.every((known) => known.name !== name);
  return world.facets.candidates.some(({ name }) => isNew(name) && !isTold(name))
    ? ['a candidate is left that nobody has told of']
    : [];
}

function lost(
  { serving, versions, candidates, scaling }: Facets,
  { start, goals, faults }: Scenario,
): string[] {
  const wrong: string[] = [];
  const live = versions.find(({ version }) => version === serving.version);
  if (serving.version !== null && live === undefined) wrong.push('what serves has lost its version');
  const isWanted = goals.some((goal) => goal.kind === 'serve' && goal.version === live?.version);
  if (live?.served === false && isWanted && !faults.denied.includes('note'))
    wrong.push('it serves, and is not noted');
  // Whoever says `staged` has seen to it.
  const isOrphan = candidates.some(
    ({ version: of, state }) => state === 'ready' && versions.every(({ version }) => version !== of),
  );
  if (isOrphan) wrong.push('a candidate has lost its version');
  if (serving.state === 'serving' && scaling === 'set-aside') wrong.push('autoscaling is lost');
  const isMeant = goals.some(
    (goal) => goal.kind === 'gone' || (goal.kind === 'serve' && goal.scaling === 'end'),
  );
  if (start.scaling !== 'none' && scaling === 'none' && !isMeant) wrong.push('autoscaling is lost');
  return wrong;
}

function leftovers(
  { serving, versions, guards, candidates }: Facets,
  { goals, start }: Scenario,
  isTidied: boolean,
): string[] {
  const wrong: string[] = [];
  const before = [...start.guards.map(({ name }) => name), ...start.serving.guards];
  const wasThere = (name: string) => !isTidied && before.includes(name);
  if (guards.some(({ name }) => !wasThere(name))) wrong.push('a guard is left');
  if (isTidied && serving.rollout !== undefined) wrong.push('a rollout is left');
  const staged = goals.flatMap((goal) => (goal.kind === 'stage' ? [goal.candidate] : []));
  // What was there before is the reaper's, once nobody can be about to use it.
  const isNeeded = (version: string) =>
    serving.version === version ||
    candidates.some((entry) => entry.version === version) ||
    start.users.includes(version) ||
    (!isTidied && start.versions.some((entry) => entry.version === version));
  if (versions.some(({ version, served, ours }) => ours && !served && !isNeeded(version)))
    wrong.push('a version that never served is left');
  const wasBegun = (name: string) => !isTidied && start.candidates.some((entry) => entry.name === name);
  if (candidates.some(({ name, state }) => state === 'broken' && !staged.includes(name) && !wasBegun(name)))
    wrong.push('a broken candidate is left');
  return wrong;
}
