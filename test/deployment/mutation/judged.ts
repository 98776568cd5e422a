/** What is wrong with an answer of the product, by itself: whatever leads to it, it breaks a promise. */
import type { Product } from '../product.ts';
import type { Facet, Observed } from '../../../src/deployment/observed.ts';
import { misjudging } from '../promised/looked.ts';
import {
  breaking,
  misabsent,
  misanswering,
  misbeginning,
  misbinding,
  misnoticing,
  misremembering,
  misturning,
} from '../promised/promises.ts';
import { viewOf } from '../promised/view.ts';

type Judges = {
  readonly [Part in keyof Product]: (
    given: Parameters<Product[Part]>,
    answer: ReturnType<Product[Part]>,
  ) => readonly string[];
};

const JUDGES: Judges = {
  next: ([goal, seen, memory, traits], verdict) => breaking(verdict, { goal, seen, memory, traits }),
  notice: ([memory, seen], after) => misnoticing(memory, viewOf(seen)?.serving, after),
  remember: ([memory, step, performed], after) => misremembering(memory, step, performed, after),
  turned: ([memory], after) => misturning(memory, after),
  holds: ([basis, serving], isSo) => misbinding(basis, serving, isSo),
  answered: ([performed, isOptional], answer) => misanswering(performed, isOptional, answer),
  begin: ([now], memory) => misbeginning(now, memory),
  absent: (_, serving) => misabsent(serving),
};

/** Of a run on its way, what else there is to see is known, and what it was denied a moment ago. */
type OnItsWay = readonly [...Parameters<Product['next']>, Observed, Facet | null];

export function judged(part: keyof Product, given: readonly unknown[], answer: unknown): readonly string[] {
  if (typeof answer === 'object' && answer !== null && 'throws' in answer)
    return [`it throws ${String(answer.throws)}`];
  if (part === 'next' && given.length > 4) {
    const [goal, seen, memory, traits, whole, denied] = given as OnItsWay;
    return misjudging(answer as ReturnType<Product['next']>, { goal, seen, memory, traits }, whole, denied);
  }
  return (JUDGES[part] as (given: readonly unknown[], answer: unknown) => readonly string[])(given, answer);
}
