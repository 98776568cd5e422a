/** What serves, by the alias that everybody asks. */
import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import type { Serving } from '../../deployment/observed.ts';

const ABSENT: Serving = {
  state: 'absent',
  version: null,
  towards: null,
  guards: [],
  etag: null,
  fit: 'as-asked',
};

/**
 * The alias's own version says nothing alone: with provisioned concurrency on it, Lambda gives all requests to the old
 * version by a weight of its own until the new one has its environments, if need be for ever.
 * @param idOf the content id of a version, by its number
 */
export function servingOf(live: AliasConfiguration | null, idOf: (number: string) => string): Serving {
  if (live?.FunctionVersion === undefined) return ABSENT;
  const own = idOf(live.FunctionVersion);
  const here: Serving = { ...ABSENT, state: 'serving', version: own, etag: live.RevisionId ?? null };
  const [weight] = Object.entries(live.RoutingConfig?.AdditionalVersionWeights ?? {}).filter(
    ([, share]) => share > 0,
  );
  if (weight === undefined) return here;
  const [number, share] = weight;
  if (share >= 1) return { ...here, state: 'moving', version: idOf(number), towards: own };
  return { ...here, state: 'mixed', version: share > 0.5 ? idOf(number) : own };
}
