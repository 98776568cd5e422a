/** What a plan changes in the environment of a container. Values are never shown: that they differ is. */
import type { Change, Desired } from '../../documents/plan.ts';
import { environmentDigests } from './environment-digests.ts';

/** @param before what serves has. @param key of the digests */
export function environmentChanges(
  { environment }: Pick<Desired, 'environment'>,
  before: Iterable<readonly [string, string]>,
  key: string | null,
): Change[] {
  const digests = new Map(Object.entries(environmentDigests(before, key)));
  const shown = (digest: string | undefined) =>
    digest === undefined ? null : `(digest ${digest.split(':').at(-1)?.slice(0, 8) ?? ''}…)`;
  return [...new Set([...digests.keys(), ...Object.keys(environment)])]
    .filter((name) => digests.get(name) !== environment[name])
    .map((name) => ({
      field: `environment.${name}`,
      from: shown(digests.get(name)),
      to: shown(environment[name]),
    }));
}
