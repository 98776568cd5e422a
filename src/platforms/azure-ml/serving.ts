/** What serves, by the traffic of the endpoint. */
import { ABSENT, type Serving } from '../../deployment/observed.ts';
import { readMarker, servingOf as ofShares, type Share } from '../../deployment/rollout/marker.ts';
import type { EndpointResource } from './endpoint.ts';
import { readServed } from './ledger.ts';
import { deploymentOf, versionOf } from './names.ts';

/**
 * There is no etag: what was looked at is compared again before each change. While an update goes on, Azure tells the traffic of
 * before it, and a little later still.
 */
export function servingOf(found: EndpointResource | null): Serving {
  if (found === null) return ABSENT;
  const shares = sharesOf(found.properties.traffic ?? {});
  const marker = readMarker(readServed(found.tags ?? {}).marker);
  const here = { ...ABSENT, ...ofShares(shares, marker) };
  const { provisioningState: state } = found.properties;
  if (state === 'Deleting') return { ...ABSENT, state: 'going', version: here.version };
  if (state === 'Creating') return { ...ABSENT, state: 'starting' };
  // An endpoint without traffic is made for a candidate: nothing serves, and nothing is broken.
  const isIdle = shares.every(({ percent }) => percent === 0);
  if (isIdle) return state === 'Failed' ? { ...ABSENT, state: 'broken' } : ABSENT;
  if (state === 'Updating' || state === 'Scaling') {
    return { ...ABSENT, state: 'moving', version: marker?.from ?? here.version, towards: marker?.to ?? null };
  }
  return here;
}

/** By version; keys of Azure are names of deployments, in whatever case. */
export function sharesOf(traffic: Readonly<Record<string, number>>): readonly Share[] {
  return Object.entries(traffic).map(([name, percent]) => ({ version: versionOf(name), percent }));
}

/** Names that get nothing are left out, as the clients of Azure do. */
export function trafficOf(shares: readonly Share[]): Record<string, number> {
  return Object.fromEntries(
    shares
      .filter(({ percent }) => percent > 0)
      .map(({ version, percent }) => [deploymentOf(version), percent]),
  );
}
