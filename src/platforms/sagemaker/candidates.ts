/** Candidates: endpoints of their own beside the one that serves, with the very config that would be promoted. */
import { CancelledError, messageOf } from '../../core/errors.ts';
import { checkBase } from '../../core/plan/outdated.ts';
import type { Plan } from '../../documents/plan.ts';
import type { DeploymentResult } from '../../core/targets.ts';
import { create, ensureVersion, removeEndpoint, settle } from './change.ts';
import { removeNeverServed } from './conclude.ts';
import { CANDIDATE_LIFETIME_MS, readCandidates } from './describe.ts';
import { isPassing, readLive, type Live } from './live.ts';
import { addTags } from './mutate.ts';
import { explained, result, withDetail } from './outcome.ts';
import { refused } from './refusal.ts';
import type { Session } from './session.ts';
import { tagList } from '../../clouds/aws/tags.ts';
import { commonTags, isOfAnother, isOurs, TAG } from './tags.ts';
import { waitUntilQuiet, type Waited } from './wait.ts';

export async function stage(plan: Plan, session: Session): Promise<DeploymentResult> {
  const { reads, options } = session;
  const { endpoint, candidate, version } = plan;
  if (candidate === null) {
    const message = 'Staging is switched off (staging: none), so that nothing was staged.';
    return result(endpoint, 'unchanged', message, session);
  }
  reads.forget();
  const live = await readLive(endpoint, reads);
  checkBase(plan, live?.serving ?? null);
  if (live?.serving === version) {
    const message = `${endpoint} serves ${version} already, so that nothing was staged.`;
    return result(endpoint, 'unchanged', message, session);
  }
  await removeExpired(endpoint, session);
  const before = await settle(candidate, version, session);
  if (before.live?.status === 'Failed') await removeCandidate(endpoint, candidate, session);
  const isThere = before.live !== null && before.live.status !== 'Failed';
  if (!isThere) return stageNew(plan, candidate, live, session);
  // It is this run's now, and no reaper takes it away meanwhile.
  if (isOurs(before.live.tags, endpoint)) await keepLonger(before.live, session);
  const wait = { begun: before.underWay, wanted: version };
  return concludeStaging(plan, candidate, await waitUntilQuiet(candidate, wait, reads, options), session);
}

async function stageNew(
  plan: Plan,
  candidate: string,
  live: Live | null,
  session: Session,
): Promise<DeploymentResult> {
  let waited: Waited;
  try {
    await ensureVersion(plan, live, session);
    waited = await create(candidate, plan, candidateTags(plan, session), session);
  } catch (error) {
    return refused(error, candidate, plan, session);
  }
  return concludeStaging(plan, candidate, waited, session);
}

function candidateTags(plan: Plan, session: Session) {
  return tagList([
    ...commonTags(plan, session.options),
    [TAG.expiresAt, expiry(session)],
    [TAG.archive, plan.sources.archive ?? null],
  ]);
}

async function keepLonger({ described }: Live, session: Session): Promise<void> {
  await addTags(session, described.EndpointArn ?? '', tagList([[TAG.expiresAt, expiry(session)]]));
}

function expiry({ options }: Session): string {
  return new Date(options.clock.now().getTime() + CANDIDATE_LIFETIME_MS).toISOString();
}

async function concludeStaging(
  plan: Plan,
  name: string,
  { timedOut }: Waited,
  session: Session,
): Promise<DeploymentResult> {
  const { reads, options } = session;
  reads.forget();
  const live = await readLive(name, reads);
  const status = live?.status ?? 'gone';
  if (status === 'InService' && live?.serving === plan.version) {
    const made = await result(
      plan.endpoint,
      'staged',
      `${plan.version} waits as the candidate ${name}; no traffic has moved.`,
      session,
    );
    const candidate = made.description.candidates.find((known) => known.name === name) ?? null;
    return { ...made, candidate };
  }
  if (timedOut && isPassing(status)) {
    const message = `The candidate ${name} is ${status} still, after ${options.timeoutMs / 60_000} minutes. Run stage again to wait on, or discard.`;
    return result(plan.endpoint, 'timed-out', message, session);
  }
  if (status !== 'Failed' || live === null) {
    const message = `The candidate ${name} is ${status}, with ${live?.serving ?? 'nothing'} instead of ${plan.version}.`;
    return result(plan.endpoint, 'failed', message, session);
  }
  const why = await explained(name, live.variant, live.described.FailureReason ?? '', session);
  await removeCandidate(plan.endpoint, name, session);
  await removeNeverServed(plan, session);
  const message = `The candidate ${name} could not be created. ${why.message} What was made for it has been removed; what serves is untouched.`;
  return withDetail(await result(plan.endpoint, 'failed', message, session), why);
}

export async function discard(plan: Plan, session: Session): Promise<DeploymentResult> {
  const { endpoint, candidate } = plan;
  const had = candidate !== null && (await removeCandidate(endpoint, candidate, session));
  await removeNeverServed(plan, session);
  const message = had
    ? `The candidate ${candidate} was removed.`
    : `${endpoint} has no candidate ${candidate ?? '(staging: none)'}; nothing had to be discarded.`;
  return result(endpoint, 'discarded', message, session);
}

/** @returns false where there is none. What has the name, but not our tags, is left alone. */
export async function removeCandidate(endpoint: string, name: string, session: Session): Promise<boolean> {
  const { reads, options } = session;
  const { live } = await settle(name, null, session);
  if (live === null) return false;
  if (!isOurs(live.tags, endpoint) || isOfAnother(live.tags, options.context.repository)) {
    options.log.warning(`${name} has the name of a candidate, but not our tags; it is left alone.`);
    return false;
  }
  await removeEndpoint(name, session);
  reads.forget();
  return true;
}

/** What runs that died have left. */
async function removeExpired(endpoint: string, session: Session): Promise<void> {
  const { reads, options } = session;
  const now = options.clock.now().toISOString();
  const candidates = await readCandidates(endpoint, reads, options);
  for (const { name, expiresAt } of candidates.filter(
    (candidate) => candidate.ours && candidate.expiresAt < now,
  )) {
    options.log.info(`The candidate ${name} expired at ${expiresAt} and is removed.`);
    await removeCandidate(endpoint, name, session).catch((error: unknown) => {
      if (error instanceof CancelledError) throw error;
      options.log.warning(`The expired candidate ${name} could not be removed: ${messageOf(error)}`);
    });
  }
}
