/** The reaper, long after everything: what it leaves is left for good. */
import { accept, settle } from '../../src/deployment/effects.ts';
import type { Goal } from '../../src/deployment/goal.ts';
import { begin as remembering, type Memory } from '../../src/deployment/memory.ts';
import type { Facets } from '../../src/deployment/observed.ts';
import type { Scenario } from './explore.ts';
import { product } from './product.ts';
import { look, TICK } from './world.ts';

const GOAL: Goal = { kind: 'tidy', environment: null };

/** What a candidate of the exploration has instead of a date: it is past. */
const LONG_AFTER = 1e12;

export function reap(start: Facets, { traits }: Pick<Scenario, 'traits'>): Facets {
  let facets: Facets = {
    ...start,
    candidates: start.candidates.map((entry) => ({ ...entry, expiresAt: 0 })),
  };
  let now = LONG_AFTER;
  let memory: Memory = remembering(now);
  for (let steps = 0; steps < 200; steps++) {
    const at = now;
    const observed = look(facets);
    const seen = {
      now: at,
      facets: Object.fromEntries(
        Object.entries(observed.facets).map(([facet, known]) => [facet, { ...known, at }]),
      ),
    };
    memory = product.notice(memory, seen);
    const verdict = product.next(GOAL, seen, memory, traits);
    if ('end' in verdict) return facets;
    if ('do' in verdict) {
      memory = product.remember(memory, verdict.do, { is: 'done', touches: [] }, at);
      facets = settle(accept(facets, verdict.do, at));
    }
    now += TICK;
  }
  throw new Error('The reaper never ends.');
}
