/** What a file of cases holds, before it is checked. */
import type { JsonValue } from '../../exact-json.ts';

/** A file up to this size stays in memory once it is checked; a larger one is read again each time. */
export const KEPT_BYTES = 4_000_000;

export interface RawCase {
  readonly instance: JsonValue;
  /** undefined: the file has none. */
  readonly label: JsonValue | undefined;
  /** A value, or an object of fields; undefined: the file has none. */
  readonly expected: JsonValue | undefined;
  /** The line it is on, from 1; null if lines mean nothing. */
  readonly line: number | null;
}

/** A file of cases that has been opened. */
export interface CasesFile {
  /** From the first row each time. @throws UserError if the file is not of its format. */
  rows(): Iterable<RawCase>;
  /** All values and labels are cells: texts that nobody has read yet. */
  readonly isText: boolean;
  readonly featureNames?: JsonValue | undefined;
  readonly labelNames?: JsonValue | undefined;
  readonly tolerances?: JsonValue | undefined;
  /** What is wrong with the file besides its rows. */
  readonly problems: readonly string[];
}
