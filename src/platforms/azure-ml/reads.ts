/** What is there, as Azure ML says. */
import type { EndpointResource } from './endpoint.ts';
import type { AzureMlTargetOptions } from './options.ts';
import type { DeploymentResource, WorkspaceResource } from './resources.ts';

export interface Reads {
  workspace(): Promise<WorkspaceResource>;
  /** null if there is none of that name. */
  endpoint(): Promise<EndpointResource | null>;
  /** The newest first; null if there is no endpoint. */
  deployments(): Promise<readonly DeploymentResource[] | null>;
}

/** Everything that a description is made of. */
export interface Seen {
  readonly endpoint: EndpointResource | null;
  readonly deployments: readonly DeploymentResource[];
}

export function readsOf(endpoint: string, { resources }: Pick<AzureMlTargetOptions, 'resources'>): Reads {
  return {
    workspace: () => resources.workspace(),
    endpoint: () => resources.endpoint(endpoint),
    deployments: async () => (await resources.deployments(endpoint))?.toSorted(newestFirst) ?? null,
  };
}

export async function seenBy(reads: Reads): Promise<Seen> {
  const endpoint = await reads.endpoint();
  // It may go between the two requests.
  const deployments = endpoint === null ? null : await reads.deployments();
  return deployments === null ? { endpoint: null, deployments: [] } : { endpoint, deployments };
}

/** A plan is made from one look: nothing is read twice. */
export function frozen(reads: Reads, { endpoint, deployments }: Seen): Reads {
  return {
    ...reads,
    endpoint: () => Promise.resolve(endpoint),
    deployments: () => Promise.resolve(deployments),
  };
}

function newestFirst(one: DeploymentResource, other: DeploymentResource): number {
  return madeAt(other) - madeAt(one);
}

export function madeAt({ systemData }: DeploymentResource): number {
  const time = Date.parse(systemData?.createdAt ?? '');
  return Number.isNaN(time) ? 0 : time;
}
