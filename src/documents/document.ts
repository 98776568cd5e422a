/**
 * How every JSON document of the project is read and written: a schema with a version, exactly the keys of that version,
 * and canonical JSON, the same bytes for the same content.
 */
import { canonicalJson } from '../core/canonical-json.ts';
import { messageOf, UserError } from '../core/errors.ts';
import { isObject } from '../core/json-object.ts';
import type { Shape } from './shape.ts';

export interface Format<T extends { readonly schema: string }> {
  /** With its article, such as `a release record`. */
  readonly what: string;
  /** `ml-deploy/<name>/v<version>`. */
  readonly schema: T['schema'];
  readonly shape: Shape<T>;
  /** What to do about a document that cannot be read. A whole sentence, or several. */
  readonly remedy: string;
}

export type Read<T> =
  { readonly value: T } | { readonly problem: string; readonly cause?: unknown; readonly isOther?: boolean };

const MOST_PROBLEMS = 5;

/** @returns the document, or what is wrong with the text: the rest of a sentence that begins with its name. */
export function tryRead<T extends { readonly schema: string }>(format: Format<T>, text: string): Read<T> {
  const { what } = format;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    return { problem: `is not ${what}: it is not valid JSON (${messageOf(cause)})`, cause };
  }
  return tryParse(format, value);
}

/** The same for JSON that was parsed already. */
export function tryParse<T extends { readonly schema: string }>(
  { what, schema, shape }: Format<T>,
  value: unknown,
): Read<T> {
  if (!isObject(value)) return { problem: `is not ${what}: it is not a JSON object` };
  if (value.schema !== schema) return otherSchema(what, schema, value.schema);
  const problems = shape.problems(value, '');
  if (problems.length === 0) return { value: value as unknown as T };
  const more = problems.length > MOST_PROBLEMS ? ` (and ${problems.length - MOST_PROBLEMS} more)` : '';
  return {
    problem: `is damaged or was edited: ${problems.slice(0, MOST_PROBLEMS).join('; ')}${more}`,
  };
}

function otherSchema(what: string, schema: string, found: unknown): Read<never> {
  const kind = schema.slice(0, schema.lastIndexOf('/') + 1);
  const other = typeof found === 'string' ? `"${found}"` : 'missing';
  const isOther = typeof found === 'string' && found.startsWith(kind);
  const of = isOther ? `is ${what} of another version of ml-deploy` : `is not ${what}`;
  return { problem: `${of}: its schema is ${other}, and this version reads "${schema}"`, isOther };
}

/**
 * @param where names the document in messages: its path, its URL, or the input that holds it
 * @throws UserError that says what is wrong with it, and what to do
 */
export function readDocument<T extends { readonly schema: string }>(
  format: Format<T>,
  text: string,
  where: string,
): T {
  const read = tryRead(format, text);
  if ('value' in read) return read.value;
  throw refused(where, `${read.problem}. ${format.remedy}`, read.cause);
}

export function refused(where: string, message: string, cause?: unknown): UserError {
  return new UserError(`${where} ${message}`, { cause, problems: [{ where, message }] });
}

export function writeDocument(document: { readonly schema: string }): string {
  return canonicalJson(document);
}
