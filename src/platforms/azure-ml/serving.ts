/** What serves, by the traffic of the endpoint. */
import { ABSENT, type Serving } from '../../deployment/observed.ts';
import {
  isSplitOf,
  readMarker,
  servingOf as ofShares,
  type Marker,
  type Share,
} from '../../deployment/rollout/marker.ts';
import type { EndpointResource } from './endpoint.ts';
import { readMoved, readServed } from './ledger.ts';
import { deploymentOf, versionOf } from './names.ts';
import { LAG_MS } from './options.ts';

/**
 * There is no etag: what was looked at is compared again before each change. While an update goes on, Azure tells the traffic of
 * before it, and a little later still: what the endpoint's tags say was sent is on its way until it is seen, or its time is over.
 */
export function servingOf(found: EndpointResource | null, now: Date): Serving {
  if (found === null) return ABSENT;
  const { provisioningState: state, traffic } = found.properties;
  const shares = sharesOf(traffic ?? {});
  const marker = markerOf(found);
  const here = { ...ABSENT, ...ofShares(shares, marker) };
  if (state === 'Deleting') return { ...ABSENT, state: 'going', version: here.version };
  if (state === 'Creating') return { ...ABSENT, state: 'starting' };
  const towards = unseen(found, shares, now);
  if (state === 'Updating' || state === 'Scaling' || towards !== null) {
    const version = marker?.from ?? here.version;
    return { ...ABSENT, state: version === null ? 'starting' : 'moving', version, towards };
  }
  // An endpoint without traffic is made for a candidate: nothing serves, and nothing is broken.
  const isIdle = shares.every(({ percent }) => percent === 0);
  if (isIdle) return state === 'Failed' ? { ...ABSENT, state: 'broken' } : ABSENT;
  return here;
}

export function markerOf({ tags }: Pick<EndpointResource, 'tags'>): Marker | null {
  return readMarker(readServed(tags ?? {}).marker);
}

/** Where requests were sent a moment ago, and are not seen to go yet; null where that is seen, or nobody has sent them. */
function unseen(found: EndpointResource, shares: readonly Share[], now: Date): string | null {
  const marker = markerOf(found);
  const moved = readMoved(found.tags ?? {});
  const at = marker?.at ?? moved?.at ?? -Infinity;
  if (now.getTime() - at > LAG_MS) return null;
  const some = shares.filter(({ percent }) => percent > 0);
  if (marker !== null) return isSplitOf(marker, some) ? null : marker.to;
  const isSeen = some.length === 1 && some[0]?.version === moved?.version;
  return isSeen ? null : (moved?.version ?? null);
}

/**
 * What was there when an update was accepted: the answer has the traffic of before.
 * @param compared what was compared with just before
 */
export function servingBefore(answer: EndpointResource, compared: EndpointResource): Serving {
  const marker = markerOf(compared);
  const shares = sharesOf(answer.properties.traffic ?? {});
  const here = { ...ABSENT, ...ofShares(shares, marker) };
  if (here.state !== 'mixed') return here;
  // A rollout of somebody else: the smaller part is where it leads.
  const [, other] = shares.toSorted((one, two) => two.percent - one.percent);
  return { ...here, towards: other?.version ?? null };
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
