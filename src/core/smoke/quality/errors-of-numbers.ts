/** How far numbers are from the true ones. */

export class NumberTally {
  #n = 0;
  #absolute = 0;
  #squared = 0;
  readonly #columns: { n: number; mean: number; around: number; squared: number }[] = [];

  /** @param answer NaN if the answer gives no number, which makes every figure NaN */
  add(truth: number, answer: number, column: number): void {
    const error = answer - truth;
    this.#n++;
    this.#absolute += Math.abs(error);
    this.#squared += error * error;
    // The spread around a mean that is not known yet. https://en.wikipedia.org/wiki/Algorithms_for_calculating_variance#Welford's_online_algorithm
    const known = (this.#columns[column] ??= { n: 0, mean: 0, around: 0, squared: 0 });
    const before = truth - known.mean;
    known.n++;
    known.mean += before / known.n;
    known.around += before * (truth - known.mean);
    known.squared += error * error;
  }

  get n(): number {
    return this.#n;
  }

  /** Mean absolute error. */
  mae(): number | null {
    return this.#n === 0 ? null : this.#absolute / this.#n;
  }

  /** Root of the mean squared error. */
  rmse(): number | null {
    return this.#n === 0 ? null : Math.sqrt(this.#squared / this.#n);
  }

  /**
   * 1 is perfect, 0 as good as always answering the mean; the mean over all outputs. null if a target never varies.
   * https://scikit-learn.org/stable/modules/generated/sklearn.metrics.r2_score.html
   */
  r2(): number | null {
    const scores = this.#columns.map(({ around, squared }) =>
      around === 0 ? Number.NaN : 1 - squared / around,
    );
    const mean = scores.reduce((total, score) => total + score, 0) / scores.length;
    return Number.isNaN(mean) ? null : mean;
  }
}
