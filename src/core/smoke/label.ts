/** One label, as a row has it or as an answer gives it. */
export type Label = string | number | bigint | boolean;
