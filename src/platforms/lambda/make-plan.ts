/** The plan of a deployment to Lambda: everything that can be known before anything is changed. Reads only. */
import type { FunctionConfiguration } from '@aws-sdk/client-lambda';
import { checkAccount } from '../../clouds/aws/host.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import {
  makePlan,
  type Change,
  type Desired,
  type Finding,
  type Plan,
  type PlanStep,
} from '../../documents/plan.ts';
import { foresee } from '../../deployment/foresee.ts';
import { contentChanges, differing, settingChanges } from '../../deployment/kept/changes.ts';
import { standingFinding } from '../../deployment/kept/describe.ts';
import { markIn, ownershipProblems } from '../../deployment/kept/tags.ts';
import { infoOf } from '../../deployment/kept/versions.ts';
import { planSteps, spareCandidates } from '../../deployment/plan-steps.ts';
import { environmentChanges } from '../../core/plan/environment-changes.ts';
import { isCandidateName } from '../../core/plan/candidate-name.ts';
import { candidateFor, subjectFor } from '../../core/plan/subject.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import type { DeploymentRequest, VersionInfo } from '../../core/targets.ts';
import { costOf } from './cost.ts';
import { knownVersions, type Seen } from './describe.ts';
import { checkImage } from './image-check.ts';
import { readWaiting } from './ledger.ts';
import { foreignId, versionId } from './names.ts';
import { LambdaOperation, seenBy, TRAITS } from './operation.ts';
import { lookAround } from './around/plan-around.ts';
import type { Provision } from './around/wanted.ts';
import { TAG, TARGET, type LambdaTargetOptions } from './options.ts';
import { frozen, readsOf, type Reads } from './reads.ts';
import { resolve } from './resolve.ts';
import { servingOf } from './serving.ts';
import { environmentOf, settingsOf, specOf } from './spec.ts';
import { wordsFor } from './step-words.ts';
import type { Version } from './versions.ts';

/** A release has its image; without a release, the image is an input. */
const NO_IMAGE: Problem = {
  where: 'image-uri',
  message: 'is required: Lambda serves the model that is in an image.',
  fix: 'Build one with push-image, for-target: lambda and model-path.',
};
const NO_ROLE: Problem = {
  where: 'execution-role-arn',
  message: 'is required for a new function: it runs under that role.',
  fix: 'Name a role that lambda.amazonaws.com may assume.',
};

/** @throws UserError with every problem at once */
export async function planFor(request: DeploymentRequest, options: LambdaTargetOptions): Promise<Plan> {
  const { endpoint } = request;
  const { imageUri } = request.desired.spec as CloudSettings;
  if (imageUri === undefined) throw UserError.of([NO_IMAGE]);
  const reads = readsOf(endpoint, options);
  const account = await reads.account();
  checkAccount(options.account, account);
  const [seen, image] = await Promise.all([
    seenBy(reads),
    checkImage(imageUri, request.desired.model, options),
  ]);
  const problems = [
    ...functionProblems(request, seen, options),
    ...('problems' in image ? image.problems : []),
  ];
  if (problems.length > 0 || 'problems' in image) throw UserError.of(problems);
  const standing = standingOf(seen);
  const once = frozen(reads, seen);
  const around = await lookAround(endpoint, { reads: once, seen, current: standing.current }, options);
  const before = { ...beforeOf(endpoint, seen, standing), has: around.has };
  const desired = resolve(request, image, before, options);
  const beside = await around.compare(desired);
  const refused = [...splitProblems(desired, standing.current), ...beside.problems];
  if (refused.length > 0) throw UserError.of(refused);
  const findings = [findingOf(endpoint, standing), ...image.findings, ...beside.findings];
  const versions = knownVersions(seen).map(infoOf);
  const changes = [
    ...beside.changes,
    ...spareCandidates(waitingOf(endpoint, seen), standing.current?.number),
  ];
  const resolved = { account, desired, standing, findings, versions, beside: changes, has: around.has };
  const draft = assemble(request, resolved, options);
  if (draft.action === 'unchanged') return draft;
  return { ...draft, steps: await stepsOf(draft, seen, once, options) };
}

async function stepsOf(
  plan: Plan,
  seen: Seen,
  reads: Reads,
  options: LambdaTargetOptions,
): Promise<readonly PlanStep[]> {
  const { endpoint } = plan;
  const { environmentKey } = options;
  const operation = new LambdaOperation({ endpoint, plan, command: 'plan' }, options, reads);
  const foreseen = await foresee(plan, operation, TRAITS, options);
  return planSteps(foreseen, endpoint, wordsFor(plan, seen, environmentKey));
}

function functionProblems(
  { endpoint, desired }: DeploymentRequest,
  { fn }: Seen,
  options: LambdaTargetOptions,
): Problem[] {
  const { executionRoleArn } = desired.spec as CloudSettings;
  if (fn === null) return executionRoleArn === undefined ? [NO_ROLE] : [];
  const owned = { endpoint, kind: 'function', mark: markIn(fn.Tags ?? {}, endpoint) };
  return [...ownershipProblems(owned, options), ...kindProblems(endpoint, fn.Configuration ?? {})];
}

/** Compares with what serves, not with what the last run left in the function's work area. */
function beforeOf(endpoint: string, { fn }: Seen, { current }: Standing) {
  const found = current?.found ?? fn?.Configuration ?? null;
  const { [TAG.endpoint]: owner, [TAG.adopted]: adopted } = fn?.Tags ?? {};
  return { found, isOurs: fn === null || (owner === endpoint && adopted === undefined) };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/images-create.html: a function of a .zip file cannot become one of an image */
function kindProblems(endpoint: string, { PackageType }: FunctionConfiguration): Problem[] {
  if (PackageType === 'Image') return [];
  const message = `"${endpoint}" is a function of a .zip file, which Lambda cannot turn into one of an image.`;
  return [{ where: 'endpoint-name', message, fix: 'Use another name, and remove the old function later.' }];
}

/**
 * Two versions share an alias only with the same role and the same dead-letter queue.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 */
function splitProblems(desired: Desired, current: Version | null): Problem[] {
  const { type, stepPercent } = desired.strategy;
  if (current === null || type === 'all-at-once' || stepPercent === 100) return [];
  const { Role, DeadLetterConfig } = specOf(desired).settings;
  const before = settingsOf(current.found);
  const differ = [
    ...(Role === before.Role ? [] : ['the execution role']),
    ...(DeadLetterConfig?.TargetArn === before.DeadLetterConfig?.TargetArn ? [] : ['the dead-letter queue']),
  ];
  return differ.map((what) => ({
    where: 'strategy',
    message: `"${type}" splits requests between two versions, and Lambda does that only where ${what} is the same.`,
    fix: 'Use all-at-once for this release.',
  }));
}

interface Standing {
  readonly serving: ReturnType<typeof servingOf>;
  /** The version that serves; null if nothing does. */
  readonly current: Version | null;
}

function standingOf(seen: Seen): Standing {
  const versions = knownVersions(seen);
  const idOf = (number: string) => versions.find((known) => known.number === number)?.id ?? foreignId(number);
  const serving = servingOf(seen.live, idOf);
  return { serving, current: versions.find(({ id }) => id === serving.version) ?? null };
}

function findingOf(endpoint: string, { serving, current }: Standing): Finding {
  const { version, towards } = serving;
  const but = `its alias ${towards === null ? 'has weights of somebody else' : `waits for ${towards}`}`;
  return standingFinding(
    endpoint,
    serving,
    but,
    current === null ? version : `${version} (number ${current.number})`,
  );
}

interface Resolved {
  readonly account: string;
  readonly desired: Desired;
  readonly standing: Standing;
  readonly findings: readonly Finding[];
  readonly versions: readonly VersionInfo[];
  /** For what is around the function, and for what an earlier run did not get to remove. */
  readonly beside: readonly Change[];
  /** What is kept started for the version that serves. */
  readonly has: Provision | null;
}

function assemble(
  request: DeploymentRequest,
  { account, desired, standing, findings, versions, beside, has }: Resolved,
  { clients, clock, environmentKey }: LambdaTargetOptions,
): Plan {
  const { serving, current } = standing;
  const base = serving.version;
  const version = versionId(desired);
  const place = { target: TARGET, account, region: clients.region };
  const subject = subjectFor(request, { ...place, desired, base, version, versions });
  const changes = [...changesOf(desired, current, environmentKey), ...beside];
  const isSame = base === version && serving.state === 'serving';
  const { sources, commit, run } = request;
  return makePlan(subject, {
    action: base === null ? 'create' : isSame && changes.length === 0 ? 'unchanged' : 'update',
    version,
    candidate: candidateFor(subject),
    changes,
    findings,
    steps: [],
    sources,
    cost: costOf(desired, { has, found: current?.found ?? null }, base !== version),
    commit,
    run,
    createdAt: clock.now().toISOString(),
  });
}

function changesOf(desired: Desired, current: Version | null, key: string | null): Change[] {
  const found = current?.found;
  const { settings } = specOf(desired);
  const before: Readonly<Record<string, unknown>> = found === undefined ? {} : settingsOf(found);
  return differing([
    ...contentChanges(desired, current),
    ...settingChanges('function.', before, settings),
    ...environmentChanges(desired, environmentOf(found ?? {}), key),
  ]);
}

/** Our candidates, with the numbers of their versions. */
function waitingOf(endpoint: string, { aliases }: Seen) {
  return aliases
    .filter(
      ({ Name = '', Description }) => isCandidateName(endpoint, Name) && readWaiting(Description) !== null,
    )
    .map(({ Name = '', FunctionVersion }) => ({ name: Name, version: FunctionVersion }));
}
