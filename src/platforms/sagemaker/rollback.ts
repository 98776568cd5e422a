/** Going back to a version that served before: with the endpoint's name alone, without checkout or build. */
import { wasNotDone } from '../../clouds/aws/errors.ts';
import { messageOf, UserError } from '../../core/errors.ts';
import type { DeploymentResult } from '../../core/targets.ts';
import { tripBakeAlarm } from './alarms/bake-alarms.ts';
import { removeLeft } from './alarms/watch.ts';
import { retained, settle } from './change.ts';
import { checkStillThere } from './still-there.ts';
import { readVersions } from './describe.ts';
import { tidyUp } from './housekeeping.ts';
import { isPassing, isScaled, pendingConfig, readLive, type Live } from './live.ts';
import { addTags, updateEndpoint } from './mutate.ts';
import { noteVersion } from './notes.ts';
import { needsHuman } from './operations.ts';
import { explained, result, withDetail } from './outcome.ts';
import { whyRefused } from './refusal.ts';
import { restoreScaling, suspendScaling } from './scaling/save-scaling.ts';
import type { Session } from './session.ts';
import { configSpecOf, textAt, variantOf } from './specs.ts';
import { deploymentConfig } from './strategy.ts';
import { tagList } from '../../clouds/aws/tags.ts';
import { TAG } from './tags.ts';
import { previousOf, type Version } from './versions.ts';
import { waitUntilQuiet } from './wait.ts';

const AT_ONCE = { type: 'all-at-once', stepPercent: null, bakeMinutes: 0, alarms: [] } as const;

/**
 * @param version null for the newest verified version before the live one
 *
 * Repeated by the same workflow run, it goes back once.
 */
export async function rollBack(
  endpoint: string,
  version: string | null,
  session: Session,
): Promise<DeploymentResult> {
  const { reads, options } = session;
  const found = await readLive(endpoint, reads);
  if (found === null) {
    throw new UserError(
      `There is no endpoint ${endpoint} in ${options.clients.region}. Nothing was changed.`,
    );
  }
  const { done, note } = await interruptUpdate(found, version, session);
  if (done !== null) return done;
  const made = await goBack(endpoint, version, session);
  return note === '' ? made : { ...made, message: `${note} ${made.message}` };
}

async function goBack(endpoint: string, version: string | null, session: Session): Promise<DeploymentResult> {
  const { reads, options } = session;
  const { live, timedOut } = await settle(endpoint, null, session);
  if (live === null) throw new UserError(`The endpoint ${endpoint} was deleted meanwhile.`);
  if (timedOut) {
    const message = `${endpoint} was ${live.status} for longer than the timeout, so that it was not rolled back; ${live.serving ?? 'nothing'} serves.`;
    return result(endpoint, 'timed-out', message, session);
  }
  if (live.status === 'UpdateRollbackFailed') return needsHuman({ endpoint }, live, session);
  if (live.serving === null) {
    throw new UserError(
      `${endpoint} is ${live.status} and serves nothing, so that there is nothing to roll back. Deploy again.`,
    );
  }
  const versions = await readVersions(endpoint, live, reads, options);
  const to = chooseVersion(live, versions, version, options.context.runId);
  if (live.serving === to.version) return standing(live, to, session);
  await checkStillThere(endpoint, to.version, session);
  return goTo(live, to, session);
}

interface Interrupted {
  /** Where that is what was asked for. */
  readonly done: DeploymentResult | null;
  /** What was done about an update that was under way, in a sentence. */
  readonly note: string;
}

/** A running update to another version is what has to be undone: our alarm makes SageMaker roll it back. */
async function interruptUpdate(live: Live, version: string | null, session: Session): Promise<Interrupted> {
  const { reads, options, clients } = session;
  const { endpoint, variant } = live;
  const pending = pendingConfig(live.described);
  if (!isPassing(live.status) || live.status !== 'Updating' || pending === null || pending === version)
    return { done: null, note: '' };
  const reason = `ml-deploy rollback, run ${options.context.runId || '(by hand)'}`;
  const watched = { endpoint, variant, version: pending };
  const alarm = await tripBakeAlarm(clients, watched, reason, (error) =>
    options.log.warning(
      `Our bake alarm is set off for some seconds only, and SageMaker may not see it. ${messageOf(error)}`,
    ),
  );
  if (alarm === null) {
    options.log.notice(
      `${endpoint} is on its way to ${pending}, with no alarm of ours to stop it: waiting for its end first.`,
    );
    return {
      done: null,
      note: `An update to ${pending} was under way with no alarm of ours to stop it, so that its end was waited for first.`,
    };
  }
  options.log.notice(
    `${endpoint} is on its way to ${pending}: our bake alarm ${alarm} was set off, so that SageMaker rolls it back.`,
  );
  await waitUntilQuiet(endpoint, { begun: true, wanted: null }, reads, options);
  reads.forget();
  // Whoever stopped it did not want it: an approval of it does not start it again.
  await noteWithdrawn(endpoint, pending, session);
  const after = await readLive(endpoint, reads);
  await removeLeft(live, null, session);
  const isBack = after?.status === 'InService' && after.serving === live.serving;
  if (!isBack || (version !== null && version !== after.serving)) {
    const became = after?.serving ?? 'nothing';
    return {
      done: null,
      note: `An update to ${pending} was under way, and our bake alarm ${alarm} was set off to stop it; ${became} served then.`,
    };
  }
  const message = `The update of ${endpoint} to ${pending} was stopped by our bake alarm ${alarm}; ${after.serving ?? ''} serves.`;
  return { done: await result(endpoint, 'rolled-back', message, session), note: '' };
}

interface Note {
  readonly run: string;
  readonly from: string;
  readonly to: string;
}

function noteOf({ tags }: Live): Note | null {
  const [run, from, to] = (tags.get(TAG.rollback) ?? '').split(' ');
  return run === undefined || from === undefined || to === undefined ? null : { run, from, to };
}

function chooseVersion(
  live: Live,
  versions: readonly Version[],
  version: string | null,
  run: string,
): Version {
  if (version !== null) return named(live.endpoint, versions, version);
  const note = noteOf(live);
  // The same run again: it has gone back already, or was cut short on the way.
  const again =
    note !== null && run !== '' && note.run === run && [note.from, note.to].includes(live.serving ?? '');
  const noted = again ? versions.find((entry) => entry.version === note.to) : undefined;
  if (noted !== undefined) return noted;
  const previous = previousOf(versions, live.serving);
  if (previous !== null) return previous;
  throw new UserError(
    `There is nothing to roll ${live.endpoint} back to: no version is known to have served before ` +
      `${live.serving ?? 'the first one'}. Nothing was changed.`,
  );
}

/** A version may be given by its first characters, or by the digits at its end. */
function named(endpoint: string, versions: readonly Version[], version: string): Version {
  const exact = versions.find((entry) => entry.version === version);
  if (exact !== undefined) return exact;
  const matches = version.length < 8 ? [] : versions.filter((entry) => entry.version.endsWith(version));
  if (matches.length === 1 && matches[0] !== undefined) return matches[0];
  const known = versions.map((entry) => entry.version).join(', ') || 'none';
  throw UserError.of([
    { where: 'to-version', message: `${endpoint} has no version "${version}"; it has ${known}.` },
  ]);
}

async function standing(live: Live, to: Version, session: Session): Promise<DeploymentResult> {
  const note = noteOf(live);
  await putScalingBack(live, session);
  await settleNotes(live, note?.to === to.version ? note.from : null, to, session);
  await tidyUp(live.endpoint, session);
  const from = note?.to === to.version ? `; it went back to it from ${note.from} before` : '';
  const message = `${live.endpoint} serves ${to.version} already${from}. To go back further, name the version with to-version.`;
  return result(live.endpoint, 'rolled-back', message, session);
}

async function goTo(live: Live, to: Version, session: Session): Promise<DeploymentResult> {
  const { reads, options, clients } = session;
  const { endpoint } = live;
  const from = live.serving ?? '';
  const arn = live.described.EndpointArn ?? '';
  const note = `${options.context.runId || '-'} ${from} ${to.version}`;
  await addTags(
    session,
    arn,
    tagList([
      [TAG.endpoint, endpoint],
      [TAG.rollback, note],
    ]),
  );
  const config = await reads.config(to.version);
  const variant = config === null ? {} : variantOf({ endpointConfig: configSpecOf(config) });
  const before = live.specs === null ? {} : variantOf(live.specs);
  const isOther =
    textAt(variant, 'InstanceType') !== textAt(before, 'InstanceType') ||
    textAt(variant, 'VariantName') !== live.variant;
  const holder = { endpoint, variant: live.variant, arn };
  const setAside = isOther && isScaled(live);
  if (setAside) await suspendScaling(clients, holder);
  const guarded = variant.ServerlessConfig === undefined && textAt(variant, 'VariantName') === live.variant;
  const input = {
    EndpointName: endpoint,
    EndpointConfigName: to.version,
    ...retained(live),
    ...(guarded ? { DeploymentConfig: deploymentConfig(AT_ONCE, [], options.timeoutMs) } : {}),
  };
  try {
    await updateEndpoint(session, input);
  } catch (error) {
    if (setAside && wasNotDone(error)) await restoreScaling(clients, holder);
    const why = whyRefused(error, endpoint, live.variant);
    const message = `SageMaker did not accept ${to.version} for ${endpoint}. ${why.message} ${from} serves still.`;
    return withDetail(await result(endpoint, 'failed', message, session), why);
  }
  const waited = await waitUntilQuiet(endpoint, { begun: false, wanted: to.version }, reads, options);
  return concludeRollback(live, to, waited.timedOut, waited.reason, session);
}

async function concludeRollback(
  before: Live,
  to: Version,
  timedOut: boolean,
  reason: string,
  session: Session,
): Promise<DeploymentResult> {
  const { reads } = session;
  const { endpoint } = before;
  reads.forget();
  const live = await readLive(endpoint, reads);
  if (timedOut) {
    const message = `${endpoint} is ${live?.status ?? 'gone'} on its way back to ${to.version} still; that goes on in the account. Run rollback again to follow it.`;
    return result(endpoint, 'timed-out', message, session);
  }
  if (live !== null) await putScalingBack(live, session);
  if (live?.status === 'UpdateRollbackFailed') return needsHuman({ endpoint }, live, session);
  if (live?.status !== 'InService' || live.serving !== to.version) {
    return notBack(before, live, to, live?.described.FailureReason ?? reason, session);
  }
  await settleNotes(live, before.serving, to, session);
  await tidyUp(endpoint, session);
  const message = `${endpoint} went back from ${before.serving ?? 'nothing'} to ${to.version}, read back from SageMaker.`;
  return result(endpoint, 'rolled-back', message, session);
}

/** What was set aside for another instance type, by this run or by one that was cut short. */
async function putScalingBack(live: Live, { clients, reads }: Session): Promise<void> {
  if (!live.scalingSaved) return;
  const { endpoint, variant, described } = live;
  await restoreScaling(clients, { endpoint, variant, arn: described.EndpointArn ?? '' });
  reads.forget();
}

async function notBack(
  { endpoint, variant, serving }: Live,
  live: Live | null,
  to: Version,
  reason: string,
  session: Session,
): Promise<DeploymentResult> {
  if (live?.serving != null && live.serving !== serving) {
    const other = `${endpoint} was to go back to ${to.version}, but serves ${live.serving}: another run changed it meanwhile.`;
    return result(endpoint, 'failed', other, session);
  }
  const why = await explained(endpoint, variant, reason, session);
  const message = `${endpoint} was to go back to ${to.version}, but ${live?.serving ?? 'nothing'} serves. ${why.message}`;
  return withDetail(await result(endpoint, 'failed', message, session), why);
}

/** The version that served is withdrawn, and its proof is worth nothing any more. */
async function settleNotes(live: Live, from: string | null, to: Version, session: Session): Promise<void> {
  if (from !== null && from !== to.version) {
    await noteWithdrawn(live.endpoint, from, session);
  }
  if (to.withdrawn)
    await noteVersion(live.endpoint, to.version, session, (known) => ({ ...known, withdrawn: false }));
}

export async function noteWithdrawn(endpoint: string, version: string, session: Session): Promise<void> {
  const withdrawnAt = session.options.clock.now().toISOString();
  await noteVersion(endpoint, version, session, (known) => ({
    ...known,
    withdrawn: true,
    withdrawnAt,
    verified: false,
  }));
}
