/**
 * JSON as endpoints really write it. Two things go beyond JSON.parse: whole numbers above 2^53 stay exact (as bigint),
 * and the bare words NaN, Infinity and -Infinity, which Python's json module writes, are read as texts of that name.
 */
import { clip } from './clip.ts';
import { isObject } from './json-object.ts';

export type JsonValue =
  null | boolean | number | bigint | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Sixteen digits may be above 2^53, unless they are behind a decimal point. */
const LONG_INTEGER = /(?<![.\d])\d{16,}(?![.\deE])/;
const TEXT_OR_WORD = /"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/g;

/**
 * @param nan what the bare word NaN becomes: a text, or null as a missing value is written elsewhere
 * @throws SyntaxError with the parser's own words.
 */
export function parseJson(text: string, nan: 'text' | 'null' = 'text'): JsonValue {
  const parse = LONG_INTEGER.test(text) ? parseExact : parsePlain;
  try {
    return parse(text);
  } catch (error) {
    if (!/\b(NaN|Infinity)\b/.test(text)) throw error;
    const read = (word: string) => (word === 'NaN' && nan === 'null' ? 'null' : `"${word}"`);
    return parse(text.replace(TEXT_OR_WORD, (found) => (found.startsWith('"') ? found : read(found))));
  }
}

function parsePlain(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}

type SourceReviver = (key: string, value: unknown, context?: { readonly source?: string }) => unknown;

function parseExact(text: string): JsonValue {
  // The third argument is newer than TypeScript's own types. https://tc39.es/proposal-json-parse-with-source/
  const reviver: SourceReviver = (_key, value, context) => {
    const unsafe = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
    return unsafe && /^-?\d+$/.test(context?.source ?? '') ? BigInt(context?.source ?? 0) : value;
  };
  return JSON.parse(text, reviver) as JsonValue;
}

/** Newer than TypeScript's own types. https://tc39.es/proposal-json-parse-with-source/#sec-json.rawjson */
const { rawJSON } = JSON as typeof JSON & { readonly rawJSON: (text: string) => unknown };

/** JSON in which a bigint is written with all its digits. */
export function writeJson(value: unknown): string {
  try {
    // Many times faster than with a replacer, and hardly any value holds a bigint.
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, (_key, item: unknown) =>
      typeof item === 'bigint' ? rawJSON(String(item)) : item,
    );
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, JsonValue>> {
  return isObject(value);
}

/** A short form of any value, for messages. */
export function show(value: unknown, length = 60): string {
  const text = typeof value === 'bigint' ? String(value) : showJson(value);
  return clip(text, length);
}

function showJson(value: unknown): string {
  // NaN and the infinities have no JSON form of their own, and undefined has none at all.
  if (typeof value === 'number' || value === undefined) return String(value);
  return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? String(item) : item));
}
