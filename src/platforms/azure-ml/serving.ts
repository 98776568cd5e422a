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
 * There is no etag: what was read is compared again before each change. During an update, and for a short time after
 * it, Azure shows the earlier traffic: what the endpoint's tags say was sent counts as in progress until it is visible,
 * or its time has ended.
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
  // An endpoint without traffic was made for a candidate: nothing serves, and nothing is wrong.
  const isIdle = shares.every(({ percent }) => percent === 0);
  if (isIdle) return state === 'Failed' ? { ...ABSENT, state: 'broken' } : ABSENT;
  return here;
}

export function markerOf({ tags }: Pick<EndpointResource, 'tags'>): Marker | null {
  return readMarker(readServed(tags ?? {}).marker);
}

/** Where requests were just sent, if that is not visible yet; null if it is visible, or nobody has sent them. */
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
 * What was there when an update was accepted: the answer has the earlier traffic.
 * @param compared what was compared immediately before
 */
export function servingBefore(answer: EndpointResource, compared: EndpointResource): Serving {
  const marker = markerOf(compared);
  const shares = sharesOf(answer.properties.traffic ?? {});
  const here = { ...ABSENT, ...ofShares(shares, marker) };
  if (here.state !== 'mixed') return here;
  // In somebody else's rollout, the smaller share belongs to the new version.
  const [, other] = shares.toSorted((one, two) => two.percent - one.percent);
  return { ...here, towards: other?.version ?? null };
}

/** By version; Azure's keys are names of deployments, in any case. */
export function sharesOf(traffic: Readonly<Record<string, number>>): readonly Share[] {
  return Object.entries(traffic).map(([name, percent]) => ({ version: versionOf(name), percent }));
}

/** Names without traffic are left out, as Azure's clients do. */
export function trafficOf(shares: readonly Share[]): Record<string, number> {
  return Object.fromEntries(
    shares
      .filter(({ percent }) => percent > 0)
      .map(({ version, percent }) => [deploymentOf(version), percent]),
  );
}
