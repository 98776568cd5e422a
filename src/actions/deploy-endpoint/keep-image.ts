/** What serves must not be deleted from its registry: an instance that is added tomorrow pulls it again. */
import { CancelledError, messageOf } from '../../core/errors.ts';
import type { Kept } from '../../core/image/ecr.ts';
import type { Plan } from '../../documents/plan.ts';
import type { Ports } from '../../core/ports.ts';
import type { DeploymentResult, Outcome } from '../../core/targets.ts';
import { findPlatform } from '../../platforms/table.ts';

export interface KeepPorts {
  /** Tags an image of ECR as deployed, if a lifecycle policy spares that tag. @param uri pinned by digest */
  readonly keepImage: (uri: string) => Promise<Kept>;
}

/** After these the image of the plan serves, and was read back. */
const SERVES: readonly Outcome[] = ['deployed', 'promoted', 'unchanged'];

/** Whatever keeps it from being tagged is a warning: the release itself succeeded. */
export async function keepImage(
  { plan, result }: { readonly plan: Plan | null; readonly result: DeploymentResult },
  { log, keepImage: keep }: KeepPorts & Pick<Ports, 'log'>,
): Promise<void> {
  const uri = plan?.sources.imageUri ?? null;
  const platform = plan === null ? null : findPlatform(plan.target);
  if (uri === null || !platform?.traits.pullsAgain || !SERVES.includes(result.outcome)) return;
  try {
    const kept = await keep(uri);
    if (kept === 'kept') log.info(`${uri} is tagged as deployed, so its lifecycle policy keeps it.`);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    log.warning(
      `${uri} serves, but could not be tagged as deployed, so the lifecycle policy of its repository can delete it one day. ${messageOf(error)}`,
    );
  }
}
