/** What is wrong with a file that is no YAML: the first error alone, because the others follow from it. */
import type { ErrorCode } from 'yaml';
import type { Problem } from '../errors.ts';

type Words = readonly [message: string, fix: string];

const OPEN: Words = [
  'has a quote or a bracket that is not closed.',
  'Close it on the line on which it is opened.',
];
const TOO_FAR: Words = [
  'cannot be read: it contains a second ": ", or the next line is indented too far.',
  'Quote values that contain ": ", and indent all keys of a map equally.',
];

/** The errors that people make in such a file, in words. https://eemeli.org/yaml/#errors */
const WORDS: Partial<Record<ErrorCode, Words>> = {
  TAB_AS_INDENT: ['is indented with a tab.', 'YAML accepts only spaces: use two for each level.'],
  BLOCK_AS_IMPLICIT_KEY: TOO_FAR,
  MULTILINE_IMPLICIT_KEY: TOO_FAR,
  BAD_SCALAR_START: [
    'has a value that starts with a character reserved by YAML.',
    'Put the value in quotes.',
  ],
  MISSING_CHAR: OPEN,
  BAD_INDENT: ['is not indented like the lines before it.', 'Indent all keys of a map equally.'],
};

/** A YAMLParseError, which is thrown by nothing here. */
interface SyntaxError {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Null for a file without one. */
export function syntaxProblem(error: SyntaxError | undefined, where: string): Problem | null {
  if (error === undefined) return null;
  // A flow collection that goes on in the first column of the next line was not closed.
  const words = error.message.startsWith('Flow ') ? OPEN : WORDS[error.code];
  const [message, fix] = words ?? [`is not YAML: ${plain(error.message)}.`, undefined];
  return fix === undefined ? { where, message } : { where, message, fix };
}

/** Without the place, which comes before it, and the excerpt. */
function plain(message: string): string {
  const first = message.split('\n')[0] ?? '';
  return first.replace(/ at line \d+, column \d+:?$/, '').replace(/[.:]$/, '');
}
