/** The values of a container's environment, of which a plan has digests alone. */
import { canonicalJson } from '../canonical-json.ts';
import { UserError } from '../errors.ts';
import type { Plan } from '../../documents/plan.ts';
import { environmentDigests } from './environment-digests.ts';

type Values = ReadonlyMap<string, string>;

/**
 * The values are those that this step was given, or those that serve.
 * @param serving asked for only if the given ones are not the planned ones
 * @returns null if neither are, and none were given
 * @throws UserError if others were given
 */
export async function plannedEnvironment(
  { endpoint, desired }: Pick<Plan, 'endpoint' | 'desired'>,
  { given, key }: { readonly given: Values; readonly key: string | null },
  serving: () => Promise<Values>,
): Promise<Values | null> {
  const isPlanned = (values: Values) =>
    canonicalJson(environmentDigests(values, key)) === canonicalJson(desired.environment);
  if (isPlanned(given)) return given;
  const values = await serving();
  if (isPlanned(values)) return values;
  if (given.size > 0)
    throw new UserError(
      `The environment-variables of this step are not those that ${endpoint} was planned with. Give the same ones, or plan again.`,
      { page: 'plan-changed' },
    );
  return null;
}
