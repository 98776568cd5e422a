/** Where an endpoint is: what its group says, or the credentials. */
import { noPlace } from '../../inputs/place.ts';
import { TARGET } from './options.ts';
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
  throw noPlace(
    TARGET,
    missing.map(([name]) => name),
  );
}
