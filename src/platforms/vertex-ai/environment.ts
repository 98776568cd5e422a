import type { ModelVersion } from './resources.ts';

/** The variables that a version's container has; none of one that is not ours. */
export function deployedEnvironment(found: ModelVersion | null): ReadonlyMap<string, string> {
  const env = found?.containerSpec?.env ?? [];
  return new Map(env.map(({ name, value = '' }) => [name, value]));
}
