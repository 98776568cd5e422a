/** The last lines that a variant's containers logged. */
import type { LogStream } from '@aws-sdk/client-cloudwatch-logs';
import { isDenied, isMissing } from '../../../clouds/aws/errors.ts';
import type { AwsClients } from '../../../clouds/aws/clients.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/dg/logging-cloudwatch.html */
export function logGroupOf(endpoint: string): string {
  return `/aws/sagemaker/Endpoints/${endpoint}`;
}

export interface LogTail {
  readonly text: string;
  /** '' if the lines were read; otherwise why there are none. */
  readonly note: string;
}

/** An endpoint makes a stream for each instance; as many as this are looked through for the newest. */
const MOST_STREAMS = 500;

/**
 * The tail of the variant's newest stream. A group or stream that is not there (yet) is no error, and neither is a
 * missing permission: the failure that is to be explained matters more.
 */
export async function readLogTail(
  clients: AwsClients,
  { endpoint, variant }: { readonly endpoint: string; readonly variant: string },
  lines: number,
): Promise<LogTail> {
  const logGroupName = logGroupOf(endpoint);
  try {
    const logStreamName = await newestStream(clients, logGroupName, `${variant}/`);
    if (logStreamName === null) return { text: '', note: `${logGroupName} has no log of ${variant} yet.` };
    const logs = await clients.logs();
    const { events = [] } = await clients.call('logs:GetLogEvents', async () =>
      logs.getLogEvents({ logGroupName, logStreamName, limit: lines, startFromHead: false }),
    );
    return { text: events.map(({ message = '' }) => message.trimEnd()).join('\n'), note: '' };
  } catch (error) {
    if (isMissing(error)) return { text: '', note: `There is no log group ${logGroupName} yet.` };
    if (isDenied(error)) {
      return { text: '', note: `The log ${logGroupName} cannot be read: ${(error as Error).message}` };
    }
    throw error;
  }
}

/** Streams cannot be asked for by prefix and time at once, so all of the variant's are compared. */
async function newestStream(
  clients: AwsClients,
  logGroupName: string,
  prefix: string,
): Promise<string | null> {
  const logs = await clients.logs();
  const streams: LogStream[] = [];
  let nextToken: string | undefined;
  do {
    const page = await clients.call('logs:DescribeLogStreams', async () =>
      logs.describeLogStreams({ logGroupName, logStreamNamePrefix: prefix, nextToken }),
    );
    streams.push(...(page.logStreams ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined && streams.length < MOST_STREAMS);
  const age = ({ lastEventTimestamp, creationTime }: LogStream) => lastEventTimestamp ?? creationTime ?? 0;
  const [newest] = streams
    // `main/data-log` and the like are beside the container's own stream and carry no reason.
    .filter(({ logStreamName = '' }) => !logStreamName.endsWith('/data-log'))
    .toSorted((a, b) => age(b) - age(a));
  return newest?.logStreamName ?? null;
}
