/** Values of an answer that are named by a JSONPath (RFC 9535) instead of a field. */
import { jsonpath } from 'json-p3';
import { messageOf, UserError } from '../errors.ts';
import type { JsonValue } from '../exact-json.ts';
import type { Fields } from './decode.ts';

/** The values of all paths, each as a field of one entry a row if the answer has that many. */
export type PathReader = (document: JsonValue, rows: number) => Fields;

/** @throws UserError for every path that is none. */
export function compilePaths(paths: readonly string[]): PathReader {
  const problems: { where: string; message: string }[] = [];
  const compiled = paths.flatMap((path) => {
    try {
      return [[path, jsonpath.compile(path)] as const];
    } catch (error) {
      problems.push({ where: path, message: `is not a valid JSONPath (${messageOf(error)}).` });
      return [];
    }
  });
  if (problems.length > 0) throw UserError.of(problems);
  return (document, rows) =>
    Object.fromEntries(
      compiled.flatMap(([path, query]) => {
        const found = query.query(document as Parameters<typeof query.query>[0]).values() as JsonValue[];
        const value = perRow(found, rows);
        return value === null ? [] : [[path, value]];
      }),
    );
}

/** One value a row, one array with an entry a row, or the same number of values for each row; null for nothing. */
function perRow(found: readonly JsonValue[], rows: number): JsonValue | null {
  const [first] = found;
  if (first === undefined) return null;
  if (found.length === rows) return found;
  if (rows === 1) return [found];
  if (found.length === 1 && Array.isArray(first) && first.length === rows) return first as JsonValue;
  const each = found.length / rows;
  if (!Number.isInteger(each)) return found;
  return Array.from({ length: rows }, (_, row) => found.slice(row * each, (row + 1) * each));
}
