/** An endpoint's answer as fields, or in words why it is of no use. */
import type { InvokeAnswer } from '../targets.ts';
import { isRecord, parseJson, show, type JsonValue } from './json.ts';
import type { Scalar } from './tolerance.ts';

export type Fields = Readonly<Record<string, JsonValue>>;

export type Decoded =
  | { readonly fields: Fields; readonly failure: null }
  /** `failure` continues a sentence: "answered 500: …". */
  | { readonly fields: null; readonly failure: string };

const QUOTED = 160;

export function decodeAnswer(answer: InvokeAnswer): Decoded {
  const text = new TextDecoder().decode(answer.body);
  if (answer.status < 200 || answer.status > 299) {
    return failed(`answered HTTP ${answer.status}${text.trim() === '' ? '' : `: ${excerpt(text)}`}`);
  }
  if (looksLikeHtml(answer.contentType, text)) {
    return failed(`answered an HTML page instead of JSON: ${excerpt(text)}`);
  }
  return decodeJson(text, answer.contentType);
}

function decodeJson(text: string, contentType: string): Decoded {
  let value: JsonValue;
  try {
    value = parseJson(text);
  } catch {
    const what =
      text === '' ? 'an empty body' : `${contentType || 'something'} that is not JSON: ${excerpt(text)}`;
    return failed(`answered ${what}`);
  }
  if (Array.isArray(value)) return { fields: { predictions: value }, failure: null };
  if (isRecord(value)) return { fields: value, failure: null };
  return failed(`answered ${show(value)}, which is neither an object nor an array`);
}

function failed(failure: string): Decoded {
  return { fields: null, failure };
}

function looksLikeHtml(contentType: string, text: string): boolean {
  return /\bhtml\b/i.test(contentType) || /^\s*<(!doctype|html)/i.test(text.slice(0, 200));
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
export function flatten(value: JsonValue): Scalar[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => flatten(item));
  if (isRecord(value)) return Object.values(value).flatMap((item) => flatten(item));
  return [value as Scalar];
}
