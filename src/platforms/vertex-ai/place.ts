/** Where an endpoint is: what its group says, or the credentials. */
import { UserError } from '../../core/errors.ts';
import type { Place } from './resources.ts';

interface Members {
  readonly project?: unknown;
  readonly location?: unknown;
}

/** @param known the project that the environment names. @throws UserError with every member that is missing */
export function placeOf({ project: given, location }: Members, known: string | null): Place {
  const project = given ?? known;
  if (typeof project === 'string' && typeof location === 'string') return { project, location };
  const missing = Object.entries({ project, location }).filter(([, value]) => typeof value !== 'string');
  throw UserError.of(
    missing.map(([name]) => ({
      where: `vertex-ai: ${name}`,
      message: 'is required: it says where the endpoint is.',
      fix: 'Set it in the group vertex-ai.',
    })),
  );
}
