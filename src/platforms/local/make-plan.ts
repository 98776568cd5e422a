/** The plan of a deployment to a local endpoint. */
import { shortDigest } from '../../core/canonical-json.ts';
import { candidateName } from '../../core/plan/candidate-name.ts';
import {
  makePlan,
  planDigest,
  type Change,
  type Finding,
  type Plan,
  type PlanAction,
  type PlanSubject,
} from '../../documents/plan.ts';
import type { DeploymentRequest, EndpointDescription } from '../../core/targets.ts';
import { versionOf } from './version-id.ts';

export const TARGET = 'local';

/** @throws UserError where the candidate's name would be too long. */
export function planFor(request: DeploymentRequest, now: EndpointDescription, createdAt: Date): Plan {
  const { endpoint, desired, sources, environmentName, commit, run } = request;
  const base = now.live?.version ?? null;
  const subject: PlanSubject = { target: TARGET, account: null, region: null, endpoint, desired, base };
  const candidate = desired.staging === 'none' ? null : candidateName(endpoint, planDigest(subject));
  const changes = changesOf(request, now);
  return makePlan(subject, {
    action: actionOf(now, changes),
    version: versionOf(desired),
    candidate,
    changes,
    findings: findingsOf(now),
    sources,
    environmentName,
    commit,
    run,
    createdAt: createdAt.toISOString(),
  });
}

function changesOf({ desired }: DeploymentRequest, { live }: EndpointDescription): Change[] {
  const fields: Change[] = [
    { field: 'model', from: live?.modelDigest ?? null, to: desired.modelDigest },
    { field: 'image', from: live?.imageDigest ?? null, to: desired.imageDigest },
    { field: 'reference', from: live?.referenceDigest ?? null, to: desired.referenceDigest },
  ];
  const changes = fields.filter(({ from, to }) => from !== to);
  const sameFiles = live?.modelDigest === desired.modelDigest && live.imageDigest === desired.imageDigest;
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
  if (live === null) return [{ level: 'ok', message: `Nothing serves as ${endpoint} yet.` }];
  return [{ level: 'warning', message: `${detail} A deployment starts the server again.` }];
}
