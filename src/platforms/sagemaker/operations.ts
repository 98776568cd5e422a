/** The operations that put versions in place: deploy and promote. */
import { UserError } from '../../core/errors.ts';
import { checkBase, PlanOutdatedError } from '../../core/plan/outdated.ts';
import type { Plan } from '../../documents/plan.ts';
import type { DeploymentResult, Outcome } from '../../core/targets.ts';
import { unwatch } from './alarms/watch.ts';
import { isMissing, saidBy } from '../../clouds/aws/errors.ts';
import { create, ensureVersion, removeFailed, settle, update, type Settled } from './change.ts';
import { conclude } from './conclude.ts';
import { checkSameArchive } from './archive-identity.ts';
import { readCandidates, type Candidate } from './describe.ts';
import { pendingConfig, readLive, type Live } from './live.ts';
import { setInstanceCount } from './mutate.ts';
import { result } from './outcome.ts';
import { removeCandidate } from './candidates.ts';
import { refused } from './refusal.ts';
import type { Session } from './session.ts';
import { removesScaling, variantFacts } from './specs.ts';
import { tagList } from '../../clouds/aws/tags.ts';
import { commonTags } from './tags.ts';
import { waitUntilQuiet, type Waited } from './wait.ts';

export async function deploy(plan: Plan, session: Session): Promise<DeploymentResult> {
  return withoutCandidates(plan, await makeServe(plan, 'deployed', session), session);
}

export async function promote(plan: Plan, session: Session): Promise<DeploymentResult> {
  if (plan.candidate === null) return deploy(plan, session);
  const { reads, options } = session;
  reads.forget();
  const live = await readLive(plan.endpoint, reads);
  const candidates = await readCandidates(plan.endpoint, reads, options);
  const candidate = candidates.find(({ name }) => name === plan.candidate) ?? null;
  if (live?.serving !== plan.version) {
    const isUnderWay = live !== null && pendingConfig(live.described) === plan.version;
    if (!isUnderWay) checkBase(plan, live?.serving ?? null);
    if (candidate === null) throw noCandidate(plan, plan.candidate, candidates);
    if (!isUnderWay) {
      checkReady(plan, candidate);
      checkSameArchive(plan, await reads.tags(candidate.arn));
    }
  }
  return withoutCandidates(plan, await makeServe(plan, 'promoted', session), session);
}

/** Candidates of the version that serves now are of no use any more. */
async function withoutCandidates(
  plan: Plan,
  made: DeploymentResult,
  session: Session,
): Promise<DeploymentResult> {
  if (!['deployed', 'promoted', 'unchanged'].includes(made.outcome)) return made;
  const candidates = await readCandidates(plan.endpoint, session.reads, session.options);
  const spare = candidates.filter(({ ours, version }) => ours && version === plan.version);
  for (const { name } of spare) await removeCandidate(plan.endpoint, name, session);
  return spare.length === 0 ? made : result(plan.endpoint, made.outcome, made.message, session);
}

function noCandidate({ endpoint }: Plan, name: string, candidates: readonly Candidate[]): UserError {
  const known = candidates.length > 0 ? `it has ${candidates.map((c) => c.name).join(', ')}` : 'it has none';
  return new UserError(
    `${endpoint} has no candidate ${name} (${known}). Run stage with the same plan first.`,
    { page: 'candidate' },
  );
}

/** @throws UserError for a candidate that is not, or not yet, what would be promoted. */
function checkReady({ version }: Plan, candidate: Candidate): void {
  if (candidate.version === version && candidate.status === 'InService') return;
  throw new UserError(
    `The candidate ${candidate.name} is ${candidate.status} with the version ${candidate.version}; it cannot be promoted. ` +
      'Run stage with the same plan again.',
    { page: 'candidate' },
  );
}

async function makeServe(
  plan: Plan,
  outcome: Extract<Outcome, 'deployed' | 'promoted'>,
  session: Session,
): Promise<DeploymentResult> {
  let settled = await settle(plan.endpoint, plan.version, session);
  if (settled.timedOut) return timedOut(plan, settled.live, session);
  if (settled.underWay) return conclude(plan, await watchOn(plan, session), outcome, session);
  checkBase(plan, settled.live?.serving ?? null);
  if (settled.live?.status === 'UpdateRollbackFailed') return needsHuman(plan, settled.live, session);
  if (settled.live?.status === 'Failed') {
    await removeFailed(settled.live, session);
    settled = { live: null, underWay: false, timedOut: false };
  }
  const { live } = settled;
  if (live !== null && live.serving === plan.version) return adjust(plan, live, outcome, session);
  let waited: Waited;
  try {
    waited = await makeChange(plan, settled, session);
  } catch (error) {
    return refused(error, plan.endpoint, plan, session);
  }
  return conclude(plan, waited, outcome, session);
}

/** @throws PlanOutdatedError where another run removes what this one needs. */
async function makeChange(plan: Plan, settled: Settled, session: Session): Promise<Waited> {
  try {
    await ensureVersion(plan, settled.live, session);
    return await change(plan, settled, session);
  } catch (error) {
    if (!isMissing(error)) throw error;
    const message = `Another run removed ${plan.endpoint}, or what it was to be made of, at the same moment; plan again. AWS said: ${saidBy(error)}`;
    throw new PlanOutdatedError(message, { cause: error });
  }
}

async function change(plan: Plan, { live }: Settled, session: Session): Promise<Waited> {
  if (live === null) {
    const tags = tagList(commonTags(plan, session.options));
    return create(plan.endpoint, plan, tags, session);
  }
  const waited = await update(plan, live, session);
  if (waited !== null) return waited;
  await unwatch(plan, session);
  throw new PlanOutdatedError(
    `Another run changed ${plan.endpoint} at the same moment, and was faster. Nothing was changed by this one; plan again.`,
  );
}

/** The version serves already; its number of instances may have been changed by hand. */
async function adjust(
  plan: Plan,
  live: Live,
  outcome: Extract<Outcome, 'deployed' | 'promoted'>,
  session: Session,
): Promise<DeploymentResult> {
  const { reads, options } = session;
  const { endpoint, changes } = plan;
  const isCountOff = changes.some(({ field }) => field === 'instances') && !removesScaling(plan.desired);
  const { instanceCount } = variantFacts(plan.desired);
  if (isCountOff && instanceCount !== null) {
    await setInstanceCount(session, endpoint, live.variant, instanceCount);
    const waited = await waitUntilQuiet(endpoint, { begun: false, wanted: null }, reads, options);
    return conclude(plan, waited, outcome, session);
  }
  return conclude(plan, { described: live.described, timedOut: false, reason: '' }, outcome, session);
}

async function watchOn(plan: Plan, { reads, options }: Session): Promise<Waited> {
  return waitUntilQuiet(plan.endpoint, { begun: true, wanted: plan.version }, reads, options);
}

async function timedOut(plan: Plan, live: Live | null, session: Session): Promise<DeploymentResult> {
  const message =
    `${plan.endpoint} was ${live?.status ?? 'gone'} for longer than the timeout, so that nothing was changed; ` +
    `${live?.serving ?? 'nothing'} serves.`;
  return result(plan.endpoint, 'timed-out', message, session);
}

export async function needsHuman(
  plan: Pick<Plan, 'endpoint'>,
  live: Live,
  session: Session,
): Promise<DeploymentResult> {
  const { FailureReason: reason = 'AWS gave no reason' } = live.described;
  const message =
    `${plan.endpoint} is UpdateRollbackFailed (${reason}): it serves a mix of two versions, and nothing is changed by itself. ` +
    'Look at its instances in the console; another update, or AWS Support, can bring it back.';
  return result(plan.endpoint, 'needs-human', message, session);
}
