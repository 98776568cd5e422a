/** What the true labels of all rows are like: enough to tell classes from targets of a regression. */
import type { JsonValue } from '../../exact-json.ts';
import { formOfCell } from '../../inference/cells.ts';
import type { Label } from '../label.ts';

/** More different labels than this are only counted as many. */
const MOST_DISTINCT = 200;

export class LabelFacts {
  readonly #distinct = new Set<string>();
  #width: number | null = null;
  #isNumeric = true;
  #isWhole = true;
  #isTruth = true;

  add(label: JsonValue): void {
    if (Array.isArray(label)) {
      this.#width = Math.max(this.#width ?? 0, label.length);
      for (const one of label as readonly Label[]) this.#addOne(one);
    } else this.#addOne(label as Label);
  }

  #addOne(label: Label): void {
    const text = String(label);
    if (this.#distinct.has(text)) return;
    if (this.#distinct.size <= MOST_DISTINCT) this.#distinct.add(text);
    const form = formOfCell(text);
    if (form !== 'truths') this.#isTruth = false;
    if (form !== 'numbers') this.#isNumeric = false;
    if (!Number.isInteger(Number(text))) this.#isWhole = false;
  }

  /**
   * The same labels as they are compared.
   * @param read what a label of the file becomes, such as 1 of "1.0"
   */
  as(read: (label: string) => Label): LabelFacts {
    const facts = new LabelFacts();
    for (const text of this.#distinct) facts.#distinct.add(String(read(text)));
    facts.#width = this.#width;
    facts.#isNumeric = this.#isNumeric;
    facts.#isWhole = this.#isWhole;
    facts.#isTruth = this.#isTruth;
    return facts;
  }

  /** Different labels as texts, in the order in which they come; the first of them if there are many. */
  get distinct(): readonly string[] {
    return [...this.#distinct];
  }

  /** How many labels a row has; null for one. */
  get width(): number | null {
    return this.#width;
  }

  get areNumbers(): boolean {
    return this.#isNumeric;
  }

  get areWhole(): boolean {
    return this.#isNumeric && this.#isWhole;
  }

  /** No and yes: 0 and 1, or false and true. */
  get areBinary(): boolean {
    const isBinary = (text: string) => /^([01](\.0*)?|true|false)$/i.test(text.trim());
    return this.#isTruth || (this.#distinct.size <= 4 && this.distinct.every(isBinary));
  }
}
