/** The plan of a deployment to Azure ML: everything that can be known before anything is changed. Reads only. */
import { UserError, type Problem } from '../../core/errors.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import { environmentChanges } from '../../core/plan/environment-changes.ts';
import { candidateFor, subjectFor } from '../../core/plan/subject.ts';
import { objectStoreOf } from '../../core/stores.ts';
import type { DeploymentRequest, VersionInfo } from '../../core/targets.ts';
import { foresee } from '../../deployment/foresee.ts';
import { ownershipProblems } from '../../deployment/kept/tags.ts';
import { infoOf } from '../../deployment/kept/versions.ts';
import type { Serving } from '../../deployment/observed.ts';
import { planSteps } from '../../deployment/plan-steps.ts';
import {
  makePlan,
  type Change,
  type Desired,
  type Finding,
  type Plan,
  type PlanStep,
} from '../../documents/plan.ts';
import { driftOf, variablesOf } from './asked.ts';
import { assetsOf } from './assets.ts';
import { authModeOf, identityIn, type EndpointResource } from './endpoint.ts';
import { versionId } from './names.ts';
import { AzureMlOperation, TRAITS } from './operation.ts';
import { TARGET, type AzureMlTargetOptions } from './options.ts';
import { frozen, readsOf, seenBy, type Reads, type Seen } from './reads.ts';
import { resolve, type Before } from './resolve.ts';
import type { AssetResource, DeploymentResource, WorkspaceResource } from './resources.ts';
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
  const before = { ...standing, environment: await environmentOf(standing.current?.found ?? null, options) };
  const problems = problemsOf(request, seen.endpoint, standing, options);
  if (problems.length > 0) throw UserError.of(problems);
  const desired = resolve(
    request,
    { ...before, endpoint: seen.endpoint, current: standing.current?.found ?? null },
    options,
  );
  const draft = assemble(request, { workspace, desired, standing, before: before.environment }, options);
  if (draft.action === 'unchanged') return draft;
  return { ...draft, steps: await stepsOf(draft, seen, frozen(reads, seen), options) };
}

async function stepsOf(
  plan: Plan,
  seen: Seen,
  reads: Reads,
  options: AzureMlTargetOptions,
): Promise<readonly PlanStep[]> {
  const { endpoint } = plan;
  const { clock, context, keepVersions: keep, resources } = options;
  const operation = new AzureMlOperation({ endpoint, plan, command: 'plan' }, options, reads);
  const run = context.runId || 'planned';
  const foreseen = await foresee(plan, { operation, traits: TRAITS, now: clock.now().getTime(), run, keep });
  const there = new Set<string>();
  for (const { kind, name, version } of Object.values(assetsOf(plan)))
    if ((await resources.asset(kind, name, version)) !== null) there.add(kind);
  return planSteps(foreseen, endpoint, wordsFor(plan, seen, there));
}

interface Standing {
  readonly serving: Serving;
  readonly versions: readonly Version[];
  /** The version that serves; null where nothing does. */
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
  const owned = { endpoint, kind: 'endpoint', tags: found?.tags ?? {} };
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

/** A folder as it lies: Azure ML unpacks nothing. */
function modelProblems({ modelDataUrl: url }: CloudSettings): Problem[] {
  if (url !== undefined && objectStoreOf(url) === 'azure-blob' && url.endsWith('/')) return [];
  const message = `"${url ?? ''}" is not a folder in Azure Blob, which is what Azure ML gives to the container.`;
  const fix =
    'Package the model with compression: none and a destination of the form https://account.blob.core.windows.net/container/prefix.';
  return [{ where: 'model-data-url', message, fix }];
}

/** What an endpoint is made with. Azure, or people, change it; a release of a model does not. */
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
  readonly before: AssetResource | null;
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
  ];
  const isUnchanged = isSame && changes.length === 0;
  return { ...draft, changes, action: isUnchanged ? 'unchanged' : draft.action };
}

const shown = (value: unknown) =>
  value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);

function changesOf(
  desired: Desired,
  current: Version | null,
  environment: AssetResource | null,
  key: string | null,
): Change[] {
  const { settings, instances } = specOf(desired);
  const has: Readonly<Record<string, unknown>> =
    current === null ? {} : beforeOf(current, environment).settings;
  const fields: Change[] = [
    ...contentChanges(desired, current),
    ...Object.entries(settings).map(([name, value]) => ({
      field: `deployment.${name}`,
      from: shown(has[name]),
      to: shown(value),
    })),
    { field: 'instances', from: shown(current?.found.sku?.capacity), to: shown(instances) },
    ...environmentChanges(desired, variablesOf(current?.found ?? null), key),
  ];
  return fields.filter(({ from, to }) => from !== to);
}

function contentChanges(desired: Desired, current: Version | null): Change[] {
  const { made = null, imageDigest = null } = current ?? {};
  return [
    { field: 'model', from: made?.modelDigest ?? null, to: desired.model },
    { field: 'reference', from: made?.referenceDigest ?? null, to: desired.reference ?? null },
    { field: 'image', from: imageDigest, to: desired.image ?? null },
  ];
}

function beforeOf(current: Version, environment: AssetResource | null): ReturnType<typeof specOf> {
  const before: Before = { endpoint: null, current: current.found, environment };
  const nothing = { environment: new Map<string, string>(), environmentKey: null };
  return specOf(resolve({ desired: { spec: {} } as Desired }, before, nothing));
}

function findingsOf(endpoint: string, desired: Desired, { serving, versions }: Standing): Finding[] {
  const { instances, settings } = specOf(desired);
  const standing: Finding =
    serving.version === null
      ? { level: 'ok', message: `${endpoint} does not serve yet.` }
      : serving.state === 'serving'
        ? { level: 'ok', message: `${endpoint} serves ${serving.version}.` }
        : {
            level: 'warning',
            message: `${endpoint} serves ${serving.version}, and its traffic is on its way.`,
          };
  const unproven: Finding = {
    level: 'not-checked',
    message: `target: ${TARGET} is a preview. It has not run on an Azure account yet, only on a stand-in.`,
  };
  const running = versions.reduce((sum, { found }) => sum + (found.sku?.capacity ?? 0), 0);
  const message =
    `${running} instances run for ${endpoint} now. A release starts ${instances} of ${settings.instanceType ?? 'the same machines'} beside them; ` +
    'all of them are billed, until old versions are removed (keep-versions).';
  return [unproven, standing, { level: 'ok', message }, quotaFinding(desired)];
}

/** https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas#azure-machine-learning-online-endpoints-and-batch-endpoints */
function quotaFinding(desired: Desired): Finding {
  const { instances, settings } = specOf(desired);
  const reserved = Math.ceil(instances * 1.2);
  const message = `Azure ML reserves a fifth more machines for its upgrades: the quota must have the cores of ${reserved} more ${settings.instanceType ?? 'machines'}.`;
  return { level: 'not-checked', message };
}
