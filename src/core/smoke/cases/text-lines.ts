import { UserError } from '../../errors.ts';
import { EncodingError, linesOf, type Line } from './file-chunks.ts';

/** The lines of a file of cases. @throws UserError if it is not a text that can be read. */
export function* textLines(path: string, name: string): Generator<Line> {
  try {
    yield* linesOf(path);
  } catch (error) {
    if (!(error instanceof EncodingError)) throw error;
    throw UserError.of([{ where: `cases (${name})`, message: error.message }]);
  }
}
