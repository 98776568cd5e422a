/** A driver over facets in memory: accepts what a platform would, and what is under way ends after a few looks. */
import { accept, settle, TOUCHED } from '../../src/deployment/effects.ts';
import type { Driver } from '../../src/deployment/loop.ts';
import type { Performed } from '../../src/deployment/memory.ts';
import type { Facet, Facets, Known, Observed } from '../../src/deployment/observed.ts';
import { keyOf, type Step } from '../../src/deployment/verdict.ts';
import type { FakeClock } from '../fakes/clock.ts';

export class InMemoryDriver implements Driver {
  facets: Facets;
  /** What was carried out, in order. */
  readonly log: string[] = [];
  readonly looks: Facet[] = [];
  /** Facets that nobody may look at, each with the permission. */
  readonly hidden = new Map<Facet, string>();
  /** What to answer instead, by key of a step; each once. */
  readonly answers = new Map<string, Performed>();
  /** How a change under way ends; a move that fails goes back. */
  ending: (facets: Facets) => Facets = settle;
  readonly #clock: FakeClock;
  #looksUnderWay = 0;

  constructor(facets: Facets, clock: FakeClock) {
    this.facets = facets;
    this.#clock = clock;
  }

  look<F extends Facet>(facet: F): Promise<Known<Facets[F]>> {
    this.looks.push(facet);
    const at = this.#clock.now().getTime();
    const denied = this.hidden.get(facet);
    if (denied !== undefined) return Promise.resolve({ at, denied });
    if (this.#looksUnderWay > 0 && --this.#looksUnderWay === 0) this.facets = this.ending(this.facets);
    return Promise.resolve({ at, value: this.facets[facet] });
  }

  perform(step: Step, _seen: Observed): Promise<Performed> {
    const key = keyOf(step);
    const answer = this.answers.get(key);
    this.answers.delete(key);
    if (answer !== undefined) return Promise.resolve(answer);
    this.log.push(key);
    this.facets = accept(this.facets, step, this.#clock.now().getTime());
    this.#looksUnderWay = 3;
    return Promise.resolve({ is: 'done', touches: TOUCHED[step.kind] });
  }
}
