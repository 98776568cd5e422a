/** The operations that put versions in place: deploy, stage, promote, discard. Each is run under the endpoint's lock. */
import { shortDigest } from '../../core/canonical-json.ts';
import { CancelledError, messageOf, UserError } from '../../core/errors.ts';
import { checkBase } from '../../core/plan/outdated.ts';
import type { Plan } from '../../documents/plan.ts';
import type { DeploymentResult, Outcome } from '../../core/targets.ts';
import { connect } from './connect.ts';
import { ChangedMeanwhile } from './control-client.ts';
import { describeEndpoint } from './describe.ts';
import { installVersion } from './install-version.ts';
import type { Layout } from './layout.ts';
import type { LocalTargetOptions } from './options.ts';
import { servedVersion } from './read-back.ts';
import { checkPort, ensureServer, type Running } from './server-process.ts';
import { readState } from './state.ts';
import type { LocalState, StoredCandidate, StoredVersion } from '../../documents/local-state.ts';
import { removeEmpty } from './teardown.ts';
import { findCandidate, findVersion } from './transitions.ts';

/** After that time a candidate belongs to a run that is long gone. */
const CANDIDATE_LIFETIME_MS = 6 * 60 * 60 * 1000;

export async function deploy(
  layout: Layout,
  plan: Plan,
  options: LocalTargetOptions,
): Promise<DeploymentResult> {
  const running = await prepare(layout, plan, options);
  const { state, serving } = running.status;
  if (!isInPlace(state, serving, plan)) {
    const entry = storedVersion(plan, options);
    const body = { generation: state.generation, entry };
    await orNothing(layout, running, options, () => running.client.send('deploy', body, options.signal));
  } else if (findVersion(state, plan.version)?.served) {
    return result(layout, options, 'unchanged', `${layout.endpoint} serves ${named(plan)} already.`);
  }
  return conclude(layout, plan, running, options, 'deployed');
}

export async function stage(
  layout: Layout,
  plan: Plan,
  options: LocalTargetOptions,
): Promise<DeploymentResult> {
  if (plan.candidate === null) {
    const message = 'Staging is switched off (staging: none), so that nothing was staged.';
    return result(layout, options, 'unchanged', message);
  }
  const running = await prepare(layout, plan, options);
  const { state, serving } = running.status;
  if (isInPlace(state, serving, plan)) {
    const message = `${layout.endpoint} serves ${named(plan)} already, so that nothing was staged.`;
    return result(layout, options, 'unchanged', message);
  }
  const generation = await discardExpired(running, options);
  const candidate = storedCandidate(plan, plan.candidate, options);
  const body = { generation, candidate };
  await orNothing(layout, running, options, () => running.client.send('stage', body, options.signal));
  return staged(layout, plan, plan.candidate, running, options);
}

/** Where the first version of an endpoint is refused, there is no endpoint: a server that serves nothing does not stay. */
async function orNothing<T>(
  layout: Layout,
  { status }: Running,
  options: LocalTargetOptions,
  change: () => Promise<T>,
): Promise<T> {
  try {
    return await change();
  } catch (error) {
    if (isEmpty(status.state) && !options.signal.aborted && !(error instanceof ChangedMeanwhile)) {
      const now = await connect(layout, options.processes, options.signal);
      if (now.kind === 'running' && isEmpty(now.status.state)) await removeEmpty(layout, options);
    }
    throw error;
  }
}

function isEmpty({ versions, candidates }: LocalState): boolean {
  return versions.length === 0 && candidates.length === 0;
}

async function staged(
  layout: Layout,
  plan: Plan,
  name: string,
  running: Running,
  options: LocalTargetOptions,
): Promise<DeploymentResult> {
  const answers = await servedVersion(running.client.port, name, options.signal);
  const description = await describeEndpoint(layout, options);
  const candidate = description.candidates.find((known) => known.name === name) ?? null;
  const done = answers.version === plan.version && candidate !== null;
  const message = done
    ? `The ${named(plan)} waits as the candidate ${name}; no traffic has moved.`
    : `The candidate ${name} was staged, but does not answer as ${named(plan)}: ${answers.detail}`;
  return { outcome: done ? 'staged' : 'failed', message, description, candidate };
}

export async function promote(
  layout: Layout,
  plan: Plan,
  options: LocalTargetOptions,
): Promise<DeploymentResult> {
  if (plan.candidate === null) return deploy(layout, plan, options);
  const name = plan.candidate;
  await requireEndpoint(layout, options);
  const running = await ensureServer(layout, options);
  const { state } = running.status;
  if (state.live === plan.version && findCandidate(state, name) === null) {
    if (findVersion(state, plan.version)?.served) {
      return result(layout, options, 'unchanged', `${layout.endpoint} serves ${named(plan)} already.`);
    }
    return conclude(layout, plan, running, options, 'promoted');
  }
  checkBase(plan, state.live);
  if (findCandidate(state, name) === null) throw noCandidate(layout, plan, name, state);
  const { generation } = state;
  const body = { generation, candidate: name, planDigest: plan.digest };
  await running.client.send('promote', body, options.signal);
  return conclude(layout, plan, running, options, 'promoted');
}

export async function discard(
  layout: Layout,
  plan: Plan,
  options: LocalTargetOptions,
): Promise<DeploymentResult> {
  const { candidate } = plan;
  const none = `${layout.endpoint} has no candidate ${candidate ?? '(staging: none)'}; nothing had to be discarded.`;
  const known = await describeEndpoint(layout, options);
  if (candidate === null || known.status === 'absent') return result(layout, options, 'discarded', none);
  const running = await ensureServer(layout, options);
  const { state } = running.status;
  if (findCandidate(state, candidate) === null) return result(layout, options, 'discarded', none);
  await running.client.send('discard', { generation: state.generation, candidate }, options.signal);
  await tidyUp(layout, running, options);
  return result(layout, options, 'discarded', `The candidate ${candidate} was removed.`);
}

/** The version's files in place, and a server that runs. A bad archive or a taken port is found before any change. */
async function prepare(layout: Layout, plan: Plan, options: LocalTargetOptions): Promise<Running> {
  const found = await connect(layout, options.processes, options.signal);
  const state = found.kind === 'running' ? found.status.state : await readState(layout);
  checkBase(plan, state?.live ?? null);
  await checkPort(layout, options);
  await installVersion(layout, plan, options);
  const running = await ensureServer(layout, options);
  checkBase(plan, running.status.state.live);
  return running;
}

function isInPlace(state: LocalState, serving: string | null, plan: Plan): boolean {
  const live = findVersion(state, plan.version);
  const isLive = state.live === plan.version && serving === plan.version;
  return isLive && live?.referenceDigest === (plan.desired.reference ?? null);
}

/** Reads back what answers, notes it, and tidies up. */
async function conclude(
  layout: Layout,
  plan: Plan,
  running: Running,
  options: LocalTargetOptions,
  outcome: Outcome,
): Promise<DeploymentResult> {
  const answers = await servedVersion(running.client.port, null, options.signal);
  if (answers.version !== plan.version) {
    const message = `${layout.endpoint} was to serve ${named(plan)}, but ${answers.detail}`;
    return result(layout, options, 'failed', message);
  }
  await running.client.send('mark', { version: plan.version, served: true }, options.signal);
  await tidyUp(layout, running, options);
  return result(layout, options, outcome, `${layout.endpoint} serves ${named(plan)}, read back from it.`);
}

/** What was asked for is true already, so that old files which stay are no reason to fail. */
export async function tidyUp(
  layout: Layout,
  { client }: Running,
  options: LocalTargetOptions,
): Promise<void> {
  try {
    await client.send('prune', { keep: options.keepVersions }, options.signal);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    options.log.warning(`Old versions of ${layout.endpoint} could not be removed: ${messageOf(error)}`);
  }
}

export async function result(
  layout: Layout,
  options: LocalTargetOptions,
  outcome: Outcome,
  message: string,
): Promise<DeploymentResult> {
  return { outcome, message, description: await describeEndpoint(layout, options), candidate: null };
}

/** @throws UserError where there is no such endpoint. */
export async function requireEndpoint(layout: Layout, options: LocalTargetOptions): Promise<void> {
  const { status } = await describeEndpoint(layout, options);
  if (status !== 'absent') return;
  throw new UserError(
    `There is no local endpoint ${layout.endpoint} on this machine (looked in ${layout.folder}). ` +
      'A local endpoint lives as long as its job: deploy to it in the same job first.',
  );
}

async function discardExpired(running: Running, options: LocalTargetOptions): Promise<number> {
  let { state } = running.status;
  const now = options.clock.now().toISOString();
  for (const { name, expiresAt } of state.candidates.filter((candidate) => candidate.expiresAt < now)) {
    options.log.info(`The candidate ${name} expired at ${expiresAt} and is removed.`);
    const body = { generation: state.generation, candidate: name };
    ({ state } = await running.client.send('discard', body, options.signal));
  }
  return state.generation;
}

function noCandidate(layout: Layout, plan: Plan, name: string, state: LocalState): UserError {
  const same = state.candidates.find(({ version }) => version.version === plan.version);
  if (same !== undefined) {
    return new UserError(
      `There is no candidate ${name}. The same model waits as ${same.name}, but that was planned when ` +
        `${same.base ?? 'nothing'} served or with other settings; now ${state.live ?? 'nothing'} serves. ` +
        'Stage again, and have the new plan approved.',
    );
  }
  const names = state.candidates.map((candidate) => candidate.name).join(', ');
  return new UserError(
    `${layout.endpoint} has no candidate of this plan (${name}); ${names ? `it has ${names}` : 'it has none'}. ` +
      'Run the command "stage" with the same inputs first.',
    { page: 'candidate' },
  );
}

function storedCandidate(plan: Plan, name: string, options: LocalTargetOptions): StoredCandidate {
  const expires = options.clock.now().getTime() + CANDIDATE_LIFETIME_MS;
  return {
    name,
    version: storedVersion(plan, options),
    base: plan.base,
    expiresAt: new Date(expires).toISOString(),
  };
}

function storedVersion(plan: Plan, { clock }: LocalTargetOptions): StoredVersion {
  return {
    version: plan.version,
    modelDigest: plan.desired.model,
    imageDigest: plan.desired.image ?? null,
    referenceDigest: plan.desired.reference ?? null,
    referenceUrl: plan.sources.referenceUrl,
    planDigest: plan.digest,
    release: plan.sources.release,
    deployedAt: clock.now().toISOString(),
    served: false,
    verified: false,
    environmentName: plan.environmentName,
    withdrawn: false,
  };
}

function named({ version }: Plan): string {
  return `version ${shortDigest(version)}`;
}
