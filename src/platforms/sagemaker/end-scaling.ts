/** Autoscaling that a plan ends: only when the planned version serves, so that a failed update leaves it as it is. */
import type { Plan } from '../../documents/plan.ts';
import { readLive, type Live } from './live.ts';
import { setInstanceCount } from './mutate.ts';
import { removeScaling } from './scaling/scaling.ts';
import type { Session } from './session.ts';
import { removesScaling, variantFacts } from './specs.ts';
import { waitUntilQuiet } from './wait.ts';

/**
 * Deregisters the variant, and makes as many instances run as the plan names: the scaler may have set another number.
 * @returns the endpoint as it is then, and whether anything was changed
 */
export async function endScaling(
  plan: Plan,
  live: Live,
  session: Session,
): Promise<{ readonly live: Live; readonly changed: boolean }> {
  const { reads, clients, options } = session;
  const { endpoint, desired } = plan;
  const ref = { endpoint, variant: live.variant };
  if (!removesScaling(desired) || (await reads.scaling(ref)) === null) return { live, changed: false };
  await removeScaling(clients, ref);
  options.log.info(`Autoscaling of ${endpoint} is removed.`);
  reads.forget();
  const runs = (await reads.endpoint(endpoint))?.ProductionVariants?.[0]?.DesiredInstanceCount;
  const { instanceCount } = variantFacts(desired);
  if (instanceCount !== null && runs !== instanceCount) {
    await setInstanceCount(session, endpoint, live.variant, instanceCount);
    await waitUntilQuiet(endpoint, { begun: false, wanted: null }, reads, options);
  }
  reads.forget();
  return { live: (await readLive(endpoint, reads)) ?? live, changed: true };
}
