/** text/csv without a header: requests to the local server, and answers of others. */
import { parse } from 'csv-parse/sync';
import { messageOf, UserError } from '../errors.ts';
import type { JsonValue } from '../exact-json.ts';
import type { ModelSignature } from '../model-session.ts';
import { valueByLooks, valueOfCell } from './cells.ts';
import { columnsOf } from './signature.ts';

/**
 * The rows of a CSV without a header, each cell as its column in the signature needs it; by its looks if there is no
 * signature, or no such column. @throws UserError if the text is not CSV.
 */
export function instancesOfCsv(text: string, signature?: ModelSignature): JsonValue[][] {
  const columns = signature ? columnsOf(signature) : null;
  return rowsOf(text).map((row) =>
    row.map((cell, column) => {
      const type = columns?.[column]?.type;
      return type === undefined ? valueByLooks(cell) : valueOfCell(cell, type);
    }),
  );
}

function rowsOf(text: string): string[][] {
  try {
    const record_delimiter = ['\r\n', '\n'];
    return parse(text, { bom: true, record_delimiter, relax_column_count: true, skip_empty_lines: true });
  } catch (error) {
    throw new UserError(`The body is not CSV: ${messageOf(error)}`, { cause: error });
  }
}
