/** What serves: the version of the alias that all callers use. */
import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import { ABSENT, type Serving } from '../../deployment/observed.ts';
import { readMarker, servingOf as ofShares } from '../../deployment/rollout/marker.ts';
import { readServed } from './ledger.ts';

/**
 * The alias's own version alone does not say it: with provisioned concurrency on the alias, Lambda gives all requests
 * to the old version, by a weight of its own, until the new one has its environments, for ever if they cannot start.
 * @param idOf the content id of a version, by its number
 */
export function servingOf(live: AliasConfiguration | null, idOf: (number: string) => string): Serving {
  if (live?.FunctionVersion === undefined) return ABSENT;
  const own = idOf(live.FunctionVersion);
  const here = { ...ABSENT, etag: live.RevisionId ?? null };
  const weights = Object.entries(live.RoutingConfig?.AdditionalVersionWeights ?? {});
  const other = weights.find(([, share]) => share > 0);
  if (other !== undefined && other[1] >= 1)
    return { ...here, state: 'moving', version: idOf(other[0]), towards: own };
  const percent = Math.round((other?.[1] ?? 0) * 100);
  const shares = [
    { version: own, percent: 100 - percent },
    ...(other === undefined ? [] : [{ version: idOf(other[0]), percent }]),
  ];
  return { ...here, ...ofShares(shares, readMarker(readServed(live.Description).marker)) };
}
