/** How right one side is, the endpoint or the reference, over the rows that have labels. */
import type { Label } from '../label.ts';
import { numberOf, numericOf, type Scalar } from '../tolerance.ts';
import { ClassTally, f1Of } from './classes.ts';
import { NumberTally } from './errors-of-numbers.ts';
import { keyOf } from './label-key.ts';
import { RankTally } from './ranks.ts';
import type { Task } from './task.ts';

/** null for a figure that has no meaning for the task, or no rows. */
export interface Figures {
  readonly n: number;
  readonly correct: number;
  readonly accuracy: number | null;
  readonly f1: number | null;
  readonly auc: number | null;
  readonly mae: number | null;
  readonly rmse: number | null;
  readonly r2: number | null;
}

/** Of a probability, and of a logit, whose sign is the answer. */
export const PROBABILITY_THRESHOLD = 0.5;
export const LOGIT_THRESHOLD = 0;

export class Side {
  readonly #task: Task;
  readonly #names: readonly string[] | null;
  /** By the threshold of a probability, and by that of a logit: which it is, only all values tell. */
  readonly #byProbability = new ClassTally();
  readonly #byLogit = new ClassTally();
  readonly #ranks = new RankTally();
  readonly #numbers = new NumberTally();
  /** Single labels of rows that have several. */
  readonly #each = { truths: 0, answers: 0, both: 0 };
  #outside = false;

  constructor(task: Task, names: readonly string[] | null) {
    this.#task = task;
    this.#names = names;
  }

  /** Some score is below 0 or above 1. */
  get hasLogits(): boolean {
    return this.#outside;
  }

  /**
   * @param values what it gives for the row
   * @param score of the class 1, if the model gives one beside a label; null if it does not
   * @param threshold as it was asked for
   */
  add(
    truth: Label | readonly Label[],
    values: readonly Scalar[],
    score: number | null,
    threshold: number | null,
  ): void {
    const { reading } = this.#task;
    if (reading === 'targets') this.#addTargets(truth, values);
    else if (reading === 'several labels') this.#addSeveral(truth, values, threshold);
    else if (typeof truth !== 'object') this.#addLabel(truth, values, score, threshold);
  }

  #addTargets(truth: Label | readonly Label[], values: readonly Scalar[]): void {
    const truths = typeof truth === 'object' ? truth : [truth];
    for (const [column, one] of truths.entries()) {
      this.#numbers.add(Number(one), numericOf(values[column]) ?? Number.NaN, column);
    }
  }

  /** A row is right if all its labels are. */
  #addSeveral(truth: Label | readonly Label[], values: readonly Scalar[], threshold: number | null): void {
    const truths = typeof truth === 'object' ? truth : [truth];
    const limit = threshold ?? PROBABILITY_THRESHOLD;
    const wanted = truths.map((one) => keyOf(one, null));
    const answers = truths.map((_, at) => ((numericOf(values[at]) ?? Number.NaN) >= limit ? '1' : '0'));
    this.#byProbability.add(wanted.join(), answers.join());
    for (const [at, one] of wanted.entries()) {
      this.#each.truths += Number(one === '1');
      this.#each.answers += Number(answers[at] === '1');
      this.#each.both += Number(one === '1' && answers[at] === '1');
    }
  }

  #addLabel(truth: Label, values: readonly Scalar[], score: number | null, threshold: number | null): void {
    const key = keyOf(truth, this.#names);
    const of = (limit: number) => this.#labelOf(values, limit);
    this.#byProbability.add(key, of(threshold ?? PROBABILITY_THRESHOLD));
    const one =
      this.#task.reading === 'one score' ? (numericOf(values[0]) ?? Number.NaN) : scoreOf(values, score);
    if (one !== null && (key === '0' || key === '1')) this.#ranks.add(one, key === '1');
    if (this.#task.reading !== 'one score') return;
    this.#byLogit.add(key, of(threshold ?? LOGIT_THRESHOLD));
    if (one !== null && (one < 0 || one > 1)) this.#outside = true;
  }

  #labelOf(values: readonly Scalar[], threshold: number): string | null {
    const [first] = values;
    if (first === undefined || first === null) return null;
    if (this.#task.reading === 'label') {
      // A score among labels, as if the first answers happened to be 0 and 1.
      const number = numberOf(first);
      const isScore = number !== null && !Number.isInteger(number);
      return isScore ? String(Number(number >= threshold)) : keyOf(first, this.#names);
    }
    const numbers = values.map((value) => numericOf(value) ?? Number.NaN);
    if (numbers.some(Number.isNaN)) return null;
    if (this.#task.reading === 'one score') return (numbers[0] ?? 0) >= threshold ? '1' : '0';
    return String(numbers.indexOf(Math.max(...numbers)));
  }

  /** @param asLogits whether scores are taken for logits */
  labels(asLogits: boolean): ClassTally {
    return asLogits ? this.#byLogit : this.#byProbability;
  }

  figures(asLogits: boolean): Figures {
    const numbers = { mae: this.#numbers.mae(), rmse: this.#numbers.rmse(), r2: this.#numbers.r2() };
    if (this.#task.reading === 'targets') {
      return { n: this.#numbers.n, correct: 0, accuracy: null, f1: null, auc: null, ...numbers };
    }
    const classes = this.labels(asLogits);
    const { n, correct, accuracy } = classes;
    const f1 = this.#task.reading === 'several labels' ? f1Of(this.#each) : classes.f1();
    return { n, correct, accuracy, f1, auc: this.#ranks.auc(), ...numbers };
  }
}

/** Scores of two classes tell that of the second. */
function scoreOf(values: readonly Scalar[], score: number | null): number | null {
  return values.length === 2 ? numericOf(values[1]) : score;
}
