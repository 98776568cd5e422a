/**
 * How a verdict depends on what was looked at. The exploration sees everything at once; the loop of the product looks at
 * one facet after the other, and keeps each until something changes it. So each verdict is asked for again without one of
 * the facets, with one that nobody may see, and with one that is old.
 */
import type { Goal } from '../../src/deployment/goal.ts';
import type { Memory } from '../../src/deployment/memory.ts';
import type { Facet, Observed } from '../../src/deployment/observed.ts';
import type { Traits } from '../../src/deployment/traits.ts';
import type { Verdict } from '../../src/deployment/verdict.ts';
import { product } from './product.ts';
import { breaking } from './promised/promises.ts';

export interface Asked {
  readonly goal: Goal;
  readonly seen: Observed;
  /** Before the look is noticed. */
  readonly memory: Memory;
  readonly traits: Traits;
}

const LONG_AGO = -1000;

export function looking(verdict: Verdict, asked: Asked): string[] {
  const facets = Object.keys(asked.seen.facets) as Facet[];
  const wrong: string[] = [];
  const ask: Ask = (seen) => {
    const { goal, traits } = asked;
    const memory = product.notice(asked.memory, seen);
    const found = product.next(goal, seen, memory, traits);
    wrong.push(...breaking(found, { goal, seen, memory, traits }));
    return found;
  };
  for (const facet of facets)
    wrong.push(...withoutIt(facet, verdict, asked, ask), ...ofOld(facet, verdict, asked, ask));
  wrong.push(...beforeItsTime(verdict, asked, ask));
  return wrong;
}

/** What is decided on something else that is seen, which has to keep the promises as well. */
type Ask = (seen: Observed) => Verdict;

/** What was not looked at is looked at, or plays no part; and nobody need see what is optional. */
function withoutIt(facet: Facet, verdict: Verdict, asked: Asked, ask: Ask): string[] {
  const { [facet]: _, ...others } = asked.seen.facets;
  const found = ask({ ...asked.seen, facets: others });
  if (!('look' in found)) {
    const isSure = 'look' in verdict || ('wait' in verdict && verdict.wait.for === 'seen');
    return isSure || textOf(found) === textOf(verdict) ? [] : [`it is decided otherwise without ${facet}`];
  }
  if (found.look !== facet) return [];
  const unseen = { at: asked.seen.now, denied: `may see ${facet}, as here` };
  const denied = ask({ ...asked.seen, facets: { ...others, [facet]: unseen } });
  const why = 'turn' in denied ? denied.turn.why : 'end' in denied ? denied.end : null;
  const fails = why?.kind === 'denied' && why.permission === unseen.denied;
  const isUndecided = 'look' in denied || 'wait' in denied;
  if (found.optional === true) return fails ? [`it fails without ${facet}, which is optional`] : [];
  return fails || isUndecided ? [] : [`it does without ${facet}, which is not optional`];
}

function endOf(verdict: Verdict): string {
  if ('end' in verdict) return verdict.end.kind;
  return 'turn' in verdict ? verdict.turn.why.kind : '';
}

/** Ends of which no later look would make anything else. */
const FINAL: readonly string[] = ['serves', 'staged', 'unchanged', 'went-back', 'denied', 'tidied'];

/** A run that failed, or has changed something, says no end of what it saw before that. */
function ofOld(facet: Facet, verdict: Verdict, asked: Asked, ask: Ask): string[] {
  const { memory, seen } = asked;
  // What is measured has times of its own; and who was refused, or lost too often, has seen enough.
  if (facet === 'watch' || memory.refused !== null || memory.lost >= 5) return [];
  if (!('end' in verdict) && !('turn' in verdict)) return [];
  const kind = endOf(verdict);
  const isFinal = 'turn' in verdict ? kind === 'denied' : FINAL.includes(kind) && !memory.changed;
  const old = { ...seen.facets[facet]!, at: LONG_AGO };
  const found = ask({ ...seen, facets: { ...seen.facets, [facet]: old } });
  const again = ('look' in found && found.look === facet) || ('wait' in found && found.wait.for === 'seen');
  if (isFinal) return textOf(found) === textOf(verdict) ? [] : [`${kind} is not said of an old ${facet}`];
  return again ? [] : [`${kind} is said of an old ${facet}`];
}

/** A step of a rollout is over when it was watched for as long as the plan says, and not a moment before. */
function beforeItsTime(verdict: Verdict, asked: Asked, ask: Ask): string[] {
  const { goal, seen } = asked;
  if (!('do' in verdict) || goal.kind !== 'serve' || goal.rollout === undefined) return [];
  const { bakeMs, lateMs } = goal.rollout;
  const serving = seen.facets.serving;
  if (bakeMs === 0 || serving === undefined || !('value' in serving)) return [];
  const { rollout } = serving.value;
  const isOn = verdict.do.kind === 'unmark' || (verdict.do.percent ?? 0) > (rollout?.percent ?? 100);
  if (rollout === undefined || !isOn) return [];
  const younger = { ...rollout, at: seen.now - bakeMs - lateMs + 0.25 };
  const value = { ...serving.value, rollout: younger };
  const found = ask({ ...seen, facets: { ...seen.facets, serving: { ...serving, value } } });
  return 'wait' in found && found.wait.for === 'bake' ? [] : ['it goes on before the step is over'];
}

const textOf = (verdict: Verdict): string => JSON.stringify(verdict);
