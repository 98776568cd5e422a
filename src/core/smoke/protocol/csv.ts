/** text/csv, one row a line and no header, as SageMaker's own algorithms take it; answers may be CSV or JSON. */
import { isRecord, show, type JsonValue } from '../../exact-json.ts';
import { messageOf, UserError } from '../../errors.ts';
import { instancesOfCsv } from '../../inference/csv.ts';
import type { InvokeAnswer } from '../../targets.ts';
import { decodeJson, excerpt, failed, readText, type Decoded } from '../decode.ts';
import type { Protocol, RequestBody } from './protocol.ts';

function bodyOf(content: string): RequestBody {
  return { content, contentType: 'text/csv' };
}

export const csvProtocol: Protocol = {
  name: 'csv',
  maxRows: Infinity,
  encode: (rows) => bodyOf(rows.map(lineOf).join('\n')),
  decode: decodeCsv,
  malformed: bodyOf('"a quote that never ends'),
  noRows: bodyOf(''),
};

function lineOf(row: JsonValue): string {
  const cells: readonly JsonValue[] = Array.isArray(row) ? row : isRecord(row) ? Object.values(row) : [row];
  const nested = cells.find((cell) => typeof cell === 'object' && cell !== null);
  if (nested !== undefined) {
    throw new UserError(
      `protocol: csv allows only flat rows, and a row contains ${show(nested)}. Use another protocol.`,
    );
  }
  return cells.map(cellOf).join(',');
}

/** https://www.rfc-editor.org/rfc/rfc4180 */
function cellOf(value: JsonValue): string {
  const text = value === null || typeof value === 'object' ? '' : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function decodeCsv(answer: InvokeAnswer, rows: number): Decoded {
  const { text, failure } = readText(answer);
  if (text === null) return failed(failure);
  if (/\bjson\b/i.test(answer.contentType) || /^\s*[[{]/.test(text)) return decodeJson(answer);
  let lines: JsonValue[][];
  try {
    lines = instancesOfCsv(text);
  } catch (error) {
    return failed(`gave an answer that is not CSV (${messageOf(error)}): ${excerpt(text)}`);
  }
  if (lines.length === 0) return failed('answered an empty body');
  const predictions = predictionsOf(lines, rows);
  return { fields: { predictions }, document: predictions, shapes: null, failure: null };
}

/** SageMaker's XGBoost answers all rows on one line. */
function predictionsOf(lines: readonly (readonly JsonValue[])[], rows: number): JsonValue {
  const [only] = lines;
  if (lines.length === 1 && rows > 1 && only?.length === rows) return only;
  return lines.every(({ length }) => length === 1) ? lines.map(([value]) => value ?? null) : lines;
}
