/** The last lines that a function logged. */
import { isDenied, isMissing } from '../../clouds/aws/errors.ts';
import { linesOf } from './invoke.ts';
import type { LambdaTargetOptions } from './options.ts';

/** From the newest stream: each environment has one. A log that does not exist or cannot be read is not an error. */
export async function readLog(
  endpoint: string,
  limit: number,
  { clients, log }: Pick<LambdaTargetOptions, 'clients' | 'log'>,
): Promise<string> {
  const logGroupName = `/aws/lambda/${endpoint}`;
  try {
    const logs = await clients.logs();
    const { logStreams = [] } = await clients.call('logs:DescribeLogStreams', (http) =>
      logs.describeLogStreams({ logGroupName, orderBy: 'LastEventTime', descending: true, limit: 1 }, http),
    );
    const logStreamName = logStreams[0]?.logStreamName;
    if (logStreamName === undefined) return '';
    const { events = [] } = await clients.call('logs:GetLogEvents', (http) =>
      logs.getLogEvents({ logGroupName, logStreamName, limit, startFromHead: false }, http),
    );
    return linesOf(events.map(({ message = '' }) => message.trimEnd()).join('\n')).join('\n');
  } catch (error) {
    if (isMissing(error)) return '';
    if (!isDenied(error)) throw error;
    log.info(`The log ${logGroupName} cannot be read: ${(error as Error).message}`);
    return '';
  }
}
