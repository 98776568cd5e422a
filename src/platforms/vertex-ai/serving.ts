/** What serves, by the traffic of the endpoint: one call reads it, and its etag guards the next change. */
import { ABSENT, type Serving } from '../../deployment/observed.ts';
import { readMarker, servingOf as ofShares, type Share } from '../../deployment/rollout/marker.ts';
import { readServed } from './ledger.ts';
import { versionOf } from './names.ts';
import type { EndpointResource } from './resources.ts';

/**
 * @param counts whether an endpoint without traffic counts: a command that removes endpoints removes it too; any other
 * gives it its first version
 */
export function servingOf(found: EndpointResource | null, counts = false): Serving {
  if (found === null) return ABSENT;
  const shares = sharesOf(found);
  const etag = found.etag ?? null;
  if (shares.length === 0) return counts ? { ...ABSENT, state: 'broken', etag } : ABSENT;
  return { ...ABSENT, etag, ...ofShares(shares, readMarker(readServed(found.labels ?? {}).marker)) };
}

/** Those that get any traffic, by version. */
export function sharesOf({ trafficSplit = {}, deployedModels = [] }: EndpointResource): readonly Share[] {
  return Object.entries(trafficSplit)
    .filter(([, percent]) => percent > 0)
    .map(([id, percent]) => {
      const deployed = deployedModels.find((known) => known.id === id) ?? { id };
      return { version: versionOf(deployed), percent };
    });
}

/** The ID of a version's deployed model on an endpoint; null if it is not deployed there. */
export function deployedAs(version: string, { deployedModels = [] }: EndpointResource): string | null {
  return deployedModels.find((known) => versionOf(known) === version)?.id ?? null;
}
