/** What must hold for all rows of a file, found while they pass by once. */
import { isRecord, show, type JsonValue } from '../../exact-json.ts';
import { arePlainNumbers } from '../plain-numbers.ts';
import type { RawCase } from './raw-case.ts';
import { PREDICTIONS } from './to-case.ts';

const SHOWN_ROWS = 5;

/** Some rows of many: the first ones by number, and how many there are. */
class RowList {
  readonly #shown: string[] = [];
  #count = 0;

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  add(row: number, line: number | null): void {
    if (this.#count++ < SHOWN_ROWS) this.#shown.push(line === null ? `${row}` : `${row} (line ${line})`);
  }

  /** "row 3", "rows 3 and 4", "rows 3, 4, 5, 6, 7 and 20 more". */
  told(): string {
    const [only = ''] = this.#shown;
    if (this.#count === 1) return `row ${only}`;
    const more = this.#count - this.#shown.length;
    if (more > 0) return `rows ${this.#shown.join(', ')} and ${more} more`;
    return `rows ${this.#shown.slice(0, -1).join(', ')} and ${this.#shown.at(-1) ?? ''}`;
  }
}

export class RowChecks {
  count = 0;
  #width: number | null = null;
  #form: string | null = null;
  #expectedFields: readonly string[] | null = null;
  #anyLabel = false;
  readonly #otherForm = new RowList();
  readonly #empty = new RowList();
  readonly #notFinite = new RowList();
  readonly #withoutLabel = new RowList();
  readonly #wrongLabel = new RowList();
  readonly #withoutExpected = new RowList();

  /** Every row has its true label; to be asked after the last row, and where there is no problem. */
  get labelled(): boolean {
    return this.#anyLabel;
  }

  get expectedFields(): readonly string[] | null {
    return this.#expectedFields;
  }

  add({ instance, label, expected, line }: RawCase): void {
    const row = ++this.count;
    const form = formOf(instance);
    this.#form ??= form;
    if (row === 1 && Array.isArray(instance)) this.#width = instance.length;
    if (form !== this.#form) this.#otherForm.add(row, line);
    // Of plain numbers nothing more has to be said.
    if (!Array.isArray(instance) || !arePlainNumbers(instance)) {
      if (holds(instance, (value) => value === null)) this.#empty.add(row, line);
      if (holds(instance, isNotFinite)) this.#notFinite.add(row, line);
    }
    this.#addLabel(label, row, line);
    this.#addExpected(expected, row, line);
  }

  problems(featureNames: readonly string[] | null): string[] {
    const problems: string[] = [];
    const add = (rows: RowList, message: (rows: string) => string) => {
      if (!rows.isEmpty) problems.push(message(rows.told()));
    };
    const width = this.#width;
    add(this.#wrongLabel, (rows) => `has a label that is neither a number nor a text in ${rows}.`);
    if (this.#anyLabel) add(this.#withoutLabel, (rows) => `has labels, but none in ${rows}.`);
    if (this.#expectedFields) add(this.#withoutExpected, (rows) => this.#lacking(rows));
    add(
      this.#otherForm,
      (rows) => `has rows of different forms: row 1 has ${this.#form}, but not so ${rows}.`,
    );
    add(this.#empty, (rows) => `has an empty value (null) in ${rows}.`);
    add(this.#notFinite, (rows) => `has NaN or Infinity, which JSON cannot carry, in ${rows}.`);
    if (featureNames && width !== null && width !== featureNames.length) {
      problems.push(`has ${featureNames.length} feature_names for rows of ${width} values.`);
    }
    return problems;
  }

  #lacking(rows: string): string {
    return `has expectations of ${this.#expectedFields?.join(', ')}, but not all of them, or others, in ${rows}.`;
  }

  #addLabel(label: JsonValue | undefined, row: number, line: number | null): void {
    if (label === undefined) this.#withoutLabel.add(row, line);
    else if (!['string', 'number', 'bigint', 'boolean'].includes(typeof label)) {
      this.#wrongLabel.add(row, line);
    } else this.#anyLabel = true;
  }

  /** Every row must have those of the first one that has any. */
  #addExpected(expected: JsonValue | undefined, row: number, line: number | null): void {
    const fields = expected === undefined ? null : isRecord(expected) ? Object.keys(expected) : [PREDICTIONS];
    this.#expectedFields ??= fields;
    const known = this.#expectedFields;
    const same =
      known !== null && fields?.length === known.length && fields.every((name) => known.includes(name));
    if (!same) this.#withoutExpected.add(row, line);
  }
}

function formOf(row: JsonValue): string {
  if (Array.isArray(row)) return `${row.length} values`;
  if (isRecord(row)) return `the fields ${Object.keys(row).sort().join(', ')}`;
  return row === null ? 'nothing' : `one ${typeof row}`;
}

function holds(value: JsonValue, test: (value: JsonValue) => boolean): boolean {
  if (Array.isArray(value)) return value.some((item: JsonValue) => holds(item, test));
  if (isRecord(value)) return Object.values(value).some((item) => holds(item, test));
  return test(value);
}

function isNotFinite(value: JsonValue): boolean {
  return typeof value === 'string' && /^(NaN|-?Infinity)$/.test(value);
}

/** @returns null where there are none, or where they are no list of texts, which is a problem then. */
export function checkNames(
  key: string,
  value: JsonValue | undefined,
  problems: string[],
): readonly string[] | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  problems.push(`"${key}" must be an array of texts, not ${show(value)}.`);
  return null;
}
