/** Cases in JSON Lines (https://jsonlines.org): a row, or {instance, label?, expected?}, on each line. */
import { UserError } from '../../errors.ts';
import { isRecord, parseJson, type JsonValue } from '../../exact-json.ts';
import { textLines } from './text-lines.ts';
import { notJson } from './not-json.ts';
import type { CasesFile, RawCase } from './raw-case.ts';

export function linesFile(path: string, name: string): CasesFile {
  return { rows: () => rowsOf(path, name), isText: false, problems: [] };
}

/** The first row says whether rows are wrapped. */
function* rowsOf(path: string, name: string): Generator<RawCase> {
  let wrapped: boolean | null = null;
  for (const { text, number } of textLines(path, name)) {
    if (text.trim() === '') continue;
    const value = parseLine(text, name, number);
    wrapped ??= isRecord(value) && 'instance' in value;
    yield wrapped
      ? unwrapped(value, number)
      : { instance: value, label: undefined, expected: undefined, line: number };
  }
}

function unwrapped(value: JsonValue, line: number): RawCase {
  if (!isRecord(value)) return { instance: null, label: undefined, expected: undefined, line };
  const { instance = null, label, expected } = value;
  return { instance, label: label ?? undefined, expected: expected ?? undefined, line };
}

/** @throws UserError that names the line. */
function parseLine(text: string, name: string, line: number): JsonValue {
  try {
    return parseJson(text, 'null');
  } catch (error) {
    throw UserError.of([notJson(error, `${name}, line ${line}`)]);
  }
}
