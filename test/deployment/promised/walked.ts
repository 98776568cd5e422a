/**
 * Runs that begin at a look that is drawn, and go on to their end as the loop of the product does: one look after the other,
 * each step carried out, denied or lost. So what is decided near an end is asked for, and what is decided on half a look.
 */
import { accept, settle, TOUCHED } from '../../../src/deployment/effects.ts';
import type { Goal } from '../../../src/deployment/goal.ts';
import type { Memory, Performed } from '../../../src/deployment/memory.ts';
import type { Facet, Facets, Observed } from '../../../src/deployment/observed.ts';
import { NOTHING } from '../../../src/deployment/plan.ts';
import type { Traits } from '../../../src/deployment/traits.ts';
import type { Step, Verdict, Wait } from '../../../src/deployment/verdict.ts';
import { product } from '../product.ts';
import { randomFrom } from '../random-states.ts';
import { drawn } from './drawn.ts';
import { misjudging } from './looked.ts';
import type { Asked } from './view.ts';

/** @property whole all there is to see. @property denied what was needed, and may not be looked at in `asked` */
export interface Question {
  readonly asked: Asked;
  readonly whole: Observed;
  readonly denied: Facet | null;
}

const MOST_VERDICTS = 60;

/** @param ask has the product decide */
export function walk(seed: number, ask: (question: Question) => Verdict): void {
  const walker = new Walker(seed);
  for (let verdicts = 0; verdicts < MOST_VERDICTS; verdicts++) {
    const question = walker.question();
    const verdict = ask(question);
    if ('end' in verdict) return;
    if ('look' in verdict && verdict.optional !== true) {
      const denied = walker.denied(verdict.look);
      if (denied !== null) ask(denied);
    }
    walker.go(verdict);
  }
}

class Walker {
  readonly #random: () => number;
  readonly #traits: Traits;
  readonly #hidden: ReadonlySet<string>;
  #goal: Goal;
  #memory: Memory;
  #facets: Facets;
  #known: Observed['facets'] = {};
  #now = 0;

  constructor(seed: number) {
    const { goal, seen, memory, traits } = drawn(seed);
    const all = Object.entries(seen.facets);
    this.#random = randomFrom(-seed);
    this.#goal = goal;
    this.#traits = traits;
    this.#hidden = new Set(all.flatMap(([facet, known]) => ('denied' in known ? [facet] : [])));
    const values = all.flatMap(([facet, known]) => ('value' in known ? [[facet, known.value]] : []));
    this.#facets = { ...NOTHING, ...(Object.fromEntries(values) as Partial<Facets>) };
    this.#memory = this.#maybe(0.3) ? memory : product.begin(this.#now);
  }

  #maybe(share: number): boolean {
    return this.#random() < share;
  }

  question(): Question {
    const seen = { now: this.#now, facets: this.#known };
    this.#memory = product.notice(this.#memory, seen);
    const asked = { goal: this.#goal, seen, memory: this.#memory, traits: this.#traits };
    return { asked, whole: this.#whole(), denied: null };
  }

  /** The same with that facet denied; null if it was looked at before. */
  denied(facet: Facet): Question | null {
    const { asked, whole } = this.question();
    if (asked.seen.facets[facet] !== undefined) return null;
    const unseen = { at: this.#now, denied: `may see ${facet}` };
    const seen = { ...asked.seen, facets: { ...asked.seen.facets, [facet]: unseen } };
    return { asked: { ...asked, seen }, whole, denied: facet };
  }

  #whole(): Observed {
    const all = Object.keys(this.#facets) as Facet[];
    const known = all.map((facet) => [facet, this.#known[facet] ?? this.#look(facet, Infinity)] as const);
    return { now: this.#now, facets: Object.fromEntries(known) };
  }

  #look(facet: Facet, at: number) {
    return this.#hidden.has(facet) ? { at, denied: `may see ${facet}` } : { at, value: this.#facets[facet] };
  }

  go(verdict: Exclude<Verdict, { readonly end: unknown }>): void {
    if ('turn' in verdict) {
      this.#goal = verdict.turn;
      this.#memory = product.turned(this.#memory);
    } else if ('look' in verdict)
      this.#known = { ...this.#known, [verdict.look]: this.#look(verdict.look, this.#now) };
    else if ('do' in verdict) this.#carryOut(verdict.do);
    else this.#wait(verdict.wait);
  }

  #carryOut(step: Step): void {
    const answer: Performed = this.#maybe(step.kind === 'ask' ? 0.5 : 0.08)
      ? { is: 'denied', permission: `may ${step.kind}` }
      : this.#maybe(0.05)
        ? { is: 'lost' }
        : { is: 'done', touches: TOUCHED[step.kind] };
    if (answer.is === 'done') {
      this.#facets = accept(this.#facets, step, this.#now);
      this.#forget(TOUCHED[step.kind]);
    } else if (answer.is === 'lost') this.#known = {};
    this.#memory = product.remember(this.#memory, step, answer, this.#now);
    this.#now += this.#maybe(0.5) ? 0 : 3;
  }

  #wait({ for: what, until }: Wait): void {
    this.#now = Math.max(this.#now, until ?? this.#now) + 1;
    if (what === 'move' || what === 'candidate') this.#facets = settle(this.#facets);
    this.#forget(['serving', 'candidates', 'watch']);
  }

  #forget(facets: readonly Facet[]): void {
    const kept = Object.entries(this.#known).filter(([facet]) => !facets.includes(facet as Facet));
    this.#known = Object.fromEntries(kept);
  }
}

/** @returns what is wrong with what the product decides on the way */
export function wrongOn(seed: number): readonly string[] {
  const wrong: string[] = [];
  walk(seed, ({ asked, whole, denied }) => {
    const { goal, seen, memory, traits } = asked;
    const verdict = product.next(goal, seen, memory, traits);
    wrong.push(...misjudging(verdict, asked, whole, denied));
    return verdict;
  });
  return wrong;
}
