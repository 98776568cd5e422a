/** Labels that were right, by class: accuracy and F1. */

/** More classes than this are counted together, so memory stays bounded. */
const MOST_CLASSES = 1_000;

interface Counts {
  /** Rows of this class, rows that were called so, and rows of which both is true. */
  truths: number;
  answers: number;
  both: number;
}

export class ClassTally {
  readonly #classes = new Map<string, Counts>();
  #n = 0;
  #correct = 0;

  /** @param answer null if the answer gives no label for the row */
  add(truth: string, answer: string | null): void {
    this.#n++;
    const counts = this.#of(truth);
    counts.truths++;
    if (answer !== null) this.#of(answer).answers++;
    if (answer !== truth) return;
    this.#correct++;
    counts.both++;
  }

  #of(name: string): Counts {
    const key = this.#classes.has(name) || this.#classes.size < MOST_CLASSES ? name : '…';
    const known = this.#classes.get(key);
    if (known) return known;
    const counts: Counts = { truths: 0, answers: 0, both: 0 };
    this.#classes.set(key, counts);
    return counts;
  }

  get n(): number {
    return this.#n;
  }

  get correct(): number {
    return this.#correct;
  }

  get accuracy(): number | null {
    return this.#n === 0 ? null : this.#correct / this.#n;
  }

  /** Different labels that were answered. */
  answered(): string[] {
    return [...this.#classes].filter(([, { answers }]) => answers > 0).map(([name]) => name);
  }

  /** The most frequent true label, and its share of all rows; null without rows. */
  majority(): { readonly label: string; readonly share: number } | null {
    const [first] = [...this.#classes].sort(([, a], [, b]) => b.truths - a.truths);
    return first ? { label: first[0], share: first[1].truths / this.#n } : null;
  }

  /**
   * That of the class 1 if there are no classes but 0 and 1; otherwise the mean over all classes (macro).
   * https://scikit-learn.org/stable/modules/generated/sklearn.metrics.f1_score.html
   */
  f1(): number | null {
    if (this.#n === 0) return null;
    const names = [...this.#classes.keys()];
    if (names.every((name) => name === '0' || name === '1')) return f1Of(this.#of('1'));
    const scores = names.map((name) => f1Of(this.#of(name)));
    return scores.reduce((total, score) => total + score, 0) / scores.length;
  }
}

export function f1Of({ truths, answers, both }: Counts): number {
  return truths + answers === 0 ? 0 : (2 * both) / (truths + answers);
}
