/** A plan's version and candidate, as the state keeps them. */
import { CANDIDATE_MS } from '../../../deployment/goal.ts';
import type { StoredCandidate, StoredVersion } from '../../../documents/local-state.ts';
import type { Plan } from '../../../documents/plan.ts';

export function storedVersion(plan: Plan, now: Date): StoredVersion {
  const { version, digest: planDigest, desired, sources, environmentName } = plan;
  return {
    version,
    modelDigest: desired.model,
    imageDigest: desired.image ?? null,
    referenceDigest: desired.reference ?? null,
    referenceUrl: sources.referenceUrl,
    planDigest,
    release: sources.release,
    deployedAt: now.toISOString(),
    served: false,
    verified: false,
    environmentName,
    withdrawn: false,
  };
}

export function storedCandidate(plan: Plan, name: string, now: Date): StoredCandidate {
  return { name, version: storedVersion(plan, now), base: plan.base, expiresAt: expiryOf(now) };
}

/** ISO 8601. */
export function expiryOf(now: Date): string {
  return new Date(now.getTime() + CANDIDATE_MS).toISOString();
}
