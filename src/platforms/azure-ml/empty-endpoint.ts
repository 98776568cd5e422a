/**
 * An endpoint that a dead run created, without anything on it: nothing serves there, so the engine treats it as
 * missing.
 */
import { isOfAnother, markIn } from '../../deployment/kept/tags.ts';
import { TAG } from './ledger.ts';
import type { AzureMlTargetOptions } from './options.ts';
import { readsOf, seenBy } from './reads.ts';
import { goneEndpoint, quietEndpoint } from './settled.ts';

/**
 * Removes it if it is ours, and has neither a deployment nor a candidate's tag.
 * @param olderMs before this age, somebody may be about to make the first deployment
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
  const mark = markIn(tags, name);
  const isMadeHere = tags[TAG.adopted] === undefined || removesAdopted;
  return mark.isOurs && !isOfAnother(mark.repository, context.repository) && isMadeHere;
}
