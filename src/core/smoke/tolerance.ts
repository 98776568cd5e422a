/** When two values count as equal. */
import { NUMBER } from '../inference/cells.ts';
import { isNotFinite } from '../inference/scalars.ts';
import type { Label } from './label.ts';

export interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

/** One tolerance for everything, and others for fields or outputs by name. */
export interface Tolerances extends Tolerance {
  readonly by: ReadonlyMap<string, Tolerance>;
}

export function toleranceFor(
  { rtol, atol, by }: Tolerances,
  { field, output }: { readonly field: string; readonly output: string },
): Tolerance {
  return by.get(field) ?? by.get(output) ?? { rtol, atol };
}

/** One value of an answer or of a reference. */
export type Scalar = number | bigint | string | boolean | null;

/** |actual - expected| <= atol + rtol * |expected|, NumPy's rule. https://numpy.org/doc/stable/reference/generated/numpy.isclose.html */
export function allowed(expected: number, { rtol, atol }: Tolerance): number {
  return atol + rtol * Math.abs(expected);
}

export interface Verdict {
  readonly equal: boolean;
  /** |actual - expected|; null if it is not a finite number. */
  readonly difference: number | null;
}

const EQUAL: Verdict = { equal: true, difference: 0 };
const UNEQUAL: Verdict = { equal: false, difference: null };

/**
 * NaN equals NaN only, an infinity the same infinity only. JSON has neither: null stands for a number that is not
 * finite, and the texts NaN, Infinity and -Infinity for themselves.
 */
export function compareValues(actual: Scalar | undefined, expected: Scalar, tolerance: Tolerance): Verdict {
  if (typeof expected === 'string' && !isNotFinite(expected)) return actual === expected ? EQUAL : UNEQUAL;
  // A float beyond 2^53 may be answered in digits, too; it stays one, because the reference says so.
  if (typeof expected === 'bigint') {
    const exact = compareIntegers(actual, expected, tolerance);
    if (exact) return exact;
  }
  // A recorded null is a number that JSON cannot carry.
  const want = expected === null && numberOf(actual) !== null ? Number.NaN : numberOf(expected);
  if (want === null) return actual === expected ? EQUAL : UNEQUAL;
  return compareNumbers(actual, want, tolerance);
}

function compareNumbers(actual: Scalar | undefined, want: number, tolerance: Tolerance): Verdict {
  if (!Number.isFinite(want) && actual === null) return EQUAL;
  const got = numericOf(actual);
  if (got === null) return UNEQUAL;
  if (!Number.isFinite(want) || !Number.isFinite(got)) return Object.is(got, want) ? EQUAL : UNEQUAL;
  const difference = Math.abs(got - want);
  return { equal: difference <= allowed(want, tolerance), difference };
}

/** Two whole numbers, exactly; null if one of them is none. */
function compareIntegers(actual: Scalar | undefined, expected: Scalar, tolerance: Tolerance): Verdict | null {
  const got = integerOf(actual);
  const want = integerOf(expected);
  if (got === null || want === null) return null;
  const difference = Number(got > want ? got - want : want - got);
  return { equal: difference <= allowed(Number(want), exactOnly(tolerance)), difference };
}

/** Whole numbers of 64 bits are ids and counts: a share of 1e-4 of them would hide any error. */
function exactOnly({ atol }: Tolerance): Tolerance {
  return { rtol: 0, atol };
}

function integerOf(value: Scalar | undefined): bigint | null {
  if (typeof value === 'bigint') return value;
  if (typeof value === 'string') return LONG_INTEGER.test(value) ? BigInt(value) : null;
  return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : null;
}

/** Whole numbers beyond 2^53 are often written as texts, so no reader rounds them. */
const LONG_INTEGER = /^-?\d{16,20}$/;

/** A number, a boolean as 0 or 1, or a word for a number that is not finite; null for anything else. */
export function numberOf(value: Scalar | undefined): number | null {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint' || typeof value === 'boolean') return Number(value);
  return isNotFinite(value) ? Number(value) : null;
}

/** "1.0" is 1, but 007 is a code. */
function isSameNumber(text: string, number: number): boolean {
  return !/^[+-]?0\d/.test(text) && numericOf(text) === number;
}

/** A number, also one that is written as a text, as some servers do. */
export function numericOf(value: Scalar | undefined): number | null {
  const number = numberOf(value);
  if (number !== null || typeof value !== 'string') return number;
  return NUMBER.test(value.trim()) ? Number(value) : null;
}

/**
 * Labels are equal if they are the same text, the same whole number (1 is 1.0, and "1" if one of them is a text), or
 * if one is the index of the other among the names.
 */
export function sameLabel(
  a: Label | null | undefined,
  b: Label | null | undefined,
  names: readonly string[] | null,
): boolean {
  if (a == null || b == null) return false;
  if (String(a) === String(b)) return true;
  if (typeof a === 'string') return typeof b !== 'string' && isTextOf(a, b, names);
  if (typeof b === 'string') return isTextOf(b, a, names);
  return typeof a === 'bigint' && typeof b === 'bigint' ? a === b : Number(a) === Number(b);
}

/** Whether a text is a number, or the name of its place. */
function isTextOf(text: string, label: Exclude<Label, string>, names: readonly string[] | null): boolean {
  if (names !== null && names[Number(label)] === text) return true;
  return typeof label === 'number' && isSameNumber(text, label);
}
