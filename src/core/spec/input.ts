/**
 * Inputs as data: one description gives the type that the code sees, the parser, action.yml, the README table and
 * the JSON Schema.
 *
 * A parser gets a trimmed text that is not empty ("" means absent) and throws an Error whose message says what is
 * wrong with the value; the value itself and the input's name are added by the caller.
 */
import leven from 'leven';
import type { Json } from '../canonical-json.ts';
import { isObject, type JsonObject } from '../json-object.ts';
import { pairOf } from './pairs.ts';

export interface Input<T> {
  readonly description: string;
  /** How the kind of value is called in tables: text, integer, a|b|c … */
  readonly kind: string;
  /** Must be given, as an input or in ml-deploy.yml. */
  readonly required: boolean;
  /** Masked before anything else happens; never taken from ml-deploy.yml. */
  readonly secret: boolean;
  /** Its values are a container's variables: no secrets all of them, and yet hidden in what others say. */
  readonly variables: boolean;
  /** Whether a message may quote the value: not if values of container variables may be in it. */
  readonly quotable: boolean;
  /** What an absent input means, as the text that a user would have written; null if it has no default. */
  readonly defaultText: string | null;
  /** A workflow expression that action.yml gives as the default, for what only the runner knows; null otherwise. */
  readonly expression: string | null;
  readonly parse: (text: string) => T;
  /**
   * In ml-deploy.yml, whether it is read below its action's name alone: another action has an input of the same name
   * that means something else, and the plain key is that one.
   */
  readonly belowActionOnly: boolean;
  /** What the value looks like in ml-deploy.yml (JSON Schema). */
  readonly schema: Readonly<Record<string, Json>>;
}

interface Common {
  readonly description: string;
  readonly required?: boolean;
  readonly default?: string;
  readonly belowActionOnly?: boolean;
  readonly variables?: boolean;
}

/** A required or defaulted input is always there; any other may be null. */
type Value<T, O extends Common> = O extends { required: true } | { default: string } ? T : T | null;

function define<T, O extends Common>(
  options: O,
  kind: string,
  schema: Input<T>['schema'],
  parse: (text: string) => T,
  { secret = false, quotable = true } = {},
): Input<Value<T, O>> {
  return {
    description: options.description,
    kind,
    required: options.required ?? false,
    secret,
    variables: options.variables ?? false,
    quotable: quotable && !secret,
    defaultText: options.default ?? null,
    expression: null,
    belowActionOnly: options.belowActionOnly ?? false,
    parse,
    schema,
  };
}

interface TextRules {
  readonly pattern?: RegExp;
  readonly form?: string;
  /** What may be meant by a value that does not match: a sentence that begins with a space, or ''. */
  readonly meant?: (value: string) => string;
}

/** Any text; `pattern` is explained by `form`, as in "must be <form>". */
export function text<const O extends Common & TextRules>(options: O) {
  const schema = { type: 'string', ...(options.pattern ? { pattern: options.pattern.source } : {}) };
  return define<string, O>(options, 'text', schema, (value) => {
    if (options.pattern && !options.pattern.test(value))
      throw new Error(`must be ${options.form ?? 'valid'}.${options.meant?.(value) ?? ''}`);
    return value;
  });
}

/** A text that is masked in every log and never read from a file. */
export function secret<const O extends Common & { readonly expression?: string }>(options: O) {
  const input = define<string, O>(options, 'secret', { type: 'string' }, (value) => value, { secret: true });
  return { ...input, expression: options.expression ?? null };
}

/** One of a few words. */
export function choice<const V extends readonly string[], const O extends Common>(values: V, options: O) {
  return define<V[number], O>(options, values.join('\\|'), { enum: values }, (value) => {
    if (values.includes(value)) return value;
    throw new Error(`must be one of ${values.join(', ')}.${suggestion(value, values)}`);
  });
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** A whole number within [min, max]. */
export function integer<const O extends Common & Range>(options: O) {
  return define<number, O>(options, 'integer', { type: 'integer', ...limits(options) }, (value) => {
    if (!/^[+-]?\d+$/.test(value)) throw new Error('must be an integer.');
    return within(Number(value), options);
  });
}

/** One whole number within [min, max] or several, one a line or separated by commas. */
export function integers<const O extends Common & Range>(options: O) {
  const items = { type: 'integer', ...limits(options) } as const;
  const pattern = String.raw`^\s*\d+(\s*[,\n]\s*\d+)*\s*$`;
  const schema = { type: ['integer', 'string', 'array'], ...limits(options), pattern, items } as const;
  return define<readonly number[], O>(options, 'integer or list', schema, (value) =>
    value.split(/[\n,]/).map((item) => {
      if (!/^\s*[+-]?\d+\s*$/.test(item)) throw new Error('must be an integer, or several, such as 10, 50.');
      return within(Number(item), options);
    }),
  );
}

/** A number within [min, max]. */
export function number<const O extends Common & Range>(options: O) {
  return define<number, O>(options, 'number', { type: 'number', ...limits(options) }, (value) => {
    const parsed = Number(value);
    if (!Number.isFinite(parsed)) throw new Error('must be a number, such as 0.95.');
    return within(parsed, options);
  });
}

/** YAML 1.2's true and false, as the runner's own getBooleanInput. */
export function boolean<const O extends Common>(options: O) {
  return define<boolean, O>(options, 'true\\|false', { type: 'boolean' }, (value) => {
    if (/^(true|True|TRUE)$/.test(value)) return true;
    if (/^(false|False|FALSE)$/.test(value)) return false;
    throw new Error('must be true or false.');
  });
}

/** Several texts, one a line or separated by commas. */
export function list<const O extends Common>(options: O) {
  const schema = { type: ['string', 'array'], items: { type: 'string' } } as const;
  return define<readonly string[], O>(options, 'list', schema, (value) =>
    value
      .split(/[\n,]/)
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );
}

/** `name=value` or `name: value` lines, or a JSON object of strings. */
export function map<const O extends Common>(options: O) {
  const schema = {
    type: ['string', 'object'],
    additionalProperties: { type: ['string', 'number', 'boolean'] },
  } as const;
  return define<ReadonlyMap<string, string>, O>(options, 'name=value lines', schema, parseMap, {
    quotable: false,
  });
}

/** The same as `map`, with every value masked and never read from a file. */
export function secretMap<const O extends Common>(options: O) {
  return define<ReadonlyMap<string, string>, O>(
    options,
    'secret name=value lines',
    { type: 'string' },
    parseMap,
    { secret: true },
  );
}

/** A JSON object: what is merged into a request has members, as the request has. */
export function jsonObject<const O extends Common>(options: O) {
  const schema = { type: 'object' } as const;
  return define<JsonObject, O>(options, 'JSON object', schema, parseObject, { quotable: false });
}

function parseObject(value: string): JsonObject {
  const parsed = parseJson(value);
  if (isObject(parsed)) return parsed;
  throw new Error('is JSON, but not an object such as {"Name": "value"}.');
}

function parseJson(value: string): Json {
  try {
    return JSON.parse(value) as Json;
  } catch (error) {
    // V8's message may quote the text, so only the place is given.
    const place = /at position \d+.*$/.exec((error as Error).message)?.[0];
    throw new Error(`is not valid JSON${place ? `: the error is ${place}` : ''}.`, { cause: error });
  }
}

function parseMap(value: string): ReadonlyMap<string, string> {
  if (value.startsWith('{')) return mapOfJson(value);
  const entries = new Map<string, string>();
  for (const line of value.split('\n').filter((l) => l.trim() !== '')) {
    const pair = pairOf(line);
    // The line itself may hold a secret, so the message names its number only.
    if (pair === null) {
      const number = entries.size + 1;
      throw new Error(
        `needs name=value or name: value lines; line ${number} has no "=" or ": " after a name.`,
      );
    }
    entries.set(pair.name, pair.value);
  }
  return entries;
}

function mapOfJson(value: string): ReadonlyMap<string, string> {
  let parsed: Record<string, unknown>;
  try {
    parsed = JSON.parse(value) as Record<string, unknown>;
  } catch (error) {
    throw new Error('starts with { but is not a valid JSON object.', { cause: error });
  }
  const entries = Object.entries(parsed);
  const bad = entries.find(([, v]) => !['string', 'number', 'boolean'].includes(typeof v));
  if (bad) throw new Error(`needs a string, a number or a boolean for "${bad[0]}".`);
  return new Map(entries.map(([name, v]) => [name, String(v)]));
}

function within(value: number, range: Range): number {
  const { min = -Infinity, max = Infinity } = range;
  if (value >= min && value <= max) return value;
  if (max === Infinity) throw new Error(`must be ${min} or more.`);
  if (min === -Infinity) throw new Error(`must be ${max} or less.`);
  throw new Error(`must be from ${min} to ${max}.`);
}

function limits(range: Range): { minimum?: number; maximum?: number } {
  return {
    ...(range.min === undefined ? {} : { minimum: range.min }),
    ...(range.max === undefined ? {} : { maximum: range.max }),
  };
}

/** " Did you mean …?" for a likely slip of the keyboard; '' otherwise. */
export function suggestion(value: string, known: Iterable<string>): string {
  const near = [...known]
    .map((word) => ({ word, distance: leven(value.toLowerCase(), word.toLowerCase()) }))
    .filter(
      ({ word, distance }) => distance <= (word.length < 4 ? 1 : Math.max(2, Math.floor(word.length / 3))),
    )
    .sort((a, b) => a.distance - b.distance);
  return near[0] ? ` Did you mean "${near[0].word}"?` : '';
}
