/**
 * The steps that a goal needs in what is seen, each for a reason of its own, and in which order. A step that is not among
 * them is one that nobody needs; while any of them is left, nobody waits and nothing ends.
 */
import type { GiveUp, GoBack, Serve, Stage, Tidy, WithoutCandidate } from '../../../src/deployment/goal.ts';
import type { Facets, RolloutState } from '../../../src/deployment/observed.ts';
import type { Rollout } from '../../../src/deployment/rollout/strategy.ts';
import { judge, NOTHING_SEEN } from '../../../src/deployment/rollout/watch.ts';
import type { Step } from '../../../src/deployment/verdict.ts';
import {
  hasWrittenOver,
  isAtRest,
  isCurrent,
  isOver,
  isPassing,
  wayBack,
  type Asked,
  type View,
} from './view.ts';

export interface Wanted {
  readonly step: Omit<Step, 'basis'>;
  /** Whatever becomes of it is no reason to fail. */
  readonly isOptional: boolean;
  /** A step of a later stage waits for those of the earlier ones. */
  readonly stage: number;
}

type Listed = readonly Wanted[];

const must = (stage: number, kind: Step['kind'], of: string, more: Partial<Step> = {}): Wanted => ({
  step: { kind, of, ...more },
  isOptional: false,
  stage,
});
const may = (stage: number, kind: Step['kind'], of: string, more: Partial<Step> = {}): Wanted => ({
  ...must(stage, kind, of, more),
  isOptional: true,
});
const when = (isSo: boolean, ...some: Wanted[]): Listed => (isSo ? some : []);

export function wantedBy(asked: Asked, view: View): Listed {
  const { goal } = asked;
  switch (goal.kind) {
    case 'serve':
      return toServe(goal, asked, view);
    case 'stage':
      return toStage(goal, asked, view);
    case 'without-candidate':
      return toDiscard(goal, view);
    case 'go-back':
      return toGoBack(goal, asked, view);
    case 'gone':
      return toEnd(view);
    case 'tidy':
      return toTidy(goal, asked, view);
    case 'give-up':
      return toGiveUp(goal, asked, view);
  }
}

function toServe(goal: Serve, asked: Asked, view: View): Listed {
  const { serving, versions } = view;
  const { version, base } = goal;
  if (isPassing(serving)) return serving.towards === version ? missingGuards(view) : [];
  if (serving.rollout !== undefined) return toAdvance(goal, serving.rollout, asked, view);
  if (serving.state === 'mixed') return toRestore(1, view);
  if (serving.state === 'serving' && serving.version === version) return toFinish(goal, asked, view);
  const isSent = asked.memory.sent?.of === version && asked.memory.sent.kind !== 'start-candidate';
  if (isSent || serving.version !== base || versions === undefined || isRolledBackFrom(goal, view)) return [];
  if (serving.state === 'broken') return when(asked.traits.broken === 'replace', must(1, 'close', ''));
  const isReady = ({ name, state }: { name: string; state: string }) =>
    name === goal.candidate && state === 'ready';
  if (goal.candidate !== null && view.candidates?.some(isReady) !== true) return [];
  return [...toMake(1, version, versions), ...toMove(goal, asked, view)];
}

/** Whatever would have to be there for the move comes before it. */
function toMove(goal: Serve, { traits }: Asked, { serving, guards, scaling, watch }: View): Listed {
  const { version, run, guarded, otherMachines, rollout } = goal;
  if (serving.state === 'absent') return [must(3, 'open', version)];
  const guard = `${version}@${run}`;
  const hasGuard = guards?.some(({ name }) => name === guard) ?? true;
  const hasScaling = scaling !== undefined && scaling !== 'none' && scaling !== 'set-aside';
  const isBlind =
    (guarded && guards === undefined) ||
    (otherMachines && scaling === undefined) ||
    ((rollout?.bakeMs ?? 0) > 0 && traits.shifts === 'us' && watch === undefined);
  const byUs = traits.shifts === 'us' ? share(version, rollout?.steps[0] ?? 100, rollout) : null;
  const byPlatform = must(3, 'shift', version, guarded ? { with: guard } : {});
  return [
    ...when(guarded && !hasGuard, must(2, 'guard', guard)),
    ...when(otherMachines && hasScaling, must(2, 'set-scaling-aside', '')),
    ...when(!isBlind, byUs ?? byPlatform),
  ];
}

const AN_HOUR = 3_600_000;

/** A marker is left, but where all requests go at once and nobody watches. */
function share(version: string, percent: number, rollout: Rollout | undefined): Wanted {
  const { bakeMs = 0, lateMs = 0 } = rollout ?? {};
  const isLast = percent === 100 && bakeMs === 0;
  const held = isLast ? {} : { holdMs: bakeMs + lateMs + AN_HOUR };
  return must(3, 'shift', version, { percent, ...held });
}

/** Each share of the strategy once, in its order, none before it was watched for its whole time and found good. */
function toAdvance(goal: Serve, state: RolloutState, asked: Asked, { serving, watch }: View): Listed {
  const { version, base, rollout } = goal;
  const { seen } = asked;
  if (hasWrittenOver(asked, base) || serving.towards !== version || serving.version !== base) return [];
  if (awaitsOwn(goal, state, asked)) return [];
  if (seen.now > state.until) return [share(version, state.percent, rollout)];
  const later = (rollout?.steps ?? [100]).filter((percent) => percent > state.percent);
  const next = later.length === 0 ? must(3, 'unmark', version) : share(version, Math.min(...later), rollout);
  if (rollout === undefined || rollout.bakeMs === 0) return [next];
  const isBaked = (seen.facets.watch?.at ?? 0) > state.at + rollout.bakeMs + rollout.lateMs;
  const found = judge(watch ?? NOTHING_SEEN, rollout.limits);
  if (watch === undefined || !isBaked || found.is === 'bad') return [];
  const { percent } = state;
  // What the platform counts may be of a run that died, and has ours only later: only our own count.
  const requests = rollout.limits.fewest - watch.own.requests;
  return found.is === 'good' ? [next] : [may(3, 'ask', version, { percent, requests })];
}

/** What this run has sent is not seen yet: a further share, the end, or a new date. */
export function awaitsOwn(goal: Serve, { percent, until }: RolloutState, asked: Asked): boolean {
  const { sent } = asked.memory;
  if (sent?.of !== goal.version || isOver(sent, asked)) return false;
  const isNewDate = sent.percent === percent && asked.seen.now > until;
  return sent.kind === 'unmark' || (sent.percent ?? 0) > percent || isNewDate;
}

/** It serves: first it is noted, then what was set aside comes back, and last of all what nobody needs goes. */
function toFinish(goal: Serve, asked: Asked, view: View): Listed {
  const { version, base, scaling: wish, keep } = goal;
  const { serving, versions, scaling, candidates } = view;
  if (versions === undefined) return [];
  const known = versions.find((entry) => entry.version === version);
  const newest = versions.find(({ served }) => served)?.version;
  const isNoted = known?.served !== false && (base === version || newest === version);
  const twins = (candidates ?? []).filter(
    (entry) => entry.ours && entry.version === version && isAtRest(entry),
  );
  return [
    ...toMake(1, version, versions),
    ...when(!isNoted && serving.fit !== 'count-off', must(1, 'note', version, { note: 'served' })),
    ...when(known?.withdrawn === true, must(1, 'note', version, { note: 'reinstated' })),
    ...spareGuards(2, version, asked, view),
    ...(wish === 'end' ? [] : toRestore(3, view)),
    ...when(wish === 'end' && ![undefined, 'none'].includes(scaling), must(4, 'end-scaling', '')),
    ...when(wish === 'set' && ![undefined, 'as-asked'].includes(scaling), must(4, 'set-scaling', '')),
    ...when(serving.fit === 'count-off' && scaling !== undefined, must(5, 'set-count', '')),
    ...(serving.fit === 'as-asked' && scaling !== undefined
      ? [
          ...twins.map(({ name }) => may(6, 'drop-candidate', name)),
          ...toPrune(7, { live: [serving.version, serving.towards], keep }, asked, view),
        ]
      : []),
  ];
}

function toStage(goal: Stage, asked: Asked, view: View): Listed {
  const { serving, candidates, versions } = view;
  const { sent } = asked.memory;
  const isSent = sent?.kind === 'start-candidate';
  const own = candidates?.find(({ name }) => name === goal.candidate);
  if (serving.version === goal.version)
    return when(isSent && own?.ours === true && isAtRest(own), may(1, 'drop-candidate', goal.candidate));
  if (serving.version !== goal.base || candidates === undefined) return [];
  const isUp = own?.state === 'ready' || own?.state === 'starting';
  const isBrief = own?.ours === true && isUp && own.expiresAt < goal.until;
  const kept = when(isBrief, may(1, 'keep-candidate', goal.candidate));
  if (own?.state === 'ready') return [...kept, ...(versions ? toMake(2, goal.version, versions) : [])];
  if (own?.state === 'broken') return when(!isSent, must(2, 'drop-candidate', goal.candidate));
  if (own !== undefined) return kept;
  if (isSent || isRolledBackFrom(goal, view)) return [];
  if (versions === undefined && !goal.withdrawn) return [];
  return [
    ...expired(candidates, asked).map(({ name }) => may(1, 'drop-candidate', name)),
    ...(versions === undefined
      ? []
      : [
          ...toMake(2, goal.version, versions),
          must(3, 'start-candidate', goal.candidate, { with: goal.version }),
        ]),
  ];
}

function toDiscard({ candidate: name, version }: WithoutCandidate, view: View): Listed {
  const { serving, candidates, versions, users } = view;
  if (candidates === undefined) return [];
  const own = candidates.find((entry) => entry.name === name);
  if (own !== undefined && !isAtRest(own)) return [];
  const known = versions?.find((entry) => entry.version === version);
  const isUnused =
    known?.ours === true &&
    !known.served &&
    ![serving.version, serving.towards].includes(version) &&
    candidates.every((entry) => entry.version !== version) &&
    users?.includes(version) === false;
  return [
    ...when(own?.ours === true, must(1, 'drop-candidate', name)),
    ...when(isUnused, may(2, 'retire-version', version)),
  ];
}

function toGoBack(goal: GoBack, asked: Asked, view: View): Listed {
  const { serving, guards, versions, scaling } = view;
  const { from, to } = goal;
  const { memory, traits } = asked;
  if (isPassing(serving)) {
    const isMeant = serving.state === 'moving' && serving.towards === from && traits.abort === 'guard';
    const guard = serving.guards.find((name) => guards?.some((known) => known.name === name));
    return when(isMeant && guard !== undefined, may(1, 'abort-shift', guard ?? ''));
  }
  if (serving.state === 'mixed') return toRestore(1, view);
  if (serving.state === 'absent' || serving.state === 'broken') return [];
  if (serving.state === 'shifting')
    return when(serving.towards === from && serving.version === to, must(1, 'abort-shift', from));
  if (serving.version === to) return toArrive(goal, asked, view);
  if (memory.sent?.kind === 'shift') return isOver(memory.sent, asked) ? toRestore(1, view) : [];
  if (serving.version !== from) return toRestore(1, view);
  const isWhole = versions?.some(({ version, definition }) => version === to && definition === 'whole');
  if (isWhole !== true) return [];
  const isAside = scaling === 'none' || scaling === 'set-aside';
  const byUs = traits.shifts === 'us' ? { percent: 100 } : {};
  const isBlind = goal.otherMachines && scaling === undefined;
  return [
    ...when(goal.otherMachines && !isAside && !isBlind, must(1, 'set-scaling-aside', '')),
    ...when(!isBlind, must(2, 'shift', to, byUs)),
  ];
}

function toArrive(goal: GoBack, asked: Asked, view: View): Listed {
  const { from, to, keep } = goal;
  const { serving, versions, scaling } = view;
  if (scaling === undefined) return [];
  const restored = toRestore(1, view);
  if (serving.fit === 'count-off') return [...restored, must(2, 'set-count', '')];
  const noted = (name: string) => versions?.find(({ version }) => version === name);
  return [
    ...restored,
    ...when(noted(from)?.withdrawn === false, must(3, 'note', from, { note: 'withdrawn' })),
    ...when(noted(to)?.withdrawn === true, must(3, 'note', to, { note: 'reinstated' })),
    ...spareGuards(4, from, asked, view),
    ...toPrune(5, { live: [serving.version, serving.towards, from, to], keep }, asked, view),
  ];
}

function toEnd({ serving, candidates, guards, versions, users }: View): Listed {
  if (candidates === undefined) return [];
  const own = candidates.filter(({ ours }) => ours);
  if (!own.every(isAtRest)) return [];
  const dropped = own.map(({ name }) => must(1, 'drop-candidate', name));
  if (isPassing(serving)) return dropped;
  const isFree = (name: string) =>
    users?.includes(name) === false && candidates.every(({ version }) => version !== name);
  const spare = (versions ?? []).filter(({ version, ours }) => ours && isFree(version));
  return [
    ...dropped,
    ...when(serving.state !== 'absent', must(2, 'close', '')),
    ...(guards ?? []).map(({ name }) => may(3, 'unguard', name)),
    ...spare.map(({ version }) => may(4, 'retire-version', version)),
  ];
}

function toTidy({ environment }: Tidy, asked: Asked, view: View): Listed {
  const { serving, candidates } = view;
  if (candidates === undefined) return [];
  const isMeant = (entry: Facets['candidates'][number]) =>
    entry.version !== serving.towards && [null, entry.environment].includes(environment);
  const { until = Infinity } = serving.rollout ?? {};
  const isQuiet = !isPassing(serving) && serving.state !== 'shifting';
  return [
    ...expired(candidates, asked)
      .filter(isMeant)
      .map(({ name }) => may(1, 'drop-candidate', name)),
    ...when(until < asked.seen.now, may(2, 'abort-shift', serving.towards ?? '')),
    ...(isQuiet
      ? [
          ...toRestore(3, view),
          ...old(4, asked, view),
          ...toPrune(5, { live: [serving.version], keep: Infinity }, asked, view),
        ]
      : []),
  ];
}

function toGiveUp(goal: GiveUp, asked: Asked, view: View): Listed {
  const { version, run, why } = goal;
  const { serving, candidates, guards, versions, users, scaling } = view;
  const isAtFault = why.kind === 'refused' || (why.kind === 'rolled-back' && why.found !== undefined);
  if (serving.state === 'shifting' && serving.towards === version && isAtFault)
    return [must(1, 'abort-shift', version)];
  const isAside = scaling === 'set-aside' || scaling === 'half-aside';
  const isOurs = serving.towards === version || serving.state === 'going';
  if (isPassing(serving) && (isOurs || isAside)) return [];
  const isOwnGuard = (name: string) => name.split('#')[0] === `${version}@${run}`;
  const own = startedBy(asked);
  const isBroken = serving.state === 'broken' && asked.traits.broken === 'replace';
  const lost = (candidates ?? []).filter(
    ({ name, ours, state, version: of }) =>
      ours && ((state === 'broken' && of === version) || (state === 'ready' && name === own)),
  );
  const isStarting = candidates?.some(({ name, state }) => name === own && state === 'starting') === true;
  const known = versions?.find((entry) => entry.version === version);
  const isUnused =
    known?.ours === true &&
    !known.served &&
    !known.withdrawn &&
    ![serving.version, serving.towards].includes(version) &&
    candidates?.some((entry) => entry.version === version && entry.state !== 'going') === false &&
    isCurrent('candidates', asked) &&
    users?.includes(version) === false;
  return [
    ...(guards ?? [])
      .filter(({ name }) => run !== '' && isOwnGuard(name))
      .map(({ name }) => may(2, 'unguard', name)),
    ...toRestore(3, view),
    ...when(isBroken && why.kind === 'rolled-back', must(4, 'close', '')),
    ...when(!isStarting, ...lost.map(({ name }) => may(5, 'drop-candidate', name))),
    ...when(!isStarting && isUnused, may(6, 'retire-version', version)),
  ];
}

/** The candidate that this run has started, before it gave up. */
export function startedBy({ memory }: Asked): string | null {
  return memory.sent?.kind === 'start-candidate' ? memory.sent.of : null;
}

/** The move is watched by guards that are gone. */
function missingGuards({ serving, guards }: View): Listed {
  if (guards === undefined) return [];
  const missing = serving.guards.filter((name) => guards.every((known) => known.name !== name));
  return missing.map((name) => may(1, 'guard', name));
}

/** The plan, and its approval, are older than a rollback from the version. */
export function isRolledBackFrom({ version, withdrawn }: Serve | Stage, { versions }: View): boolean {
  return !withdrawn && versions?.find((entry) => entry.version === version)?.withdrawn === true;
}

function toMake(stage: number, name: string, versions: Facets['versions']): Listed {
  const isWhole = versions.some(({ version, definition }) => version === name && definition === 'whole');
  return when(!isWhole, must(stage, 'make-version', name));
}

/** Autoscaling of nothing, or of what can do nothing, stays as it is. */
function toRestore(stage: number, { serving, scaling }: View): Listed {
  const isThere = serving.state !== 'absent' && serving.state !== 'broken';
  const isAside = scaling === 'set-aside' || scaling === 'half-aside';
  return when(isThere && isAside, must(stage, 'restore-scaling', ''));
}

function expired(candidates: Facets['candidates'], { seen }: Asked): Facets['candidates'] {
  return candidates.filter((entry) => entry.ours && entry.expiresAt <= seen.now && isAtRest(entry));
}

/** Guards of moves to a version that has arrived, and those of runs that are long dead. */
function spareGuards(stage: number, version: string, asked: Asked, view: View): Listed {
  const own = (view.guards ?? []).filter(({ name }) => name.split('@')[0] === version);
  return [...own.map(({ name }) => may(stage, 'unguard', name)), ...old(stage, asked, view)];
}

function old(stage: number, { seen, traits }: Asked, { guards }: View): Listed {
  const some = (guards ?? []).filter(({ madeAt }) => seen.now - madeAt > traits.unusedMs);
  return some.map(({ name }) => may(stage, 'unguard', name));
}

/**
 * All but what serves or is about to, what a candidate or another endpoint uses, where a rollback from any of them would
 * go to, where one from there would go to, the newest `keep` that served, and what is too new to be unused.
 */
function toPrune(
  stage: number,
  { live, keep }: { readonly live: readonly (string | null)[]; readonly keep: number },
  { seen, traits }: Asked,
  { serving, versions = [], candidates, users }: View,
): Listed {
  if (candidates === undefined || users === undefined) return [];
  const back = live.map((version) => wayBack(versions, version));
  const waiting = candidates.filter(({ state }) => state !== 'going').map(({ version }) => version);
  const before = versions.filter(({ version, served }) => served && !live.includes(version));
  const kept = [
    ...[...live, ...back, wayBack(versions, wayBack(versions, serving.version))],
    ...[...waiting, ...users],
    ...before.filter((_, at) => at < keep).map(({ version }) => version),
  ];
  const isOld = ({ served, madeAt }: Facets['versions'][number]) =>
    served || seen.now - madeAt > traits.unusedMs;
  return versions
    .filter((entry) => entry.ours && isOld(entry) && !kept.includes(entry.version))
    .map(({ version }) => may(stage, 'retire-version', version));
}
