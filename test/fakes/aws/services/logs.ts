/** CloudWatch Logs, read only: tests and the other services write. */
import type {
  DescribeLogStreamsRequest,
  FilterLogEventsRequest,
  GetLogEventsRequest,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsError } from '../errors.ts';
import { page } from '../paging.ts';
import type { Operation, Service } from '../service.ts';
import type { World } from '../world.ts';

export interface LogEvent {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly message: string;
}

export interface LogState {
  readonly world: World;
  /** Group name to stream name to events, the oldest first. */
  readonly groups: Map<string, Map<string, LogEvent[]>>;
}

export function writeLog(state: LogState, group: string, stream: string, lines: readonly string[]): void {
  const streams = state.groups.get(group) ?? new Map<string, LogEvent[]>();
  state.groups.set(group, streams);
  const events = streams.get(stream) ?? [];
  const at = state.world.time.now().getTime();
  streams.set(stream, [...events, ...lines.map((message) => ({ at, message }))]);
}

export function logsService(state: LogState): Service {
  const on =
    (run: (state: LogState, input: never) => unknown): Operation =>
    (input) =>
      run(state, input);
  return {
    name: 'logs',
    validationCode: 'InvalidParameterException',
    operations: {
      DescribeLogStreams: on(describeStreams),
      FilterLogEvents: on(filterEvents),
      GetLogEvents: on(getEvents),
    },
    permissions: (action, input) => {
      const group = typeof input.logGroupName === 'string' ? input.logGroupName : '*';
      const stream = action === 'GetLogEvents' ? `log-stream:${String(input.logStreamName)}` : '*';
      return [
        { action: `logs:${action}`, resource: state.world.arn('logs', `log-group:${group}:${stream}`) },
      ];
    },
  };
}

function groupOf(state: LogState, name: string | undefined): Map<string, LogEvent[]> {
  const group = state.groups.get(name ?? '');
  if (group === undefined) {
    throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
  }
  return group;
}

function describeStreams(state: LogState, input: DescribeLogStreamsRequest): object {
  const { logGroupName = '', logStreamNamePrefix: prefix, orderBy } = input;
  if (orderBy === 'LastEventTime' && prefix !== undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'Cannot order by LastEventTime with a logStreamNamePrefix.',
    );
  }
  const named = [...groupOf(state, logGroupName)].filter(([name]) => name.startsWith(prefix ?? ''));
  const streams = named.map(([logStreamName, events]) => ({
    logStreamName,
    creationTime: events[0]?.at ?? 0,
    ...(events.length === 0
      ? {}
      : {
          firstEventTimestamp: events[0]?.at,
          lastEventTimestamp: events.at(-1)?.at,
          lastIngestionTime: events.at(-1)?.at,
        }),
    arn: state.world.arn('logs', `log-group:${logGroupName}:log-stream:${logStreamName}`),
    storedBytes: 0,
  }));
  const sign = input.descending === true ? -1 : 1;
  streams.sort((one, other) => {
    const names = one.logStreamName < other.logStreamName ? -1 : 1;
    const times = (one.lastEventTimestamp ?? 0) - (other.lastEventTimestamp ?? 0);
    return sign * (orderBy === 'LastEventTime' ? times || names : names);
  });
  const { items, next } = page(streams, input.limit ?? 50, input.nextToken);
  return { logStreams: items, ...(next === undefined ? {} : { nextToken: next }) };
}

function getEvents(state: LogState, input: GetLogEventsRequest): object {
  const events = groupOf(state, input.logGroupName).get(input.logStreamName ?? '');
  if (events === undefined) {
    throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
  }
  const wanted = between(events, input.startTime, input.endTime);
  const limit = input.limit ?? 10_000;
  // A token tells a side and a place; at the end the same token comes back, which is how a client knows.
  const token = /^([fb])\/(\d+)$/.exec(input.nextToken ?? '');
  const back = token === null ? input.startFromHead !== true : token[1] === 'b';
  const edge = token === null ? (back ? wanted.length : 0) : Number(token[2]);
  const from = back ? Math.max(0, edge - limit) : edge;
  const to = back ? edge : Math.min(wanted.length, edge + limit);
  return {
    events: wanted.slice(from, to).map(({ at, message }) => ({ timestamp: at, message, ingestionTime: at })),
    nextForwardToken: `f/${to}`,
    nextBackwardToken: `b/${from}`,
  };
}

function filterEvents(state: LogState, input: FilterLogEventsRequest): object {
  const { logStreamNames: names, logStreamNamePrefix: prefix, filterPattern = '' } = input;
  if (names !== undefined && prefix !== undefined) {
    throw new AwsError(
      'InvalidParameterException',
      'logStreamNames and logStreamNamePrefix cannot both be given.',
    );
  }
  const streams = [...groupOf(state, input.logGroupName)].filter(
    ([name]) => (names === undefined || names.includes(name)) && name.startsWith(prefix ?? ''),
  );
  const words = filterPattern
    .replaceAll('"', '')
    .split(' ')
    .filter((word) => word !== '');
  const found = streams
    .flatMap(([logStreamName, events]) =>
      between(events, input.startTime, input.endTime).map(({ at, message }, index) => ({
        logStreamName,
        timestamp: at,
        message,
        ingestionTime: at,
        eventId: `${logStreamName}/${index}`,
      })),
    )
    .filter(({ message }) => words.every((word) => message.includes(word)))
    .sort((one, other) => one.timestamp - other.timestamp);
  const { items, next } = page(found, input.limit ?? 10_000, input.nextToken);
  return { events: items, searchedLogStreams: [], ...(next === undefined ? {} : { nextToken: next }) };
}

function between(events: readonly LogEvent[], from: number | undefined, to: number | undefined): LogEvent[] {
  return events.filter(({ at }) => (from === undefined || at >= from) && (to === undefined || at < to));
}
