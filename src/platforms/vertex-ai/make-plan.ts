/** The plan of a deployment to Vertex AI: everything that can be known before anything is changed. Reads only. */
import { UserError, type Problem } from '../../core/errors.ts';
import { canonicalJson } from '../../core/canonical-json.ts';
import { environmentChanges } from '../../core/plan/environment-changes.ts';
import { candidateFor, subjectFor } from '../../core/plan/subject.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { foresee } from '../../deployment/foresee.ts';
import { infoOf } from '../../deployment/kept/versions.ts';
import { isAnswer, type Serving } from '../../deployment/observed.ts';
import { planSteps } from '../../deployment/plan-steps.ts';
import {
  makePlan,
  type Change,
  type Desired,
  type Finding,
  type Plan,
  type PlanStep,
} from '../../documents/plan.ts';
import { deployedEnvironment } from './environment.ts';
import { versionId } from './names.ts';
import { TRAITS, VertexOperation } from './operation.ts';
import { TARGET, type VertexTargetOptions } from './options.ts';
import { modelProblems, ownershipProblems } from './ownership.ts';
import { resolve } from './resolve.ts';
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
  const problems = problemsOf(request, { found, models, current }, options);
  if (problems.length > 0) throw UserError.of(problems);
  const desired = resolve(request, current, options);
  const draft = assemble(request, { found, versions, serving, current, desired }, options);
  if (draft.action === 'unchanged') return draft;
  const operation = new VertexOperation({ endpoint, plan: draft, command: 'plan' }, options);
  const candidates = await operation.look('candidates');
  const findings = isAnswer(candidates)
    ? draft.findings
    : [...draft.findings, { level: 'not-checked', message: candidates.denied } as const];
  return { ...draft, findings, steps: await stepsOf(draft, found, operation, options) };
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
  const { imageUri, instanceType } = desired.spec as CloudSettings;
  const problems: Problem[] = [];
  if (imageUri === undefined) {
    const message = 'is required: Vertex AI serves a container.';
    problems.push({ where: 'image-uri', message, fix: 'Build one with push-image.' });
  } else if (!/@sha256:[0-9a-f]{64}$/.test(imageUri)) {
    const message = `"${imageUri}" has no digest, so that it may be another image tomorrow.`;
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

/** What cannot be released to by moving its traffic. */
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
  const { clock, context, keepVersions: keep } = options;
  const run = context.runId || 'planned';
  const foreseen = await foresee(plan, { operation, traits: TRAITS, now: clock.now().getTime(), run, keep });
  return planSteps(foreseen, endpoint, wordsFor(found));
}

function findingsOf(
  endpoint: string,
  found: EndpointResource | null,
  { state, version, towards }: Serving,
  { deployed, keepWarmMinutes }: Spec,
): Finding[] {
  const { minReplicaCount: min, maxReplicaCount: max } = deployed.dedicatedResources;
  const standing: Finding =
    version === null
      ? { level: 'ok', message: `${endpoint} does not serve yet.` }
      : state === 'serving'
        ? { level: 'ok', message: `${endpoint} serves ${version}.` }
        : {
            level: 'warning',
            message: `${endpoint} serves ${version}, and its traffic ${towards === null ? 'is split by somebody else' : `moves to ${towards}`}.`,
          };
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

function reachFindings(found: EndpointResource | null): Finding[] {
  if (found?.network === undefined && found?.privateServiceConnectConfig === undefined) return [];
  const message = 'The endpoint is in a private network. Whether this runner reaches it is not checked.';
  return [{ level: 'not-checked', message }];
}

function changesOf(desired: Desired, current: Version | null, key: string | null): Change[] {
  const { container, artifactUri = null, deployed } = specOf(desired);
  const before = current?.found ?? null;
  const { imageUri: _, ...rest } = container;
  const fields: Change[] = [
    ...contentChanges(desired, current),
    { field: 'artifactUri', from: before?.artifactUri ?? null, to: artifactUri },
    ...settingChanges('container.', { ...before?.containerSpec }, rest),
    ...settingChanges('', { ...current?.made?.deployed }, deployed),
    ...environmentChanges(desired, deployedEnvironment(before), key),
  ];
  return fields.filter(({ from, to }) => from !== to);
}

function contentChanges({ model, reference, image }: Desired, current: Version | null): Change[] {
  const made = current?.made;
  return [
    { field: 'model', from: made?.modelDigest ?? null, to: model },
    { field: 'reference', from: made?.referenceDigest ?? null, to: reference ?? null },
    { field: 'image', from: current?.imageDigest ?? null, to: image ?? null },
  ];
}

type Settings = Readonly<Record<string, unknown>>;

function settingChanges(prefix: string, before: Settings, wanted: object): Change[] {
  const shown = (value: unknown) =>
    value === undefined ? null : typeof value === 'string' ? value : canonicalJson(value);
  return Object.entries(wanted).map(([name, value]) => ({
    field: prefix + name,
    from: shown(before[name]),
    to: shown(value),
  }));
}
