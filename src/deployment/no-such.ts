/** What is asked for by its name, and is not there. */
import { UserError } from '../core/errors.ts';

/** @param place as a sentence ends: 'in eu-west-1' */
export function noSuchEndpoint(endpoint: string, candidate: string | null, place: string): UserError {
  const what =
    candidate === null ? `There is no endpoint ${endpoint}` : `${endpoint} has no candidate "${candidate}"`;
  return new UserError(`${what} ${place}.`);
}

export function noSuchVersion(endpoint: string, version: string): UserError {
  return new UserError(`${endpoint} has no version "${version}".`);
}
