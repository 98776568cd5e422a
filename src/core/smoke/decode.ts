/** An endpoint's answer as fields, or in words why it is of no use. */
import { isRecord, parseJson, show, type JsonValue } from '../exact-json.ts';
import type { InvokeAnswer } from '../targets.ts';
import { arePlainNumbers } from './plain-numbers.ts';
import type { Scalar } from './tolerance.ts';

export type Fields = Readonly<Record<string, JsonValue>>;

export type Decoded =
  | {
      readonly fields: Fields;
      /** The whole answer, for JSONPath. */
      readonly document: JsonValue;
      /** Shapes that the answer itself declares, by field; null if its protocol has none. */
      readonly shapes: Readonly<Record<string, readonly number[]>> | null;
      readonly failure: null;
    }
  /** `failure` continues a sentence: "answered 500: …". */
  | { readonly fields: null; readonly failure: string };

const QUOTED = 160;

/** The text of an answer that is one: of a good status, and no HTML page. */
export function readText(
  answer: InvokeAnswer,
): { readonly text: string; readonly failure: null } | { readonly text: null; readonly failure: string } {
  const text = new TextDecoder().decode(answer.body);
  if (answer.status < 200 || answer.status > 299) {
    const said = text.trim() === '' ? '' : `: ${excerpt(text)}`;
    return { text: null, failure: `answered HTTP ${answer.status}${said}` };
  }
  if (looksLikeHtml(text)) {
    return { text: null, failure: `answered an HTML page instead of a prediction: ${excerpt(text)}` };
  }
  return { text, failure: null };
}

/** An object's fields; an array stands for its `predictions`. */
export function decodeJson(answer: InvokeAnswer): Decoded {
  const { text, failure } = readText(answer);
  if (text === null) return failed(failure);
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch {
    const what =
      text === ''
        ? 'an empty body'
        : `${answer.contentType || 'something'} that is not JSON: ${excerpt(text)}`;
    return failed(`answered ${what}`);
  }
  if (!Array.isArray(value) && !isRecord(value)) {
    return failed(`answered ${show(value)}, which is neither an object nor an array`);
  }
  const error = isRecord(value) ? errorIn(value) : null;
  if (error !== null) return failed(`answered HTTP ${answer.status} with an error: ${excerpt(error)}`);
  const fields = isRecord(value) ? value : { predictions: value };
  return { fields, document: value, shapes: null, failure: null };
}

/** What an answer says that holds an error, and no value for any row; null for any other. */
function errorIn(value: Fields): string | null {
  if (Object.values(value).some((field) => Array.isArray(field))) return null;
  const name = ERROR_FIELDS.find((field) => typeof value[field] === 'string' || isRecord(value[field]));
  const said = name === undefined ? null : (value[name] ?? null);
  return said === null ? null : typeof said === 'string' ? said : show(said);
}

/** As Flask, FastAPI, TorchServe, TF Serving and Hugging Face call them; the first one that is there counts. */
const ERROR_FIELDS = ['error', 'errorMessage', 'detail', 'message'];

export function failed(failure: string): Decoded {
  return { fields: null, failure };
}

/** By its text alone: Flask calls whatever a function returns text/html. */
function looksLikeHtml(text: string): boolean {
  return /^\s*<(!doctype|html|head|body|title|h1|p>)/i.test(text.slice(0, 200));
}

/** The beginning of a text, on one line. */
export function excerpt(text: string): string {
  const flat = text
    .slice(0, 4 * QUOTED)
    .replace(/\s+/g, ' ')
    .trim();
  return flat.length <= QUOTED ? flat : `${flat.slice(0, QUOTED - 1)}…`;
}

/** The values of one row, in order; of an object {class: probability} its values. */
export function flatten(value: JsonValue): readonly Scalar[] {
  if (Array.isArray(value) && arePlainNumbers(value)) return value as readonly number[];
  const values: Scalar[] = [];
  collect(value, values);
  return values;
}

function collect(value: JsonValue, into: Scalar[]): void {
  if (Array.isArray(value)) for (const item of value as readonly JsonValue[]) collect(item, into);
  else if (isRecord(value)) for (const item of Object.values(value)) collect(item, into);
  else into.push(value as Scalar);
}
