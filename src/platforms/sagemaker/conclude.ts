/** After a change: what is true is read back, compared with what was asked for, noted, and tidied up. */
import type { Plan } from '../../documents/plan.ts';
import type { DeploymentResult, Outcome } from '../../core/targets.ts';
import { unwatch } from './alarms/watch.ts';
import { ensureVersion, removeEndpoint } from './change.ts';
import { readCandidates, readVersions } from './describe.ts';
import { endScaling } from './end-scaling.ts';
import { OLD_VERSION, removeModels, removeVersions, tidyUp } from './housekeeping.ts';
import { isPassing, pendingConfig, readLive, type Live } from './live.ts';
import { namesOf } from './names-of.ts';
import { noteServed } from './notes.ts';
import { explained, result, withDetail } from './outcome.ts';
import { restoreScaling } from './scaling/save-scaling.ts';
import { applyScaling } from './scaling/scaling.ts';
import type { Session } from './session.ts';
import { trippedAlarms } from './tripped-alarms.ts';
import type { Version } from './versions.ts';
import { differences } from './verify.ts';
import type { Waited } from './wait.ts';
import { scalingOf } from './specs.ts';

/** @param outcome what it is called where it is as it was asked for */
export async function conclude(
  plan: Plan,
  waited: Waited,
  outcome: Extract<Outcome, 'deployed' | 'promoted'>,
  session: Session,
): Promise<DeploymentResult> {
  const { endpoint } = plan;
  const live = await readServed(plan, session);
  if (live === null) {
    const message = `${endpoint} was to serve ${plan.version}, but it is gone: somebody deleted it meanwhile.`;
    return result(endpoint, 'failed', message, session);
  }
  if (waited.timedOut && isPassing(live.status)) return stillUnderWay(plan, live, session);
  const alarms = live.serving === plan.version ? [] : await trippedAlarms(plan, live.variant, session);
  await unwatch(plan, session);
  if (live.status === 'Failed') return failedCreation(plan, live, session);
  const scaled = await keepScaling(plan, live, session);
  if (live.status === 'UpdateRollbackFailed') return mixed(plan, live, session);
  if (live.serving !== plan.version)
    return rolledBack(plan, live, { reason: waited.reason, alarms }, session);
  const wrong = differences(plan, live);
  const ended = wrong.length > 0 ? { live, changed: false } : await endScaling(plan, live, session);
  if (ended.changed) wrong.push(...differences(plan, ended.live));
  if (wrong.length > 0) {
    const message = `${endpoint} is ${ended.live.status}, but not as it was planned: ${wrong.join('; ')}.`;
    return result(endpoint, 'failed', message, session);
  }
  return served(plan, ended.live, scaled || ended.changed, outcome, session);
}

/** How long a new config or model may stay unseen. */
const UNSEEN_MS = 60_000;
const UNSEEN_PAUSE_MS = 3_000;

/** What was made just now may not be seen at once; what another run has removed meanwhile is made again. */
async function readServed(plan: Plan, session: Session): Promise<Live | null> {
  const live = await readSeen(plan.endpoint, session);
  if (live?.specs !== null || live.serving !== plan.version) return live;
  await ensureVersion(plan, live, session);
  return readSeen(plan.endpoint, session);
}

async function readSeen(endpoint: string, { reads, options }: Session): Promise<Live | null> {
  const deadline = options.clock.monotonic() + UNSEEN_MS;
  for (;;) {
    reads.forget();
    const live = await readLive(endpoint, reads);
    if (live?.specs !== null || options.clock.monotonic() >= deadline) return live ?? null;
    await options.clock.sleep(UNSEEN_PAUSE_MS, options.signal);
  }
}

async function served(
  plan: Plan,
  live: Live,
  scaled: boolean,
  outcome: Extract<Outcome, 'deployed' | 'promoted'>,
  session: Session,
): Promise<DeploymentResult> {
  const { endpoint, version, desired } = plan;
  const versions = await readVersions(endpoint, live, session.reads, session.options);
  const known = versions.find((entry) => entry.version === version) ?? null;
  const ref = { endpoint, variant: live.variant };
  const scaling = scalingOf(desired);
  const applied = scaling !== null && (await applyScaling(session.clients, ref, scaling));
  const isOld = plan.changes.some(({ field }) => field === OLD_VERSION);
  const stands = `${endpoint} serves ${version} already.`;
  if (!applied && !scaled && !isOld && isAsPlanned(plan, known))
    return result(endpoint, 'unchanged', stands, session);
  await noteServed(plan, session);
  await tidyUp(endpoint, session);
  const message = `${endpoint} serves ${version}, read back from SageMaker: config, variant, image, archive and instances are as planned.`;
  return result(endpoint, outcome, message, session);
}

/** It served before this command, and this plan or an equal one made it serve. */
function isAsPlanned(plan: Plan, known: Version | null): boolean {
  if (known === null || !known.served || known.withdrawn) return false;
  return known.planDigest === plan.digest || (plan.base === plan.version && plan.changes.length === 0);
}

/** Restores what was set aside for a change of the instance type. @returns whether there was anything. */
async function keepScaling(plan: Plan, live: Live, session: Session): Promise<boolean> {
  if (!live.scalingSaved) return false;
  const holder = { endpoint: plan.endpoint, variant: live.variant, arn: live.described.EndpointArn ?? '' };
  const restored = await restoreScaling(session.clients, holder);
  session.reads.forget();
  if (restored !== null) session.options.log.info(`Autoscaling of ${plan.endpoint} is as it was before.`);
  return restored !== null;
}

async function stillUnderWay(plan: Plan, live: Live, session: Session): Promise<DeploymentResult> {
  const message =
    `${plan.endpoint} is ${live.status} to ${plan.version} still, after the timeout; the change goes on in the account. ` +
    `${live.serving ?? 'Nothing'} serves now. Run the same command again to follow it.`;
  return result(plan.endpoint, 'timed-out', message, session);
}

/** A creation that failed leaves an endpoint that can do nothing: ours is removed, with what it was made of. */
async function failedCreation(plan: Plan, live: Live, session: Session): Promise<DeploymentResult> {
  const { endpoint } = plan;
  const why = await explained(endpoint, live.variant, live.described.FailureReason ?? '', session);
  const isOurs = live.described.EndpointConfigName === plan.version && live.ours;
  if (!isOurs) {
    const message = `${endpoint} is Failed. ${why.message} It was not made by this plan and is left as it is.`;
    return withDetail(await result(endpoint, 'failed', message, session), why);
  }
  await removeEndpoint(endpoint, session);
  await removeNeverServed(plan, session);
  const message = `${endpoint} could not be created. ${why.message} What was made for it has been removed.`;
  return withDetail(await result(endpoint, 'failed', message, session), why);
}

async function rolledBack(
  plan: Plan,
  live: Live,
  { reason, alarms }: { readonly reason: string; readonly alarms: readonly string[] },
  session: Session,
): Promise<DeploymentResult> {
  const { endpoint, version } = plan;
  const said = live.described.FailureReason ?? reason;
  const isBase = live.serving === plan.base;
  if (!isBase) {
    const message = `${endpoint} was to serve ${version}, but serves ${live.serving ?? 'nothing'}: another run changed it meanwhile.`;
    return result(endpoint, 'failed', message, session);
  }
  const why = await explained(endpoint, live.variant, said, session);
  await removeNeverServed(plan, session);
  const message = `SageMaker rolled ${endpoint} back: ${live.serving ?? 'nothing'} serves, not ${version}. ${[...alarms, why.message].join(' ')}`;
  return withDetail(await result(endpoint, 'rolled-back', message, session), why);
}

async function mixed(plan: Plan, live: Live, session: Session): Promise<DeploymentResult> {
  const why = await explained(plan.endpoint, live.variant, live.described.FailureReason ?? '', session);
  const message =
    `${plan.endpoint} is UpdateRollbackFailed: the update to ${plan.version} failed, and so did the way back to ` +
    `${live.serving ?? 'nothing'}. It serves a mix of the two, and nothing is deleted by itself; somebody has to look. ${why.message}`;
  return withDetail(await result(plan.endpoint, 'needs-human', message, session), why);
}

/** The config and model of a version that never served, unless its candidate waits with them. */
export async function removeNeverServed(plan: Plan, session: Session): Promise<void> {
  const { reads, options } = session;
  reads.forget();
  const live = await readLive(plan.endpoint, reads);
  const versions = await readVersions(plan.endpoint, live, reads, options);
  const known = versions.find(({ version }) => version === plan.version);
  if (known?.served === true || isWanted(plan, live)) return;
  const candidates = await readCandidates(plan.endpoint, reads, options);
  if (candidates.some(({ version }) => version === plan.version)) return;
  const configs = new Set(live === null ? [] : [live.described.EndpointConfigName ?? '']);
  await removeVersions(plan.endpoint, [plan.version], session, { configs, models: new Set(), unknown: null });
  await removeLeftModel(plan, session);
  reads.forget();
  const after = await readLive(plan.endpoint, reads);
  // Another run has begun to use it in between: what has a name of its content can be made again.
  if (isWanted(plan, after)) await ensureVersion(plan, after, session);
}

/** Whether the endpoint serves the plan's version, or is on its way to it. */
function isWanted({ version }: Plan, live: Live | null): boolean {
  return live !== null && (live.serving === version || pendingConfig(live.described) === version);
}

/** Where a run died between the two, there is a model without its config. */
async function removeLeftModel(plan: Plan, session: Session): Promise<void> {
  const { model } = namesOf(plan.endpoint, plan.desired);
  await removeModels(
    plan.endpoint,
    [model],
    { configs: new Set(), models: new Set(), unknown: null },
    session,
  );
}
