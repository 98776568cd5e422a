/** How right the endpoint is by the true labels, beside the reference over the same rows. */
import type { JsonValue } from '../../exact-json.ts';
import { NUMBER } from '../../inference/cells.ts';
import type { Batch } from '../batches.ts';
import type { LabelFacts } from '../cases/label-facts.ts';
import { flatten, type Fields } from '../decode.ts';
import { columnFor, type MappedField } from '../mapping.ts';
import { rowOf, type Column, type Expected } from '../reference.ts';
import { numericOf, type Scalar } from '../tolerance.ts';
import type { ClassTally } from './classes.ts';
import { keyOf } from './label-key.ts';
import { LOGIT_THRESHOLD, PROBABILITY_THRESHOLD, Side, type Figures } from './side.ts';
import { taskOf, type OutputFacts, type Task, type TaskName } from './task.ts';

export interface QualityWishes {
  /** null: what the values show. */
  readonly task: TaskName | null;
  /** From which score on a row is of the class 1; null: 0.5, or 0 for logits. */
  readonly threshold: number | null;
}

export interface QualityResult {
  /** null if labels and answers have nothing to do with each other. */
  readonly task: TaskName | null;
  readonly endpoint: Figures | null;
  /** The reference's over the same rows; null if it gives nothing that labels can be compared with. */
  readonly reference: Figures | null;
  /** What scores were compared with; null if there are none. */
  readonly threshold: number | null;
  /** Why the labels cannot be those of this model; null if they can. Continues a sentence. */
  readonly mistake: string | null;
  /** The most frequent label and its share; null for anything but labels. */
  readonly majority: { readonly label: string; readonly share: number } | null;
}

/** The field whose values are right or wrong. */
type Judged = Pick<MappedField, 'field' | 'output' | 'part'>;

export class QualityTally {
  readonly #labels: LabelFacts;
  readonly #names: readonly string[] | null;
  readonly #wishes: QualityWishes;
  #task: Task | null | undefined;
  #seen: OutputFacts | null = null;
  #endpoint: Side | null = null;
  #reference: Side | null = null;
  /** How many classes the reference tells apart; null if nobody knows. */
  #classes: number | null = null;

  constructor(labels: LabelFacts, names: readonly string[] | null, wishes: QualityWishes) {
    this.#labels = labels;
    this.#names = names;
    this.#wishes = wishes;
  }

  add({ cases }: Batch, answer: Fields, expected: Expected | null, mapping: readonly MappedField[]): void {
    const judged = judgedOf(mapping, answer);
    const column = expected && columnFor(expected, judged);
    const rows = answer[judged.field];
    const valuesAt = (row: number) => valuesOf(rows, row);
    this.#decide(column ?? null, valuesAt, cases.length);
    if (!this.#endpoint) return;
    const scores = mapping.find(({ role }) => role === 'probabilities');
    const expectedScores = expected && scores && columnFor(expected, scores);
    this.#classes ??= expectedScores && expectedScores.width > 1 ? expectedScores.width : null;
    const { threshold } = this.#wishes;
    for (const [row, { label }] of cases.entries()) {
      if (label === null) continue;
      const score = scores ? scoreIn(valuesOf(answer[scores.field], row)) : null;
      this.#endpoint.add(label, valuesAt(row), score, threshold);
      if (!column || !this.#reference) continue;
      this.#reference.add(
        label,
        rowOf(column, row),
        expectedScores ? scoreIn(rowOf(expectedScores, row)) : null,
        threshold,
      );
    }
  }

  /** By the first answer whose values tell, or by the reference's own. */
  #decide(column: Column | null, valuesAt: (row: number) => readonly Scalar[], rows: number): void {
    if (this.#task !== undefined) return;
    const facts = column
      ? factsOfColumn(column)
      : factsOfRows(Array.from({ length: rows }, (_, row) => valuesAt(row)));
    if (facts === null) return;
    this.#seen = facts;
    this.#task = taskOf(this.#labels, facts, this.#wishes.task, this.#names);
    if (this.#task === null) return;
    this.#endpoint = new Side(this.#task, this.#names);
    if (column) this.#reference = new Side(this.#task, this.#names);
  }

  result(): QualityResult {
    const task = this.#task ?? null;
    const side = this.#reference ?? this.#endpoint;
    const asLogits = this.#wishes.threshold === null && side?.hasLogits === true;
    const labels = side?.labels(asLogits);
    const figuresOf = (one: Side | null) => one?.figures(asLogits) ?? null;
    return {
      task: task?.name ?? null,
      endpoint: figuresOf(this.#endpoint),
      reference: figuresOf(this.#reference),
      threshold: this.#thresholdOf(task, asLogits),
      mistake: this.#mistake(task, labels),
      majority: labels && task?.reading !== 'targets' ? labels.majority() : null,
    };
  }

  #thresholdOf(task: Task | null, asLogits: boolean): number | null {
    if (task?.reading !== 'one score') return null;
    return this.#wishes.threshold ?? (asLogits ? LOGIT_THRESHOLD : PROBABILITY_THRESHOLD);
  }

  #mistake(task: Task | null, known: ClassTally | undefined): string | null {
    if (this.#task === undefined) return null;
    const labels = list(this.#labels.distinct);
    if (task === null) {
      const what = this.#seen?.width === 1 ? 'one number' : `${this.#seen?.width ?? 0} numbers`;
      return `labels are ${labels}, but the model gives ${what} a row, which cannot be one of them`;
    }
    if (task.reading === 'targets')
      return this.#labels.areNumbers ? null : `labels are ${labels}, but the model gives numbers`;
    if (task.reading === 'several labels' || !known) return null;
    return this.#unknownLabels(task, known);
  }

  /** Labels of another vocabulary: none is ever answered, or together they are more than the model's classes. */
  #unknownLabels({ reading }: Task, known: ClassTally): string | null {
    const answered = reading === 'label' ? known.answered() : this.#classNames(reading);
    const wanted = [...new Set(this.#labels.distinct.map((label) => keyOf(label, this.#names)))];
    const unknown = wanted.filter((label) => !answered.includes(label));
    const most = reading === 'label' ? this.#classes : answered.length;
    const isOther =
      areNumbers(wanted) !== areNumbers(answered) ||
      (most === null
        ? unknown.length === wanted.length && wanted.length > 1
        : answered.length + unknown.length > most);
    if (answered.length === 0 || !isOther || unknown.length === 0) return null;
    return `labels are ${list(this.#labels.distinct)}, but the model answers ${list(answered)}`;
  }

  /** Scores have no names of their own: classes are counted from 0. */
  #classNames(reading: Task['reading']): string[] {
    const count = reading === 'one score' ? 2 : (this.#seen?.width ?? 0);
    return Array.from({ length: count }, (_, at) => String(at));
  }
}

function areNumbers(labels: readonly string[]): boolean {
  return labels.every((label) => NUMBER.test(label));
}

const SHOWN = 6;

function list(labels: readonly string[]): string {
  const shown = labels.slice(0, SHOWN).join(', ');
  return labels.length > SHOWN ? `${shown}, …` : shown;
}

/** The task that the reference shows before anything is sent; null if it does not. */
export function expectedTask(
  labels: LabelFacts,
  names: readonly string[] | null,
  { task }: QualityWishes,
  { fields, columns }: Expected,
): Task | null {
  const by = (role: MappedField['role']) => fields.find((one) => one.role === role);
  const column = columns.get((by('label') ?? by('probabilities') ?? fields[0])?.output ?? '');
  return column ? taskOf(labels, factsOfColumn(column), task, names) : null;
}

/** The label; else the scores of the classes; else what an answer has. */
function judgedOf(mapping: readonly MappedField[], answer: Fields): Judged {
  const by = (role: MappedField['role']) => mapping.find((one) => one.role === role);
  const named =
    by('label') ?? by('probabilities') ?? mapping.find(({ field }) => field === 'predictions') ?? mapping[0];
  if (named) return named;
  const lists = Object.keys(answer).filter((name) => Array.isArray(answer[name]));
  const field = 'predictions' in answer ? 'predictions' : (lists[0] ?? 'predictions');
  return { field, output: field };
}

function valuesOf(rows: JsonValue | undefined, row: number): readonly Scalar[] {
  return Array.isArray(rows) && row < rows.length ? flatten((rows as readonly JsonValue[])[row] ?? null) : [];
}

/** The score of the class 1: the only one, or the second of two. */
function scoreIn(values: readonly Scalar[]): number | null {
  if (values.length > 2) return null;
  const last = values.at(-1);
  return last === undefined ? null : numericOf(last);
}

function factsOfColumn({ width, values }: Column): OutputFacts {
  // A column of floats holds scores, even if all of them are whole.
  const areFloats = values instanceof Float32Array || values instanceof Float64Array;
  return { width, areLabels: !areFloats && Array.from(values).every(isLabel) };
}

function factsOfRows(rows: readonly (readonly Scalar[])[]): OutputFacts | null {
  const [first] = rows;
  if (!first || first.length === 0) return null;
  return { width: first.length, areLabels: rows.every((row) => row.every(isLabel)) };
}

function isLabel(value: Scalar): boolean {
  return typeof value === 'number'
    ? Number.isInteger(value)
    : value !== null && Number.isInteger(numericOf(value) ?? 0);
}
