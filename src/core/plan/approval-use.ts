/**
 * An approval is used once. It lets a release go on that was cut short; it does not bring back what was taken away, nor
 * act on an endpoint that moved in between. Pure: what is known of the versions is given.
 */
import { digestOf } from '../canonical-json.ts';
import type { Approval } from '../../documents/approval.ts';
import { shortVersion, type VersionInfo } from '../targets.ts';
import type { Plan } from '../../documents/plan.ts';

/**
 * Names one approval. A plan that is made again can have the digest of an earlier one, so the digest of the plan is not
 * enough: who approved, when and by which comment belongs to it.
 */
export function approvalKey({ planDigest, by }: Approval): string {
  return digestOf({ planDigest, by: by.map(({ login, at, url }) => ({ login, at, url })) });
}

/**
 * Why the endpoint is not as it was when the plan was made, although the plan's base may serve: the rest of a sentence that
 * begins with "Since the plan was made". Null if nothing is known of such a move. That another version serves now is
 * left to the comparison with the approved plan.
 * @param serving the version that serves now; null if none does
 * @param versions those that serve or served
 */
export function movedSince(
  approved: Pick<Plan, 'base' | 'createdAt'>,
  { wanted, serving }: { readonly wanted: string; readonly serving: string | null },
  versions: readonly VersionInfo[],
): string | null {
  const planned = Date.parse(approved.createdAt);
  const isLater = (at: string | null | undefined) => at != null && Date.parse(at) > planned;
  const left = versions.find(
    ({ version, withdrawnAt }) => [wanted, approved.base].includes(version) && isLater(withdrawnAt),
  );
  if (left !== undefined) {
    return `version ${shortVersion(left.version)} was rolled back from (at ${left.withdrawnAt})`;
  }
  const other = versions.find(
    ({ version, served, deployedAt }) =>
      served && version !== approved.base && version !== serving && isLater(deployedAt),
  );
  if (other === undefined) return null;
  return `version ${shortVersion(other.version)} was deployed (at ${other.deployedAt}), and is no longer live`;
}
