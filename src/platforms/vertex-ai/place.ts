/** Where an endpoint is: what its group says, or the credentials. */
import { UserError } from '../../core/errors.ts';
import type { Place } from './resources.ts';

interface Members {
  readonly project: string | null;
  readonly location: string | null;
}

/** @param known the project that the environment names. @throws UserError with every member that is missing */
export function placeOf({ project: given, location }: Members, known: string | null): Place {
  const project = given ?? known;
  if (project !== null && location !== null) return { project, location };
  const missing = Object.entries({ project, location }).filter(([, value]) => value === null);
  throw UserError.of(
    missing.map(([name]) => ({
      where: `vertex-ai: ${name}`,
      message: 'is required: it says where the endpoint is.',
      fix: 'Set it in the group vertex-ai.',
    })),
  );
}
