/** The plan of a deployment to Azure ML: everything that can be known before anything is changed. Reads only. */
import { UserError, type Problem } from '../../core/errors.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import { environmentChanges } from '../../core/plan/environment-changes.ts';
import { candidateFor, subjectFor } from '../../core/plan/subject.ts';
import { objectStoreOf } from '../../core/stores.ts';
import type { DeploymentRequest, VersionInfo } from '../../core/targets.ts';
import { foresee } from '../../deployment/foresee.ts';
import { contentChanges, differing, settingChanges, shown } from '../../deployment/kept/changes.ts';
import { standingFinding } from '../../deployment/kept/describe.ts';
import { markIn, ownershipProblems } from '../../deployment/kept/tags.ts';
import { infoOf } from '../../deployment/kept/versions.ts';
import type { Serving } from '../../deployment/observed.ts';
import { planSteps, spareCandidates } from '../../deployment/plan-steps.ts';
import {
  makePlan,
  type Change,
  type Desired,
  type Finding,
  type Plan,
  type PlanStep,
} from '../../documents/plan.ts';
import { driftOf, variablesOf } from './asked.ts';
import { costOf } from './cost.ts';
import { assetsOf } from './assets.ts';
import { sayScale, within } from './autoscale.ts';
import { authModeOf, identityIn, type EndpointResource } from './endpoint.ts';
import { readWaiting } from './ledger.ts';
import { versionId } from './names.ts';
import { AzureMlOperation, TRAITS } from './operation.ts';
import { TARGET, type AzureMlTargetOptions } from './options.ts';
import { frozen, readsOf, seenBy, type Reads, type Seen } from './reads.ts';
import { quotaFinding } from './quota.ts';
import { resolve, type Before } from './resolve.ts';
import type { AssetResource, DeploymentResource, WorkspaceResource } from './resources.ts';
import { currentScale } from './scaling.ts';
import { servingOf } from './serving.ts';
import { specOf } from './spec.ts';
import { wordsFor } from './step-words.ts';
import { versionsOf, type Version } from './versions.ts';

/** @throws UserError with every problem at once */
export async function planFor(request: DeploymentRequest, options: AzureMlTargetOptions): Promise<Plan> {
  const reads = readsOf(request.endpoint, options);
  const workspace = await reads.workspace();
  const seen = await seenBy(reads);
  const standing = standingOf(seen, options);
  const found = standing.current?.found ?? null;
  const before = {
    endpoint: seen.endpoint,
    current: found,
    environment: await environmentOf(found, options),
    scale: found === null ? null : await currentScale(request.endpoint, found.name, options),
  };
  const problems = problemsOf(request, seen.endpoint, standing, options);
  if (problems.length > 0) throw UserError.of(problems);
  const desired = resolve(request, before, options);
  const draft = assemble(request, { workspace, desired, standing, before }, options);
  if (draft.action === 'unchanged') return draft;
  const { steps, removed } = await stepsOf(draft, seen, frozen(reads, seen), options);
  const findings = [...draft.findings, await quotaOf(draft, workspace, standing, options)];
  return { ...draft, findings, steps, cost: costOf(draft, standing.versions, removed) };
}

function quotaOf(
  { desired, version }: Plan,
  workspace: WorkspaceResource,
  { versions, current }: Standing,
  { resources }: Pick<AzureMlTargetOptions, 'resources'>,
): Promise<Finding> {
  const spec = specOf(desired);
  const machine = spec.settings.instanceType ?? current?.found.properties.instanceType ?? undefined;
  const own = versions.find(({ id }) => id === version)?.found ?? null;
  const instances = startsWith(desired, current);
  return quotaFinding({ spec, instances, machine, workspace, own }, resources);
}

/** How many instances a version has when it begins to serve. */
function startsWith(desired: Desired, current: Version | null): number {
  const { instances, scale } = specOf(desired);
  const runs = current?.found.sku?.capacity;
  return scale === undefined || runs === undefined ? instances : within(scale, runs);
}

async function stepsOf(
  plan: Plan,
  seen: Seen,
  reads: Reads,
  options: AzureMlTargetOptions,
): Promise<{ readonly steps: readonly PlanStep[]; readonly removed: ReadonlySet<string> }> {
  const { endpoint } = plan;
  const { resources } = options;
  const operation = new AzureMlOperation({ endpoint, plan, command: 'plan' }, options, reads);
  const foreseen = await foresee(plan, operation, TRAITS, options);
  const there = new Set<string>();
  for (const { kind, name, version } of Object.values(assetsOf(plan)))
    if ((await resources.asset(kind, name, version)) !== null) there.add(kind);
  const removed = foreseen.lines.flatMap(({ step, when }) =>
    step.kind === 'retire-version' && when === 'will' ? [step.of] : [],
  );
  return { steps: planSteps(foreseen, endpoint, wordsFor(plan, seen, there)), removed: new Set(removed) };
}

interface Standing {
  readonly serving: Serving;
  readonly versions: readonly Version[];
  /** The version that serves; null if nothing does. */
  readonly current: Version | null;
}

function standingOf(seen: Seen, { clock }: Pick<AzureMlTargetOptions, 'clock'>): Standing {
  const now = clock.now();
  const serving = servingOf(seen.endpoint, now);
  const versions = versionsOf(seen, now);
  return { serving, versions, current: versions.find(({ id }) => id === serving.version) ?? null };
}

/** `…/environments/<name>/versions/<version>` */
async function environmentOf(
  current: DeploymentResource | null,
  { resources }: Pick<AzureMlTargetOptions, 'resources'>,
): Promise<AssetResource | null> {
  const [, name, version] =
    /\/environments\/([^/]+)\/versions\/([^/]+)$/i.exec(current?.properties.environmentId ?? '') ?? [];
  return name === undefined || version === undefined ? null : resources.asset('environments', name, version);
}

function problemsOf(
  { endpoint, desired }: DeploymentRequest,
  found: EndpointResource | null,
  { current }: Standing,
  options: AzureMlTargetOptions,
): Problem[] {
  const asked = desired.spec as CloudSettings;
  const owned = { endpoint, kind: 'endpoint', mark: markIn(found?.tags ?? {}, endpoint) };
  return [
    ...(found === null ? [] : ownershipProblems(owned, options)),
    ...imageProblems(asked),
    ...modelProblems(asked),
    ...(asked.instanceType === undefined && current === null ? [NO_MACHINE] : []),
    ...(found === null ? [] : fixedProblems(asked, found)),
  ];
}

const NO_MACHINE: Problem = {
  where: 'instance-type',
  message: 'is required for a new endpoint.',
  fix: 'Name a machine such as Standard_DS3_v2.',
};

function imageProblems({ imageUri }: CloudSettings): Problem[] {
  const where = 'image-uri';
  const fix = 'Build an image with push-image, and take its image-uri.';
  if (imageUri === undefined) {
    const message = 'is required: the image that serves the model.';
    return [{ where, message, fix }];
  }
  if (/@sha256:[0-9a-f]{64}$/.test(imageUri)) return [];
  return [{ where, message: `"${imageUri}" is not pinned by its digest.`, fix }];
}

/** A folder as it is: Azure ML unpacks nothing. */
function modelProblems({ modelDataUrl: url }: CloudSettings): Problem[] {
  if (url !== undefined && objectStoreOf(url) === 'azure-blob' && url.endsWith('/')) return [];
  const message = `"${url ?? ''}" is not a folder in Azure Blob, which is what Azure ML gives to the container.`;
  const fix =
    'Package the model with compression: none and a destination of the form https://account.blob.core.windows.net/container/prefix.';
  return [{ where: 'model-data-url', message, fix }];
}

/** What an endpoint is created with. Azure or people may change it later; a release of a model does not. */
function fixedProblems(asked: CloudSettings, found: EndpointResource): Problem[] {
  const access = found.properties.publicNetworkAccess === 'Disabled' ? 'disabled' : 'enabled';
  const all: readonly (readonly [string, string | undefined, string])[] = [
    ['auth-mode', asked.authMode, authModeOf(found)],
    ['user-assigned-identity', asked.userAssignedIdentity, identityIn(found) ?? 'an identity of its own'],
    ['public-network-access', asked.publicNetworkAccess, access],
  ];
  return all.flatMap(([member, wanted, is]) => {
    if (wanted === undefined || wanted.toLowerCase() === is.toLowerCase()) return [];
    const message = `${wanted} is asked for, and ${found.name} has ${is}, which a release does not change.`;
    return [{ where: `azure-ml: ${member}`, message, fix: 'Leave it out, or use another endpoint-name.' }];
  });
}

interface Resolved {
  readonly workspace: WorkspaceResource;
  readonly desired: Desired;
  readonly standing: Standing;
  readonly before: Before;
}

function assemble(
  request: DeploymentRequest,
  { workspace, desired, standing, before }: Resolved,
  options: AzureMlTargetOptions,
): Plan {
  const { clock, place } = options;
  const { serving, current, versions } = standing;
  const base = serving.version;
  const version = versionId(desired);
  const account = [place.subscription, place.resourceGroup, place.workspace].join('/');
  const found = { target: TARGET, account, region: workspace.location };
  const known: readonly VersionInfo[] = versions.map(infoOf);
  const subject = subjectFor(request, { ...found, desired, base, version, versions: known });
  const isSame = base === version && serving.state === 'serving';
  const draft = makePlan(subject, {
    action: base === null ? 'create' : 'update',
    version,
    candidate: candidateFor(subject),
    changes: [],
    findings: findingsOf(request.endpoint, desired, standing),
    steps: [],
    sources: request.sources,
    commit: request.commit,
    run: request.run,
    createdAt: clock.now().toISOString(),
  });
  const drift = isSame && current !== null ? driftOf(draft, current.found, options) : [];
  const changes = [
    ...changesOf(desired, current, before, options.environmentKey),
    ...drift.map((field): Change => ({ field, from: 'changed by somebody', to: 'as it was released' })),
    ...spareCandidates(readWaiting(request.endpoint, before.endpoint?.tags ?? {}), base),
  ];
  const isUnchanged = isSame && changes.length === 0;
  return { ...draft, changes, action: isUnchanged ? 'unchanged' : draft.action };
}

function changesOf(desired: Desired, current: Version | null, before: Before, key: string | null): Change[] {
  const { settings, scale } = specOf(desired);
  const has: Readonly<Record<string, unknown>> = current === null ? {} : beforeOf(before).settings;
  return differing([
    ...contentChanges(desired, current),
    ...settingChanges('deployment.', has, settings),
    {
      field: 'instances',
      from: shown(current?.found.sku?.capacity),
      to: shown(startsWith(desired, current)),
    },
    {
      field: 'autoscaling',
      from: before.scale === null ? null : sayScale(before.scale),
      to: scale === undefined ? null : sayScale(scale),
    },
    ...environmentChanges(desired, variablesOf(current?.found ?? null), key),
  ]);
}

function beforeOf(before: Before): ReturnType<typeof specOf> {
  const nothing = { environment: new Map<string, string>(), environmentKey: null };
  return specOf(resolve({ desired: { spec: {} } as Desired }, { ...before, endpoint: null }, nothing));
}

function findingsOf(endpoint: string, desired: Desired, { serving, versions }: Standing): Finding[] {
  const { instances, settings, scale, keepWarmMinutes: minutes } = specOf(desired);
  const standing = standingFinding(endpoint, serving, 'its traffic is on its way');
  const unproven: Finding = {
    level: 'not-checked',
    message: `target: ${TARGET} is a preview. It has not run on an Azure account yet, only on a stand-in.`,
  };
  const running = versions.reduce((sum, { found }) => sum + (found.sku?.capacity ?? 0), 0);
  const message =
    `${running} instances run for ${endpoint} now. A release starts ${instances} of ${settings.instanceType ?? 'the same machines'} beside them; ` +
    (minutes === undefined
      ? 'all of them are billed, until old versions are removed (keep-versions).'
      : `all of them are billed, the version that is replaced for ${minutes} minutes longer (keep-warm-minutes).`);
  const scaling: Finding[] =
    scale === undefined
      ? []
      : [{ level: 'ok', message: `Azure Monitor scales each version by itself: ${sayScale(scale)}.` }];
  return [unproven, standing, { level: 'ok', message }, ...scaling];
}
