/** The plan of a deployment to Vertex AI: everything that can be known before anything is changed. Reads only. */
import { UserError, type Problem } from '../../core/errors.ts';
import { environmentChanges } from '../../core/plan/environment-changes.ts';
import { candidateFor, subjectFor } from '../../core/plan/subject.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { foresee } from '../../deployment/foresee.ts';
import { contentChanges, differing, settingChanges } from '../../deployment/kept/changes.ts';
import { standingFinding } from '../../deployment/kept/describe.ts';
import { infoOf } from '../../deployment/kept/versions.ts';
import { isAnswer, type Serving } from '../../deployment/observed.ts';
import { planSteps, spareCandidates } from '../../deployment/plan-steps.ts';
import {
  makePlan,
  type Change,
  type Desired,
  type Finding,
  type Plan,
  type PlanStep,
} from '../../documents/plan.ts';
import { costOf } from './cost.ts';
import { deployedEnvironment } from './environment.ts';
import { versionId } from './names.ts';
import { TRAITS, VertexOperation } from './operation.ts';
import { TARGET, type VertexTargetOptions } from './options.ts';
import { modelFiles, overwrittenProblems } from './model-files.ts';
import { modelProblems, ownershipProblems } from './ownership.ts';
import { nameImage, pinImage, type NamedImage, type OwnImage } from './own-image.ts';
import { machineFor, resolve } from './resolve.ts';
import { Resources, type EndpointResource, type ModelVersion } from './resources.ts';
import { servingOf } from './serving.ts';
import { specOf, type Spec } from './spec.ts';
import { wordsFor } from './step-words.ts';
import { versionsOf, type Version } from './versions.ts';

/** @throws UserError with every problem at once */
export async function planFor(request: DeploymentRequest, options: VertexTargetOptions): Promise<Plan> {
  const { endpoint } = request;
  const { rest, place, hosts } = options;
  const resources = new Resources(rest, place, hosts);
  const [found, models] = [await resources.endpoint(endpoint), await resources.versions(endpoint)];
  const versions = versionsOf(models, found);
  const serving = servingOf(found);
  const current = versions.find(({ id }) => id === serving.version) ?? null;
  const machine = machineFor(request.desired.spec, current);
  const named = await nameImage(request, machine, options);
  const problems = [...problemsOf(request, { found, models, current }, options), ...(named?.problems ?? [])];
  if (problems.length > 0) throw UserError.of(problems);
  const own = named && (await pinImage(named, options));
  const desired = resolve(request, current, own, options);
  const files = await modelFiles(request.sources.modelUrl, options);
  const sources = { ...request.sources, archive: files.archive };
  const draft = assemble({ ...request, sources }, { found, versions, serving, current, desired }, options);
  const overwritten = overwrittenProblems(
    sources,
    versions.find(({ id }) => id === draft.version),
  );
  if (overwritten.length > 0) throw UserError.of(overwritten);
  const operation = new VertexOperation({ endpoint, plan: draft, command: 'plan' }, options);
  const candidates = await operation.look('candidates');
  const spare = isAnswer(candidates)
    ? spareCandidates(
        candidates.value.filter(({ ours }) => ours),
        serving.version,
      )
    : [];
  if (draft.action === 'unchanged' && spare.length === 0) return draft;
  const denied = isAnswer(candidates) ? [] : [{ level: 'not-checked', message: candidates.denied } as const];
  const findings = [...draft.findings, ...imageFindings(named, own), ...files.findings, ...denied];
  const action = draft.action === 'unchanged' ? 'update' : draft.action;
  const changed: Plan = { ...draft, action, changes: [...draft.changes, ...spare], findings };
  return { ...changed, steps: await stepsOf(changed, found, operation, options) };
}

interface Standing {
  readonly found: EndpointResource | null;
  readonly models: readonly ModelVersion[];
  readonly current: Version | null;
}

function problemsOf(
  { endpoint, desired, sources }: DeploymentRequest,
  { found, models, current }: Standing,
  options: VertexTargetOptions,
): Problem[] {
  const { imageUri, framework, instanceType } = desired.spec as CloudSettings;
  const problems: Problem[] = [];
  if (imageUri === undefined && framework === undefined) {
    const message = 'is required: Vertex AI serves a container.';
    const fix = 'Build one with push-image, or set framework and framework-version for an image of Google.';
    problems.push({ where: 'image-uri', message, fix });
  } else if (imageUri !== undefined && !/@sha256:[0-9a-f]{64}$/.test(imageUri)) {
    const message = `"${imageUri}" has no digest: it may be another image tomorrow.`;
    problems.push({
      where: 'image-uri',
      message,
      fix: 'Take it from push-image, which gives name@sha256:….',
    });
  }
  if (instanceType === undefined && current?.made?.deployed === undefined) {
    const message = 'is required for a new endpoint.';
    problems.push({ where: 'instance-type', message, fix: 'Name a machine such as n1-standard-4.' });
  }
  if (sources.modelUrl.startsWith('gs://') && /\.tar(\.gz)?$/.test(sources.modelUrl)) {
    const message = `"${sources.modelUrl}" is an archive, and Vertex AI takes a folder.`;
    problems.push({ where: 'model-data-url', message, fix: 'Package it with compression: none.' });
  }
  const own =
    found === null ? [] : [...ownershipProblems(endpoint, found, options), ...shapeProblems(endpoint, found)];
  return [...problems, ...own, ...modelProblems(endpoint, models)];
}

/** Endpoints whose traffic cannot be moved to a new version. */
function shapeProblems(endpoint: string, { deployedModels = [] }: EndpointResource): Problem[] {
  if (deployedModels.every(({ sharedResources }) => sharedResources === undefined)) return [];
  const message = `"${endpoint}" has a model on shared resources, which several endpoints may use.`;
  return [{ where: 'endpoint-name', message, fix: 'Use another name.' }];
}

interface Resolved {
  readonly found: EndpointResource | null;
  readonly versions: readonly Version[];
  readonly serving: Serving;
  readonly current: Version | null;
  readonly desired: Desired;
}

function assemble(
  request: DeploymentRequest,
  { found, versions, serving, current, desired }: Resolved,
  { place, clock, environmentKey }: VertexTargetOptions,
): Plan {
  const { project: account, location: region } = place;
  const { version: base } = serving;
  const version = versionId(desired);
  const known = versions.map(infoOf);
  const subject = subjectFor(request, {
    target: TARGET,
    account,
    region,
    desired,
    base,
    version,
    versions: known,
  });
  const changes = changesOf(desired, current, environmentKey);
  const isSame = base === version && serving.state === 'serving';
  const { sources, commit, run } = request;
  return makePlan(subject, {
    action: base === null ? 'create' : isSame ? 'unchanged' : 'update',
    version,
    candidate: candidateFor(subject),
    changes: isSame ? [] : changes,
    findings: findingsOf(request.endpoint, found, serving, specOf(desired)),
    steps: [],
    sources,
    cost: costOf(desired, found, base),
    commit,
    run,
    createdAt: clock.now().toISOString(),
  });
}

async function stepsOf(
  plan: Plan,
  found: EndpointResource | null,
  operation: VertexOperation,
  options: VertexTargetOptions,
): Promise<readonly PlanStep[]> {
  const { endpoint } = plan;
  const foreseen = await foresee(plan, operation, TRAITS, options);
  return planSteps(foreseen, endpoint, wordsFor(found));
}

function findingsOf(
  endpoint: string,
  found: EndpointResource | null,
  serving: Serving,
  { deployed, keepWarmMinutes }: Spec,
): Finding[] {
  const { minReplicaCount: min, maxReplicaCount: max } = deployed.dedicatedResources;
  const { version, towards } = serving;
  const but = `its traffic ${towards === null ? 'is split by somebody else' : `moves to ${towards}`}`;
  const standing = standingFinding(endpoint, serving, but);
  const machines = `${min} to ${max} replicas of the new version start before the old one stops`;
  const warm =
    keepWarmMinutes === 0
      ? 'and the old one is removed at once'
      : `and the old one is paid for ${keepWarmMinutes} minutes longer, for a rollback at once`;
  const unproven: Finding = {
    level: 'not-checked',
    message: `target: ${TARGET} is a preview. It has not run on a Google Cloud project yet, only on a stand-in.`,
  };
  const money: Finding = { level: 'ok', message: `${machines}, ${warm}. The quota counts ${max} of each.` };
  return [unproven, standing, ...(version === null ? [] : [money]), ...reachFindings(found)];
}

function imageFindings(named: NamedImage | null, own: OwnImage | null): Finding[] {
  if (named === null || own === null) return [];
  return [{ level: 'ok', message: `Google's own image: ${own.uri}, now ${own.digest}.` }, ...named.findings];
}

function reachFindings(found: EndpointResource | null): Finding[] {
  if (found?.network === undefined && found?.privateServiceConnectConfig === undefined) return [];
  const message = 'The endpoint is in a private network. Whether this runner reaches it is not checked.';
  return [{ level: 'not-checked', message }];
}

function changesOf(desired: Desired, current: Version | null, key: string | null): Change[] {
  const { container, artifactUri = null, deployed } = specOf(desired);
  const before = current?.found ?? null;
  const { imageUri: _, ...rest } = container;
  return differing([
    ...contentChanges(desired, current),
    { field: 'artifactUri', from: before?.artifactUri ?? null, to: artifactUri },
    ...settingChanges('container.', { ...before?.containerSpec }, rest),
    ...settingChanges('', { ...current?.made?.deployed }, deployed),
    ...environmentChanges(desired, deployedEnvironment(before), key),
  ]);
}
