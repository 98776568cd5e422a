import { parse } from 'csv-parse/sync';
import { messageOf, UserError } from '../errors.ts';
import type { ModelSignature } from '../model-session.ts';
import { columnsOf } from './signature.ts';

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

/**
 * The rows of a CSV without a header. Cells that are numbers become numbers, but for columns that the signature (where
 * given) says are texts.
 * @throws UserError where the text is not CSV.
 */
export function instancesOfCsv(text: string, signature?: ModelSignature): unknown[][] {
  const columns = signature ? columnsOf(signature) : null;
  return rowsOf(text).map((row) =>
    row.map((cell, column) => {
      if (columns?.[column]?.type === 'string' || !NUMBER.test(cell)) return cell;
      // A long integer stays a text, since a number would round it.
      return /^-?\d{16,}$/.test(cell) ? cell : Number(cell);
    }),
  );
}

function rowsOf(text: string): string[][] {
  try {
    return parse(text, { bom: true, trim: true, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw new UserError(`The body is not CSV: ${messageOf(error)}`, { cause: error });
  }
}
