/** Mutants that nothing can find, because they decide the same; each with the reason. */
export interface Equivalent {
  readonly file: string;
  /** The function that it is in. */
  readonly within: string;
  readonly from: string;
  /** '' for a statement that is left out. */
  readonly to: string;
  readonly because: string;
}

export const EQUIVALENT: readonly Equivalent[] = [];
