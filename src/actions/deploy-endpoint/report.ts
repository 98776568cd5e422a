/** What a command says about itself: outputs, the plan document, the release record, and the job summary. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { shortDigest } from '../../core/canonical-json.ts';
import { costSentence } from '../../core/cost/words.ts';
import { newsSentence } from '../../core/news/words.ts';
import { CancelledError, messageOf } from '../../core/errors.ts';
import type { ApprovedPlan } from '../../documents/approved-plan.ts';
import { writePlan, type Plan } from '../../documents/plan.ts';
import type { Ports } from '../../core/ports.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import {
  TimedOutError,
  type DeploymentResult,
  type DeploymentTarget,
  type EndpointDescription,
  type Outcome,
} from '../../core/targets.ts';
import { storeKeys } from '../../core/stores.ts';
import { runFile } from '../../core/workspace.ts';
import type { Command, Inputs } from './inputs.ts';
import type { KeepPorts } from './keep-image.ts';
import type { RememberPorts } from './left-behind.ts';
import type { PackagePorts } from './model-package.ts';
import type { NewsPorts } from './news.ts';
import { writeRelease } from './release.ts';
import type { SourcePorts, Sources } from './source-ports.ts';
import type { spec } from './spec.ts';
import { summaryOf } from './summary.ts';
import type { LabelPorts } from './writers.ts';

export interface DeployPorts
  extends
    Ports<OutputsOf<typeof spec>>,
    Omit<SourcePorts, keyof Ports>,
    KeepPorts,
    PackagePorts,
    LabelPorts,
    Pick<NewsPorts, 'commits'>,
    RememberPorts {
  /** Where each input that was given comes from, by its name or by the path of a member; '' for the step itself. */
  readonly origins: ReadonlyMap<string, string>;
  /** @param inputs with what a model package adds to them */
  readonly openTarget: (inputs: Inputs) => Promise<DeploymentTarget>;
}

/** What came out, as it is reported. */
export interface Done {
  readonly result: DeploymentResult;
  readonly plan: Plan | null;
  readonly sources: Sources | null;
  readonly approved: ApprovedPlan | null;
}

/** How far a command came, for the report of its failure. */
export interface Progress {
  plan: Plan | null;
  /** What the operation made true; null as long as it has not ended. */
  outcome: Outcome | null;
}

/** They put a version in place. */
const CHANGES: readonly Command[] = ['deploy', 'stage', 'promote'];

export function noOutputsYet({ endpointName }: Inputs, { report }: DeployPorts): void {
  report.output('outcome', 'failed');
  report.output('endpoint-name', endpointName);
  const names = [
    'endpoint-arn',
    'endpoint-url',
    'plan-digest',
    'plan-path',
    'cost',
    'news',
    'accuracy-before',
    'mae-before',
    'candidate-name',
    'running-version',
    'previous-version',
    'terraform-tfvars',
    'release-record',
    'release-digest',
  ] as const;
  for (const name of names) report.output(name, '');
}

export async function reportPlan(
  plan: Plan,
  { context, report, log }: DeployPorts,
  progress: Progress,
): Promise<void> {
  progress.plan = plan;
  const path = await runFile(context, `plan-${shortDigest(plan.digest)}.json`);
  await writeFile(path, writePlan(plan));
  report.output('plan-digest', plan.digest);
  report.output('plan-path', path);
  report.output('news', plan.news === undefined ? '' : newsSentence(plan.news));
  const before = plan.news?.serves?.tested;
  report.output('accuracy-before', before?.accuracy ?? '');
  report.output('mae-before', before?.mae ?? '');
  report.output('cost', plan.cost === undefined ? '' : costSentence(plan.cost));
  log.info(`Plan ${plan.digest}: ${plan.action}, ${path}`);
  for (const { level, message } of plan.findings) if (level === 'warning') log.warning(message);
}

export async function reportDone(
  inputs: Inputs,
  done: Done,
  target: DeploymentTarget,
  ports: DeployPorts,
): Promise<void> {
  const { result, plan } = done;
  reportState(result.outcome, result.description, candidateOf(inputs.command, done), ports);
  const releaseDigest = await reportRelease(inputs.command, done, target, ports);
  ports.log[result.warns === true ? 'warning' : 'info'](result.message);
  const { outcome, message, description } = result;
  const { endpointName: endpoint } = inputs;
  const links = target.links(endpoint);
  const approval = CHANGES.includes(inputs.command) ? approvalOf(done) : null;
  const facts = { endpoint, outcome, message, description, plan, approval, releaseDigest, links };
  ports.report.summary(summaryOf(facts));
}

/** A missing approval is reported too: silence must not look like one. */
function approvalOf({ approved }: Done): string {
  const by = approved?.approval?.by ?? [];
  return by.length === 0 ? 'none' : by.map(({ login }) => login).join(', ');
}

/** The candidate that waits; for `plan`, the name that it would have. */
function candidateOf(command: Command, { result, plan }: Done): string {
  if (command === 'plan' && result.outcome === 'planned') return plan?.candidate ?? '';
  return result.candidate?.name ?? waiting(result.description, plan);
}

function waiting(description: EndpointDescription | null, plan: Plan | null): string {
  return description?.candidates.find(({ name }) => name === plan?.candidate)?.name ?? '';
}

function reportState(
  outcome: Outcome,
  description: EndpointDescription | null,
  candidate: string,
  { report }: DeployPorts,
): void {
  report.output('outcome', outcome);
  report.output('candidate-name', candidate);
  if (description === null) return;
  const { status, live, previous, url, arn } = description;
  report.output('endpoint-url', url ?? '');
  report.output('endpoint-arn', arn ?? '');
  report.output('running-version', status === 'serving' ? (live?.version ?? '') : '');
  report.output('previous-version', previous?.version ?? '');
}

/** Only what puts a version in place has a record; the others name the one of what serves. */
async function reportRelease(
  command: Command,
  done: Done,
  target: DeploymentTarget,
  ports: DeployPorts,
): Promise<string> {
  const { result, plan, sources, approved } = done;
  const { report } = ports;
  if (plan === null || sources === null || !CHANGES.includes(command)) {
    const digest = sources?.release?.digest ?? result.description.live?.release ?? '';
    report.output('release-digest', digest);
    return digest;
  }
  const known = knownRelease(done);
  if (known !== null) return reportKnown(known, sources, ports);
  const store = await ports.openStore(sources.storeUrl);
  const deployed = { plan, outcome: result.outcome, approval: approved?.approval ?? null };
  const { digest, location } = await writeRelease(store, sources, deployed, ports);
  if (isThere(plan, result.description)) await target.noteRelease(plan.endpoint, plan.version, digest);
  report.output('release-record', location);
  report.output('release-digest', digest);
  return digest;
}

/** The record of what serves, if nothing was done and none but that record was given. */
function knownRelease({ result, sources }: Done): string | null {
  const known = result.description.live?.release ?? null;
  const given = sources?.release?.digest ?? known;
  return result.outcome === 'unchanged' && given === known ? known : null;
}

/** Nothing was done, so nothing is written either. */
async function reportKnown(
  digest: string,
  { storeUrl }: Sources,
  { openStore, report }: DeployPorts,
): Promise<string> {
  const url = (await openStore(storeUrl)).urlOf(storeKeys.release(digest));
  report.output('release-record', url.startsWith('file:') ? fileURLToPath(url) : url);
  report.output('release-digest', digest);
  return digest;
}

/** Whether the planned version serves, did, or waits as a candidate; with staging switched off it may not. */
function isThere({ version }: Plan, { versions, candidates }: EndpointDescription): boolean {
  return [...versions, ...candidates].some((known) => known.version === version);
}

/** Whatever went wrong: what serves now is read back and said. */
export async function reportFailure(
  error: unknown,
  inputs: Inputs,
  target: DeploymentTarget,
  progress: Progress,
  ports: DeployPorts,
): Promise<void> {
  const { plan } = progress;
  const outcome = progress.outcome ?? outcomeOf(error);
  const description = await target.describe(inputs.endpointName).catch((unreadable: unknown) => {
    ports.log.warning(`What serves now could not be read back: ${messageOf(unreadable)}`);
    return null;
  });
  reportState(outcome, description, waiting(description, plan), ports);
  const { endpointName: endpoint } = inputs;
  // The reason is added by whoever catches the error.
  const message = '';
  const links = target.links(endpoint);
  const releaseDigest = '';
  const facts = { endpoint, outcome, message, description, plan, approval: null, releaseDigest, links };
  ports.report.summary(summaryOf(facts));
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof CancelledError) return 'cancelled';
  return error instanceof TimedOutError ? 'timed-out' : 'failed';
}
