/** Where an endpoint is, on platforms whose groups say so. */
import { UserError } from '../core/errors.ts';

/** @param group the name of the platform's group. @param missing its members that are not set */
export function noPlace(group: string, missing: readonly string[]): UserError {
  const message = 'is required: it says where the endpoint is.';
  const fix = `Set it in the group ${group}.`;
  return UserError.of(missing.map((name) => ({ where: `${group}: ${name}`, message, fix })));
}
