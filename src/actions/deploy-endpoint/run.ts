/** Plans, deploys, stages, promotes, discards, rolls back, tears down or reaps, and says what is true afterwards. */
import { OutcomeError, UserError } from '../../core/errors.ts';
import type { FailurePage } from '../../core/failure-pages.ts';
import { canBeGuessed } from '../../core/plan/environment-digests.ts';
import type { ApprovedPlan } from '../../documents/approved-plan.ts';
import { PlanOutdatedError } from '../../core/plan/outdated.ts';
import { candidateName } from '../../core/plan/candidate-name.ts';
import type { Finding, Plan } from '../../documents/plan.ts';
import {
  shortVersion,
  type DeploymentResult,
  type DeploymentTarget,
  type Outcome,
} from '../../core/targets.ts';
import { prepareWorkspace } from '../../core/workspace.ts';
import { checkUnused, noteUse } from './approval-use.ts';
import { bindToApproval, readApprovedPlan } from './approved.ts';
import { checkInputs, needsModel } from './check-inputs.ts';
import { withCost } from './cost.ts';
import type { Command, Inputs } from './inputs.ts';
import { keepImage } from './keep-image.ts';
import { leftBehind } from './left-behind.ts';
import { withNews } from './news.ts';
import { checkWayBack } from './way-back.ts';
import { withModelPackage } from './model-package.ts';
import { withInputOrigins } from './origins.ts';
import { unpromotable } from './promotion.ts';
import {
  noOutputsYet,
  reportDone,
  reportFailure,
  reportPlan,
  type DeployPorts,
  type Done,
  type Progress,
} from './report.ts';
import { requestFor } from './request.ts';
import type { Sources } from './source-ports.ts';
import { signatureFindings } from './signature.ts';
import { findSources } from './sources.ts';
import { unusedInputs } from './unused-inputs.ts';
import { writerFindings } from './writers.ts';

/** The outcomes that are what was asked for; any other fails the step. */
const ASKED_FOR: Readonly<Record<Command, readonly Outcome[]>> = {
  plan: ['planned', 'unchanged'],
  deploy: ['deployed', 'unchanged'],
  stage: ['staged', 'unchanged'],
  promote: ['promoted', 'deployed', 'unchanged'],
  discard: ['discarded'],
  rollback: ['rolled-back'],
  teardown: ['torn-down'],
  reap: ['discarded', 'unchanged'],
};

/** Of docs/failures, for the outcomes that nobody asks for. */
const PAGES: Readonly<Partial<Record<Outcome, FailurePage>>> = {
  'rolled-back': 'rolled-back',
  failed: 'failed',
  'timed-out': 'timed-out',
  cancelled: 'cancelled',
  'needs-human': 'needs-human',
};

const MOST_PLANS = 5;

/**
 * @throws UserError before anything is changed; UpstreamError if the platform failed; OutcomeError if what was
 * asked for is not what is true afterwards.
 */
export async function run(given: Inputs, ports: DeployPorts): Promise<void> {
  noOutputsYet(given, ports);
  const problems = [...checkInputs(given, given.awsRegion), ...unpromotable(given, ports.promoteFrom)];
  if (problems.length > 0) throw UserError.of(problems);
  noteUnused(given, ports);
  const inputs = await withModelPackage(given, ports);
  const target = await ports.openTarget(inputs);
  for (const { title, url } of target.links(inputs.endpointName)) ports.log.info(`${title}: ${url}`);
  const progress: Progress = { plan: null, outcome: null };
  try {
    const done = await execute(inputs, target, ports, progress);
    progress.outcome = done.result.outcome;
    // What goes on after the timeout is for the post step to tell.
    if (progress.outcome !== 'timed-out') ports.remember.ended();
    const isAskedFor = ASKED_FOR[inputs.command].includes(done.result.outcome);
    await noteUse(done, ports);
    await reportDone(inputs, done, target, ports);
    // A plan changes nothing, the tags of an image included.
    if (inputs.command !== 'plan') await keepImage(done, ports);
    if (!isAskedFor) {
      const { detail } = done.result.description;
      if (detail !== '') ports.log.info(detail);
      throw new OutcomeError(done.result.message, { page: done.result.page ?? PAGES[progress.outcome] });
    }
  } catch (error) {
    // Nothing was changed: a UserError comes before that.
    if (error instanceof UserError) ports.remember.ended();
    if (!(error instanceof OutcomeError)) await reportFailure(error, inputs, target, progress, ports);
    throw error;
  }
}

function noteUnused(inputs: Inputs, { log }: DeployPorts): void {
  const unused = unusedInputs(inputs);
  if (unused.length > 0) log.notice(`Not used by target ${inputs.target}: ${unused.join(', ')}.`);
  const { command, approvedPlan } = inputs;
  if (approvedPlan !== null && ['rollback', 'teardown', 'reap'].includes(command)) {
    log.notice(`The command "${command}" makes no plan, so approved-plan is not used.`);
  }
}

async function execute(
  inputs: Inputs,
  target: DeploymentTarget,
  ports: DeployPorts,
  progress: Progress,
): Promise<Done> {
  const unplanned = unplannedOf(inputs, target);
  if (unplanned !== null) {
    await checkWayBack(inputs, target);
    ports.remember.began(leftBehind(inputs, null));
    return without(await unplanned());
  }
  const approved = await readApprovedPlan(inputs, ports.context);
  if (!needsModel(inputs) && approved !== null && inputs.release === null && inputs.modelDataUrl === null) {
    return discardApproved(approved, inputs, target, ports, progress);
  }
  const sources = await findSources(inputs, ports);
  return carryOut(inputs, { sources, approved }, target, ports, progress);
}

/** The commands that are about what is there, and need no plan. */
function unplannedOf(
  { command, endpointName, toVersion, fromVersion, environment }: Inputs,
  target: DeploymentTarget,
): (() => Promise<DeploymentResult>) | null {
  if (command === 'rollback') return () => target.rollback(endpointName, toVersion, fromVersion);
  if (command === 'teardown') return () => target.teardown(endpointName);
  return command === 'reap' ? () => target.reap(endpointName, environment) : null;
}

function without(result: DeploymentResult): Done {
  return { result, plan: null, sources: null, approved: null };
}

/** The candidate is known by the approved plan alone; nothing of that plan is carried out. */
async function discardApproved(
  approved: ApprovedPlan,
  inputs: Inputs,
  target: DeploymentTarget,
  ports: DeployPorts,
  progress: Progress,
): Promise<Done> {
  const { endpoint, digest } = approved.plan;
  const plan = { ...approved.plan, candidate: candidateName(endpoint, digest) };
  await reportPlan(plan, ports, progress);
  ports.remember.began(leftBehind(inputs, plan));
  return { result: await target.discard(plan), plan, sources: null, approved };
}

/** Plans and acts; without an approval, again if another command was faster. */
async function carryOut(
  inputs: Inputs,
  given: Pick<Done, 'approved'> & { readonly sources: Sources },
  target: DeploymentTarget,
  ports: DeployPorts,
  progress: Progress,
): Promise<Done> {
  const { sources, approved } = given;
  const request = requestFor(inputs, sources, ports.context);
  const found = await findingsBeside(inputs, given, ports);
  for (let plans = 1; ; plans++) {
    const resolved = withGuessable(await target.plan(request));
    const seen = seenOnce(target);
    const broken = await findingsAfter(inputs, given, resolved, seen, ports);
    const planned = withFindings(resolved, [...found, ...broken]);
    const told = await newsFor(inputs, given, planned, seen, ports);
    const now = await withCost(withInputOrigins(told, ports.origins), inputs.command, target);
    if (inputs.command === 'plan' && now.action !== 'unchanged') await target.rehearse?.(now);
    // Before what differs: whoever rolled a version back explains it better.
    if (approved !== null && inputs.command !== 'discard' && inputs.command !== 'plan') {
      await checkUnused(approved, now, sources, target, ports);
    }
    const plan = bindToApproval(approved, now, ports.report);
    await reportPlan(plan, ports, progress);
    ports.report.output('terraform-tfvars', target.variablesFile?.() ?? '');
    try {
      return { ...given, plan, result: await act(inputs, plan, target, seen, ports) };
    } catch (error) {
      const mayPlanAgain = approved === null && inputs.command !== 'promote' && plans < MOST_PLANS;
      if (!(error instanceof PlanOutdatedError) || !mayPlanAgain) throw error;
      ports.log.info('Another command changed what serves in the meantime; planning again.');
    }
  }
}

type Described = Pick<DeploymentTarget, 'describe'>;

/** What serves while a plan is made and told: it is read when somebody asks first, and no second time. */
function seenOnce(target: Described): Described {
  let seen: ReturnType<Described['describe']> | null = null;
  return { describe: (endpoint) => (seen ??= target.describe(endpoint)) };
}

/** What was approved keeps what approvers were shown. */
async function newsFor(
  { command }: Inputs,
  { approved, sources }: Pick<Done, 'approved'> & { readonly sources: Sources },
  plan: Plan,
  target: Described,
  ports: DeployPorts,
): Promise<Plan> {
  if (approved === null) return withNews(plan, command, sources, target, ports);
  const { news } = approved.plan;
  return news === undefined ? plan : { ...plan, news };
}

/** What was approved was reported then. */
async function findingsBeside(
  inputs: Inputs,
  { approved, sources }: Pick<Done, 'approved'> & { readonly sources: Sources },
  ports: DeployPorts,
): Promise<readonly Finding[]> {
  return approved === null ? writerFindings(inputs, sources, ports) : [];
}

/** Likewise, once it is known whether anything changes. */
async function findingsAfter(
  inputs: Inputs,
  { approved, sources }: Pick<Done, 'approved'> & { readonly sources: Sources },
  plan: Plan,
  target: Described,
  ports: DeployPorts,
): Promise<readonly Finding[]> {
  const isJudged = approved !== null || inputs.command === 'discard' || inputs.command === 'promote';
  return isJudged ? [] : signatureFindings(inputs, sources, plan, target, ports);
}

function withFindings(plan: Plan, more: readonly Finding[]): Plan {
  return more.length === 0 ? plan : { ...plan, findings: [...plan.findings, ...more] };
}

/** A digest of a short or common value is as good as the value, to whoever reads the plan. */
function withGuessable(plan: Plan): Plan {
  if (!canBeGuessed(plan.desired.environment)) return plan;
  const message =
    'This plan contains values of environment-variables as plain digests, from which short or common values can be ' +
    'guessed. Set digest-key, the same secret in all jobs that plan and release.';
  return withFindings(plan, [{ level: 'warning', message }]);
}

async function act(
  inputs: Inputs,
  plan: Plan,
  target: DeploymentTarget,
  seen: Described,
  ports: DeployPorts,
): Promise<DeploymentResult> {
  const { command } = inputs;
  if (command !== 'discard') {
    if (plan.action === 'unchanged') return standing(plan, seen, 'unchanged');
    if (command === 'plan') return standing(plan, seen, 'planned');
    await prepareWorkspace(ports.context);
  }
  ports.remember.began(leftBehind(inputs, plan));
  if (command === 'discard') return target.discard(plan);
  if (command === 'stage') return target.stage(plan);
  return command === 'promote' ? target.promote(plan) : target.deploy(plan);
}

/** Nothing is done. */
async function standing(
  plan: Plan,
  target: Described,
  outcome: 'unchanged' | 'planned',
): Promise<DeploymentResult> {
  const description = await target.describe(plan.endpoint);
  const version = `version ${shortVersion(plan.version)}`;
  const message =
    outcome === 'unchanged'
      ? `${plan.endpoint} already serves ${version}; there is nothing to change.`
      : `${plan.endpoint} would serve ${version}. Nothing was changed.`;
  return { outcome, message, description, candidate: null };
}
