/** The plan of a deployment to a local endpoint. */
import { shortDigest } from '../../core/canonical-json.ts';
import { candidateFor, subjectFor } from '../../core/plan/subject.ts';
import { makePlan, type Change, type Finding, type Plan, type PlanAction } from '../../documents/plan.ts';
import type { DeploymentRequest, EndpointDescription } from '../../core/targets.ts';
import { foresee } from '../../deployment/foresee.ts';
import { planSteps, type Words } from '../../deployment/plan-steps.ts';
import { describeEndpoint } from './describe.ts';
import { LocalOperation, TRAITS } from './driver/operation.ts';
import { layoutOf } from './layout.ts';
import type { LocalTargetOptions } from './options.ts';
import { versionOf } from './version-id.ts';

export const TARGET = 'local';

/** @throws UserError if the candidate's name would be too long, or the endpoint's state is damaged */
export async function planFor(request: DeploymentRequest, options: LocalTargetOptions): Promise<Plan> {
  const { endpoint } = request;
  const now = await describeEndpoint(layoutOf(options.root, endpoint), options);
  const draft = draftOf(request, now, options.clock.now());
  if (draft.action === 'unchanged') return draft;
  const operation = new LocalOperation({ endpoint, plan: draft, command: 'plan' }, options);
  const { lines } = await foresee(draft, operation, TRAITS, options);
  return { ...draft, steps: planSteps({ lines }, endpoint, { says: SAYS }) };
}

const SAYS: NonNullable<Words['says']> = {
  'make-version': (of) => `The files of ${of} are put in place.`,
  // A version that does not answer, or that is compared with another reference.
  'set-count': (_, endpoint) => `The version that serves ${endpoint} is loaded again.`,
};

function draftOf(request: DeploymentRequest, now: EndpointDescription, createdAt: Date): Plan {
  const { desired, sources, commit, run } = request;
  const version = versionOf(desired);
  const place = { target: TARGET, account: null, region: null };
  const base = now.live?.version ?? null;
  const subject = subjectFor(request, { ...place, desired, base, version, versions: now.versions });
  const changes = changesOf(request, now);
  return makePlan(subject, {
    action: actionOf(now, changes),
    version,
    candidate: candidateFor(subject),
    changes,
    findings: findingsOf(now),
    steps: [],
    sources,
    commit,
    run,
    createdAt: createdAt.toISOString(),
  });
}

function changesOf({ desired }: DeploymentRequest, { live }: EndpointDescription): Change[] {
  const fields: Change[] = [
    { field: 'model', from: live?.modelDigest ?? null, to: desired.model },
    { field: 'image', from: live?.imageDigest ?? null, to: desired.image ?? null },
    { field: 'reference', from: live?.referenceDigest ?? null, to: desired.reference ?? null },
  ];
  const changes = fields.filter(({ from, to }) => from !== to);
  const sameFiles = live?.modelDigest === desired.model && live.imageDigest === (desired.image ?? null);
  if (!sameFiles || live.version === versionOf(desired)) return changes;
  // Only the container's variables are left, of which the endpoint knows no more than that they differ.
  const names = Object.keys(desired.environment).join(', ') || 'none';
  return [...changes, { field: 'environment', from: 'other values', to: names }];
}

function actionOf(now: EndpointDescription, changes: readonly Change[]): PlanAction {
  if (now.live === null) return 'create';
  const asWanted = changes.length === 0 && now.status === 'serving' && now.live.served;
  return asWanted ? 'unchanged' : 'update';
}

function findingsOf({ endpoint, status, live, detail }: EndpointDescription): Finding[] {
  if (status === 'serving' && live !== null) {
    return [{ level: 'ok', message: `${endpoint} serves version ${shortDigest(live.version)}.` }];
  }
  if (live === null) return [{ level: 'ok', message: `${endpoint} does not serve yet.` }];
  return [{ level: 'warning', message: `${detail} A deployment starts the server again.` }];
}
