import type { ModelVersion } from './resources.ts';

/** The variables of a version's container; none for a version that is not ours. */
export function deployedEnvironment(found: ModelVersion | null): ReadonlyMap<string, string> {
  const env = found?.containerSpec?.env ?? [];
  return new Map(env.map(({ name, value = '' }) => [name, value]));
}
