/** The states of a request's Deployment, and who may act on it. */
import type { ApprovalHost, DeploymentStatus } from '../../core/approval/deployment-host.ts';

const STANDING = ['queued', 'pending', 'in_progress'];

/** Nobody has decided, nor ended it. */
export function isWaiting(statuses: readonly DeploymentStatus[]): boolean {
  return statuses.every(({ state }) => state === 'queued' || state === 'pending');
}

/**
 * Takes the request for one run, and for no other: states are only ever added, so of two runs that come at the same
 * time the one whose state was stored first has it.
 * @returns whether this run has it
 */
export async function claim(
  id: number,
  description: string,
  runUrl: string,
  host: ApprovalHost,
): Promise<boolean> {
  const before = claimed(await host.statuses(id));
  if (before !== null) return before.logUrl === runUrl && runUrl !== '';
  const mine = await host.setStatus(id, {
    state: 'in_progress',
    description,
    logUrl: runUrl,
    environmentUrl: '',
  });
  const after = await host.statuses(id);
  // A newer request, or a denial that another run saw, may have ended it in between.
  const isEnded = after.some(({ state }) => !STANDING.includes(state));
  return claimed(after)?.id === mine.id && !isEnded;
}

/** The first state that began the release; null if none has. */
export function claimed(statuses: readonly DeploymentStatus[]): DeploymentStatus | null {
  return statuses.find(({ state }) => state === 'in_progress') ?? null;
}
