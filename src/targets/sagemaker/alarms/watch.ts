/** The alarms that roll an update back: the user's, or our own for its time. */
import { CancelledError, messageOf } from '../../../core/errors.ts';
import type { Plan } from '../../../core/plan/plan.ts';
import { isDenied } from '../aws-errors.ts';
import type { Live } from '../live.ts';
import type { Session } from '../session.ts';
import { wantsBakeAlarms } from '../strategy.ts';
import { commonTags, tagList } from '../tags.ts';
import {
  makeBakeAlarms,
  readBaseline,
  removeBakeAlarms,
  type Baseline,
  type Watched,
} from './bake-alarms.ts';

/** @returns the names of the alarms that the update shall name */
export async function watch(plan: Plan, live: Live, session: Session): Promise<readonly string[]> {
  const { clients, options } = session;
  const watched = { endpoint: plan.endpoint, variant: live.variant };
  if (!wantsBakeAlarms(plan.desired.strategy)) {
    await removeLeft(watched, session);
    return plan.desired.strategy.alarms;
  }
  const { p99Ms: baselineP99Ms, errors: baselineErrors } = await baselineOf(watched, session);
  const tags = new Map(tagList(commonTags(plan, options)).map(({ Key, Value }) => [Key, Value]));
  return makeBakeAlarms(clients, { ...watched, baselineP99Ms, baselineErrors, tags });
}

/** Removes our own alarms again. */
export async function unwatch(plan: Plan, session: Session): Promise<void> {
  if (!wantsBakeAlarms(plan.desired.strategy) || plan.desired.variantName === null) return;
  await removeBakeAlarms(session.clients, { endpoint: plan.endpoint, variant: plan.desired.variantName });
}

/** How the version that serves has done; nothing is known of it where this run may not look. */
async function baselineOf(watched: Watched, { clients, options }: Session): Promise<Baseline> {
  try {
    return await readBaseline(clients, watched, options.clock.now());
  } catch (error) {
    if (!isDenied(error)) throw error;
    options.log.warning(
      `How the version before the update has done is not known, so that any error of the new one rolls it back, and its latency is not watched: ${messageOf(error)}`,
    );
    return { p99Ms: null, errors: 0 };
  }
}

/** What an update that was cut short has left; no reason to fail. */
async function removeLeft(watched: Watched, { clients, options }: Session): Promise<void> {
  try {
    const names = await removeBakeAlarms(clients, watched);
    if (names.length > 0)
      options.log.info(`Removed alarms that an interrupted run left: ${names.join(', ')}.`);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    options.log.debug(
      `Alarms that an interrupted run may have left were not looked for: ${messageOf(error)}`,
    );
  }
}
