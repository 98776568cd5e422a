/** The alarms that roll an update back: the user's, or our own for its time. */
import { CancelledError, messageOf } from '../../../core/errors.ts';
import type { Plan } from '../../../documents/plan.ts';
import { isDenied } from '../../../clouds/aws/errors.ts';
import type { Live } from '../live.ts';
import { versionPrefix } from '../names.ts';
import type { Session } from '../session.ts';
import { wantsBakeAlarms } from '../strategy.ts';
import { tagList } from '../../../clouds/aws/tags.ts';
import { commonTags } from '../tags.ts';
import {
  areThere,
  makeBakeAlarms,
  readBaseline,
  removeBakeAlarms,
  type Baseline,
  type Watched,
} from './bake-alarms.ts';
import { variantFacts } from '../specs.ts';

export interface Watch {
  /** The names of the alarms that the update shall name. */
  readonly alarms: readonly string[];
  /** To be called when the update is under way: no other run's is now. */
  begun(): Promise<void>;
}

export async function watch(plan: Plan, live: Live, session: Session): Promise<Watch> {
  const { clients, options } = session;
  const { endpoint, version } = plan;
  const fleet = { endpoint, variant: live.variant };
  const removeOthers = () => removeLeft(live, version, session);
  if (!wantsBakeAlarms(plan.desired.strategy)) {
    return { alarms: plan.desired.strategy.alarms, begun: removeOthers };
  }
  const { p99Ms: baselineP99Ms, errors: baselineErrors } = await baselineOf(fleet, session);
  const tags = new Map(tagList(commonTags(plan, options)).map(({ Key, Value }) => [Key, Value]));
  const bake = { ...fleet, version, baselineP99Ms, baselineErrors, tags };
  const alarms = await makeBakeAlarms(clients, bake);
  return {
    alarms,
    begun: async () => {
      // Another run that was as far as this one may have taken them for left behind.
      if (!(await areThere(clients, bake))) await makeBakeAlarms(clients, bake);
      await removeOthers();
    },
  };
}

/** Removes our own alarms again. */
export async function unwatch(plan: Plan, { clients }: Session): Promise<void> {
  const { endpoint, version, desired } = plan;
  const { variantName: variant } = variantFacts(desired);
  if (!wantsBakeAlarms(desired.strategy) || variant === null) return;
  await removeBakeAlarms(clients, { endpoint, variant, version });
}

/** How the version that serves has done; nothing is known of it where this run may not look. */
async function baselineOf(
  fleet: Pick<Watched, 'endpoint' | 'variant'>,
  { clients, options }: Session,
): Promise<Baseline> {
  try {
    return await readBaseline(clients, fleet, options.clock.now());
  } catch (error) {
    if (!isDenied(error)) throw error;
    options.log.warning(
      `How the version before the update has done is not known, so that any error of the new one rolls it back, and its latency is not watched: ${messageOf(error)}`,
    );
    return { p99Ms: null, errors: 0 };
  }
}

/**
 * What updates that were cut short have left, by every version that they can have been to; no reason to fail.
 * @param version whose alarms stay
 */
export async function removeLeft(
  { endpoint, variant, serving }: Pick<Live, 'endpoint' | 'variant' | 'serving'>,
  version: string | null,
  { clients, reads, options }: Session,
): Promise<void> {
  try {
    const configs = await reads.configs(versionPrefix(endpoint));
    const known = new Set([...configs.map(({ name }) => name), ...(serving === null ? [] : [serving])]);
    const others = [...known].filter((name) => name !== version);
    const names = await removeBakeAlarms(
      clients,
      ...others.map((other) => ({ endpoint, variant, version: other })),
    );
    if (names.length > 0)
      options.log.info(`Removed alarms that an interrupted run left: ${names.join(', ')}.`);
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    options.log.debug(
      `Alarms that an interrupted run may have left were not looked for: ${messageOf(error)}`,
    );
  }
}
