/** Cells of CSV, which are texts, as the values that a model's inputs take. */
import type { JsonValue } from '../exact-json.ts';
import type { TensorType } from '../model-session.ts';

/** A decimal number, with or without a fraction and an exponent. */
export const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** What pandas reads as a missing value. https://pandas.pydata.org/docs/reference/api/pandas.read_csv.html (na_values) */
const MISSING = /^(|#N\/A( N\/A)?|#?NA|n\/a|-?1\.#(IND|QNAN)|[+-]?nan|<NA>|null|none)$/i;
const INFINITE = /^([+-]?)inf(inity)?$/i;
const WHOLE = /^[+-]?\d+(\.0*)?$/;
/** Zip codes and ids are written with leading zeros; numbers are not. */
const LEADING_ZERO = /^[+-]?0\d/;

/**
 * The value of a cell for an input of a type. Texts stay untouched and untrimmed. A missing value is null, an infinite
 * one the text Infinity or -Infinity. What does not fit the type stays a text, which `scalarOf` then refuses.
 */
export function valueOfCell(cell: string, type: TensorType): JsonValue {
  if (type === 'string') return cell;
  // Most cells are plain numbers for inputs of floats.
  if (type.startsWith('float') && NUMBER.test(cell)) return Number(cell);
  const text = cell.trim();
  if (isMissing(text)) return null;
  const truth = truthOf(text);
  if (type === 'bool') return truth ?? (NUMBER.test(text) ? Number(text) : cell);
  if (truth !== null) return Number(truth);
  return type.startsWith('float') ? numberOfCell(text, cell) : wholeOfCell(text, cell);
}

function numberOfCell(text: string, cell: string): JsonValue {
  if (NUMBER.test(text)) return Number(text);
  const infinite = INFINITE.exec(text);
  return infinite ? `${infinite[1] === '-' ? '-' : ''}Infinity` : cell;
}

/** pandas writes whole numbers as 3.0 if the column has gaps; digits beyond 2^53 stay exact. */
function wholeOfCell(text: string, cell: string): JsonValue {
  if (!WHOLE.test(text)) return NUMBER.test(text) ? Number(text) : cell;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : BigInt(text.replace(/^\+/, '').replace(/\..*$/, ''));
}

/** True and False as pandas and R write them; null for anything else. */
function truthOf(text: string): boolean | null {
  if (/^true$/i.test(text)) return true;
  return /^false$/i.test(text) ? false : null;
}

export function isMissing(text: string): boolean {
  return MISSING.test(text.trim());
}

/** What a column holds if nothing but its cells tells. */
export type ColumnForm = 'numbers' | 'truths' | 'texts';

/** The form of a cell; null for a missing value, which fits any. */
export function formOfCell(cell: string): ColumnForm | null {
  const text = cell.trim();
  if (isMissing(text)) return null;
  if (truthOf(text) !== null) return 'truths';
  const isNumber = (NUMBER.test(text) && !LEADING_ZERO.test(text)) || INFINITE.test(text);
  return isNumber ? 'numbers' : 'texts';
}

/** The value of a cell in a column of that form. */
export function valueInColumn(cell: string, form: ColumnForm): JsonValue {
  if (form === 'texts') return cell;
  if (form === 'truths') return valueOfCell(cell, 'bool');
  return valueOfCell(cell, WHOLE.test(cell.trim()) ? 'int64' : 'float64');
}

/** The value of a cell that is alone, such as one of an answer. */
export function valueByLooks(cell: string): JsonValue {
  const form = formOfCell(cell);
  if (form === null) return /nan/i.test(cell) ? 'NaN' : cell;
  return form === 'numbers' ? valueInColumn(cell, form) : cell;
}
