/** Which Deployment an issue belongs to. Pure. Nothing that is in the issue is asked. */
import { loginKey } from './approvers.ts';
import type { Deployment } from './deployment-host.ts';
import { sameEndpoint } from './request-payload.ts';
import { tryPayload, type RequestPayload } from '../../documents/request-payload.ts';

export interface PendingRequest {
  readonly deployment: Deployment;
  readonly payload: RequestPayload;
}

export type FoundRequest =
  | ({ readonly kind: 'found'; readonly newer: PendingRequest | null } & PendingRequest)
  /** There is something, and it must not be believed. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** The issue is none of ours. */
  | { readonly kind: 'none' };

/** Everything that `requester` asked for, newest first. What others made in the same form is left out. */
export function requestsOf(
  deployments: readonly Deployment[],
  repository: string,
  requester: string,
): PendingRequest[] {
  return deployments.flatMap((deployment) => {
    const payload = tryPayload(deployment.payload);
    if (payload === null || 'problem' in payload) return [];
    return isTrue(deployment, payload, repository, requester) ? [{ deployment, payload }] : [];
  });
}

/** A payload is believed only if it fits what GitHub itself says of the Deployment. */
function isTrue(
  { creator, environment, commit }: Deployment,
  payload: RequestPayload,
  repository: string,
  requester: string,
): boolean {
  return (
    loginKey(creator) === loginKey(requester) &&
    payload.environment === environment &&
    payload.commit === commit &&
    loginKey(payload.repository) === loginKey(repository)
  );
}

export function findRequest(
  deployments: readonly Deployment[],
  { repository, issue, requester }: { repository: string; issue: number; requester: string },
): FoundRequest {
  const requests = requestsOf(deployments, repository, requester);
  const [mine, ...others] = requests.filter(({ payload }) => payload.issue === issue);
  if (mine === undefined) return whyNot(deployments, issue, requester);
  if (others.length > 0) {
    const ids = [mine, ...others].map(({ deployment }) => deployment.id).join(', ');
    return { kind: 'refused', reason: `several deployments (${ids}) claim to belong to #${issue}` };
  }
  return { kind: 'found', ...mine, newer: newerOf(mine, requests) };
}

/** One for the same endpoint and environment that was made later; null if there is none. */
export function newerOf(mine: PendingRequest, requests: readonly PendingRequest[]): PendingRequest | null {
  const newer = requests.find(
    ({ deployment, payload }) =>
      deployment.id > mine.deployment.id &&
      sameEndpoint(payload, mine.payload) &&
      payload.issue !== mine.payload.issue,
  );
  return newer ?? null;
}

function whyNot(deployments: readonly Deployment[], issue: number, requester: string): FoundRequest {
  for (const { id, creator, payload: value } of deployments) {
    const payload = tryPayload(value);
    if (payload === null || (value as { issue?: unknown }).issue !== issue) continue;
    if ('problem' in payload) return { kind: 'refused', reason: `deployment ${id}: ${payload.problem}` };
    const reason =
      loginKey(creator) === loginKey(requester)
        ? `deployment ${id} for #${issue} does not fit its own payload (environment, commit or repository)`
        : `deployment ${id} for #${issue} was made by ${creator || 'a deleted account'}, not by ${requester}; if that is the account of your token, set the input requester to it`;
    return { kind: 'refused', reason };
  }
  return { kind: 'none' };
}
