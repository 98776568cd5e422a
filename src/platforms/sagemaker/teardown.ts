/** Removing an endpoint with everything that we made for it, and nothing else. */
import { UserError } from '../../core/errors.ts';
import type { DeploymentResult } from '../../core/targets.ts';
import { removeLeft } from './alarms/watch.ts';
import { removeCandidate } from './candidates.ts';
import { removeEndpoint, settle } from './change.ts';
import { readCandidates, readVersions } from './describe.ts';
import { readInUse, removeModels, removeVersions } from './housekeeping.ts';
import type { Live } from './live.ts';
import { versionPrefix } from './names.ts';
import { result } from './outcome.ts';
import { removeScaling } from './scaling/scaling.ts';
import type { Session } from './session.ts';

export async function tearDown(endpoint: string, session: Session): Promise<DeploymentResult> {
  const { reads, options } = session;
  const { live, timedOut } = await settle(endpoint, null, session);
  if (timedOut) {
    const message = `${endpoint} was ${live?.status ?? 'gone'} for longer than the timeout, so that nothing was removed.`;
    return result(endpoint, 'timed-out', message, session);
  }
  if (live !== null && !live.ours) {
    const message = `"${endpoint}" was not made by ml-deploy and is left as it is.`;
    const fix = 'Remove it by the means that made it, or take it over first (deploy with adopt: true).';
    throw UserError.of([{ where: 'endpoint-name', message, fix }]);
  }
  for (const { name, ours } of await readCandidates(endpoint, reads, options)) {
    if (ours) await removeCandidate(endpoint, name, session);
  }
  const versions = (await readVersions(endpoint, live, reads, options)).map(({ version }) => version);
  if (live !== null) await removeServing(live, session);
  reads.forget();
  const inUse = await readInUse(endpoint, session);
  const gone = await removeVersions(endpoint, versions, session, inUse);
  const models = (await reads.models(versionPrefix(endpoint))).map(({ name }) => name);
  gone.push(...(await removeModels(endpoint, models, inUse, session)));
  return result(endpoint, 'torn-down', messageFor(endpoint, live !== null, versions, gone), session);
}

/** Autoscaling first: while it is registered, it would act on an endpoint that is being deleted. */
async function removeServing(live: Live, session: Session): Promise<void> {
  const { endpoint, variant, scaling } = live;
  if (scaling !== null) await removeScaling(session.clients, { endpoint, variant });
  if (variant !== '') await removeLeft(live, null, session);
  await removeEndpoint(endpoint, session);
}

function messageFor(
  endpoint: string,
  existed: boolean,
  versions: readonly string[],
  gone: readonly string[],
): string {
  const kept = versions.filter((version) => !gone.includes(version));
  const rest =
    kept.length === 0 ? '' : ` Kept, since others use them or we did not make them: ${kept.join(', ')}.`;
  const removed = gone.length === 0 ? '' : ` Removed with it: ${gone.join(', ')}.`;
  if (!existed && gone.length === 0) return `There is no endpoint ${endpoint}; nothing had to be removed.`;
  return `${existed ? `The endpoint ${endpoint} was removed.` : `The endpoint ${endpoint} was gone already.`}${removed}${rest}`;
}
