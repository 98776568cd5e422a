/** Removes the candidates that runs which died have left, each with what was made for it alone. */
import { CancelledError, messageOf } from '../../core/errors.ts';
import type { DeploymentResult } from '../../core/targets.ts';
import { readCandidates, readVersions, type Candidate } from './describe.ts';
import { readInUse, removeVersions } from './housekeeping.ts';
import { isPassing, pendingConfig, readLive, type Live } from './live.ts';
import { removeCandidate } from './candidates.ts';
import { result } from './outcome.ts';
import type { Session } from './session.ts';
import { isOfAnother, TAG } from './tags.ts';
import type { Tags } from './reads.ts';

/** @param environment null for any */
export async function reap(
  endpoint: string,
  environment: string | null,
  session: Session,
): Promise<DeploymentResult> {
  const { reads, options } = session;
  const live = await readLive(endpoint, reads);
  const gone: Candidate[] = [];
  const failed: string[] = [];
  for (const candidate of await readCandidates(endpoint, reads, options)) {
    const kept = whyKept(candidate, await reads.tags(candidate.arn), { environment, live }, session);
    if (kept !== null) {
      options.log.info(`The candidate ${candidate.name} is left alone: ${kept}.`);
    } else if (await remove(endpoint, candidate, session)) {
      gone.push(candidate);
    } else {
      failed.push(candidate.name);
    }
  }
  await removeUnused(endpoint, gone, session);
  return conclude(endpoint, gone, failed, session);
}

interface Scope {
  readonly environment: string | null;
  readonly live: Live | null;
}

/** @returns why it is not for us to remove now; null where it is */
function whyKept(
  { name, expiresAt, ours, version, status }: Candidate,
  tags: Tags,
  { environment, live }: Scope,
  { options }: Session,
): string | null {
  const { repository } = options.context;
  const owner = tags.get(TAG.repository) ?? '';
  if (isOfAnother(tags, repository)) return `it belongs to the repository ${owner}`;
  if (!ours || !tags.has(TAG.expiresAt)) return 'it does not carry our tags';
  if (owner !== repository) return `it belongs to the repository ${owner === '' ? '(none)' : owner}`;
  if (environment !== null && tags.get(TAG.environment) !== environment) {
    return `it belongs to the environment ${tags.get(TAG.environment) ?? '(none)'}`;
  }
  if (expiresAt > options.clock.now().toISOString()) return `it is kept until ${expiresAt}`;
  if (isPassing(status)) return `it is ${status}, so that a run may be at work on it`;
  const pending = live === null ? null : pendingConfig(live.described);
  return pending === version ? `${name} is being promoted` : null;
}

async function remove(endpoint: string, { name, expiresAt }: Candidate, session: Session): Promise<boolean> {
  const { options } = session;
  try {
    if (!(await removeCandidate(endpoint, name, session))) return true;
    options.log.info(`The candidate ${name} expired at ${expiresAt} and was removed.`);
    return true;
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    options.log.warning(`The expired candidate ${name} could not be removed: ${messageOf(error)}`);
    return false;
  }
}

/** The configs and models of candidates that are gone, where they never served and nobody uses them. */
async function removeUnused(endpoint: string, gone: readonly Candidate[], session: Session): Promise<void> {
  if (gone.length === 0) return;
  const { reads, options } = session;
  reads.forget();
  const live = await readLive(endpoint, reads);
  const served = new Set(
    (await readVersions(endpoint, live, reads, options))
      .filter((known) => known.served)
      .map((known) => known.version),
  );
  const names = gone.map(({ version }) => version).filter((version) => !served.has(version));
  const inUse = await readInUse(endpoint, session);
  await removeVersions(endpoint, [...new Set(names)], session, inUse);
}

async function conclude(
  endpoint: string,
  gone: readonly Candidate[],
  failed: readonly string[],
  session: Session,
): Promise<DeploymentResult> {
  const names = gone.map(({ name }) => name).join(', ');
  const removed = gone.length === 0 ? '' : `Removed the expired candidates of ${endpoint}: ${names}.`;
  if (failed.length > 0) {
    const message = `${removed} Could not be removed: ${failed.join(', ')}. Run reap again.`.trim();
    return result(endpoint, 'failed', message, session);
  }
  if (gone.length > 0) return result(endpoint, 'discarded', removed, session);
  return result(endpoint, 'unchanged', `${endpoint} has no expired candidate; nothing was removed.`, session);
}
