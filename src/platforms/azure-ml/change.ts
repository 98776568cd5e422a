/** Changes an endpoint by one PUT of its whole body, and waits until the change is visible. */
import { changedEndpoint, type EndpointChange, type EndpointResource } from './endpoint.ts';
import { LAG_MS, type AzureMlTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';
import { seenChange } from './settled.ts';

/** @returns Azure's answer, which has the earlier traffic */
export async function changeEndpoint(
  found: EndpointResource,
  change: EndpointChange,
  reads: Reads,
  options: AzureMlTargetOptions,
): Promise<EndpointResource | null> {
  const { resource } = await options.resources.putEndpoint(found.name, changedEndpoint(found, change));
  await seenChange(found.name, change, reads, { ...options, lagMs: LAG_MS });
  return resource;
}

/** Whether a deployment gets requests, or copies of them. */
export function gets({ properties }: EndpointResource, deployment: string): boolean {
  const { traffic, mirrorTraffic } = properties;
  const names = [traffic, mirrorTraffic].flatMap((shares) =>
    Object.entries(shares ?? {}).flatMap(([name, percent]) => (percent > 0 ? [name.toLowerCase()] : [])),
  );
  return names.includes(deployment.toLowerCase());
}
