/**
 * How a text may look after somebody has written it: escaped for JSON, a URL, HTML, Markdown or a shell, one after the
 * other in any order, or encoded as base64 or hexadecimal.
 *
 * Letters and digits stay themselves in every escape, so only the other characters have more than one form.
 */

/** One sign that escapes are made of, with what the next escape makes of it. */
function small(character: string): string {
  const code = character.charCodeAt(0);
  const entity = String.raw`&(?:amp;){0,3}\\?#0*(?:${code}|[xX]0*${hex(code, 1)});`;
  const percent = `%(?:25){0,2}${hex(code, 2)}`;
  return String.raw`(?:${percent}|${entity}|\\{1,8}u${hex(code, 4)}|\\{0,8}${literal(character)})`;
}

const HASH = small('#');
const SEMICOLON = small(';');
/** HTML that is escaped again has its own "&" escaped. */
const AMPERSAND = `${small('&')}(?:amp${SEMICOLON}){0,3}`;
const PERCENT = `${small('%')}(?:25){0,2}`;
/** What core/markdown and the log put behind a sign to take its power from it. */
const ZERO_WIDTH = String.raw`(?:\u200b|${AMPERSAND}${HASH}8203${SEMICOLON}){0,3}`;
/** Each escape within an escape doubles the backslashes. */
const BACKSLASH = String.raw`(?:\\|${PERCENT}5[cC]|${AMPERSAND}${HASH}(?:92|[xX]5[cC])${SEMICOLON}|\\{1,8}u005[cC])`;
/** Between two digits of base64, which many programs break into lines. */
const LINE_FOLD = String.raw`\s{0,2}`;

const NAMED: Readonly<Record<string, string>> = {
  '"': 'quot',
  "'": 'apos',
  '&': 'amp',
  '<': 'lt',
  '>': 'gt',
  '`': 'grave',
  '|': 'vert|verbar',
  _: 'lowbar',
  '*': 'ast',
};

/** White space of any kind and length: lines are joined, and wrapped, on the way. A form writes "+" for a space. */
const SPACES = String.raw`(?:\s|${sign('+')}|${PERCENT}(?:20|0[9aAdD])|${BACKSLASH}{1,8}(?:[nrt]|u00(?:20|0[9aAdD]))|<br ?\/?>|${AMPERSAND}(?:nbsp|${HASH}(?:0*(?:9|10|13|32|160)|[xX]0*(?:9|[aAdD]|20|[aA]0)))${SEMICOLON})+`;

/** One way of writing a value. */
export interface WrittenForm {
  readonly pattern: RegExp;
  /** Texts of which one is in every text that the pattern fits; none if there is no such text. */
  readonly signs: readonly string[];
}

/** Every way in which the value may be written. It is not empty. */
export function writtenForms(value: string): WrittenForm[] {
  return [escapedForm(value), ...cutOff(value), ...spelled(value).flatMap(base64Forms), ...hexForms(value)];
}

/** Most values are never met, so their patterns are not made before. */
function form(source: () => string, ...signs: readonly string[]): WrittenForm {
  let pattern: RegExp | null = null;
  return {
    get pattern() {
      return (pattern ??= new RegExp(source(), 'gu'));
    },
    signs: signs.filter((sign) => sign !== ''),
  };
}

function escapedForm(value: string): WrittenForm {
  return form(() => escaped(value), longestWord(value));
}

function longestWord(text: string): string {
  const words = text.match(/[A-Za-z0-9]+/g) ?? [];
  return words.reduce((longest, word) => (word.length > longest.length ? word : longest), '');
}

/** The value under every escape that works sign by sign. */
export function escaped(value: string): string {
  return partsOf(value).map(escapedPart).join('');
}

/** What is known of a value that is cut off after that many of its characters could still be most of it. */
const FEWEST_KEPT = 6;
const MOST_KEPT = 200;

/** The beginning of a value if a text was cut in the middle of it: "…", "..." or the end is behind it. */
function cutOff(value: string): WrittenForm[] {
  const parts = partsOf(value).slice(0, MOST_KEPT);
  const least = Math.max(FEWEST_KEPT, Math.ceil(parts.length / 4));
  if (parts.length <= least) return [];
  const source = () => {
    const patterns = parts.map(escapedPart);
    const rest = patterns.slice(least).reduceRight((inner, part) => `(?:${part}${inner})?`, '');
    return String.raw`${patterns.slice(0, least).join('')}${rest}(?=\.\.\.|…| … |\s*$)`;
  };
  return [form(source, longestWord(parts.slice(0, least).join('')))];
}

/** Runs of backslashes and of white space are one part each. */
function partsOf(value: string): readonly string[] {
  return value.match(/\\+|\s+|[\s\S]/gu) ?? [];
}

function escapedPart(part: string): string {
  if (/^[A-Za-z0-9]$/.test(part)) return part;
  if (part.startsWith('\\')) return `${BACKSLASH}{${part.length},}`;
  return /^\s/.test(part) ? SPACES : sign(part);
}

function sign(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = [...Buffer.from(character)];
  const units = Array.from({ length: character.length }, (_, at) => hex(character.charCodeAt(at), 4));
  const named = NAMED[character];
  const names = [...(named ? [named] : []), `${HASH}0*${code}`, `${HASH}[xX]0*${hex(code, 1)}`];
  const one = [
    literal(character),
    `${AMPERSAND}(?:${names.join('|')})${SEMICOLON}`,
    bytes.map((byte) => `${PERCENT}${hex(byte, 2)}`).join(''),
  ];
  const numbered = [
    units.map((unit) => `${BACKSLASH}{1,8}u${unit}`).join(''),
    bytes.map((byte) => `${BACKSLASH}{1,8}x${hex(byte, 2)}`).join(''),
  ];
  const before = character === '.' ? ZERO_WIDTH : '';
  return `${before}(?:${BACKSLASH}{0,8}(?:${one.join('|')})|${numbered.join('|')})${ZERO_WIDTH}`;
}

/** A number in hexadecimal, in upper and lower case. */
function hex(value: number, digits: number): string {
  return Array.from(value.toString(16).padStart(digits, '0'))
    .map((digit) => (/[a-f]/.test(digit) ? `[${digit}${digit.toUpperCase()}]` : digit))
    .join('');
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** What is encoded is often a document that holds the value, and so the value as the document writes it. */
function spelled(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const ascii = json.replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return [...new Set([value, json, ascii])];
}

/** Fewer digits occur in digests by chance. */
const FEWEST_DIGITS = 6;

/** At each of the three places that a value can have in a group of three bytes: what is the same whatever surrounds it. */
function base64Forms(value: string): WrittenForm[] {
  const bytes = Buffer.from(value);
  return [0, 1, 2].flatMap((before) => {
    const digits = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const from = Math.ceil((before * 8) / 6);
    const sure = digits.slice(from, Math.floor(((before + bytes.length) * 8) / 6));
    if (sure.length < FEWEST_DIGITS) return [];
    // The digit behind it holds the value's last bits.
    const source = () => `${Array.from(sure, base64Digit).join(LINE_FOLD)}[A-Za-z0-9+/_\\-]?=*`;
    // A line may end within one of the two.
    const half = sure.length / 2;
    return [form(source, longestWord(sure.slice(0, half)), longestWord(sure.slice(half)))];
  });
}

/** Base64 for URLs has two other digits. https://www.rfc-editor.org/rfc/rfc4648#section-5 */
function base64Digit(digit: string): string {
  if (digit === '+') return `(?:${sign('+')}|${sign('-')})`;
  return digit === '/' ? `(?:${sign('/')}|${sign('_')})` : digit;
}

function hexForms(value: string): WrittenForm[] {
  const bytes = [...Buffer.from(value)];
  return bytes.length < FEWEST_DIGITS ? [] : [form(() => bytes.map((byte) => hex(byte, 2)).join(''))];
}
