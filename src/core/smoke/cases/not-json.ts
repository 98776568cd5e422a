import { messageOf, type Problem } from '../../errors.ts';

/** @param place the file, and where in it */
export function notJson(error: unknown, place: string): Problem {
  return {
    where: `cases (${place})`,
    message: `is not JSON (${messageOf(error)}).`,
    fix: 'Give a JSON file {"instances": [[…], …]}, JSON Lines (.jsonl) or CSV with a header (.csv).',
  };
}
