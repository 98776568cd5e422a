import { sha256 } from '../canonical-json.ts';

/** Container environment as a plan carries it: name to sha256 of the value. */
export function environmentDigests(environment: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries([...environment].map(([name, value]) => [name, sha256(value)]));
}
