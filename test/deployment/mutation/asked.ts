/**
 * Everything that an exploration asks the product, and what it answers. A mutant that answers all of it in the same way
 * need not be explored, for it would lead to the same states; and one whose answer breaks a promise by itself need not be
 * explored to the end.
 */
import { explore, type Scenario } from '../explore.ts';
import { product, type Product } from '../product.ts';

export type Part = keyof Product;

export interface Question<Of> {
  readonly part: Part;
  readonly given: readonly unknown[];
  readonly answer: string;
  /** The scenarios that ask it. */
  readonly by: Set<Of>;
}

export interface Asked<Of> {
  /** Each once, in the order of the scenarios. */
  readonly all: readonly Question<Of>[];
  /** Those on whose way a mutant lies, by its number. */
  readonly byMutant: ReadonlyMap<number, readonly Question<Of>[]>;
}

export const real: Product = { ...product };
const PARTS = Object.keys(real) as Part[];

/** Whoever asks the product through it is remembered, and so are the mutants on its way. */
export interface Asking<Of> {
  ask(part: Part, given: readonly unknown[], by: Of): unknown;
  readonly asked: Asked<Of>;
}

/** None of the mutants is alive meanwhile. */
export function asking<Of>(): Asking<Of> {
  const known = new Map<string, { readonly question: Question<Of>; readonly value: unknown }>();
  const all: Question<Of>[] = [];
  const byMutant = new Map<number, Question<Of>[]>();
  const passed = new Set<number>();
  Object.assign(globalThis, { isAlive: (mutant: number) => passed.add(mutant).size < 0 });
  const keyOf = texts();
  const ask = (part: Part, given: readonly unknown[]) => {
    passed.clear();
    const value = answerOf(real, part, given);
    const question: Question<Of> = { part, given, answer: textOf(value), by: new Set() };
    all.push(question);
    for (const mutant of passed) put(byMutant, mutant, question);
    return { question, value };
  };
  return {
    ask(part, given, by) {
      const key = part + given.map(keyOf).join();
      const { question, value } = known.get(key) ?? ask(part, given);
      known.set(key, { question, value });
      question.by.add(by);
      return value;
    },
    asked: { all, byMutant },
  };
}

export function asked<Of extends Scenario>(scenarios: readonly Of[]): Asked<Of> {
  const all = asking<Of>();
  for (const scenario of scenarios) {
    const listening = (part: Part, ...given: readonly unknown[]): unknown => all.ask(part, given, scenario);
    for (const part of PARTS) Object.assign(product, { [part]: listening.bind(null, part) });
    explore(scenario);
  }
  Object.assign(product, real);
  return all.asked;
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

function answerOf(parts: Product, part: Part, given: readonly unknown[]): unknown {
  return (parts[part] as (...all: readonly unknown[]) => unknown)(...given);
}

const textOf = (answer: unknown): string => JSON.stringify([answer]);

export interface Other<Of> {
  readonly question: Question<Of>;
  /** What it answers instead. */
  readonly value: unknown;
}

/** The questions that a mutant answers in another way. @param parts with it alive */
export function* differing<Of>(questions: readonly Question<Of>[], parts: Product): Generator<Other<Of>> {
  for (const question of questions) {
    const value = answerOrError(parts, question);
    if (textOf(value) !== question.answer) yield { question, value };
  }
}

function answerOrError<Of>(parts: Product, { part, given }: Question<Of>): unknown {
  try {
    return answerOf(parts, part, given);
  } catch (error) {
    return { throws: String(error) };
  }
}
