/** How an endpoint is called: by its traffic, or a candidate's deployment by its name. */
import { isCandidateName } from '../../core/plan/candidate-name.ts';
import type { EndpointInvoker } from '../../core/targets.ts';
import { noSuchEndpoint } from '../../deployment/no-such.ts';
import { readWaiting } from './ledger.ts';
import { deploymentOf } from './names.ts';
import type { AzureMlTargetOptions } from './options.ts';
import { readsOf } from './reads.ts';
import { scorerOf } from './score.ts';

/** @throws UserError for an endpoint or a candidate that does not exist */
export async function openInvoker(
  endpoint: string,
  candidate: string | null,
  options: AzureMlTargetOptions,
): Promise<EndpointInvoker> {
  const found = await readsOf(endpoint, options).endpoint();
  const url = found?.properties.scoringUri ?? null;
  if (found === null || url === null) throw noSuchEndpoint(endpoint, null, placeOf(options));
  const waiting = readWaiting(endpoint, found.tags ?? {}).find(({ name }) => name === candidate);
  if (candidate !== null && (waiting === undefined || !isCandidateName(endpoint, candidate)))
    throw noSuchEndpoint(endpoint, candidate, placeOf(options));
  const score = scorerOf(found, options.scoring);
  const deployment = waiting === undefined ? null : deploymentOf(waiting.version);
  const { clock } = options;
  return {
    url,
    invoke: async (body, contentType, signal) => {
      const bytes = typeof body === 'string' ? Buffer.from(body) : body;
      const begun = clock.monotonic();
      const answer = await score({ body: bytes, contentType, deployment, signal });
      return { ...answer, latencyMs: clock.monotonic() - begun };
    },
  };
}

/** Where an endpoint is, as the end of a sentence. */
export function placeOf({ place: { workspace } }: Pick<AzureMlTargetOptions, 'place'>): string {
  return `in the workspace ${workspace}`;
}
