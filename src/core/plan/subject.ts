/** The subject of a plan, from a request and what the target has found out. */
import type { Desired, PlanSubject } from '../../documents/plan.ts';
import { planDigest } from '../../documents/plan.ts';
import type { DeploymentRequest, VersionInfo } from '../targets.ts';
import { candidateName } from './candidate-name.ts';

/** What only the target knows. */
export interface Found {
  readonly target: string;
  readonly account: string | null;
  readonly region: string | null;
  /** With what is carried over from what serves. */
  readonly desired: Desired;
  /** What serves now; null if nothing does. */
  readonly base: string | null;
  /** The version that the plan makes serve. */
  readonly version: string;
  /** Those that serve or served. */
  readonly versions: readonly VersionInfo[];
}

export function subjectFor(request: DeploymentRequest, found: Found): PlanSubject {
  const { repository, environmentName, endpoint, origin } = request;
  const { target, account, region, desired, base, version, versions } = found;
  const withdrawn = versions.find((known) => known.version === version)?.withdrawnAt ?? null;
  return {
    ...{ repository, environmentName, target, account, region, endpoint, desired, base },
    ...(withdrawn === null ? {} : { withdrawn }),
    ...(origin === undefined ? {} : { origin }),
  };
}

/** Null if nothing is staged. @throws UserError for a name that is too long */
export function candidateFor(subject: PlanSubject): string | null {
  return subject.desired.staging === 'none' ? null : candidateName(subject.endpoint, planDigest(subject));
}
