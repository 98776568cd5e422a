/** Why a move, a candidate or a call failed, in sentences. */
import { AwsFailure } from '../../../clouds/aws/errors.ts';
import { CancelledError } from '../../../core/errors.ts';
import type { Explained, Failure } from '../../../deployment/port.ts';
import { explain, explainFailure } from '../explain/explain.ts';
import type { Work } from './work.ts';

/** @throws what AWS refused if it is another thing than what was asked for */
export async function explained({ of, name }: Failure, work: Work): Promise<Explained> {
  if (of === 'step') return whyRefused(name, work);
  const { reasons, variant, session, tripped } = work;
  const reason = reasons.get(name) ?? '';
  const failure = { endpoint: name, variant, reason };
  const { cause, page, sentence, fix, logTail, logNote } = await explainFailure(session.clients, failure);
  const log = logTail === '' ? logNote : `The last lines of the log of ${name}:\n${logTail}`;
  const alarms = of === 'move' ? [...tripped, ...(await usersAlarms(work))] : [];
  return {
    message: [...alarms, sentence, fix].join(' '),
    detail: [`Cause: ${cause}. ${sentence}`, log].filter(Boolean).join('\n\n'),
    page,
  };
}

/** By the cause, if AWS's words name one that we know. */
function whyRefused(endpoint: string, { refusal, variant }: Work): Explained {
  if (!(refusal instanceof AwsFailure) || refusal.kind !== 'refused')
    throw refusal ?? new TypeError('AWS refused nothing.');
  // The code of a quota says it even if the words are new.
  const reason = `${refusal.code}: ${refusal.said}`;
  const told = explain({ endpoint, variant: variant || 'main', reason }, { text: '', note: '' });
  if (told.cause === 'unknown') return { message: refusal.message, detail: '', page: refusal.page };
  const detail = `Cause: ${told.cause}. ${refusal.message}`;
  return { message: `${told.sentence} ${told.fix}`, detail, page: told.page };
}

/** The alarms of the user that are in alarm; none if this run may not look. */
async function usersAlarms({ subject, session }: Work): Promise<string[]> {
  const names = subject.plan?.desired.strategy.alarms ?? [];
  if (names.length === 0) return [];
  const { clients } = session;
  try {
    const cloudWatch = await clients.cloudWatch();
    const { MetricAlarms = [], CompositeAlarms = [] } = await clients.call('cloudwatch:DescribeAlarms', () =>
      cloudWatch.describeAlarms({ AlarmNames: [...names], AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] }),
    );
    return [...MetricAlarms, ...CompositeAlarms]
      .filter(({ StateValue }) => StateValue === 'ALARM')
      .map(({ AlarmName = '', StateReason = '' }) => {
        const why = StateReason.replace(/\.$/, '') || 'without a reason';
        return `The alarm ${AlarmName} is in alarm: ${why}.`;
      });
  } catch (error) {
    if (error instanceof CancelledError) throw error;
    // It is an explanation only.
    return [];
  }
}
