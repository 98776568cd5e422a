import { messageOf, type Problem } from '../../errors.ts';

/** @param place the file, and where in it */
export function notJson(error: unknown, place: string): Problem {
  return {
    where: `cases (${place})`,
    // The parser counts from the beginning of the text that it was given, which is a piece of the file.
    message: `is not JSON (${messageOf(error).replace(/ in JSON at position .*$/, '')}).`,
    fix: 'Give a JSON file {"instances": [[…], …]}, JSON Lines (.jsonl) or CSV with a header (.csv).',
  };
}
