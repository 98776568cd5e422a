/**
 * A group of inputs as it is written in `with:`: one key a line, or a JSON object. Nothing in a value has a meaning: it
 * reaches the end of its line whatever it holds, and is typed later by the spec. A value in double quotes is read as a JSON
 * string, which is how toJSON() passes one that may hold a line break.
 */
import { jsonMembers } from './json-members.ts';
import { pairOf } from './pairs.ts';

export interface MemberText {
  readonly key: string;
  readonly text: string;
  /** Counted from 1. */
  readonly line: number;
}

export interface LineProblem {
  readonly line: number;
  readonly message: string;
  readonly fix?: string;
}

export interface GroupText {
  readonly members: readonly MemberText[];
  readonly problems: readonly LineProblem[];
}

const QUOTE = 'Write the value in double quotes, as JSON does; toJSON() does that for an expression.';

export function readGroupText(text: string): GroupText {
  const read = text.trimStart().startsWith('{') ? readJson(text) : readLines(text);
  return { members: read.members, problems: [...read.problems, ...duplicates(read.members)] };
}

function readJson(text: string): GroupText {
  try {
    JSON.parse(text);
  } catch (error) {
    const position = /at position (\d+)/.exec((error as Error).message)?.[1];
    const line = position === undefined ? lastLine(text) : lastLine(text.slice(0, Number(position)));
    const message = 'it starts with { but is not a valid JSON object.';
    return {
      members: [],
      problems: [{ line, message, fix: 'Correct it, or write one "key: value" per line.' }],
    };
  }
  const members = jsonMembers(text).map(({ name, source, line }) => ({
    key: name,
    text: source === 'null' ? '' : unquoted(source),
    line,
  }));
  return { members, problems: [] };
}

function lastLine(text: string): number {
  return text.trimEnd().split('\n').length;
}

function readLines(text: string): GroupText {
  const members: MemberText[] = [];
  const problems: LineProblem[] = [];
  for (const { first, rest, line } of entriesOf(text)) {
    const pair = pairOf(first);
    if (pair === null) {
      problems.push({ line, ...unreadable(first) });
      continue;
    }
    const value = [pair.value, ...rest].join('\n').trim();
    const wrong = wrongValue(pair.name, pair.value, rest);
    if (wrong === null) members.push({ key: pair.name, text: unquoted(value), line });
    else problems.push({ line, ...wrong });
  }
  return { members, problems };
}

interface Lines {
  readonly first: string;
  /** Lines that are indented more, and a closing bracket after them. */
  readonly rest: string[];
  readonly line: number;
}

function entriesOf(text: string): Lines[] {
  const entries: Lines[] = [];
  let margin: number | null = null;
  text.split(/\r?\n/).forEach((content, at) => {
    if (content.trim() === '') return;
    const indent = content.length - content.trimStart().length;
    margin ??= indent;
    const last = entries.at(-1);
    const goesOn = indent > margin || /^\s*[}\]]+\s*$/.test(content);
    if (last !== undefined && goesOn) last.rest.push(content);
    else entries.push({ first: content, rest: [], line: at + 1 });
  });
  return entries;
}

/** The line itself may hold a secret, so at most its first word is shown. */
function unreadable(content: string): Omit<LineProblem, 'line'> {
  if (content.trimStart().startsWith('#')) {
    const message = 'comments are not allowed in a group: "#" has no meaning there.';
    return { message, fix: 'Move it in front of the key in the workflow.' };
  }
  const key = /^\s*([A-Za-z0-9_-]+):\S/.exec(content)?.[1];
  if (key !== undefined) {
    return { message: 'is not "key: value".', fix: `Put a space after the colon of "${key}:".` };
  }
  const fix = `Write one key per line. A value with a line break needs double quotes, as toJSON() writes them.`;
  return { message: 'is not "key: value" or "key=value".', fix };
}

function wrongValue(key: string, value: string, rest: readonly string[]): Omit<LineProblem, 'line'> | null {
  if (/^[&*][^\s]+(\s|$)/.test(value)) {
    return { message: `${key}: YAML anchors and aliases are not allowed in a group.`, fix: QUOTE };
  }
  if (value.startsWith('!')) {
    return { message: `${key}: YAML tags are not allowed in a group.`, fix: QUOTE };
  }
  if (/^[|>][+-]?\d?[+-]?$/.test(value)) {
    return { message: `${key}: YAML blocks are not allowed in a group.`, fix: QUOTE };
  }
  if (rest.length === 0 || /^[{[]/.test(value) || /^[{[]/.test(rest[0]?.trim() ?? '')) return null;
  const message = `${key}: nothing can be nested below a key of a group.`;
  return { message, fix: 'Write the value on the same line; write JSON in brackets.' };
}

/** The text of a JSON string or of a quoted text of YAML; anything else as it is. */
function unquoted(value: string): string {
  if (/^".*"$/s.test(value)) {
    try {
      return JSON.parse(value) as string;
    } catch {
      return value;
    }
  }
  const single = /^'((?:[^']|'')*)'$/s.exec(value)?.[1];
  return single === undefined ? value : single.replaceAll("''", "'");
}

function duplicates(members: readonly MemberText[]): LineProblem[] {
  const first = new Map<string, number>();
  return members.flatMap(({ key, line }) => {
    const earlier = first.get(key);
    if (earlier === undefined) {
      first.set(key, line);
      return [];
    }
    return [{ line, message: `"${key}" is also on line ${earlier}.`, fix: 'Remove one of them.' }];
  });
}
