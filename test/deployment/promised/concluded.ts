/** What a goal comes to if there is nothing left to do: an end that is so, or what it has to wait for. */
import type { GiveUp, GoBack, Serve, Stage, WithoutCandidate } from '../../../src/deployment/goal.ts';
import type { RolloutState } from '../../../src/deployment/observed.ts';
import { judge, NOTHING_SEEN } from '../../../src/deployment/rollout/watch.ts';
import type { End, Verdict, Wait } from '../../../src/deployment/verdict.ts';
import { hasWrittenOver, isAtRest, isCurrent, isOver, isPassing, type Asked, type View } from './view.ts';
import { awaitsOwn, isRolledBackFrom, startedBy } from './wanted.ts';

const wait = (what: Wait['for'], until: number | null = null): Verdict => ({ wait: { for: what, until } });
const end = (what: End): Verdict => ({ end: what });

export function conclusionOf(asked: Asked, view: View): Verdict {
  const { goal, memory } = asked;
  const { changed } = memory;
  const { serving, candidates = [] } = view;
  switch (goal.kind) {
    case 'serve':
      return served(goal, asked, view);
    case 'stage':
      return staged(goal, asked, view);
    case 'without-candidate':
      return discarded(goal, asked, view);
    case 'go-back':
      return wentBack(goal, asked, view);
    case 'gone':
      if (candidates.some((entry) => entry.ours && !isAtRest(entry))) return wait('candidate');
      return isPassing(serving) ? wait('move') : end({ kind: 'gone' });
    case 'tidy':
      return end({ kind: 'tidied', changed });
    case 'give-up':
      return givenUp(goal, asked, view);
  }
}

/** A goal that failed leaves nothing that was made for it. */
export function givingUp({ version, candidate, ...goal }: Serve | Stage, why: End): Verdict {
  return { turn: { kind: 'give-up', version, candidate, run: goal.kind === 'serve' ? goal.run : '', why } };
}

/** Until what this run has sent can be seen. */
function unseen({ memory, traits, seen }: Asked): Verdict {
  return wait('seen', (memory.sent?.at ?? seen.now) + traits.lagMs);
}

function served(goal: Serve, asked: Asked, view: View): Verdict {
  const { serving, candidates } = view;
  const { memory, traits } = asked;
  const { sent, changed } = memory;
  if (isPassing(serving)) return wait('move');
  if (serving.rollout !== undefined) return advanced(goal, serving.rollout, asked, view);
  if (serving.state === 'mixed') return end({ kind: 'needs-human' });
  if (serving.state === 'serving' && serving.version === goal.version) {
    if (serving.fit !== 'as-asked') return end({ kind: 'not-as-asked' });
    return end(hasWrittenOver(asked, goal.base) ? { kind: 'overtaken' } : { kind: 'serves', changed });
  }
  if (sent?.of === goal.version && sent.kind !== 'start-candidate') {
    if (!isOver(sent, asked)) return unseen(asked);
    const { from = goal.base } = sent;
    const isBack = serving.state !== 'absent' && [null, from].includes(serving.version);
    return givingUp(goal, { kind: isBack ? 'rolled-back' : 'replaced' });
  }
  if (serving.version !== goal.base) return givingUp(goal, { kind: 'outdated', serving: serving.version });
  if (isRolledBackFrom(goal, view)) return givingUp(goal, { kind: 'withdrawn' });
  if (serving.state === 'broken' && traits.broken === 'keep') return givingUp(goal, { kind: 'failed' });
  const isReady = candidates?.some(({ name, state }) => name === goal.candidate && state === 'ready');
  if (goal.candidate !== null && isReady !== true) return givingUp(goal, { kind: 'no-candidate' });
  throw new TypeError('There is a move to make, and nothing is wanted.');
}

/** A share is watched until the plan's time is over, and is judged on what was measured after that. */
function advanced(goal: Serve, state: RolloutState, asked: Asked, { serving, watch }: View): Verdict {
  const { rollout, base, version } = goal;
  const { seen } = asked;
  if (hasWrittenOver(asked, base)) return end({ kind: 'overtaken' });
  if (serving.towards !== version || serving.version !== base)
    return givingUp(goal, { kind: 'outdated', serving: serving.towards });
  if (awaitsOwn(goal, state, asked)) return unseen(asked);
  if (rollout === undefined) throw new TypeError('A step is left, and nothing is wanted.');
  const measured = watch ?? NOTHING_SEEN;
  const found = judge(measured, rollout.limits);
  const ends = state.at + rollout.bakeMs + rollout.lateMs;
  const lookAfter = (time: number): Verdict | null => {
    if ((seen.facets.watch?.at ?? 0) > time) return null;
    return seen.now > time ? { look: 'watch' } : wait('bake', time);
  };
  const first = lookAfter(state.at);
  if (first !== null) return first;
  if (found.is === 'bad') return givingUp(goal, { kind: 'rolled-back', found: found.found });
  const second = lookAfter(ends);
  if (second !== null) return second;
  const requests = Math.max(measured.to.requests, measured.own.requests);
  const { fewest } = rollout.limits;
  const says = `The new version answered ${requests} requests; ${fewest} are needed to judge it.`;
  return givingUp(goal, { kind: 'rolled-back', found: { is: 'too-few', says } });
}

function staged(goal: Stage, asked: Asked, { serving, candidates, ...view }: View): Verdict {
  const { sent } = asked.memory;
  const isSent = sent?.kind === 'start-candidate';
  const own = candidates?.find(({ name }) => name === goal.candidate);
  if (serving.version === goal.version) {
    if (!isSent) return end({ kind: 'unchanged' });
    if (own === undefined) return isOver(sent, asked) ? end({ kind: 'unchanged' }) : unseen(asked);
    return isAtRest(own) ? end({ kind: 'unchanged' }) : wait('candidate');
  }
  if (serving.version !== goal.base) return givingUp(goal, { kind: 'outdated', serving: serving.version });
  if (own?.state === 'ready') return end({ kind: 'staged' });
  if (own?.state === 'broken') return givingUp(goal, { kind: 'failed' });
  if (own !== undefined) return wait('candidate');
  if (isSent) return isOver(sent, asked) ? givingUp(goal, { kind: 'replaced' }) : unseen(asked);
  if (isRolledBackFrom(goal, { serving, ...view })) return givingUp(goal, { kind: 'withdrawn' });
  throw new TypeError('There is a candidate to start, and nothing is wanted.');
}

function discarded({ candidate }: WithoutCandidate, { memory }: Asked, { candidates = [] }: View): Verdict {
  const own = candidates.find(({ name }) => name === candidate);
  if (own !== undefined && !isAtRest(own)) return wait('candidate');
  return end({ kind: 'discarded', changed: memory.changed });
}

function wentBack({ from, to }: GoBack, asked: Asked, { serving, versions }: View): Verdict {
  const { sent, changed } = asked.memory;
  const isSent = sent?.kind === 'shift';
  const { state, version, towards } = serving;
  if (isPassing(serving)) return wait('move');
  if (state === 'absent' && isSent) return end({ kind: 'replaced' });
  if (state === 'absent' || state === 'broken') return end({ kind: 'nothing-to-go-back-to' });
  if (state === 'mixed') return end({ kind: 'needs-human' });
  if (state === 'shifting')
    return towards === from && version === to
      ? broughtBack(asked)
      : end({ kind: 'outdated', serving: towards });
  if (version === to) {
    if (serving.fit === 'count-off') return end({ kind: 'not-as-asked' });
    return end(hasWrittenOver(asked, from) ? { kind: 'overtaken' } : { kind: 'went-back', changed });
  }
  if (isSent) {
    if (!isOver(sent, asked)) return unseen(asked);
    return end({ kind: version === null || version === from ? 'failed' : 'replaced' });
  }
  if (version !== from) return end({ kind: 'outdated', serving: version });
  const isWhole = versions?.some((entry) => entry.version === to && entry.definition === 'whole');
  if (isWhole !== true) return end({ kind: 'nothing-to-go-back-to' });
  throw new TypeError('There is a way back, and nothing is wanted.');
}

/** All requests were sent back; if a rollout is there after that, somebody has begun it again. */
function broughtBack({ seen, memory, traits }: Asked): Verdict {
  const until = memory.since + traits.lagMs;
  if ((seen.facets.serving?.at ?? 0) > until) return end({ kind: 'contended' });
  return seen.now > until ? { look: 'serving' } : wait('seen', until);
}

function givenUp({ version, why }: GiveUp, asked: Asked, view: View): Verdict {
  const { serving, scaling, candidates, versions } = view;
  const isAtFault = why.kind === 'refused' || (why.kind === 'rolled-back' && why.found !== undefined);
  const isTowards = serving.towards === version;
  if (serving.state === 'shifting' && isTowards && isAtFault) return broughtBack(asked);
  const isAside = scaling === 'set-aside' || scaling === 'half-aside';
  if (isPassing(serving) && (isTowards || serving.state === 'going' || isAside)) return wait('move');
  const own = startedBy(asked);
  if (candidates?.some(({ name, state }) => name === own && state === 'starting') === true)
    return wait('candidate');
  const known = versions?.find((entry) => entry.version === version);
  const isSpare =
    known?.ours === true &&
    !known.served &&
    !known.withdrawn &&
    ![serving.version, serving.towards].includes(version);
  if (isSpare && candidates !== undefined && !isCurrent('candidates', asked))
    return unsure(asked, 'candidates');
  return end(why.kind === 'rolled-back' && serving.version === version ? { kind: 'contended' } : why);
}

/** Once what was changed last can usually be seen. */
export function unsure({ seen, memory, traits }: Asked, facet: keyof Asked['seen']['facets']): Verdict {
  const visible = memory.since + traits.usualLagMs;
  return seen.now > visible ? { look: facet } : wait('seen', visible);
}
