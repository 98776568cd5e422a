/** The plan of a deployment to SageMaker: everything that can be known before anything is changed. */
import { checkAccount } from '../../clouds/aws/host.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import { candidateFor, subjectFor } from '../../core/plan/subject.ts';
import { makePlan, type Change, type Desired, type Finding, type Plan } from '../../documents/plan.ts';
import type { DeploymentRequest } from '../../core/targets.ts';
import { foresee } from '../../deployment/foresee.ts';
import { ownershipProblems, type Owned } from '../../deployment/kept/tags.ts';
import type { PlanLine } from '../../deployment/plan.ts';
import { planSteps, spareCandidates } from '../../deployment/plan-steps.ts';
import { archiveIdentity } from './archive-identity.ts';
import { changesOf } from './changes.ts';
import { costOf } from './cost.ts';
import { callsOf } from './driver/calls.ts';
import { SageMakerOperation, TRAITS } from './driver/operation.ts';
import { imageOf } from './image.ts';
import { leftCandidates } from './left-candidates.ts';
import { readLive, type Live } from './live.ts';
import { namesOf } from './names-of.ts';
import { TARGET, type SageMakerTargetOptions } from './options.ts';
import { preflightOf } from './preflight-subject.ts';
import type { Session } from './session.ts';
import type { ImageFacts } from './preflight/image-check.ts';
import { sessionFindings } from './preflight/session-check.ts';
import { resolve } from './resolve.ts';
import { containerOf, removesScaling, scalingOf, specsOf, variantFacts } from './specs.ts';
import { unsupportedShapes } from './unsupported.ts';
import { readCandidates, readVersions } from './describe.ts';
import { TAG } from './tags.ts';

/** @throws UserError with every problem at once: of the request, of what serves, and of what it needs. */
export async function planFor(request: DeploymentRequest, session: Session): Promise<Plan> {
  const { reads, options } = session;
  const reading = readLive(request.endpoint, reads);
  // The wrong account is reported first, whatever else goes wrong in it.
  reading.catch(() => undefined);
  const account = await reads.account();
  checkAccount(options.account, account);
  const live = await reading;
  const image = await imageOf(request, options);
  const { desired: asked, problems } = resolve(request, live, image.image, options.environmentKey);
  const preflight = await preflightOf(request, asked, live, reads, options);
  const desired = pinned(asked, preflight.facts.image);
  const all = [
    ...(live === null ? [] : [...unsupportedShapes(live), ...ownershipProblems(ownedAs(live), options)]),
    ...image.problems,
    ...problems,
    ...preflight.problems,
  ];
  if (all.length > 0) throw UserError.of(unique(all));
  const findings = [
    ...standingFindings(request.endpoint, live, desired),
    ...image.findings,
    ...preflight.findings,
    ...singleInstance(request.endpoint, desired, options),
    ...sessionFindings(desired, options.sessionSeconds),
  ];
  const sources = { ...request.sources, archive: archiveIdentity(preflight.facts.archive) };
  return assemble({ ...request, sources }, { account, desired, live, findings }, session);
}

/** A tag can be moved, so what it points to now is what is planned. */
function pinned(desired: Desired, image: ImageFacts | null): Desired {
  if (image === null || desired.image !== undefined) return desired;
  const { model, endpointConfig } = specsOf(desired);
  const PrimaryContainer = { ...containerOf({ model }), Image: image.uri };
  return {
    ...desired,
    image: image.digest,
    spec: { ...desired.spec, model: { ...model, PrimaryContainer }, endpointConfig },
  };
}

function ownedAs({ endpoint, ours: isOurs, tags }: Live): Owned {
  return { endpoint, kind: 'endpoint', mark: { isOurs, repository: tags.get(TAG.repository) ?? '' } };
}

/** Two checks may find the same. */
function unique(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ where, message }) => {
    const key = `${where}\n${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function standingFindings(endpoint: string, live: Live | null, desired: Desired): Finding[] {
  if (live === null) return [{ level: 'ok', message: `${endpoint} does not serve yet.` }];
  const { status, serving, described } = live;
  const why = described.FailureReason ? ` (${described.FailureReason})` : '';
  if (status === 'Failed') {
    const message = `${endpoint} is Failed${why}; AWS only allows its removal, so it will be deleted and created again.`;
    return [{ level: 'warning', message }];
  }
  if (status === 'UpdateRollbackFailed') {
    const message = `${endpoint} is UpdateRollbackFailed${why}: it serves a mix of two versions, and somebody has to look at it.`;
    return [{ level: 'warning', message }];
  }
  const standing: Finding = {
    level: 'ok',
    message: `${endpoint} is ${status}, with the config ${serving ?? 'none'}.`,
  };
  const { scaling, summary } = live;
  if (scaling === null || removesScaling(desired)) return [standing];
  const { minCapacity, maxCapacity } = scaling.target;
  const message =
    `${endpoint} has autoscaling between ${minCapacity} and ${maxCapacity} instances and has ` +
    `${summary?.DesiredInstanceCount ?? 'an unknown number'} now; that count is kept, and the ` +
    `${variantFacts(desired).instanceCount ?? 0} of the config are for a new endpoint only.`;
  return [standing, { level: 'ok', message }];
}

/** Of an environment whose changes people approve, an outage counts. */
function singleInstance(
  endpoint: string,
  desired: Desired,
  { hasApprovers = false }: Pick<SageMakerTargetOptions, 'hasApprovers'>,
): Finding[] {
  const { instanceCount } = variantFacts(desired);
  const most = scalingOf(desired)?.minCapacity ?? instanceCount;
  if (!hasApprovers || most !== 1) return [];
  const message = `${endpoint} has approvers but only one instance: while SageMaker replaces that instance, or its zone is down, no request is answered. Set initial-instance-count to 2 or more.`;
  return [{ level: 'warning', message }];
}

interface Resolved {
  readonly account: string;
  readonly desired: Desired;
  readonly live: Live | null;
  readonly findings: readonly Finding[];
}

async function assemble(
  request: DeploymentRequest,
  { account, desired, live, findings }: Resolved,
  session: Session,
): Promise<Plan> {
  const { reads, options } = session;
  const { endpoint, sources, commit, run } = request;
  const base = live?.serving ?? null;
  const { region } = options.clients;
  const versions = await readVersions(endpoint, live, reads, options);
  const current = versions.find(({ version }) => version === base) ?? null;
  const candidates = await readCandidates(endpoint, reads, options);
  const spare = spareCandidates(
    candidates.filter(({ ours }) => ours),
    base,
  );
  const asked = [...changesOf(desired, live, current, options.environmentKey), ...spare];
  // What is described may have more defaults filled in than what was asked for: what does not differ is the same.
  const isSame = base !== null && asked.every(({ field }) => isBeside(field));
  const version = isSame ? base : namesOf(endpoint, desired).config;
  const subject = subjectFor(request, { target: TARGET, account, region, desired, base, version, versions });
  const candidate = candidateFor(subject);
  const action = base === null ? 'create' : 'update';
  const createdAt = options.clock.now().toISOString();
  const cost = costOf(desired, live, base !== version);
  const facts = { action, version, candidate, changes: asked, sources, cost, commit, run } as const;
  const draft = makePlan(subject, { ...facts, findings: [], steps: [], createdAt });
  const { lines, unknown } = await forecastOf(draft, session);
  const changes = [...asked, ...(isSame ? removals(lines, unknown) : [])];
  const isStill = base !== null && isStanding(changes, live, current?.served ?? false);
  const kept: Finding[] = unknown === null || !isSame ? [] : [{ level: 'not-checked', message: unknown }];
  return {
    ...draft,
    action: isStill ? 'unchanged' : action,
    changes,
    findings: [...findings, ...kept, ...leftCandidates(candidates, options.clock.now().getTime())],
    steps: isStill ? [] : planSteps({ lines }, endpoint, { calls: (step) => callsOf(step, draft) }),
  };
}

function forecastOf(plan: Plan, session: Session) {
  const { endpoint } = plan;
  const operation = new SageMakerOperation({ endpoint, plan, command: 'plan' }, session.options, session);
  return foresee(plan, operation, TRAITS, session.options);
}

/** How a plan calls what an earlier run did not get to remove. */
const LEFT: Readonly<Partial<Record<PlanLine['step']['kind'], string>>> = {
  'retire-version': 'old version',
  unguard: 'old alarms',
};

/** @param unknown why nobody can tell whether others use them; null if that is known */
function removals(lines: readonly PlanLine[], unknown: string | null): Change[] {
  return lines.flatMap(({ step, when, because }) => {
    const field = LEFT[step.kind];
    const isKept = when === 'if-it-fails' || (because !== undefined && because === unknown);
    return field === undefined || isKept ? [] : [{ field, from: step.of, to: null }];
  });
}

/** Fields that are not part of a version. */
function isBeside(field: string): boolean {
  return field.startsWith('autoscaling') || ['reference', 'instances', 'candidate'].includes(field);
}

function isStanding(changes: readonly Change[], live: Live | null, served: boolean): boolean {
  return changes.length === 0 && live?.status === 'InService' && served;
}
