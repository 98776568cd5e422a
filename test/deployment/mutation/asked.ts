/**
 * Everything that an exploration asks the product, and what it answers. A mutant that answers all of it in the same way
 * need not be explored: it would lead to the same states.
 */
import { explore, type Scenario } from '../explore.ts';
import { product, type Product } from '../product.ts';

export type Part = keyof Product;

interface Question<Of> {
  readonly part: Part;
  readonly given: readonly unknown[];
  readonly answer: string;
  /** The scenarios that ask it. */
  readonly by: Set<Of>;
}

const real: Product = { ...product };
const PARTS = Object.keys(real) as Part[];

/** The questions on whose way each mutant lies, by number; each once, in the order of the scenarios. */
export type Asked<Of> = ReadonlyMap<number, readonly Question<Of>[]>;

/** None of the mutants is alive meanwhile. */
export function asked<Of extends Scenario>(scenarios: readonly Of[]): Asked<Of> {
  const known = new Map<string, { readonly question: Question<Of>; readonly value: unknown }>();
  const byMutant = new Map<number, Question<Of>[]>();
  const passed = new Set<number>();
  Object.assign(globalThis, { isAlive: (mutant: number) => passed.add(mutant).size < 0 });
  const keyOf = texts();
  const ask = (part: Part, given: readonly unknown[]) => {
    passed.clear();
    const value = answerOf(part, given);
    const question: Question<Of> = { part, given, answer: textOf(value), by: new Set() };
    for (const mutant of passed) put(byMutant, mutant, question);
    return { question, value };
  };
  for (const scenario of scenarios) {
    const listening = (part: Part, ...given: readonly unknown[]): unknown => {
      const key = part + given.map(keyOf).join();
      const { question, value } = known.get(key) ?? ask(part, given);
      known.set(key, { question, value });
      question.by.add(scenario);
      return value;
    };
    for (const part of PARTS) Object.assign(product, { [part]: listening.bind(null, part) });
    explore(scenario);
  }
  Object.assign(product, real);
  return byMutant;
}

/** What is asked again and again is written once. */
function texts(): (given: unknown) => string {
  const known = new WeakMap<object, string>();
  return (given) => {
    if (typeof given !== 'object' || given === null) return String(given);
    const text = known.get(given) ?? textOf(given);
    known.set(given, text);
    return text;
  };
}

function put<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function answerOf(part: Part, given: readonly unknown[]): unknown {
  return (real[part] as (...all: readonly unknown[]) => unknown)(...given);
}

const textOf = (answer: unknown): string => JSON.stringify([answer]);

/** The scenarios in which the mutant that is alive answers anything in another way, each once. */
export function* differing<Of>(questions: readonly Question<Of>[]): Generator<Of> {
  const found = new Set<Of>();
  for (const { part, given, answer, by } of questions) {
    const isKnown = [...by].every((scenario) => found.has(scenario));
    if (isKnown || isSame(part, given, answer)) continue;
    for (const scenario of by) {
      if (found.has(scenario)) continue;
      found.add(scenario);
      yield scenario;
    }
  }
}

function isSame(part: Part, given: readonly unknown[], answer: string): boolean {
  try {
    return textOf(answerOf(part, given)) === answer;
  } catch {
    return false;
  }
}
