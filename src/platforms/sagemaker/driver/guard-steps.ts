/** The alarms that roll an update back if the user names none. They live as long as the update does. */
import { planOf } from '../../../deployment/port.ts';
import { messageOf } from '../../../core/errors.ts';
import { isDenied } from '../../../clouds/aws/errors.ts';
import { tagList } from '../../../clouds/aws/tags.ts';
import { makeNextAlarm, readBaseline, removeGuard, type Baseline } from '../alarms/bake-alarms.ts';
import { commonTags } from '../tags.ts';
import type { Perform } from './perform.ts';
import type { Work } from './work.ts';

export const guard: Perform = async ({ of }, work) => {
  const { session, subject, variant } = work;
  const { p99Ms: baselineP99Ms, errors: baselineErrors } = (work.baseline ??= await baselineOf(work));
  const tagsOfPlan = tagList(commonTags(planOf(work.subject), session.options));
  const tags = new Map(tagsOfPlan.map(({ Key, Value }) => [Key, Value]));
  const { endpoint } = subject;
  return makeNextAlarm(session.clients, {
    endpoint,
    variant,
    guard: of,
    baselineP99Ms,
    baselineErrors,
    tags,
  });
};

/** How the version that serves has done; nothing is known of it if this run may not look. */
async function baselineOf({ session, subject, variant }: Work): Promise<Baseline> {
  const { clients, options } = session;
  try {
    return await readBaseline(clients, { endpoint: subject.endpoint, variant }, options.clock.now());
  } catch (error) {
    if (!isDenied(error)) throw error;
    options.log.warning(
      `The metrics of the previous version are not known, so any error of the new version rolls it back, and its latency is not watched: ${messageOf(error)}`,
    );
    return { p99Ms: null, errors: 0 };
  }
}

/** What set them off is kept: nobody can ask them afterwards. */
export const unguard: Perform = async ({ of }, { session, subject, tripped }) => {
  const [name = ''] = of.split('#');
  const alarms = await removeGuard(session.clients, subject.endpoint, name);
  for (const { AlarmName = '', StateValue, StateReason = '' } of alarms)
    if (StateValue === 'ALARM')
      tripped.push(
        `Our bake alarm ${AlarmName} was set off: ${StateReason.replace(/\.$/, '') || 'without a reason'}.`,
      );
  return 'done';
};
