/** Which alarms made SageMaker roll an update back: ours, which somebody may have set off by hand, or the user's own. */
import { CancelledError } from '../../core/errors.ts';
import type { Plan } from '../../documents/plan.ts';
import { bakeAlarmNames } from './alarms/bake-alarms.ts';
import type { Session } from './session.ts';
import { wantsBakeAlarms } from './strategy.ts';

/** One sentence for each alarm that is in alarm; empty where none is, or where this run may not look. */
export async function trippedAlarms(
  { endpoint, version, desired }: Plan,
  variant: string,
  session: Session,
): Promise<string[]> {
  const { strategy } = desired;
  const own = wantsBakeAlarms(strategy) ? Object.values(bakeAlarmNames({ endpoint, variant, version })) : [];
  return [
    ...(await inAlarm(own, session)).map(({ name, why }) => `Our bake alarm ${name} was set off: ${why}.`),
    ...(await inAlarm(strategy.alarms, session)).map(
      ({ name, why }) => `The alarm ${name} is in alarm: ${why}.`,
    ),
  ];
}

async function inAlarm(
  names: readonly string[],
  { clients }: Session,
): Promise<{ readonly name: string; readonly why: string }[]> {
  if (names.length === 0) return [];
  try {
    const cloudWatch = await clients.cloudWatch();
    const { MetricAlarms = [], CompositeAlarms = [] } = await clients.call('cloudwatch:DescribeAlarms', () =>
      cloudWatch.describeAlarms({ AlarmNames: [...names], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    );
    return [...MetricAlarms, ...CompositeAlarms]
      .filter(({ StateValue }) => StateValue === 'ALARM')
      .map(({ AlarmName: name = '', StateReason = '' }) => ({
        name,
        why: StateReason.replace(/\.$/, '') || 'without a reason',
      }));
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    // It is an explanation only.
    return [];
  }
}
