/**
 * Which values are taken out of a text, and where in it. The rule is in docs/security.md.
 *
 * Two kinds: a value that is long or odd enough to be nothing else is hidden everywhere. A value that occurs in
 * every text (`1`, `true`, `info`) is hidden only behind its name, because without the name it tells nothing, and with
 * every `1` hidden no report could be read.
 */
import { isRecord } from '../exact-json.ts';

export interface Named {
  /** The variable, header or input. */
  readonly name: string;
  readonly value: string;
}

/** Values that say nothing, whichever variable has them. */
const COMMON = new Set(
  (
    'true false yes no on off none null nil undefined default auto debug info notice warn warning error fatal critical ' +
    'trace verbose quiet silent enabled disabled enable disable cpu gpu cuda local development dev staging stage ' +
    'production prod testing release latest model models python linux utf-8 utf8 ascii float float16 float32 float64 ' +
    'int8 int32 int64 string number boolean object serve server localhost 127.0.0.1 0.0.0.0 application/json text/csv ' +
    'text/plain application/octet-stream /opt/ml /opt/ml/model /opt/ml/model/code inference.py'
  ).split(' '),
);

/** Headers that say what a request is, and prove nothing about who sends it. */
const PLAIN_HEADERS =
  /^(accept(-.*)?|content-(type|length|encoding|language)|user-agent|cache-control|connection)$/i;

const FEWEST_CHARACTERS = 6;
const FEWEST_DIGITS = 8;
const NUMBER = /^[-+]?[\d.,:_]+$/;
/** Signs that hardly are in words, versions, paths and names of types. */
const ODD = /[^A-Za-z0-9._/:,\s-]/;

/** Whether a value differs from ordinary text, so it is hidden everywhere. */
export function isDistinct(value: string): boolean {
  if (COMMON.has(value.toLowerCase())) return false;
  if (NUMBER.test(value)) return value.replace(/\D/g, '').length >= FEWEST_DIGITS;
  return value.length >= (ODD.test(value) ? 4 : FEWEST_CHARACTERS);
}

export function isPlainHeader(name: string): boolean {
  return PLAIN_HEADERS.test(name);
}

/** The value, and what in it is a secret by itself: its lines, the password of a URL, what a JSON document calls a secret. */
export function partsOf({ name, value }: Named): Named[] {
  const whole = value.trim();
  const scheme = /^(?:bearer|basic|token|apikey|api-key)\s+(.+)$/is.exec(whole)?.[1];
  const lines = whole.includes('\n') ? whole.split(/\r?\n|\r/).map((line) => line.trim()) : [];
  const inner = [...(scheme === undefined ? [] : [scheme, ...basicPassword(scheme)]), ...lines];
  const values = [whole, ...inner, ...urlSecrets(whole)].filter((part) => part !== '');
  return [...[...new Set(values)].map((part) => ({ name, value: part })), ...jsonParts(whole)];
}

function basicPassword(credentials: string): string[] {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(credentials)) return [];
  const [, ...password] = Buffer.from(credentials, 'base64').toString('utf8').split(':');
  const text = password.join(':');
  // What decodes to no text was no user:password.
  return text === '' || text.includes('\ufffd') ? [] : [text];
}

const SECRET_NAME = /(key|token|secret|sig|signature|password|passwd|pwd|code|auth|credential)s?$/i;

/** Passwords and keys in the URLs of a text, as they are written and as they are meant. */
export function urlSecrets(text: string): string[] {
  const passwords = [...text.matchAll(/(?:^|\/\/|[\s"'=])[^\s/:@"']*:([^\s/@"']+)@(?!sha\d+:)[^\s@]/g)].map(
    ([, found = '']) => found,
  );
  const parameters = [...text.matchAll(/[?&]([^=&#\s]+)=([^&#\s]+)/g)]
    .filter(([, name = '']) => SECRET_NAME.test(name))
    .map(([, , found = '']) => found);
  return [...passwords, ...parameters].flatMap((found) => [found, decoded(found)]);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Of a document, only what its key calls a secret: the rest are settings, and labels of the model perhaps. */
function jsonParts(text: string): Named[] {
  if (!/^[[{]/.test(text)) return [];
  try {
    return leaves('', JSON.parse(text)).filter(({ name }) => SECRET_NAME.test(name));
  } catch {
    return [];
  }
}

function leaves(name: string, value: unknown): Named[] {
  if (typeof value === 'string') return value.trim() === '' ? [] : [{ name, value: value.trim() }];
  if (Array.isArray(value)) return value.flatMap((item) => leaves(name, item));
  return isRecord(value) ? Object.entries(value).flatMap(([key, item]) => leaves(key, item)) : [];
}
