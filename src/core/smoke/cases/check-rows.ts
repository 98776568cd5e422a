/** What must hold for all rows of a file, found while they pass by once. */
import { isRecord, show, type JsonValue } from '../../exact-json.ts';
import { rowBytes } from '../batches.ts';
import { LabelFacts } from './label-facts.ts';
import type { RawCase } from './raw-case.ts';
import { PREDICTIONS } from './to-case.ts';

const SHOWN_ROWS = 5;
/** Below this no platform refuses a body for its size. */
const LARGE_BYTES = 1_000_000;

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
  /** Values of the first row; null if it is not a list. */
  width: number | null = null;
  #form: string | null = null;
  #expectedFields: readonly string[] | null = null;
  #anyLabel = false;
  readonly labels = new LabelFacts();
  #rowNames: readonly string[] | null = null;
  readonly #otherForm = new RowList();
  readonly #withoutLabel = new RowList();
  readonly #wrongLabel = new RowList();
  readonly #withoutExpected = new RowList();

  /** Every row has its true label; asked after the last row, if there is no problem. */
  get labelled(): boolean {
    return this.#anyLabel;
  }

  get expectedFields(): readonly string[] | null {
    return this.#expectedFields;
  }

  /** The largest row, if rows are large at all. */
  largest: { readonly row: number; readonly bytes: number } | null = null;

  /** The fields of the first row, if rows are objects. */
  get rowNames(): readonly string[] | null {
    return this.#rowNames;
  }

  add({ instance, label, expected, line }: RawCase): void {
    const row = ++this.count;
    const form = formOf(instance);
    this.#form ??= form;
    if (row === 1 && Array.isArray(instance)) this.width = instance.length;
    if (row === 1 && isRecord(instance)) this.#rowNames = Object.keys(instance);
    if (form !== this.#form) this.#otherForm.add(row, line);
    const bytes = isShort(instance) ? 0 : rowBytes(instance, LARGE_BYTES);
    if (bytes > Math.max(LARGE_BYTES, this.largest?.bytes ?? 0)) this.largest = { row, bytes };
    this.#addLabel(label, row, line);
    this.#addExpected(expected, row, line);
  }

  problems(featureNames: readonly string[] | null): string[] {
    const problems: string[] = [];
    const add = (rows: RowList, message: (rows: string) => string) => {
      if (!rows.isEmpty) problems.push(message(rows.told()));
    };
    const { width } = this;
    add(
      this.#wrongLabel,
      (rows) => `has a label that is not a number, a string or a list of them, in ${rows}.`,
    );
    if (this.#anyLabel) add(this.#withoutLabel, (rows) => `has labels, but none in ${rows}.`);
    if (this.#expectedFields) add(this.#withoutExpected, (rows) => this.#lacking(rows));
    add(
      this.#otherForm,
      (rows) => `has rows of different forms: row 1 has ${this.#form}; this differs in ${rows}.`,
    );
    if (featureNames && width !== null && width !== featureNames.length) {
      problems.push(`has ${featureNames.length} feature_names for rows of ${width} values.`);
    }
    return problems;
  }

  #lacking(rows: string): string {
    return `has expectations of ${this.#expectedFields?.join(', ')}; this differs in ${rows}.`;
  }

  #addLabel(label: JsonValue | undefined, row: number, line: number | null): void {
    if (label === undefined) this.#withoutLabel.add(row, line);
    else if (!isLabel(label)) this.#wrongLabel.add(row, line);
    else {
      this.#anyLabel = true;
      this.labels.add(label);
    }
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

const LABEL_TYPES = ['string', 'number', 'bigint', 'boolean'];

/** One label, or for a model of several outputs a list of them. An empty cell is a missing one. */
function isLabel(label: JsonValue): boolean {
  if (Array.isArray(label)) return label.length > 0 && label.every((one) => LABEL_TYPES.includes(typeof one));
  return label !== '' && LABEL_TYPES.includes(typeof label);
}

/** A list of some numbers, as most rows are: nobody has to look at all of them to know that it is not large. */
function isShort(row: JsonValue): boolean {
  return Array.isArray(row) && row.length <= 1_000 && typeof row[0] === 'number';
}

function formOf(row: JsonValue): string {
  if (Array.isArray(row)) return `${row.length} values`;
  if (isRecord(row)) return `the fields ${Object.keys(row).sort().join(', ')}`;
  return row === null ? 'nothing' : `one ${typeof row}`;
}

/** @returns null if there are none, or if they are not a list of texts, which is a problem then. */
export function checkNames(
  key: string,
  value: JsonValue | undefined,
  problems: string[],
): readonly string[] | null {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value) && value.every((name) => typeof name === 'string')) return value;
  problems.push(`"${key}" must be an array of strings, not ${show(value)}.`);
  return null;
}
