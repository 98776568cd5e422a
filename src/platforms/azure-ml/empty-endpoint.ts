/** An endpoint that a dead run has made, and nothing else: nothing serves by it, so the engine takes it for none. */
import { TAG } from './ledger.ts';
import type { AzureMlTargetOptions } from './options.ts';
import { readsOf, seenBy } from './reads.ts';
import { goneEndpoint, quietEndpoint } from './settled.ts';

/**
 * Removes it where it is ours, and has no deployment and no mark of a candidate.
 * @param olderMs for so long somebody may be about to make the first deployment
 * @returns whether it was removed
 */
export async function removeEmpty(
  name: string,
  olderMs: number,
  options: AzureMlTargetOptions,
): Promise<boolean> {
  const reads = readsOf(name, options);
  const found = await quietEndpoint(name, reads, options);
  if (found === null || !isOurs(name, found.tags ?? {}, options)) return false;
  const { createdAt = '' } = (found.systemData ?? {}) as { createdAt?: string };
  const age = options.clock.now().getTime() - Date.parse(createdAt);
  if (!(age >= olderMs)) return false;
  // Immediately before.
  if ((await seenBy(reads)).deployments.length > 0) return false;
  await options.resources.deleteEndpoint(name);
  await goneEndpoint(name, reads, options);
  return true;
}

function isOurs(
  name: string,
  tags: Readonly<Record<string, string>>,
  { context, removesAdopted }: AzureMlTargetOptions,
): boolean {
  const owner = tags[TAG.repository] ?? '';
  const isOfRepository = owner === '' || context.repository === '' || owner === context.repository;
  const isMadeHere = tags[TAG.adopted] === undefined || removesAdopted;
  return tags[TAG.endpoint] === name && isOfRepository && isMadeHere;
}
