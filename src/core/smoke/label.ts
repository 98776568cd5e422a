/** The true label of a row, or the one that an answer gives. */
export type Label = string | number | bigint | boolean;
